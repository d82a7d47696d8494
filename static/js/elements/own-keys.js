import { say } from "../dom.js";
import { readsOf } from "../lib/boards.js";
import { bare, fits, MOVABLE, swapped } from "../lib/palette.js";

/** A label that waits for its key, and gets it, or swaps it with another. */
export class OwnKeys {
  /** @param {import("./own-labels.js").OwnLabels} list */
  constructor(list) {
    this.list = list;
    /** @type {string | null} the label that waits for its key */
    this.listening = null;
    /** @type {{label: string, text: string, by: string, code: string} | null} what is said of a key */
    this.about = null;
  }

  /**
   * @param {string | null} label
   */
  listen(label) {
    this.listening = label;
    this.about = label ? { label, text: say("own_press_long"), by: "", code: "" } : null;
    this.list.draw();
  }

  /**
   * @param {KeyboardEvent} event the next key while a label waits
   */
  heard(event) {
    if (event.code === "Tab" || event.key === "Shift") return;
    const offered = event.target instanceof Element && event.target.closest(".own-said button");
    if (offered && (event.code === "Enter" || event.code === "Space")) return;
    event.preventDefault();
    event.stopPropagation();
    const label = this.listening ?? "";
    if (event.code === "Escape") {
      this.listen(null);
      return;
    }
    this.#give(label, event.code);
  }

  /**
   * @param {string} label
   * @param {string} code
   */
  #give(label, code) {
    const places = this.places();
    const found = fits(code, label, places);
    if (found.state === "reserved") this.about = { label, text: say("own_reserved"), by: "", code: "" };
    if (found.state === "taken") {
      const by = found.by ?? "";
      this.about = { label, text: say("own_taken", { key: plain(code), label: this.#wordOf(by) }), by, code };
    }
    if (found.state === "free" || found.state === "same") {
      this.listening = null;
      this.about = null;
      if (found.state === "free") {
        void this.list.own?.change({
          labels: { [label]: { key_code: this.given(label) === code ? null : code } },
        });
      }
    }
    this.list.draw();
  }

  /**
   * @param {string} label
   * @param {string} other
   */
  swap(label, other) {
    this.listening = null;
    this.about = null;
    const change = swapped(label, other, this.places());
    for (const [name, own] of Object.entries(change.labels ?? {}))
      if (own.key_code === this.given(name)) own.key_code = null;
    void this.list.own?.change(change);
  }

  places() {
    return this.list.palette?.places ?? new Map();
  }

  /**
   * @param {string} label
   * @returns {string | undefined} the place it has without her
   */
  given(label) {
    const fixed = MOVABLE[/** @type {keyof typeof MOVABLE} */ (label)];
    return fixed ?? this.list.palette?.set?.tags.find((tag) => bare(tag.tag) === bare(label))?.key_code;
  }

  /**
   * @param {string} label
   */
  #wordOf(label) {
    return this.list.palette?.tags.find((tag) => tag.tag === label)?.label ?? say(label.replace("/", "_"));
  }
}

/**
 * @param {string} code
 * @returns {string} what the key reads on the keyboard that is chosen
 */
function plain(code) {
  const board = document.querySelector("[name=board][value=qwerty]:checked") ? "qwerty" : "azerty";
  return readsOf(code, board) || code;
}
