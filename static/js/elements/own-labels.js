import { isTyping, node, part, say } from "../dom.js";
import { OwnKeys } from "./own-keys.js";
import { OwnOrder } from "./own-order.js";
import { OwnResets } from "./own-resets.js";
import { OwnRows } from "./own-rows.js";
import { ownWords } from "./tag-palette.js";

/**
 * @typedef {import("./tag-palette.js").TagPalette} TagPalette
 */

/**
 * <own-labels> in a dialog: a counselor's labels as rows. Each change is saved at once and can be undone: her word, the
 * place in the group (drag, arrow keys, touch), on top, hidden, the key, and how far before and after a press it reaches.
 */
export class OwnLabels extends HTMLElement {
  constructor() {
    super();
    this.rows = new OwnRows(this);
    this.keys = new OwnKeys(this);
    this.order = new OwnOrder(this);
    this.resets = new OwnResets(this);
  }

  connectedCallback() {
    if (this.palette) return;
    const space = this.closest("work-space");
    this.dialog = /** @type {HTMLDialogElement | null} */ (this.closest("dialog"));
    this.palette = /** @type {TagPalette | null} */ (space?.querySelector("tag-palette") ?? null);
    space?.addEventListener("vbg:palette", () => this.draw());
    space?.addEventListener("vbg:palette-said", (event) =>
      this.#told(/** @type {CustomEvent} */ (event).detail),
    );
    part(this.#frame, "own-undo")?.addEventListener("click", () => void this.own?.undo());
    part(this.#frame, "own-reset")?.addEventListener("click", () => this.resets.all());
    const asks = /** @type {HTMLInputElement | null} */ (part(this.#frame, "own-asks"));
    asks?.addEventListener("change", () => void this.own?.change({ asks: asks.checked }));
    this.dialog?.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    this.dialog?.addEventListener("close", () => this.keys.listen(null));
    this.addEventListener("click", (event) => this.#click(event));
    // the next field has the focus by then, and keeps it
    this.addEventListener("change", (event) => setTimeout(() => this.#typed(event.target)));
    this.addEventListener("pointerdown", (event) => this.order.grab(event));
  }

  get own() {
    return this.palette?.own;
  }

  /** @returns {Element} */
  get #frame() {
    return this.dialog ?? this;
  }

  /** Opened: the rows as they stand now. */
  draw() {
    if (!this.dialog?.open || !this.palette) return;
    const held = this.#held();
    const tags = this.palette.tags;
    this.replaceChildren(
      node(
        "p",
        { class: "own-head", "aria-hidden": "true" },
        node("span", {}, say("own_before")),
        node("span", {}, say("own_after")),
      ),
      ...this.palette.groups.map((group) => this.rows.group(group, tags)).filter((one) => one !== null),
      this.rows.commands(),
    );
    const asks = /** @type {HTMLInputElement | null} */ (part(this.#frame, "own-asks"));
    if (asks) asks.checked = this.own?.palette.asks ?? true;
    const undo = /** @type {HTMLButtonElement | null} */ (part(this.#frame, "own-undo"));
    if (undo) undo.disabled = !this.own?.canUndo;
    const reset = /** @type {HTMLButtonElement | null} */ (part(this.#frame, "own-reset"));
    if (reset) reset.disabled = !this.resets.changed().length;
    this.querySelector(".own-said")?.scrollIntoView({ block: "nearest" });
    this.#hold(held);
  }

  /** @returns {string[] | null} the row and the part of it that have the focus, so that drawing anew leaves it there */
  #held() {
    const label = document.activeElement?.closest("[data-label]")?.getAttribute("data-label");
    const name = document.activeElement?.getAttribute("data-does");
    return label && name && this.contains(document.activeElement) ? [label, name] : null;
  }

  /**
   * @param {string[] | null} held a part that is gone leaves the focus to the row's key
   */
  #hold(held) {
    if (!held) return;
    const row = this.querySelector(`[data-label="${CSS.escape(held[0] ?? "")}"]`);
    const same = row?.querySelector(`[data-does="${held[1]}"]`) ?? row?.querySelector('[data-does="key"]');
    /** @type {HTMLElement | null | undefined} */ (same)?.focus({ preventScroll: true });
    if (same instanceof HTMLInputElement) same.select();
  }

  /**
   * @param {Event} event
   */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button[data-does]") : null;
    const label = button?.closest("[data-label]")?.getAttribute("data-label");
    if (!button || !label) return;
    const does = button.getAttribute("data-does");
    if (does === "pinned" || does === "hidden") {
      void this.own?.change({
        labels: { [label]: { [does]: button.getAttribute("aria-pressed") !== "true" } },
      });
    }
    if (does === "key") this.keys.listen(this.keys.listening === label ? null : label);
    if (does === "back") this.resets.reset([label]);
    if (does === "swap") this.keys.swap(label, button.getAttribute("data-by") ?? "");
  }

  /**
   * @param {EventTarget | null} field
   */
  #typed(field) {
    const label = field instanceof Element ? field.closest("[data-label]")?.getAttribute("data-label") : null;
    const tag = this.palette?.tags.find((one) => one.tag === label);
    if (!(field instanceof HTMLInputElement) || !tag) return;
    const does = field.dataset.does;
    if (does === "words") {
      void this.own?.change({ labels: { [tag.tag]: { words: ownWords(field.value.trim(), tag) } } });
    } else if (does === "lead_ms" || does === "lag_ms") {
      const ms = Math.round(Math.max(0, Math.min(20, Number(field.value) || 0)) * 1000);
      const asked = does === "lead_ms" ? "asked_lead" : "asked_lag";
      const given = tag.given?.[does] === ms;
      void this.own?.change({ labels: { [tag.tag]: { [does]: given ? null : ms, [asked]: !given } } });
    }
  }

  /**
   * Ctrl Z undoes here too; arrows on a handle move its label; a label that waits for its key gets it.
   * @param {KeyboardEvent} event
   */
  #key(event) {
    if (this.keys.listening && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.keys.heard(event);
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !isTyping(event.target)) {
      event.preventDefault();
      void this.own?.undo();
    }
    const handle = event.target instanceof Element ? event.target.closest('[data-does="move"]') : null;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.code];
    const label = handle?.closest("[data-label]")?.getAttribute("data-label");
    if (!label || !by) return;
    event.preventDefault();
    this.order.moveBy(label, by);
  }

  /**
   * @param {{how: "saved" | "undone" | "waiting", text?: string}} said
   */
  #told({ how, text }) {
    const state = part(this.#frame, "own-state");
    const words = how === "waiting" ? text || say("no_server") : say(how === "saved" ? "saved" : "undone");
    if (state) state.textContent = how === "saved" && this.order.place ? this.order.place : words;
    this.order.place = "";
  }
}

customElements.define("own-labels", OwnLabels);
