/**
 * The texts of a moment, each with a box of its own, and what is said beside that box.
 * @typedef {"" | "saved" | "saving" | "waiting" | "not_saved"} FieldState
 * @typedef {import("./acts.js").Line} Line
 */

/** Short words beside a moment; a moment that was only drawn does not have them yet. */
export const LINES = /** @type {const} */ (["when_words", "what_words", "for_words", "child_says"]);
/** All that a moment lacks while it was only drawn. */
export const BESIDE = /** @type {const} */ ([...LINES, "child_says_by"]);
export const LINE_LETTERS = 300;
export const TEXTS = /** @type {const} */ (["words", ...LINES]);

/**
 * @param {Line[]} lines acts without an answer
 * @param {string} id
 * @param {string} name of a field
 * @returns {boolean} what stands in this field is not with the server yet
 */
export function isOnItsWay(lines, id, name) {
  return lines.some((line) => line.id === id && line.acts.some((act) => name in act.fields));
}

/**
 * @param {{dirty: boolean, going: boolean, kept: boolean, failed: boolean}} field dirty: typed and not handed over;
 *   going: on its way; kept: handed over since it stands here; failed: the server does not take it
 * @param {boolean} gone the server does not answer
 * @returns {FieldState}
 */
export function stateOf({ dirty, going, kept, failed }, gone) {
  if (dirty || going) return gone ? "waiting" : "saving";
  if (failed) return "not_saved";
  return kept ? "saved" : "";
}

/**
 * The short words of a moment, as far as they are known.
 * @param {Partial<Record<string, unknown>>} moment
 * @returns {Record<string, string>}
 */
export function linesOf(moment) {
  return Object.fromEntries(
    LINES.flatMap((name) => (typeof moment[name] === "string" ? [[name, moment[name]]] : [])),
  );
}

/**
 * @param {Record<string, unknown>} fields
 * @returns {boolean} a request with these may outlive the page that sends it
 */
export function isSmall(fields) {
  return JSON.stringify(fields).length < 15_000;
}
