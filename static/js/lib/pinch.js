/**
 * Two fingers on a timeline: what lay under each stays under it, as far as one scale can. Pure.
 * @typedef {import("./fit.js").View} View
 */
import { clamped, toMs } from "./fit.js";

/** Fingers nearer than this, in pixels, do not zoom: their distance says nothing. */
const NEAREST = 12;

/**
 * @param {View} view as the two fingers found it
 * @param {[number, number]} began x of both
 * @param {[number, number]} now x of both
 * @returns {View}
 */
export function pinched(view, began, now) {
  const before = Math.max(NEAREST, Math.abs(began[0] - began[1]));
  const after = Math.max(NEAREST, Math.abs(now[0] - now[1]));
  const held = toMs(view, (began[0] + began[1]) / 2);
  const scaled = clamped({ ...view, per_px: (view.per_px * before) / after });
  return clamped({ ...scaled, from_ms: held - ((now[0] + now[1]) / 2) * scaled.per_px });
}
