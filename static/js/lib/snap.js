/**
 * Where a dragged edge comes to lie. Pure. Near the playhead or a neighbour's edge it lies on that;
 * else on a true frame; with Alt held it lies where the hand is.
 * @typedef {"frame" | "playhead" | "neighbour"} Hold
 * @typedef {{times: ArrayLike<number>, playhead: number, edges: number[], per_px: number, free: boolean}} Magnets
 */
import { snapMs } from "./timecode.js";

/** So near, in pixels, does something pull. */
export const REACH = 7;

/**
 * @param {number} ms wanted
 * @param {Magnets} magnets
 * @returns {{ms: number, hold: Hold | null}} whole milliseconds, and what holds it
 */
export function snapped(ms, { times, playhead, edges, per_px, free }) {
  if (free) return { ms: Math.round(ms), hold: null };
  const reach = REACH * per_px;
  let best = /** @type {{ms: number, hold: Hold | null}} */ ({
    ms: snapMs(times, ms),
    hold: times.length ? "frame" : null,
  });
  let near = reach;
  for (const edge of edges) {
    if (Math.abs(edge - ms) >= near) continue;
    near = Math.abs(edge - ms);
    best = { ms: edge, hold: "neighbour" };
  }
  if (Math.abs(playhead - ms) <= near) best = { ms: snapMs(times, playhead), hold: "playhead" };
  return best;
}

/**
 * Begins and ends of others that lie in view.
 * @param {{id: string, start_ms: number, end_ms: number | null}[]} shown
 * @param {string} id the one being dragged
 * @returns {number[]}
 */
export function edgesOf(shown, id) {
  return shown
    .filter((one) => one.id !== id)
    .flatMap((one) => (one.end_ms === null ? [one.start_ms] : [one.start_ms, one.end_ms]));
}
