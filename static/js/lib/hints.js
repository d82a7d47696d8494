/**
 * Hints of a film: where sound or movement changes. Pure.
 * @typedef {"turns" | "silence" | "movement" | "stillness"} Kind
 * @typedef {{kind: Kind, start_ms: number, end_ms: number}} Span
 * @typedef {{start_ms: number, end_ms: number, kinds: Kind[]}} Group
 * @typedef {Group & {left: number, width: number}} Placed
 */
import { toX } from "./fit.js";

/** Hints that begin nearer to each other than this, in pixels, are one button: each can be pressed by a finger. */
export const APART = 28;
export const NARROWEST = 24;
const LAST_MS = 3000;
const LAST_PART = 0.05;

/** @type {Record<Kind, string>} */
export const DRAWING = { turns: "praat", silence: "geluid", movement: "vergelijk", stillness: "vergelijk" };

/**
 * @param {number} ms where the film runs
 * @param {number} durationMs
 * @returns {boolean} the film is as good as over: its last twentieth, or its last seconds
 */
export function isNearEnd(ms, durationMs) {
  return ms >= durationMs - Math.min(durationMs / 2, Math.max(LAST_MS, durationMs * LAST_PART));
}

/**
 * @param {Span[]} spans in film order
 * @param {number} apartMs those that begin nearer to each other are one
 * @returns {Group[]}
 */
export function grouped(spans, apartMs) {
  /** @type {Group[]} */
  const groups = [];
  for (const { kind, start_ms, end_ms } of spans) {
    const last = groups.at(-1);
    if (!last || start_ms - last.start_ms >= apartMs) {
      groups.push({ start_ms, end_ms, kinds: [kind] });
      continue;
    }
    last.end_ms = Math.max(last.end_ms, end_ms);
    if (!last.kinds.includes(kind)) last.kinds.push(kind);
  }
  return groups;
}

/**
 * What is in view, left to right, none over another: each reaches to its end or to where the next begins.
 * @param {Span[]} spans in film order
 * @param {import("./fit.js").View} view
 * @returns {Placed[]}
 */
export function placed(spans, view) {
  const groups = grouped(spans, APART * view.per_px);
  /** @type {Placed[]} */
  const found = [];
  for (const [nth, group] of groups.entries()) {
    const next = groups[nth + 1];
    const begins = toX(view, group.start_ms);
    const ends = Math.min(
      toX(view, group.end_ms),
      next ? toX(view, next.start_ms) - 2 : Number.POSITIVE_INFINITY,
    );
    const left = Math.max(0, begins);
    const width = Math.max(NARROWEST, ends - left);
    if (begins > view.width || Math.max(ends, begins + NARROWEST) < NARROWEST) continue;
    found.push({ ...group, left, width: Math.max(NARROWEST, Math.min(width, view.width - left)) });
  }
  return found;
}
