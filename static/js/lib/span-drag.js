/**
 * Dragging a moment or one of its edges, pixels left out: from where it began and how far, to where it lies. Pure.
 * @typedef {{start_ms: number, end_ms: number | null}} Span
 * @typedef {"move" | "begin" | "end"} Grip
 * @typedef {(ms: number) => {ms: number, hold: import("./snap.js").Hold | null}} Pull
 */

/** A moment with an end lasts at least this long, in ms. */
export const SHORTEST = 40;

/**
 * @param {Span} began
 * @param {Grip} grip
 * @param {number} byMs
 * @param {Pull} pull
 * @param {number} durationMs
 * @returns {Span & {hold: import("./snap.js").Hold | null, at_ms: number}} inside the film; what holds it, and where
 */
export function dragged(began, grip, byMs, pull, durationMs) {
  if (grip === "begin") return draggedBegin(began, byMs, pull);
  if (grip === "end") return draggedEnd(began, byMs, pull, durationMs);
  return moved(began, byMs, pull, durationMs);
}

/**
 * The whole moment: whichever of its edges is held nearer decides.
 * @param {Span} began
 * @param {number} byMs
 * @param {Pull} pull
 * @param {number} durationMs
 */
function moved({ start_ms, end_ms }, byMs, pull, durationMs) {
  const length = (end_ms ?? start_ms) - start_ms;
  const wanted = Math.max(0, Math.min(durationMs - length, start_ms + byMs));
  const head = pull(wanted);
  const tail = end_ms === null ? null : pull(wanted + length);
  const byTail = tail !== null && tail.hold !== "frame" && tail.hold !== null && head.hold === "frame";
  const pulled = byTail ? tail.ms - length : head.ms;
  const start = Math.max(0, Math.min(durationMs - length, pulled));
  return {
    start_ms: start,
    end_ms: end_ms === null ? null : start + length,
    hold: byTail ? tail.hold : head.hold,
    at_ms: byTail ? start + length : start,
  };
}

/**
 * @param {Span} began
 * @param {number} byMs
 * @param {Pull} pull
 */
function draggedBegin({ start_ms, end_ms }, byMs, pull) {
  const { ms, hold } = pull(start_ms + byMs);
  const start = Math.max(0, Math.min(ms, (end_ms ?? Infinity) - SHORTEST));
  return { start_ms: start, end_ms, hold: start === ms ? hold : null, at_ms: start };
}

/**
 * @param {Span} began
 * @param {number} byMs
 * @param {Pull} pull
 * @param {number} durationMs
 */
function draggedEnd({ start_ms, end_ms }, byMs, pull, durationMs) {
  if (end_ms === null) return { start_ms, end_ms, hold: null, at_ms: start_ms };
  const wanted = end_ms + byMs;
  const { ms, hold } = wanted >= durationMs ? { ms: durationMs, hold: null } : pull(wanted);
  const end = Math.max(start_ms + SHORTEST, Math.min(durationMs, ms));
  return { start_ms, end_ms: end, hold: end === ms ? hold : null, at_ms: end };
}
