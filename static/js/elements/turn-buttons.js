import { part, say } from "../dom.js";
import { inWords } from "../lib/acted.js";

/**
 * @typedef {import("../lib/acted.js").Told} Told
 * @typedef {{can_undo?: boolean, can_redo?: boolean, next_undo?: Told | null, next_redo?: Told | null}} Turns
 */

/** <turn-buttons>: undo and redo, each named by what it will do. The buttons stand in the page. */
export class TurnButtons extends HTMLElement {
  constructor() {
    super();
    /** @type {(tag: string) => {label: string} | undefined} */
    this.tagOf = () => undefined;
  }

  /**
   * @param {Turns} turns as the server told them; what it did not tell keeps its plain name
   */
  show({ can_undo, can_redo, next_undo, next_redo }) {
    this.#name("undo", can_undo !== false, next_undo ?? null);
    this.#name("redo", can_redo !== false, next_redo ?? null);
  }

  /** She did something: that can be undone, and what it was the server will tell. */
  acted() {
    this.show({ can_undo: true, can_redo: false });
  }

  /**
   * @param {"undo" | "redo"} which
   * @param {boolean} can
   * @param {Told | null} told
   */
  #name(which, can, told) {
    const button = /** @type {HTMLButtonElement | null} */ (part(this, which));
    if (!button) return;
    button.dataset.plain ??= button.getAttribute("aria-label") ?? "";
    const plain = can ? button.dataset.plain : say(`nothing_to_${which}`);
    const name = told ? say(`${which}_next`, { what: inWords(told, this.tagOf, say) }) : plain;
    button.disabled = !can;
    button.setAttribute("aria-label", name);
    button.title = `${name} (${button.dataset.keys})`;
  }
}

customElements.define("turn-buttons", TurnButtons);
