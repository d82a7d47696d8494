import { fetched, json, node, part, say, tell } from "../dom.js";
import { bandAt, situationAt, stretches, withBand } from "../lib/bands.js";
import { toX } from "../lib/fit.js";
import { clock, stamp } from "../lib/timecode.js";

/** Left of the list that opens at the playhead, in pixels from it. */
const BESIDE = 12;
const LINE = /^situation\/(\d+)$/;

/**
 * @typedef {import("../lib/bands.js").Band} Band
 */

/**
 * <film-situations> around its button and the list "From here": what the family does along the film. Its bands stand
 * under the ruler and as rows under the table of the moments, and the labels that lie open follow. Wish:
 * `vbg:seek-request` {ms}.
 */
export class FilmSituations extends HTMLElement {
  constructor() {
    super();
    /** @type {Band[]} */
    this.bands = [];
    this.own = "";
    this.atMs = 0;
    /** @type {string | undefined} the situation at the playhead */
    this.now = undefined;
  }

  connectedCallback() {
    this.space = /** @type {import("./work-space.js").WorkSpace | null} */ (this.closest("work-space"));
    this.dialog = this.querySelector("dialog");
    this.querySelector("button")?.addEventListener("click", () => this.#open());
    this.dialog?.addEventListener("close", () => this.#chosen());
    this.space?.addEventListener("vbg:line-view", () => this.#place());
    this.space?.addEventListener("vbg:table-open", () => this.#inTable());
    const { own, items } = json("situations") ?? { own: "", items: [] };
    this.own = own;
    this.take(items);
  }

  /**
   * @param {Band[]} [items] as the server keeps them; what is still on its way goes on top
   */
  take(items = this.bands) {
    this.bands = items;
    for (const { id, acts } of this.space?.acts.lines ?? []) {
      const at = LINE.exec(id)?.[1];
      for (const { fields } of at ? acts : []) this.#put(Number(at), fields);
    }
    this.#show();
  }

  /** The server did not take it: what stands there is read anew. */
  async again() {
    const kept = await fetched(`/api/v1/films/${this.space?.film}/situations`).catch(() => null);
    if (kept) this.take(kept.items);
  }

  /**
   * @param {number} ms
   */
  at(ms) {
    const now = situationAt(this.bands, this.own, ms);
    if (now === this.now) return;
    this.now = now;
    this.space?.palette?.setAttribute("situation", now);
    const word = part(this, "situation-word");
    if (word) word.textContent = say(now ? `situation_${now}` : "situation");
  }

  /**
   * It shows at once and is put on its way.
   * @param {number} at_ms
   * @param {string | null} situation null: none begins there any more
   */
  #say(at_ms, situation) {
    const stands = situationAt(this.bands, this.own, at_ms);
    const words = { time: clock(at_ms), situation: say(`situation_${situation ?? stands}`) };
    if (situation === stands) {
      this.space?.live(say("situation_same", words));
      return;
    }
    this.#put(at_ms, { situation });
    this.space?.acts.put(`situation/${at_ms}`, "PATCH", { at_ms, situation });
    this.space?.live(say(situation === null ? "situation_gone" : "situation_said", words));
    this.#show();
  }

  /**
   * @param {number} atMs
   * @param {Record<string, unknown>} fields
   */
  #put(atMs, { situation }) {
    this.bands = withBand(this.bands, atMs, /** @type {string | null} */ (situation ?? null));
  }

  #show() {
    this.space?.toggleAttribute("data-bands", this.bands.length > 0);
    this.at(this.space?.player?.nowMs ?? 0);
    this.#lane();
    const made = stretches(this.bands, this.own, this.space?.durationMs ?? 1).map((one) => this.#band(one));
    this.lane?.replaceChildren(...made);
    if (this.space?.querySelector(".mt-dialog[open]")) this.#inTable();
    this.space?.line?.draw();
  }

  /** The list stands at the playhead, for the frame that is on screen now; the film goes on. */
  #open() {
    const space = this.space;
    if (!this.dialog || !space?.player || !space.line) return;
    this.atMs = space.player.nowMs;
    const now = situationAt(this.bands, this.own, this.atMs);
    for (const button of this.dialog.querySelectorAll("[data-situation]"))
      button.setAttribute("aria-pressed", String(button.getAttribute("data-situation") === now));
    const band = bandAt(this.bands, this.atMs);
    const title = part(this.dialog, "situation-title");
    if (title) title.textContent = say("situation_from", { time: clock(this.atMs) });
    const gone = /** @type {HTMLButtonElement | null} */ (part(this.dialog, "situation-gone"));
    if (gone) {
      gone.hidden = !band;
      gone.textContent = band ? goneWords(band) : "";
    }
    this.dialog.returnValue = "";
    this.dialog.showModal();
    /** @type {HTMLElement | null} */ (this.dialog.querySelector('[aria-pressed="true"]'))?.focus();
    this.#beside(this.dialog, space.line);
  }

  /**
   * @param {HTMLDialogElement} dialog
   * @param {import("./time-line.js").TimeLine} line
   */
  #beside(dialog, line) {
    const track = line.track?.getBoundingClientRect();
    if (!track?.height) return;
    const x = track.left + Math.max(0, Math.min(track.width, toX(line.view, this.atMs)));
    const { width, height } = dialog.getBoundingClientRect();
    dialog.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, x + BESIDE))}px`;
    dialog.style.top = `${Math.max(8, Math.min(track.top, innerHeight) - height - 6)}px`;
  }

  #chosen() {
    const chosen = this.dialog?.returnValue;
    const band = bandAt(this.bands, this.atMs);
    if (chosen === "gone" && band) this.#say(band.at_ms, null);
    else if (chosen && chosen !== "gone") this.#say(this.atMs, chosen);
  }

  /** Its name in the gutter and its place on the track, made once. */
  #lane() {
    const track = this.space?.line?.track;
    if (this.lane || !track) return;
    this.lane = node("div", { class: "tl-situations", role: "group", "aria-label": say("situations") });
    const name = node("span", { class: "tl-situationname" }, node("span", { class: "ell" }, say("situation")));
    this.space?.querySelector(".tl-gutter > .tl-by")?.after(name);
    track.append(this.lane);
    this.lane.addEventListener("pointerdown", (event) => event.stopPropagation());
    this.lane.addEventListener("click", (event) => this.#seek(event));
  }

  /**
   * @param {import("../lib/bands.js").Stretch} stretch
   */
  #band({ from_ms, to_ms, situation }) {
    const word = say(`situation_${situation}`);
    const name = `${word}, ${stamp(from_ms)}, ${stamp(to_ms)}`;
    const data = { "data-from": String(from_ms), "data-to": String(to_ms) };
    const made = { type: "button", class: "tl-situation", "aria-label": name, title: name, ...data };
    return node("button", made, node("span", {}, word));
  }

  #place() {
    const view = this.space?.line?.view;
    if (!view || !this.lane) return;
    for (const band of /** @type {NodeListOf<HTMLElement>} */ (this.lane.querySelectorAll("button"))) {
      const left = Math.max(0, toX(view, Number(band.dataset.from)));
      const right = Math.min(view.width, toX(view, Number(band.dataset.to)));
      band.hidden = right - left < 2;
      band.style.insetInlineStart = `${left}px`;
      band.style.inlineSize = `${right - left}px`;
    }
  }

  /**
   * @param {Event} event
   */
  #seek(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.from) tell(this, "vbg:seek-request", { ms: Number(button.dataset.from) });
  }

  /** The same situations as rows under the table of the moments. */
  #inTable() {
    const table = this.space?.querySelector("moment-table .mt-scroll");
    table?.querySelector(".mt-situations")?.remove();
    const all = stretches(this.bands, this.own, this.space?.durationMs ?? 1);
    if (!table || !all.length) return;
    const names = ["table_begin", "table_end", "situation"];
    const head = node("tr", {}, ...names.map((name) => node("th", { scope: "col" }, say(name))), node("td"));
    const rows = node(
      "table",
      { class: "mt", "aria-labelledby": "situations-table" },
      node("thead", {}, head),
      node("tbody", {}, ...all.map((one) => this.#row(one))),
    );
    table.append(
      node("div", { class: "mt-situations" }, node("h3", { id: "situations-table" }, say("situations")), rows),
    );
  }

  /**
   * @param {import("../lib/bands.js").Stretch} stretch
   */
  #row({ from_ms, to_ms, situation }) {
    const from = node("button", { type: "button", class: "mt-open mono" }, clock(from_ms));
    from.addEventListener("click", () => {
      this.space?.querySelector("dialog")?.close();
      tell(this, "vbg:seek-request", { ms: from_ms });
    });
    const band = this.bands.find((one) => one.at_ms === from_ms);
    const gone = band ? node("button", { type: "button", class: "btn ghost s" }, goneWords(band)) : null;
    gone?.addEventListener("click", () => this.#say(from_ms, null));
    return node(
      "tr",
      {},
      node("th", { scope: "row" }, from),
      node("td", { class: "mono" }, clock(to_ms)),
      node("td", {}, say(`situation_${situation}`)),
      node("td", {}, gone),
    );
  }
}

/**
 * @param {Band} band
 */
function goneWords({ at_ms, situation }) {
  return say("situation_take", { time: clock(at_ms), situation: say(`situation_${situation}`) });
}

customElements.define("film-situations", FilmSituations);
