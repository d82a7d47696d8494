/**
 * Support, stimulate, steer: what a moment shows of the three follows from its labels, until S, T or R says it (craft 2).
 * @typedef {import("./chain.js").Mark} Mark
 * @typedef {{group: string, three?: string | null}} Tag
 */

/**
 * @param {Mark[]} marks
 * @param {(tag: string) => Tag | undefined} tagOf
 * @returns {{set: string | null, derived: string[]}} what was pressed last of the three; without that what the labels say
 */
export function threesOf(marks, tagOf) {
  const inOrder = [...marks].sort((a, b) => a.at_ms - b.at_ms).map((mark) => tagOf(mark.tag));
  const set = inOrder.findLast((tag) => tag?.group === "threes")?.three ?? null;
  const derived = set ? [] : inOrder.map((tag) => tag?.three ?? "").filter(Boolean);
  return { set, derived: [...new Set(derived)] };
}
