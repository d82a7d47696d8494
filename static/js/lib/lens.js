/**
 * Looking closer into a picture: how far, and around which point. The stage keeps its size; all is in parts of it.
 * `x`, `y` shift the enlarged picture from the middle, in px of the stage.
 * @typedef {{scale: number, x: number, y: number}} Lens
 * The picture may be smaller than the stage: dark bands stand beside it.
 * @typedef {{width: number, height: number, picture?: {width: number, height: number}}} Box
 */

export const WHOLE = Object.freeze({ scale: 1, x: 0, y: 0 });
export const CLOSEST = 8;
/** One press of a key, and one notch of a wheel. */
export const PRESS = 1.5;

/**
 * @param {Lens} lens
 * @param {Box} box
 * @returns {Lens} no closer than allowed, and nothing beside the picture in sight
 */
export function bounded({ scale, x, y }, { width, height, picture = { width, height } }) {
  const kept = Math.min(CLOSEST, Math.max(1, scale));
  const far = (/** @type {number} */ shift, /** @type {number} */ size, /** @type {number} */ stage) => {
    const most = Math.max(0, (size * kept - stage) / 2);
    return Math.max(-most, Math.min(most, shift)) || 0;
  };
  return kept === 1 ? WHOLE : { scale: kept, x: far(x, picture.width, width), y: far(y, picture.height, height) };
}

/**
 * Closer or further, while what lies under a point stays there.
 * @param {Lens} lens
 * @param {number} by times
 * @param {{x: number, y: number}} at px from the middle of the stage
 * @param {Box} box
 * @returns {Lens}
 */
export function closer(lens, by, at, box) {
  const scale = Math.min(CLOSEST, Math.max(1, lens.scale * by));
  const grown = scale / lens.scale;
  return bounded({ scale, x: at.x - (at.x - lens.x) * grown, y: at.y - (at.y - lens.y) * grown }, box);
}

/**
 * @param {Lens} lens
 * @param {number} dx px
 * @param {number} dy px
 * @param {Box} box
 * @returns {Lens}
 */
export function moved(lens, dx, dy, box) {
  return bounded({ scale: lens.scale, x: lens.x + dx, y: lens.y + dy }, box);
}

/**
 * @param {number} deltaY of a wheel with Ctrl, or of a pinch on a trackpad
 * @returns {number} times; a notch of a mouse is one press at most
 */
export function ofWheel(deltaY) {
  return Math.min(PRESS, Math.max(1 / PRESS, Math.exp(-deltaY / 150)));
}
