/**
 * What an act did, as the server tells it: a code, labels by id, and the moment as it stands now.
 * @typedef {{what: string, tags: string[], moment: string, start_ms: number | null, removed: boolean,
 *   found_in_room?: string, situation?: string}} Told
 * @typedef {Told & {seq: number, at: string, verb: string, who: string, mine: boolean}} Line
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Say
 */

import { clock } from "./timecode.js";

/**
 * @param {Told} told
 * @param {(tag: string) => {label: string} | undefined} tagOf
 * @param {Say} say
 * @returns {string} "label Kijkt erbij op 4:12"
 */
export function inWords({ what, tags, start_ms, found_in_room = "", situation = "" }, tagOf, say) {
  const labels = tags.flatMap((tag) => tagOf(tag)?.label ?? []).join(", ");
  const values = { time: clock(start_ms ?? 0), labels, name: found_in_room, situation: say(`situation_${situation}`) };
  const key = what === "mark" && labels ? "what_mark_labels" : `what_${what}`;
  return say(key, values) || say("what_other", values);
}

/**
 * @param {Line} line
 * @param {(tag: string) => {label: string} | undefined} tagOf
 * @param {Say} say
 * @returns {string} as `inWords`; an undoing and a redoing say so
 */
export function lineInWords(line, tagOf, say) {
  const what = inWords(line, tagOf, say);
  if (line.verb === "undo") return say("past_undo", { what });
  return line.verb === "redo" ? say("past_redo", { what }) : what;
}

/**
 * What was read before with the newest page laid before it. Where that page does not reach what was read, something may
 * be missing between them: only the page stays.
 * @template {{seq: number}} T
 * @param {T[]} known newest first
 * @param {string | null} cursor where `known` goes on
 * @param {{items: T[], next: string | null}} page newest first
 * @returns {{lines: T[], cursor: string | null}}
 */
export function renewed(known, cursor, page) {
  const newest = known[0]?.seq ?? 0;
  const fresh = page.items.filter((one) => one.seq > newest);
  if (!known.length || (fresh.length === page.items.length && page.next)) return { lines: page.items, cursor: page.next };
  return { lines: [...fresh, ...known], cursor };
}
