/**
 * Two keyboards as they lie on the table: Belgian AZERTY (ISO) and QWERTY (ANSI). A key is its place (event.code), what
 * it reads there, and its width in quarters of a key. Each row is 60 wide.
 * @typedef {[code: string, reads: string, width: number]} Key
 * @typedef {"azerty" | "qwerty"} Board
 */

/**
 * @param {string} codes
 * @param {string} reads as many, with spaces between
 * @returns {Key[]}
 */
const keys = (codes, reads) => codes.split(" ").map((code, at) => [code, reads.split(" ")[at] ?? "", 4]);

const DIGITS = "Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal";
const TOP = "KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight";
const HOME = "KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote";
const LOW = "KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash";
/** @type {Key[]} */
const FOOT = [
  ["ControlLeft", "Ctrl", 5],
  ["MetaLeft", "", 5],
  ["AltLeft", "Alt", 5],
  ["Space", "", 25],
  ["AltRight", "Alt Gr", 5],
  ["MetaRight", "", 5],
  ["ContextMenu", "", 5],
  ["ControlRight", "Ctrl", 5],
];

/** @type {Record<Board, Key[][]>} */
export const BOARDS = {
  azerty: [
    [...keys(DIGITS, "² 1 2 3 4 5 6 7 8 9 0 ) -"), ["Backspace", "⌫", 8]],
    [["Tab", "⇥", 6], ...keys(TOP, "A Z E R T Y U I O P ^ $"), ["Enter", "↵", 6]],
    [["CapsLock", "⇪", 7], ...keys(`${HOME} Backslash`, "Q S D F G H J K L M ù µ"), ["EnterLow", "", 5]],
    [
      ["ShiftLeft", "⇧", 5],
      ...keys(`IntlBackslash ${LOW}`, "< W X C V B N , ; : ="),
      ["ShiftRight", "⇧", 11],
    ],
    FOOT,
  ],
  qwerty: [
    [...keys(DIGITS, "` 1 2 3 4 5 6 7 8 9 0 - ="), ["Backspace", "⌫", 8]],
    [["Tab", "⇥", 6], ...keys(TOP, "Q W E R T Y U I O P [ ]"), ["Backslash", "\\", 6]],
    [["CapsLock", "⇪", 7], ...keys(HOME, "A S D F G H J K L ; '"), ["Enter", "↵", 9]],
    [["ShiftLeft", "⇧", 9], ...keys(LOW, "Z X C V B N M , . /"), ["ShiftRight", "⇧", 11]],
    FOOT,
  ],
};

/**
 * What stands fast, by place: each command and whether it needs Shift there. The rest goes by palette.
 * @type {Record<Board, Record<string, string[]>>}
 */
export const FAST = {
  azerty: {
    Space: ["play"],
    Enter: ["words"],
    KeyW: ["picture-closer"],
    KeyQ: ["picture-further"],
    KeyA: ["picture-whole"],
    Period: ["curtain"],
    IntlBackslash: ["slower", "faster"],
    Equal: ["zoom-out"],
    Slash: ["zoom-in"],
    KeyM: ["keys"],
  },
  qwerty: {
    Space: ["play"],
    Enter: ["words"],
    KeyW: ["picture-closer"],
    KeyQ: ["picture-further"],
    KeyA: ["picture-whole"],
    Period: ["curtain", "faster"],
    Comma: ["slower"],
    Minus: ["zoom-out"],
    Equal: ["zoom-in"],
    Slash: ["keys"],
  },
};

/**
 * @param {string} code place of a key
 * @param {Board} board
 * @returns {string} what it reads there; "" when that keyboard has no such key
 */
export function readsOf(code, board) {
  for (const row of BOARDS[board]) for (const [place, reads] of row) if (place === code) return reads;
  return "";
}
