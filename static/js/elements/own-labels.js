import { icon, isTyping, node, part, say } from "../dom.js";
import { readsOf } from "../lib/boards.js";
import { BLANK, fits, MOVABLE, moved, placesOf, swapped } from "../lib/palette.js";
import { keyNames, LOOK, ownWords } from "./tag-palette.js";

/**
 * @typedef {import("./tag-palette.js").Label} Label
 * @typedef {import("./tag-palette.js").TagPalette} TagPalette
 * @typedef {import("../lib/palette.js").Own} Own
 */


/**
 * <own-labels> in a dialog: a counselor's labels as rows. Each change is saved at once and can be undone: her word, the
 * place in the group (drag, arrow keys, touch), on top, hidden, the key, and how far before and after a press it reaches.
 */
export class OwnLabels extends HTMLElement {
  connectedCallback() {
    if (this.palette) return;
    const space = this.closest("work-space");
    this.dialog = /** @type {HTMLDialogElement | null} */ (this.closest("dialog"));
    this.palette = /** @type {TagPalette | null} */ (space?.querySelector("tag-palette") ?? null);
    /** @type {string | null} the label that waits for its key */
    this.listening = null;
    space?.addEventListener("vbg:palette", () => this.draw());
    space?.addEventListener("vbg:palette-said", (event) =>
      this.#told(/** @type {CustomEvent} */ (event).detail),
    );
    part(this.#frame, "own-undo")?.addEventListener("click", () => void this.own?.undo());
    part(this.#frame, "own-reset")?.addEventListener("click", () => this.#resetAll());
    const asks = /** @type {HTMLInputElement | null} */ (part(this.#frame, "own-asks"));
    asks?.addEventListener("change", () => void this.own?.change({ asks: asks.checked }));
    this.dialog?.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    this.dialog?.addEventListener("close", () => this.#listen(null));
    this.addEventListener("click", (event) => this.#click(event));
    // the next field has the focus by then, and keeps it
    this.addEventListener("change", (event) => setTimeout(() => this.#typed(event.target)));
    this.addEventListener("pointerdown", (event) => this.#grab(event));
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
      ...this.palette.groups.map((group) => this.#group(group, tags)).filter((one) => one !== null),
      this.#commands(),
    );
    const asks = /** @type {HTMLInputElement | null} */ (part(this.#frame, "own-asks"));
    if (asks) asks.checked = this.own?.palette.asks ?? true;
    const undo = /** @type {HTMLButtonElement | null} */ (part(this.#frame, "own-undo"));
    if (undo) undo.disabled = !this.own?.canUndo;
    const reset = /** @type {HTMLButtonElement | null} */ (part(this.#frame, "own-reset"));
    if (reset) reset.disabled = !this.#changedLabels().length;
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
   * @param {string} group
   * @param {Label[]} all
   */
  #group(group, all) {
    const tags = all.filter((tag) => tag.group === group);
    if (!tags.length) return null;
    const look = LOOK[/** @type {keyof typeof LOOK} */ (group)] ?? "";
    const title = this.palette?.nameOf(group) ?? "";
    return node(
      "section",
      { class: `own-group ${look}`, "aria-label": title },
      node("h3", {}, node("span", { class: `mark s ${look}`, "aria-hidden": "true" }), title),
      node("ol", { "data-group": group }, ...tags.map((tag) => this.#row(tag, tags.length > 1, look))),
    );
  }

  /**
   * @param {Label} tag
   * @param {boolean} moves
   * @param {string} look
   */
  #row(tag, moves, look) {
    const given = tag.given ?? tag;
    const name = given.label;
    const own = this.own?.palette.labels[tag.tag] ?? {};
    const handle = node(
      "button",
      {
        type: "button",
        class: "own-handle",
        "data-does": "move",
        "aria-label": say("own_move", { label: name }),
        title: say("own_move_hint"),
        disabled: !moves,
      },
      icon("sleep", 18),
    );
    const word = node("input", {
      class: "field",
      "data-does": "words",
      value: tag.label,
      maxlength: "40",
      "aria-label": say("own_word", { label: name }),
    });
    return node(
      "li",
      { "data-label": tag.tag, class: tag.hidden ? "is-hidden" : null },
      handle,
      node("span", { class: `mark ${look}`, "aria-hidden": "true" }, icon(tag.icon, 15)),
      node(
        "span",
        { class: "own-word" },
        word,
        tag.label === name ? null : node("span", { class: "tiny faint" }, name),
      ),
      this.#keyButton(tag.tag, tag.label, keyNames(tag)),
      ...(tag.group === "moment" ? [node("span", {}), node("span", {})] : toggles(tag)),
      node(
        "span",
        { class: "own-times" },
        seconds("lead_ms", tag.lead_ms, say("own_lead", { label: tag.label })),
        seconds("lag_ms", tag.lag_ms, say("own_lag", { label: tag.label })),
      ),
      this.#back(tag.tag, tag.label, own),
      this.#said(tag.tag),
    );
  }

  #commands() {
    const places = placesOf(this.palette?.set?.tags ?? [], this.own?.palette ?? { labels: {}, asks: true });
    const rows = Object.keys(MOVABLE).map((name) => {
      const word = say(name.replace("/", "_"));
      const code = places.get(name) ?? "";
      const own = this.own?.palette.labels[name] ?? {};
      return node(
        "li",
        { "data-label": name, class: "is-command" },
        node("span", { class: "own-word" }, word),
        this.#keyButton(name, word, namesOf(code)),
        this.#back(name, word, own),
        this.#said(name),
      );
    });
    return node(
      "section",
      { class: "own-group", "aria-label": say("own_buttons") },
      node("h3", {}, say("own_buttons")),
      node("ol", {}, ...rows),
    );
  }

  /**
   * @param {string} label
   * @param {string} word
   * @param {(string | Node)[]} names what its key reads
   */
  #keyButton(label, word, names) {
    const waits = this.listening === label;
    const reads = names.some((one) => (one instanceof Node ? one.textContent : one));
    const shown = waits ? [say("own_press")] : reads ? [node("kbd", {}, ...names)] : [say("own_no_key")];
    return node(
      "button",
      {
        type: "button",
        class: `own-key${waits ? " is-listening" : ""}`,
        "data-does": "key",
        "aria-pressed": String(waits),
      },
      node("span", { class: "sr" }, `${say("own_key", { label: word })} `),
      ...shown,
    );
  }

  /**
   * @param {string} label
   * @param {string} word
   * @param {Own} own
   */
  #back(label, word, own) {
    if (!isChanged({ ...own, position: null })) return node("span", {});
    const name = say("own_back", { label: word });
    return node(
      "button",
      { type: "button", class: "ib", "data-does": "back", "aria-label": name, title: name, "data-of": label },
      icon("ongedaan", 17),
    );
  }

  /**
   * @param {string} label
   * @returns {HTMLElement | null} what there is to say or choose about its key
   */
  #said(label) {
    if (this.about?.label !== label) return null;
    const { text, by, code } = this.about;
    const swap = by
      ? node(
          "button",
          { type: "button", class: "btn s", "data-does": "swap", "data-by": by, "data-code": code },
          say("own_swap"),
        )
      : null;
    const other = by
      ? node("button", { type: "button", class: "btn s", "data-does": "key" }, say("own_other"))
      : null;
    return node("p", { class: "own-said", role: "alert" }, node("span", {}, text), swap, other);
  }

  // --- what she does ---

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
    if (does === "key") this.#listen(this.listening === label ? null : label);
    if (does === "back") this.#reset([label]);
    if (does === "swap") this.#swap(label, button.getAttribute("data-by") ?? "");
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
    if (this.listening && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.#heard(event);
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
    this.#moveBy(label, by);
  }

  /**
   * @param {string} label
   * @param {number} by
   */
  #moveBy(label, by) {
    const group = this.#groupOf(label);
    const at = group.findIndex((tag) => tag.tag === label);
    this.#moveTo(label, at + by);
  }

  /**
   * @param {string} label
   * @param {number} to
   */
  #moveTo(label, to) {
    const group = this.#groupOf(label);
    const change = moved(group, label, to);
    if (!change) return;
    const name = group.find((tag) => tag.tag === label)?.label ?? "";
    this.place = say("own_place", {
      label: name,
      n: Math.max(0, Math.min(group.length - 1, to)) + 1,
      all: group.length,
    });
    void this.own?.change(change);
  }

  /**
   * @param {string} label
   * @returns {Label[]}
   */
  #groupOf(label) {
    const tags = this.palette?.tags ?? [];
    const group = tags.find((tag) => tag.tag === label)?.group;
    return tags.filter((tag) => tag.group === group);
  }

  /**
   * Mouse, pen or finger: the row follows, and is let go between two others.
   * @param {PointerEvent} event
   */
  #grab(event) {
    const handle = event.target instanceof Element ? event.target.closest('[data-does="move"]') : null;
    const row = handle?.closest("li");
    if (!(handle instanceof HTMLButtonElement) || handle.disabled || !row || event.button > 0) return;
    const label = row.getAttribute("data-label") ?? "";
    handle.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    const move = (/** @type {PointerEvent} */ at) => follow(row, at.clientY);
    const drop = (/** @type {Event} */ end) => {
      handle.removeEventListener("pointermove", move);
      row.classList.remove("is-dragged");
      const to = [...(row.parentElement?.children ?? [])].indexOf(row);
      // once the touch is over: its target must not go before it
      setTimeout(() => (end.type === "pointerup" ? this.#moveTo(label, to) : this.draw()));
    };
    handle.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, drop, { once: true });
  }

  // --- keys ---

  /**
   * @param {string | null} label
   */
  #listen(label) {
    this.listening = label;
    this.about = label ? { label, text: say("own_press_long"), by: "", code: "" } : null;
    this.draw();
  }

  /**
   * @param {KeyboardEvent} event the next key while a label waits
   */
  #heard(event) {
    if (event.code === "Tab" || event.key === "Shift") return;
    event.preventDefault();
    event.stopPropagation();
    const label = this.listening ?? "";
    if (event.code === "Escape") {
      this.#listen(null);
      return;
    }
    if (
      event.code === "Enter" &&
      event.target instanceof Element &&
      event.target.closest('[data-does="swap"]')
    ) {
      this.#swap(label, event.target.getAttribute("data-by") ?? "");
      return;
    }
    this.#give(label, event.code);
  }

  /**
   * @param {string} label
   * @param {string} code
   */
  #give(label, code) {
    const places = this.#places();
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
        void this.own?.change({
          labels: { [label]: { key_code: this.#given(label) === code ? null : code } },
        });
      }
    }
    this.draw();
  }

  /**
   * @param {string} label
   * @param {string} other
   */
  #swap(label, other) {
    this.listening = null;
    this.about = null;
    const change = swapped(label, other, this.#places());
    for (const [name, own] of Object.entries(change.labels ?? {}))
      if (own.key_code === this.#given(name)) own.key_code = null;
    void this.own?.change(change);
  }

  #places() {
    return placesOf(this.palette?.set?.tags ?? [], this.own?.palette ?? { labels: {}, asks: true });
  }

  /**
   * @param {string} label
   * @returns {string | undefined} the place it has without her
   */
  #given(label) {
    const fixed = MOVABLE[/** @type {keyof typeof MOVABLE} */ (label)];
    return fixed ?? this.palette?.set?.tags.find((tag) => tag.tag === label)?.key_code;
  }

  /**
   * @param {string} label
   */
  #wordOf(label) {
    return this.palette?.tags.find((tag) => tag.tag === label)?.label ?? say(label.replace("/", "_"));
  }

  // --- back to the set ---

  #changedLabels() {
    return Object.entries(this.own?.palette.labels ?? {})
      .filter(([, own]) => isChanged(own))
      .map(([label]) => label);
  }

  #resetAll() {
    this.#reset(this.#changedLabels());
  }

  /**
   * A key that another has by now comes back with a swap: that one goes back too.
   * @param {string[]} labels
   */
  #reset(labels) {
    const all = new Set(labels);
    for (const label of all) {
      const given = this.#given(label);
      for (const [other, place] of this.#places())
        if (place && place === given && other !== label) all.add(other);
    }
    const { position, ...rest } = BLANK;
    const whole = labels.length > 1 ? { ...rest, position } : rest;
    const change = Object.fromEntries(
      [...all].map((label) => [
        label,
        labels.includes(label) && !(label in MOVABLE) ? { ...whole } : { key_code: null },
      ]),
    );
    void this.own?.change({ labels: change });
  }

  /**
   * @param {{how: "saved" | "undone" | "waiting", text?: string}} said
   */
  #told({ how, text }) {
    const state = part(this.#frame, "own-state");
    const words = how === "waiting" ? text || say("no_server") : say(how === "saved" ? "saved" : "undone");
    if (state) state.textContent = how === "saved" && this.place ? this.place : words;
    this.place = "";
  }
}

/**
 * The others step aside: a row that is itself taken out and put back would let go of the pointer.
 * @param {Element} row
 * @param {number} y where the pointer is
 */
function follow(row, y) {
  const before = row.previousElementSibling;
  const after = row.nextElementSibling;
  if (before && y < middle(before)) row.after(before);
  else if (after && y > middle(after)) row.before(after);
  else return;
  follow(row, y);
}

/**
 * @param {Element} row
 */
function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}

/**
 * @param {Label} tag
 */
function toggles(tag) {
  return [
    toggle("pinned", Boolean(tag.pinned), say("own_pin"), say("own_pin_label", { label: tag.label })),
    toggle("hidden", Boolean(tag.hidden), say("own_hide"), say("own_hide_label", { label: tag.label })),
  ];
}

/**
 * @param {"pinned" | "hidden"} does
 * @param {boolean} on
 * @param {string} word
 * @param {string} name
 */
function toggle(does, on, word, name) {
  return node(
    "button",
    {
      type: "button",
      class: "own-toggle",
      "data-does": does,
      "aria-pressed": String(on),
      "aria-label": name,
    },
    word,
  );
}

/**
 * @param {"lead_ms" | "lag_ms"} does
 * @param {number} ms
 * @param {string} name
 */
function seconds(does, ms, name) {
  return node("input", {
    class: "field",
    type: "number",
    min: "0",
    max: "20",
    step: "0.5",
    value: String(ms / 1000),
    "data-does": does,
    "aria-label": name,
    title: name,
  });
}

/**
 * @param {string} code
 * @returns {(string | Node)[]}
 */
function namesOf(code) {
  const names = { key: readsOf(code, "azerty"), qwerty_key: readsOf(code, "qwerty") };
  return code ? keyNames(/** @type {Label} */ (names)) : [];
}

/**
 * @param {string} code
 * @returns {string} what the key reads on the keyboard that is chosen
 */
function plain(code) {
  const board = document.querySelector("[name=board][value=qwerty]:checked") ? "qwerty" : "azerty";
  return readsOf(code, board) || code;
}

/**
 * @param {Own} own
 */
function isChanged(own) {
  return Object.entries(own).some(([name, value]) => value !== BLANK[/** @type {keyof Own} */ (name)]);
}

customElements.define("own-labels", OwnLabels);
