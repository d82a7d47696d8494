import { fetched, icon, node, say, tell } from "../dom.js";
import { lineInWords, renewed } from "../lib/acted.js";
import { headingOf } from "../lib/shelf.js";
import { clock } from "../lib/timecode.js";

/**
 * @typedef {import("../lib/acted.js").Line} Line
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {Moment & {removal: {seq: number, at: string, who: string, mine: boolean}}} Removed
 * @typedef {{items: any[], next: string | null, kept_until?: string | null}} Page
 * @typedef {"history" | "trash"} Side
 */

/**
 * <film-past>: what happened on a film, newest first, and its trash; made when it is asked for. Wishes:
 * `vbg:open-request` {id}, `vbg:seek-request` {ms}, `vbg:restore-request` {id}.
 */
export class FilmPast extends HTMLElement {
  constructor() {
    super();
    this.film = "";
    /** @type {Map<string, import("./tag-palette.js").Label>} */
    this.tags = new Map();
    /** @type {Side} */
    this.side = "history";
    /** @type {Line[]} */
    this.lines = [];
    /** @type {Removed[]} */
    this.removed = [];
    /** @type {string | null} */
    this.cursor = null;
    this.keptUntil = "";
    /** @type {Set<string>} asked back, and not there yet */
    this.coming = new Set();
  }

  /**
   * @param {string} film
   * @param {Map<string, import("./tag-palette.js").Label>} tags
   */
  open(film, tags) {
    Object.assign(this, { film, tags });
    if (!this.dialog) this.#build();
    this.dialog?.showModal();
    void this.#turnTo("history");
  }

  /** Somebody did something on this film. */
  heard() {
    if (this.dialog?.open) void this.#read();
  }

  /**
   * @param {string} id of a moment that stands in the film again, or could not be put back
   */
  came(id) {
    this.coming.delete(id);
    this.heard();
  }

  #build() {
    this.state = node("p", { role: "status", class: "muted" });
    this.list = node("div", { class: "past-list" });
    this.more = node("button", { type: "button", class: "btn ghost past-more", hidden: true }, say("past_more"));
    this.more.addEventListener("click", () => void this.#further());
    this.sides = /** @type {[Side, HTMLButtonElement][]} */ (
      /** @type {Side[]} */ (["history", "trash"]).map((side) => [side, this.#sideButton(side)])
    );
    const title = node("h2", { id: "film-past", class: "grow" }, say("past"));
    const close = node("button", { class: "btn s" }, say("past_close"), node("kbd", {}, "Esc"));
    const choice = node("div", { class: "me-seg", role: "group", "aria-labelledby": "film-past" });
    choice.append(...this.sides.map(([, button]) => button));
    this.dialog = node(
      "dialog",
      { class: "ws-dialog past", "aria-labelledby": "film-past" },
      node("form", { method: "dialog", class: "past-head" }, title, close),
      choice,
      node("div", { class: "past-scroll", tabindex: "0" }, this.state, this.list, this.more),
    );
    this.append(this.dialog);
  }

  /**
   * @param {Side} side
   */
  #sideButton(side) {
    const button = node("button", { type: "button" }, say(`past_${side}`));
    button.addEventListener("click", () => void this.#turnTo(side));
    return button;
  }

  /**
   * @param {Side} side
   */
  async #turnTo(side) {
    this.side = side;
    Object.assign(this, { lines: [], removed: [], cursor: null });
    for (const [name, button] of this.sides ?? []) button.setAttribute("aria-pressed", String(name === side));
    this.list?.replaceChildren();
    if (this.more) this.more.hidden = true;
    this.#say("past_reading");
    await this.#read();
  }

  /** The newest page; what was read before stays behind it. */
  async #read() {
    const { side } = this;
    const page = await this.#page();
    if (side !== this.side) return;
    if (!page) {
      this.#say("past_no_server");
      return;
    }
    if (side === "history") Object.assign(this, renewed(this.lines, this.cursor, page));
    else Object.assign(this, { removed: page.items, cursor: page.next, keptUntil: page.kept_until ?? "" });
    this.#show();
  }

  /** What came before what is shown. */
  async #further() {
    const page = this.cursor ? await this.#page(this.cursor) : null;
    if (!page) {
      this.#say("past_no_server");
      return;
    }
    const known = this.side === "history" ? this.lines : this.removed;
    const at = known.length;
    known.push(...page.items);
    this.cursor = page.next;
    this.#show();
    this.list?.querySelectorAll("button")[at]?.focus();
  }

  /**
   * @param {string} [cursor]
   * @returns {Promise<Page | null>}
   */
  #page(cursor = "") {
    return fetched(`/api/v1/films/${this.film}/${this.side}?cursor=${cursor}`).catch(() => null);
  }

  #show() {
    const history = this.side === "history";
    const count = history ? this.lines.length : this.removed.length;
    this.#say(count ? (history ? "" : this.#kept()) : `past_empty_${this.side}`);
    const held = /** @type {HTMLElement} */ (document.activeElement).dataset?.key;
    const at = [...(this.list?.querySelectorAll("button") ?? [])].findIndex((one) => one.dataset.key === held);
    this.list?.replaceChildren(...(history ? this.#days() : [this.#trash()]));
    if (this.more) this.more.hidden = this.cursor === null;
    if (held !== undefined) this.#stay(held, at);
  }

  /**
   * Who stands on a line stays there, also when lines came above it or it is gone.
   * @param {string} key
   * @param {number} at where it was
   */
  #stay(key, at) {
    const buttons = [...(this.list?.querySelectorAll("button") ?? [])];
    const same = buttons.find((one) => one.dataset.key === key);
    (same ?? buttons[Math.min(at, buttons.length - 1)] ?? this.sides?.[1]?.[1])?.focus();
  }

  /**
   * @param {string} key of a sentence, or a sentence
   */
  #say(key) {
    const text = key && (say(key) || key);
    if (this.state && this.state.textContent !== text) this.state.textContent = text;
  }

  #kept() {
    return this.keptUntil ? say("past_kept_until", { date: dated(this.keptUntil) }) : say("past_kept");
  }

  /** The lines under the day on which they happened. */
  #days() {
    /** @type {HTMLElement[]} */
    const made = [];
    let day = "";
    for (const line of this.lines) {
      const on = dated(line.at);
      if (on !== day) made.push(node("h3", { class: "past-day" }, onDay(line.at, on)), node("ol"));
      day = on;
      made.at(-1)?.append(this.#line(line));
    }
    return made;
  }

  /**
   * @param {Line} line
   */
  #line(line) {
    const what = lineInWords(line, (tag) => this.tags.get(tag), say);
    const button = node(
      "button",
      { type: "button", class: "past-line", "data-key": String(line.seq) },
      node("span", { class: "past-who" }, `${line.mine ? say("past_you") : line.who || say("past_someone")} · ${timed(line.at)}`),
      node("span", { class: "past-what", dir: "auto" }, what),
    );
    button.addEventListener("click", () => this.#go(line.moment, line.removed, line.start_ms ?? 0));
    return node("li", {}, button);
  }

  /**
   * @param {string} id
   * @param {boolean} removed
   * @param {number} ms
   */
  #go(id, removed, ms) {
    this.dialog?.close();
    if (removed) tell(this, "vbg:seek-request", { ms });
    else tell(this, "vbg:open-request", { id });
  }

  #trash() {
    return node("ul", {}, ...this.removed.map((one) => this.#gone(one)));
  }

  /**
   * @param {Removed} moment
   */
  #gone(moment) {
    const time = clock(moment.start_ms);
    const heading = headingOf(moment, (tag) => this.tags.get(tag), say("moment_at", { time }));
    const { at, who, mine } = moment.removal;
    const by = mine ? say("past_you") : who || say("past_someone");
    const name = say("past_restore_one", { moment: heading, time });
    const back = node(
      "button",
      { type: "button", class: "btn s", "data-key": moment.id, "aria-label": name },
      icon("ongedaan", 15),
      say("past_restore"),
    );
    back.addEventListener("click", () => this.#restore(moment.id));
    const waits = node("span", { class: "muted tiny" }, say("past_coming"));
    return node(
      "li",
      { class: "past-gone" },
      node(
        "div",
        { class: "past-words" },
        node("p", { dir: "auto" }, heading),
        node("p", { class: "muted tiny" }, `${time} · ${by} · ${onDay(at, dated(at))} ${timed(at)}`),
      ),
      this.coming.has(moment.id) ? waits : back,
    );
  }

  /**
   * @param {string} id
   */
  #restore(id) {
    this.coming.add(id);
    tell(this, "vbg:restore-request", { id });
    this.#show();
  }
}

const language = () => document.documentElement.lang;

/**
 * @param {string} at an instant
 * @returns {string} "24 november"
 */
function dated(at) {
  return new Date(at).toLocaleDateString(language(), { day: "numeric", month: "long" });
}

/**
 * @param {string} at an instant
 * @returns {string} "14:02"
 */
function timed(at) {
  return new Date(at).toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/**
 * @param {string} at an instant
 * @param {string} on its date
 * @returns {string} today and yesterday by their word, another day by its date
 */
function onDay(at, on) {
  const now = new Date();
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  const day = new Date(at).toDateString();
  if (day === now.toDateString()) return say("past_today");
  return day === before.toDateString() ? say("past_yesterday") : on;
}

customElements.define("film-past", FilmPast);
