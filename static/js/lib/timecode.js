/**
 * Film time in the browser: whole milliseconds on the film's own timeline, frame 0 at 0.
 * Instants are floored, never rounded: rounding shows the wrong frame for half of all frame times.
 */

/**
 * @param {number} us microseconds
 * @returns {number} whole milliseconds
 */
export function floorMs(us) {
  return Math.floor(us / 1000);
}

/**
 * @param {number} ms
 * @returns {string} "04:14.200", from one hour on "1:04:14.200"
 */
export function stamp(ms) {
  return `${clock(ms)}.${String(Math.max(0, Math.floor(ms)) % 1000).padStart(3, "0")}`;
}

/**
 * @param {number} ms
 * @returns {string} "04:14", from one hour on "1:04:14"
 */
export function clock(ms) {
  const total = Math.floor(Math.max(0, ms) / 1000);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = Math.floor(total / 3600);
  const rest = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

/**
 * The frame on screen at a time: the last that began at or before it.
 * @param {ArrayLike<number>} timesUs rising, first 0
 * @param {number} us
 * @returns {number} index, 0 for a time before the film
 */
export function frameAt(timesUs, us) {
  return Math.max(0, frameFrom(timesUs, us + 1) - 1);
}

/**
 * The first frame at or after a time: the one a moment with that start shows first.
 * @param {ArrayLike<number>} timesUs
 * @param {number} us
 * @returns {number} index, the length of the list when there is none
 */
export function frameFrom(timesUs, us) {
  let low = 0;
  let high = timesUs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timesUs[middle] ?? 0) < us) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The frame whose time lies nearest; a browser's mediaTime may be a microsecond off.
 * @param {ArrayLike<number>} timesUs
 * @param {number} us
 * @returns {number} index
 */
export function nearestFrame(timesUs, us) {
  const at = frameAt(timesUs, us);
  const next = stepFrame(timesUs, at, 1);
  return Math.abs((timesUs[next] ?? 0) - us) < Math.abs((timesUs[at] ?? 0) - us) ? next : at;
}

/** As far into a frame as is sought: past every rounding, before what any file claims as a frame's end. */
const INSIDE_US = 4000;

/**
 * Where to seek to see a frame: its middle, or a little after its beginning when it lasts long. On its edge a browser
 * may show the one before; far inside it may show the one after, for in films of irregular rate with frames out of
 * order a file often claims shorter frames than it shows.
 * @param {ArrayLike<number>} timesUs
 * @param {number} index
 * @returns {number} microseconds
 */
export function insideOf(timesUs, index) {
  const begin = timesUs[index] ?? 0;
  const other = timesUs[index + 1] ?? timesUs[index - 1];
  return begin + (other === undefined ? INSIDE_US : Math.min(INSIDE_US, Math.abs(other - begin) / 2));
}

/**
 * @param {ArrayLike<number>} timesUs
 * @param {number} index
 * @param {number} by frames, negative is back
 * @returns {number} the true frame that many away, within the film
 */
export function stepFrame(timesUs, index, by) {
  return Math.max(0, Math.min(timesUs.length - 1, index + by));
}

/**
 * A time moved onto the nearest true frame.
 * @param {ArrayLike<number>} timesUs
 * @param {number} ms
 * @returns {number} whole milliseconds
 */
export function snapMs(timesUs, ms) {
  if (!timesUs.length) return Math.round(ms);
  return floorMs(timesUs[nearestFrame(timesUs, ms * 1000)] ?? 0);
}

/**
 * @param {number[]} stepsUs from each frame's time to the next one's
 * @returns {number[]} the times, the first 0
 */
export function timesOf(stepsUs) {
  const times = [0];
  let at = 0;
  for (const step of stepsUs) {
    at += step;
    times.push(at);
  }
  return times;
}
