/**
 * Which wish a key is. Letters and digits go by place (event.code), so AZERTY and QWERTY agree;
 * punctuation and Ctrl combinations go by what the key reads (event.key).
 * @typedef {{code: string, key: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, shiftKey?: boolean, repeat?: boolean}} Press
 * @typedef {{command: string, tag?: string}} Wish
 */

/** @type {Record<string, string>} */
const BY_PLACE = {
  Space: "play",
  ArrowLeft: "frame-back",
  ArrowRight: "frame-on",
  ArrowUp: "moment-before",
  ArrowDown: "moment-after",
  KeyI: "begin",
  KeyO: "end",
  KeyU: "loop",
  KeyX: "choose",
  Enter: "words",
  Escape: "done",
  Digit0: "whole",
  Delete: "remove",
  KeyW: "picture-closer",
  KeyQ: "picture-further",
  KeyA: "picture-whole",
};

/** @type {Record<string, string>} */
const BY_KEY = { "-": "zoom-out", "=": "zoom-in", "+": "zoom-in", "<": "slower", ">": "faster", "?": "keys" };

/** @type {Record<string, string>} */
const SHIFTED = {
  ArrowLeft: "second-back",
  ArrowRight: "second-on",
  // also where a label has that key
  KeyW: "picture-closer",
  KeyQ: "picture-further",
  KeyA: "picture-whole",
  KeyH: "past",
};

/** @type {Record<string, string>} */
const WITH_CTRL = { ArrowLeft: "begin-back", ArrowRight: "begin-on" };

/** @type {Record<string, string>} */
const WITH_CTRL_SHIFT = { ArrowLeft: "end-back", ArrowRight: "end-on" };

/** Commands whose key a counselor may move (lib/palette.js). */
const MOVABLE = new Set(["begin", "end", "loop", "choose", "whole"]);

/**
 * @param {Press} event
 * @param {{typing?: boolean, tags?: Map<string, string>, commands?: Map<string, string>}} [where] place of the key ->
 *   tag, and -> command for those that can move
 * @returns {Wish | null}
 */
export function wishOf(event, where = {}) {
  const mod = Boolean(event.ctrlKey || event.metaKey);
  if (where.typing) return typed(event, mod);
  if (mod) return command(ofCtrl(event));
  if (event.altKey) return null;
  const tag = event.shiftKey ? undefined : where.tags?.get(event.code);
  if (tag) return event.repeat ? null : { command: "press", tag };
  const read = BY_KEY[event.key];
  if (read) return command(read);
  if (event.code === "Period" && !event.shiftKey) return command("curtain");
  if (event.shiftKey) return command(SHIFTED[event.code]);
  return command(byPlace(event.code, where.commands));
}

/**
 * @param {string} code
 * @param {Map<string, string>} [moved] place -> command, of the commands that can move
 * @returns {string | undefined}
 */
function byPlace(code, moved) {
  const hers = moved?.get(code);
  if (hers) return hers;
  const given = BY_PLACE[code];
  return moved && given && MOVABLE.has(given) ? undefined : given;
}

/**
 * @param {Press} event
 * @param {boolean} mod
 * @returns {Wish | null}
 */
function typed(event, mod) {
  if (event.code === "Escape" || (mod && event.code === "Enter")) return { command: "done" };
  return null;
}

/**
 * @param {Press} event
 * @returns {string | undefined}
 */
function ofCtrl(event) {
  const letter = event.key.toLowerCase();
  if (letter === "z") return event.shiftKey ? "redo" : "undo";
  if (letter === "y") return "redo";
  return (event.shiftKey ? WITH_CTRL_SHIFT : WITH_CTRL)[event.code];
}

/**
 * @param {string | undefined} name
 * @returns {Wish | null}
 */
function command(name) {
  return name ? { command: name } : null;
}

/**
 * @param {{tag: string, key_code: string}[]} tags
 * @returns {Map<string, string>} place of the key -> tag
 */
export function placesOf(tags) {
  return new Map(tags.filter((tag) => tag.key_code).map((tag) => [tag.key_code, tag.tag]));
}

/**
 * The wish of a remote or keyboard while watching together; nothing else is bound.
 * @param {Press} event
 * @returns {string | null}
 */
export function watchWish(event) {
  if (event.code === "F5" || (event.key.toLowerCase() === "r" && (event.ctrlKey || event.metaKey)))
    return "done";
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.code === "ArrowLeft") return event.shiftKey ? "frame-back" : "step-back";
  if (event.code === "ArrowRight") return event.shiftKey ? "frame-on" : "step-on";
  return WATCH[event.code] ?? null;
}

/** @type {Record<string, string>} */
const WATCH = {
  Space: "play",
  Enter: "play",
  NumpadEnter: "play",
  PageDown: "next",
  PageUp: "before",
  Period: "curtain",
  Escape: "done",
};
