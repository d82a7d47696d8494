/**
 * What an act did, as the key of a sentence on the page.
 * @typedef {{verb: string, before: Record<string, unknown>, after: Record<string, unknown>}} Done
 */

/** @type {[string, string][]} the field that changed, and its sentence; the first that fits names the act */
const NAMED = [
  ["words", "what_words"],
  ["when_words", "what_lines"],
  ["what_words", "what_lines"],
  ["for_words", "what_lines"],
  ["child_says", "what_child"],
  ["chosen", "what_chosen"],
  ["goals", "what_goals"],
  ["who_began", "what_who"],
  ["start_ms", "what_begin"],
  ["end_ms", "what_end"],
  ["marks", "what_labels"],
];

/**
 * The sentence for what an undo took back or a redo did again, told as the act first was.
 * @param {Done} done
 * @returns {string}
 */
export function whatWas({ verb, before, after }) {
  const then = verb === "undo" ? before : after;
  if ("removed" in then) return then.removed ? "what_remove" : "what_mark";
  if ("start_ms" in then && "end_ms" in then) return "what_moved";
  return NAMED.find(([field]) => field in then)?.[1] ?? "what_other";
}
