import { ask, json, part, say, tell } from "../dom.js";
import { Acts } from "../lib/acts.js";
import { placesOf } from "../lib/keys.js";
import { keepAsking, Peers } from "../lib/peers.js";
import { PlaceKeeper } from "../lib/place.js";
import { Shelf } from "../lib/shelf.js";
import { clock, snapMs } from "../lib/timecode.js";
import { Waiting } from "../lib/waiting.js";
import { boardChosen, showKeys } from "./key-sheet.js";
import { MomentList } from "./work-list.js";
import { Moments } from "./work-moments.js";
import { Past } from "./work-past.js";
import { Reading } from "./work-reading.js";
import { Saving } from "./work-saving.js";
import { Stands } from "./work-stands.js";
import { Transport } from "./work-transport.js";
import { Turns } from "./work-undo.js";
import { keepFocus, Wishes } from "./work-wishes.js";

/**
 * @typedef {import("../lib/chain.js").Open} Open
 * @typedef {import("./tag-palette.js").Label} Label
 * @typedef {"watch" | "label" | "edit"} Stand
 */

/**
 * <work-space data-film="ID" data-family="ID" data-duration-ms="1000">: joins the film, its timeline, the labels and
 * the open moment. What it knows stands here; what is done with it, in the files work-*.js beside this one.
 */
export class WorkSpace extends HTMLElement {
  constructor() {
    super();
    this.shelf = new Shelf();
    /** @type {Open | null} */
    this.chain = null;
    /** @type {string | null} */
    this.selected = null;
    /** @type {Stand} */
    this.resting = "label";
    this.seen = false;
    this.moments = new Moments(this);
    this.stands = new Stands(this);
    this.list = new MomentList(this);
    this.transport = new Transport(this);
    this.wishes = new Wishes(this);
    this.saving = new Saving(this);
    this.reading = new Reading(this);
    this.turns = new Turns(this);
    this.past = new Past(this);
    this.acts = new Acts({
      send: (id, act, version) => this.saving.send(id, act, version),
      state: (state) => this.saving.showSaved(state),
      saved: (id, _act, answer) => this.saving.saved(id, answer.body),
      stale: (id, act, answer) => this.saving.stale(id, act, answer),
      refused: (id, act, answer) => this.saving.refused(id, act, answer),
      keep: (lines) => this.saving.keep(lines),
    });
    this.peers = new Peers({
      read: (seq) => this.reading.heard(seq),
      busy: (id) => this.reading.busy(id),
      known: (id) => this.acts.known(id),
      take: (moments) => this.reading.taken(moments),
      begun: () => void this.reading.load(),
    });
  }

  connectedCallback() {
    if (this.player) return;
    this.player = /** @type {import("./film-player.js").FilmPlayer} */ (this.querySelector("film-player"));
    this.lens = /** @type {import("./picture-lens.js").PictureLens | null} */ (
      this.querySelector("picture-lens")
    );
    this.line = /** @type {import("./time-line.js").TimeLine} */ (this.querySelector("time-line"));
    this.palette = /** @type {import("./tag-palette.js").TagPalette} */ (this.querySelector("tag-palette"));
    this.editor = /** @type {import("./moment-editor.js").MomentEditor} */ (
      this.querySelector("moment-editor")
    );
    /** @type {{join_ms?: number, max_ms?: number, tags: Label[], former?: Label[]}} */
    const set = json("tagset") ?? { tags: [] };
    this.former = set.former ?? [];
    this.rules = { join_ms: set.join_ms ?? 5000, max_ms: set.max_ms ?? 20_000, duration_ms: this.durationMs };
    this.#labels();
    this.editor.goals = json("goals") ?? [];
    this.#listen();
    this.#begin();
    void boardChosen(this);
    this.waiting = new Waiting(this.film, this.dataset.me ?? "");
    void this.waiting.open().then((left) => this.saving.resume(left)).finally(() => keepAsking(this.peers, document));
  }

  /** The labels as she has arranged them now: their words, keys and times. */
  #labels() {
    const tags = this.palette?.tags ?? [];
    /** @type {Map<string, Label>} */
    this.tags = new Map([...(this.former ?? []), ...tags].map((tag) => [tag.tag, tag]));
    this.places = placesOf(tags);
    this.commands = this.palette?.commands;
    this.line?.know(this.tags, json("goals") ?? []);
    if (this.editor) this.editor.tags = this.tags;
    this.turns.know();
    showKeys(this, tags, this.commands);
  }

  /** @returns {import("./film-situations.js").FilmSituations | null} what the family does along the film */
  get bands() {
    return this.querySelector("film-situations");
  }

  /** @returns {string} */
  get film() {
    return this.dataset.film ?? "";
  }

  /** @returns {number} */
  get durationMs() {
    return Number(this.dataset.durationMs) || 1;
  }

  /** @returns {Stand} */
  get stand() {
    return /** @type {Stand} */ (this.dataset.stand ?? "label");
  }

  #begin() {
    this.seen = this.dataset.seen === "true";
    this.place = new PlaceKeeper({ send: (fields, leaving) => this.#sendPlace(fields, leaving) });
    this.stands.take(this.seen && this.dataset.keptStand !== "watch" ? "label" : "watch", { kept: true });
    const at = Number(this.dataset.atMs) || 0;
    if (at > 1000 && at < this.durationMs - 1000) {
      this.player?.seek(at);
      this.live(say("you_were_at", { time: clock(at) }));
    }
  }

  #listen() {
    /** @type {[string, (detail: any) => void][]} */
    const heard = [
      ["vbg:time", (d) => this.transport.at(d.ms, d.playing)],
      ["vbg:state", (d) => this.transport.state(d)],
      ["vbg:jump", () => {
          this.chain = null;
        }],
      ["vbg:frames", () => this.#frames()],
      ["vbg:press-request", (d) => this.moments.press(d.tag)],
      ["vbg:unpress-request", () => this.moments.unpress()],
      ["vbg:seek-request", (d) => this.player?.seek(d.ms)],
      ["vbg:open-request", (d) => this.stands.open(d.id)],
      ["vbg:span-request", (d) => this.moments.spanned(d)],
      ["vbg:edge-request", (d) => this.moments.edge(d.edge, d.by)],
      ["vbg:change-request", (d) => this.moments.change(d.id, d.fields)],
      ["vbg:photo-request", () => this.moments.photo()],
      ["vbg:note-request", (d) => this.acts.put(`note/${d.id}`, "PATCH", { text: d.text, was: d.was })],
      ["vbg:remove-request", (d) => this.moments.remove(d.id)],
      ["vbg:restore-request", (d) => this.acts.put(`restore/${d.id}`, "PATCH")],
      ["vbg:close-request", () => this.stands.close()],
      ["vbg:wish-request", (d) => this.wishes.do(d.wish)],
      ["vbg:palette", () => this.#arranged()],
      ["vbg:set-shown", (d) => this.place?.note({ tag_set: d.set })],
      ["vbg:table-request", () => void this.#table()],
    ];
    for (const [name, act] of heard)
      this.addEventListener(name, (event) => act(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("click", (event) => this.wishes.click(event));
    this.addEventListener("mousedown", (event) => keepFocus(event));
    this.player?.addEventListener("dblclick", () => this.transport.large());
    this.player?.addEventListener("click", () => this.player?.toggle());
    document.addEventListener("keydown", (event) => this.wishes.key(event));
    window.addEventListener("beforeunload", (event) => {
      this.editor?.flush();
      if (!this.acts.idle && !this.waiting?.safe) event.preventDefault();
    });
    window.addEventListener("pagehide", () => this.place?.leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.place?.leave());
    const bar = /** @type {HTMLInputElement | null} */ (part(this, "bar"));
    bar?.addEventListener("input", () => this.player?.seek(snapMs(this.player.timesUs, Number(bar.value))));
    part(this, "list-fold")?.addEventListener("toggle", () => this.list.draw());
  }

  #frames() {
    if (this.line && this.player) this.line.timesUs = this.player.timesUs;
  }

  /**
   * Where she is and how she works, kept by the server: another machine opens there too.
   * @param {import("../lib/place.js").Place} fields
   * @param {boolean} leaving the page is being left: the request outlives it
   */
  async #sendPlace(fields, leaving) {
    const url = `/api/v1/films/${this.film}/place`;
    return (await ask(url, { method: "PUT", body: fields, keepalive: leaving })).ok;
  }

  #arranged() {
    this.#labels();
    this.redraw();
  }

  /**
   * @param {string} id of a moment
   * @param {{play?: boolean}} [how]
   */
  open(id, how) {
    this.stands.open(id, how);
  }

  /** Everything that shows moments, as they are now. */
  redraw() {
    const open = this.shelf.get(this.selected);
    if (open) this.editor?.show(open);
    this.counted();
    this.list.draw();
  }

  /** The timeline, and how many there are. */
  counted() {
    this.line?.show(this.shelf);
    for (const count of this.querySelectorAll('[data-part="chosen-count"]'))
      count.textContent = String(this.shelf.chosen || "");
    const all = part(this, "count");
    if (all) all.textContent = String(this.shelf.count || "");
  }

  /** The same moments as a table, from where the film is. */
  async #table() {
    await import("./moment-table.js");
    const table = /** @type {import("./moment-table.js").MomentTable | null} */ (
      this.querySelector("moment-table")
    );
    if (this.tags) table?.open(this.shelf, this.tags, this.player?.nowMs);
    tell(this, "vbg:table-open");
  }

  /**
   * @param {string} text
   * @param {boolean} [trouble] stays longer
   */
  live(text, trouble = false) {
    const live = part(this, "live");
    if (!live) return;
    live.textContent = text;
    live.classList.toggle("is-trouble", trouble);
    live.classList.add("is-fresh");
    clearTimeout(this.fading);
    this.fading = setTimeout(() => live.classList.remove("is-fresh"), trouble ? 8000 : 2500);
  }
}

customElements.define("work-space", WorkSpace);
