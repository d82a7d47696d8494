import { icon, say } from "../dom.js";
import { stateOf } from "../lib/fields.js";

/** Words are handed over this long after the last letter. */
const TYPING_PAUSE_MS = 500;
/** @type {Record<Exclude<import("../lib/fields.js").FieldState, "">, [drawing: string, words: string]>} */
const SAID = {
  saved: ["vink", "saved"],
  saving: ["potlood", "saving"],
  waiting: ["offline", "field_waiting"],
  not_saved: ["let-op", "not_saved"],
};

/**
 * A box whose words hand themselves over: after a pause, when it is left, and before the words of anything else come
 * into it. Letters not handed over yet are never written over.
 */
export class TextField {
  /**
   * @param {HTMLTextAreaElement} box
   * @param {HTMLElement | null} state where it stands what became of the words
   * @param {(id: string, text: string, was: string) => void} hand `was`: what stood there before
   */
  constructor(box, state, hand) {
    this.box = box;
    this.said = state;
    this.hand = hand;
    this.of = "";
    this.text = "";
    this.dirty = false;
    this.kept = false;
    this.failed = false;
    /** The server was asked for these words and does not answer. */
    this.missed = false;
    box.addEventListener("input", () => this.#typed());
    box.addEventListener("blur", () => this.flush());
  }

  /**
   * @param {string} id of what the words belong to, "" for nothing
   * @param {string | undefined} text undefined: not known yet, so nobody writes over it
   */
  show(id, text) {
    if (id !== this.of) {
      this.flush();
      Object.assign(this, { of: id, kept: false, failed: false, missed: false });
      this.#put(text);
    } else if (!this.dirty && !this.failed && text !== undefined) this.#put(text);
  }

  /**
   * Another wrote here too: both texts stand there now, and what she typed since after them.
   * @param {string} id
   * @param {string} mine as it was sent
   * @param {string} text
   */
  became(id, mine, text) {
    if (this.of !== id) return;
    this.text = text;
    if (this.box.value.startsWith(mine)) this.box.value = text + this.box.value.slice(mine.length);
  }

  /** Hand over what was typed. */
  flush() {
    clearTimeout(this.typing);
    if (!this.dirty) return;
    this.dirty = false;
    if (this.box.value === this.text) return;
    const was = this.text;
    this.text = this.box.value;
    this.kept = true;
    this.failed = false;
    this.hand(this.of, this.text, was);
  }

  /**
   * @param {boolean} going
   * @param {boolean} gone
   */
  tell(going, gone) {
    const state = stateOf({ dirty: this.dirty, going, kept: this.kept, failed: this.failed }, gone);
    const now = state || (this.missed ? "waiting" : "");
    if (!this.said || (this.said.dataset.state ?? "") === now) return;
    this.said.dataset.state = now;
    if (!now) {
      this.said.replaceChildren();
      return;
    }
    const [drawing, words] = SAID[now];
    this.said.replaceChildren(icon(drawing, 13), say(words));
  }

  #typed() {
    this.dirty = true;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.flush(), TYPING_PAUSE_MS);
    this.tell(false, this.said?.dataset.state === "waiting");
  }

  /**
   * @param {string | undefined} text
   */
  #put(text) {
    this.text = text ?? "";
    this.box.disabled = text === undefined || !this.of;
    if (this.box.value === this.text) return;
    const { selectionStart: from, selectionEnd: to } = this.box;
    this.box.value = this.text;
    if (document.activeElement === this.box) this.box.setSelectionRange(from, to);
  }
}
