import { node, say } from "../dom.js";
import { BOARDS, FAST } from "../lib/boards.js";
import { LOOK } from "./tag-palette.js";

/**
 * @typedef {import("../lib/boards.js").Board} Board
 * @typedef {import("./tag-palette.js").Label} Label
 */

/** Words longer than this are set smaller, so that they fit on a key. */
const LONG = 8;

/** <key-board board="azerty">: a keyboard as it lies on the table, with her own labels and keys on it. */
export class KeyBoard extends HTMLElement {
  /** @returns {Board} */
  get board() {
    return this.getAttribute("board") === "qwerty" ? "qwerty" : "azerty";
  }

  /**
   * @param {Label[]} tags
   * @param {Map<string, string>} commands place -> command, of those that can move
   */
  draw(tags, commands) {
    const byPlace = new Map(tags.filter((tag) => tag.key_code).map((tag) => [tag.key_code, tag]));
    const rows = BOARDS[this.board].map((row) =>
      node(
        "div",
        { class: "kb-row" },
        ...row.map(([code, reads, width]) =>
          this.#key(code, reads, width, byPlace.get(code), commands.get(code)),
        ),
      ),
    );
    this.setAttribute("role", "img");
    this.setAttribute("aria-label", say("board_drawn", { board: this.board.toUpperCase() }));
    this.replaceChildren(...rows);
  }

  /**
   * @param {string} code
   * @param {string} reads
   * @param {number} width
   * @param {Label | undefined} tag
   * @param {string | undefined} command
   */
  #key(code, reads, width, tag, command) {
    const fast = FAST[this.board][code] ?? [];
    const words = tag
      ? [tag.label]
      : [...(command ? [command] : []), ...fast].map((name) => say(`does_${name}`));
    const look = tag
      ? (LOOK[/** @type {keyof typeof LOOK} */ (tag.group)] ?? "")
      : words.length
        ? "does"
        : "";
    const text = words.join(" · ");
    const long = text.split(/[\s,·]+/).some((word) => word.length > LONG) ? " long" : "";
    return node(
      "span",
      { class: `key w${width} ${look}${long}`, "data-code": code },
      node("b", {}, reads),
      node("span", {}, text),
    );
  }
}

customElements.define("key-board", KeyBoard);
