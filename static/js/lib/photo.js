/**
 * The frame kept as a moment's still. A photo that its edges no longer hold waits: the default still shows meanwhile.
 * @typedef {{start_ms: number, end_ms: number | null, photo_ms?: number | null}} Kept
 */

/** A photo of a point may lie so far on either side of it. */
export const POINT_AIR_MS = 2000;

/**
 * @param {Kept} moment
 * @param {number} ms of film time
 * @returns {boolean} the frame at that time is part of the moment
 */
export function holds({ start_ms, end_ms }, ms) {
  if (end_ms === null) return start_ms - POINT_AIR_MS <= ms && ms < start_ms + POINT_AIR_MS;
  return start_ms <= ms && ms < end_ms;
}

/**
 * @param {Kept} moment
 * @returns {number | null} ms of film time, null for the default still
 */
export function photoShown(moment) {
  const ms = moment.photo_ms ?? null;
  return ms !== null && holds(moment, ms) ? ms : null;
}
