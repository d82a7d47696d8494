import { ask, icon, node, part, say, tell } from "../dom.js";
import { DRAWING, isNearEnd, placed } from "../lib/hints.js";
import { clock, snapMs, stamp } from "../lib/timecode.js";

/** A film's hints may still be in the making: so often is asked, a second between. */
const LOOKS = 60;
/** From so many pixels on a hint shows its words beside its drawing. */
const WORDED = 64;

/**
 * @typedef {import("../lib/hints.js").Span} Span
 * @typedef {import("../lib/hints.js").Group} Group
 */

/**
 * <film-hints data-whole="false" data-on="false"> around its button: hints before looking spoil the eye, so they are
 * offered once the film was played to its end, and shown when asked. They borrow the lowest lane of the timeline.
 * Wish: `vbg:seek-request` {ms}.
 */
export class FilmHints extends HTMLElement {
  constructor() {
    super();
    /** @type {Span[] | null} */
    this.spans = null;
    this.telling = false;
    /** @type {Map<string, HTMLButtonElement>} */
    this.worn = new Map();
  }

  connectedCallback() {
    this.space = /** @type {HTMLElement | null} */ (this.closest("work-space"));
    this.line = /** @type {import("./time-line.js").TimeLine | null} */ (
      this.space?.querySelector("time-line") ?? null
    );
    this.button = this.querySelector("button");
    this.button?.addEventListener("click", () => this.#turn());
    this.space?.addEventListener("vbg:time", (event) =>
      this.#time(/** @type {CustomEvent} */ (event).detail),
    );
    this.space?.addEventListener("vbg:line-view", () => this.#place());
    this.space?.addEventListener("vbg:table-open", () => this.#inTable());
    if (this.isOn) void this.#show();
  }

  /** @returns {boolean} */
  get isOn() {
    return this.dataset.on === "true";
  }

  /** @returns {string} */
  get film() {
    return `/api/v1/films/${this.space?.dataset.film ?? ""}`;
  }

  /**
   * @param {{ms: number, playing: boolean}} now
   */
  async #time({ ms, playing }) {
    if (this.dataset.whole === "true" || this.telling || !playing) return;
    if (!isNearEnd(ms, Number(this.space?.dataset.durationMs) || 1)) return;
    this.telling = true;
    if (await this.#keep({ whole: true })) {
      this.dataset.whole = "true";
      if (this.button) this.button.hidden = false;
    }
    this.telling = false;
  }

  /**
   * @param {{whole?: boolean, hints?: boolean}} fields of her place in this film
   */
  #keep(fields) {
    return ask(`${this.film}/place`, { method: "PUT", body: fields, keepalive: true }).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  #turn() {
    this.dataset.on = String(!this.isOn);
    this.button?.setAttribute("aria-pressed", String(this.isOn));
    void this.#keep({ hints: this.isOn });
    if (this.isOn) void this.#show();
    else this.#hide();
  }

  async #show() {
    this.spans ??= await this.#read();
    if (!this.isOn || !this.line) return;
    this.#lane();
    this.line.dataset.hints = "on";
    this.#reach(true);
    this.line.draw();
    this.#say(this.spans?.length ? say("hints_why") : say("hints_none"));
  }

  #hide() {
    if (!this.line) return;
    delete this.line.dataset.hints;
    this.#reach(false);
    this.line.draw();
    this.#say("");
  }

  /**
   * The lanes scroll while one of them is lent: then a keyboard reaches them too.
   * @param {boolean} scrolls
   */
  #reach(scrolls) {
    const rows = /** @type {HTMLElement | null} */ (this.line?.querySelector(".tl-rows") ?? null);
    if (!rows) return;
    rows.tabIndex = scrolls ? 0 : -1;
    rows.setAttribute("role", "group");
    rows.setAttribute("aria-label", say("lanes_by"));
    if (!scrolls) rows.scrollTop = 0;
  }

  /** @returns {Promise<Span[] | null>} null when they cannot be read */
  async #read() {
    for (let look = 0; look < LOOKS; look += 1) {
      const answer = await ask(`${this.film}/hints`).catch(() => null);
      if (answer?.status !== 202) return answer?.ok ? (await answer.json()).spans : null;
      await new Promise((go) => setTimeout(go, 1000));
    }
    return null;
  }

  /**
   * @param {string} text
   */
  #say(text) {
    const words = part(this, "hints-say");
    if (words) words.textContent = text;
  }

  /** Its name in the gutter and its place on the track, made once. */
  #lane() {
    if (this.lane || !this.line) return;
    this.name = node("span", { class: "tl-hintname" }, node("span", { class: "ell" }, say("hints")));
    this.lane = node("div", { class: "tl-hints", role: "group", "aria-label": say("hints") });
    this.line.querySelector(".tl-gutter")?.append(this.name);
    this.line.querySelector(".tl-track")?.append(this.lane);
    this.lane.addEventListener("pointerdown", (event) => {
      if (event.target !== this.lane) event.stopPropagation();
    });
    this.lane.addEventListener("click", (event) => this.#jump(event));
    this.lane.addEventListener("keydown", (event) => this.#walk(event));
  }

  #place() {
    if (!this.isOn || !this.lane || !this.line) return;
    const shown = placed(this.spans ?? [], this.line.view);
    const keys = new Set(shown.map(keyOf));
    for (const [key, button] of this.worn) {
      if (keys.has(key)) continue;
      button.remove();
      this.worn.delete(key);
    }
    const inUse = this.lane.contains(document.activeElement);
    for (const [nth, one] of shown.entries()) {
      const button = this.#worn(one);
      button.style.transform = `translateX(${one.left.toFixed(1)}px)`;
      button.style.inlineSize = `${one.width.toFixed(1)}px`;
      button.classList.toggle("is-wide", one.width >= WORDED);
      if (!inUse) button.tabIndex = nth ? -1 : 0;
      this.lane.append(...(this.lane.children[nth] === button ? [] : [button]));
    }
  }

  /**
   * @param {Group} group
   */
  #worn(group) {
    const key = keyOf(group);
    const known = this.worn.get(key);
    if (known) return known;
    const words = wordsOf(group);
    const name = `${words}, ${stamp(group.start_ms)}, ${stamp(group.end_ms)}`;
    const drawing = icon(DRAWING[group.kinds[0] ?? "turns"], 13);
    const made = node("button", { type: "button", class: "tl-hintbar", "aria-label": name, title: words });
    made.append(node("span", {}, drawing, node("span", { class: "ell" }, words)));
    made.dataset.ms = String(group.start_ms);
    this.worn.set(key, made);
    return made;
  }

  /**
   * @param {Event} event
   */
  #jump(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.ms) this.#seek(Number(button.dataset.ms));
  }

  /**
   * @param {number} ms
   */
  #seek(ms) {
    tell(this, "vbg:seek-request", { ms: snapMs(this.line?.timesUs ?? [], ms) });
  }

  /**
   * @param {KeyboardEvent} event
   */
  #walk(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by || !(event.target instanceof HTMLElement)) return;
    event.preventDefault();
    event.stopPropagation();
    const all = /** @type {HTMLElement[]} */ ([...(this.lane?.children ?? [])]);
    const next = all[all.indexOf(event.target) + by];
    if (!next) return;
    for (const one of all) one.tabIndex = one === next ? 0 : -1;
    next.focus();
  }

  /** The same hints as rows under the table of the moments, while they are shown. */
  #inTable() {
    const table = this.space?.querySelector("moment-table .mt-scroll");
    table?.querySelector(".mt-hints")?.remove();
    if (!table || !this.isOn || !this.spans?.length) return;
    const names = ["table_begin", "table_end", "hints"];
    const head = node("tr", {}, ...names.map((name) => node("th", { scope: "col" }, say(name))));
    const body = node("tbody", {}, ...this.spans.map((one) => this.#row(one)));
    const title = node("h3", { id: "hints-table" }, say("hints"));
    const rows = node(
      "table",
      { class: "mt", "aria-labelledby": "hints-table" },
      node("thead", {}, head),
      body,
    );
    table.append(
      node("section", { class: "mt-hints" }, title, node("p", { class: "muted" }, say("hints_why")), rows),
    );
  }

  /**
   * @param {Span} span
   */
  #row({ kind, start_ms, end_ms }) {
    const jump = node("button", { type: "button", class: "mt-open mono" }, clock(start_ms));
    jump.setAttribute("aria-label", `${say(`hint_${kind}`)}, ${clock(start_ms)}`);
    jump.addEventListener("click", () => {
      jump.closest("dialog")?.close();
      this.#seek(start_ms);
    });
    return node(
      "tr",
      {},
      node("th", { scope: "row" }, jump),
      node("td", { class: "mono" }, clock(end_ms)),
      node("td", {}, say(`hint_${kind}`)),
    );
  }
}

/**
 * @param {Group} group
 */
function keyOf({ start_ms, end_ms, kinds }) {
  return `${start_ms}|${end_ms}|${kinds.join()}`;
}

/**
 * @param {Group} group
 */
function wordsOf({ kinds }) {
  return kinds.map((kind) => say(`hint_${kind}`)).join(" · ");
}

customElements.define("film-hints", FilmHints);
