/**
 * Pixels and milliseconds of a timeline. A view is never wider than the film.
 * @typedef {{from_ms: number, per_px: number, width: number, duration_ms: number}} View
 */

/** The closest look: 1 pixel = half a millisecond, a picture of a 30 per second film is some 66 pixels wide. */
export const CLOSEST = 0.5;

/**
 * @param {number} durationMs
 * @param {number} width pixels
 * @returns {View} the whole film
 */
export function whole(durationMs, width) {
  return { from_ms: 0, per_px: durationMs / Math.max(1, width), width, duration_ms: durationMs };
}

/**
 * @param {View} view
 * @param {number} ms
 */
export function toX(view, ms) {
  return (ms - view.from_ms) / view.per_px;
}

/**
 * @param {View} view
 * @param {number} x
 */
export function toMs(view, x) {
  return view.from_ms + x * view.per_px;
}

/**
 * @param {View} view
 * @returns {View} inside the film
 */
export function clamped(view) {
  const widest = view.duration_ms / Math.max(1, view.width);
  const perPx = Math.min(widest, Math.max(Math.min(CLOSEST, widest), view.per_px));
  const room = Math.max(0, view.duration_ms - perPx * view.width);
  return { ...view, per_px: perPx, from_ms: Math.max(0, Math.min(room, view.from_ms)) };
}

/**
 * Zoom while the time under a pixel stays where it is.
 * @param {View} view
 * @param {number} factor below 1 is closer
 * @param {number} x
 * @returns {View}
 */
export function zoomed(view, factor, x) {
  const held = toMs(view, x);
  const closer = clamped({ ...view, per_px: view.per_px * factor });
  return clamped({ ...closer, from_ms: held - x * closer.per_px });
}

/**
 * @param {View} view
 * @param {number} px to the right
 * @returns {View}
 */
export function panned(view, px) {
  return clamped({ ...view, from_ms: view.from_ms + px * view.per_px });
}

/**
 * The view, moved only when a time has left it (with a tenth of air).
 * @param {View} view
 * @param {number} ms
 * @returns {View}
 */
export function showing(view, ms) {
  const span = view.per_px * view.width;
  if (ms >= view.from_ms && ms <= view.from_ms + span) return view;
  return clamped({ ...view, from_ms: ms - span / 10 });
}

const STEPS = [
  50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
];

/**
 * @param {number} perPx
 * @param {number} [atLeast] pixels between two labels
 * @returns {number} milliseconds between two labels of the ruler
 */
export function tickStep(perPx, atLeast = 84) {
  return STEPS.find((step) => step / perPx >= atLeast) ?? 3_600_000;
}

/**
 * Where in a list sorted by start stands what can overlap a window. `longest` bounds how far back to look.
 * @param {{start_ms: number}[]} sorted
 * @param {number} fromMs
 * @param {number} untilMs
 * @param {number} longest ms
 * @returns {{from: number, to: number}} places [from, to)
 */
export function between(sorted, fromMs, untilMs, longest) {
  return { from: begunBefore(sorted, fromMs - longest), to: begunBefore(sorted, untilMs + 1) };
}

/**
 * @param {{start_ms: number}[]} sorted
 * @param {number} ms
 */
function begunBefore(sorted, ms) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {{start_ms: number}} */ (sorted[middle]).start_ms < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What overlaps the view, of a list sorted by start.
 * @template {{start_ms: number, end_ms: number | null}} T
 * @param {T[]} sorted
 * @param {number} fromMs
 * @param {number} untilMs
 * @param {number} longest ms
 * @returns {T[]}
 */
export function overlapping(sorted, fromMs, untilMs, longest) {
  const { from, to } = between(sorted, fromMs, untilMs, longest);
  /** @type {T[]} */
  const found = [];
  for (let i = from; i < to; i += 1) {
    const item = /** @type {T} */ (sorted[i]);
    if (item.start_ms <= untilMs && (item.end_ms ?? item.start_ms) >= fromMs) found.push(item);
  }
  return found;
}
