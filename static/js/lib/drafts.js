/**
 * What was typed in a form and not kept yet. Pure.
 * @typedef {Record<string, string>} Fields
 */

/**
 * @param {Fields} typed
 * @param {Fields} shown as the page came
 * @returns {boolean} it says something that the page does not
 */
export function saysMore(typed, shown) {
  return Object.entries(typed).some(([name, value]) => !HIDDEN.has(name) && value !== (shown[name] ?? ""));
}

/** What is no word of hers: which note it is, and of which version. */
const HIDDEN = new Set(["id", "version", "csrf_token"]);

/**
 * @param {Fields | undefined} typed
 * @param {{id: string, version: number}} note as the server has it now
 * @returns {boolean} the server holds these words, or newer ones of the same hand
 */
export function isKept(typed, { id, version }) {
  return typed?.id === id && Number(typed.version) < version;
}
