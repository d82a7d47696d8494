import { icon, node, remembered, say, tell } from "../dom.js";
import { clamped, showing, toX, whole, zoomed } from "../lib/fit.js";
import { WAYS } from "../lib/lanes.js";
import { ruler } from "../lib/paint.js";
import { Shelf } from "../lib/shelf.js";
import { LineBars } from "./line-bars.js";
import { sized } from "./line-canvas.js";
import { LineDrag } from "./line-drag.js";
import { LineEnds } from "./line-ends.js";
import { LineEvents } from "./line-events.js";
import { LineFilm } from "./line-film.js";
import { LineMap } from "./line-map.js";
import { LinePainter } from "./line-painter.js";
import { LineRows } from "./line-rows.js";
import { LineSeen, MOST_BARS } from "./line-seen.js";
import { BAND, COLOUR, LANE, LANES, RULER, STRIP, WAVE } from "./line-sizes.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {import("./tag-palette.js").Label} Label
 */

/**
 * <time-line duration-ms filmstrip waveform>: ruler, pictures, sound, lanes and the whole film below. It paints what
 * is in view and asks the shelf for no more than that. Each part has a file line-*.js beside this one.
 * Wishes: `vbg:seek-request` {ms}, `vbg:open-request` {id}, `vbg:span-request` {id, start_ms, end_ms, by_ms},
 * `vbg:edge-request` {edge, by}, `vbg:table-request`. Fact: `vbg:line-view`, it was painted. Hints borrow its lowest
 * lane while `data-hints` is there.
 */
export class TimeLine extends HTMLElement {
  constructor() {
    super();
    this.shelf = new Shelf();
    /** @type {ArrayLike<number>} */
    this.timesUs = [];
    /** @type {Map<string, Label>} */
    this.tags = new Map();
    /** @type {{id: string, text: string}[]} */
    this.goals = [];
    /** @type {string | null} */
    this.selected = null;
    this.nowMs = 0;
    this.view = whole(1, 1);
    /** There is room for the film's pictures and its sound. */
    this.isTall = false;
    /** @type {Map<string, string>} */
    this.inks = new Map();
    this.rows = new LineRows(this);
    this.seen = new LineSeen(this);
    this.painter = new LinePainter(this);
    this.film = new LineFilm(this);
    this.drag = new LineDrag(this);
    this.ends = new LineEnds(this);
    this.events = new LineEvents(this);
  }

  connectedCallback() {
    if (this.childElementCount) return;
    this.tall = matchMedia("(min-height: 760px)");
    this.#build();
    this.isTall = this.tall.matches;
    this.view = whole(this.durationMs, 600);
    const sizes = new ResizeObserver(() => this.#resized());
    for (const one of [this.track, this.map?.root]) if (one) sizes.observe(one);
    this.tall.addEventListener("change", () => this.#resized());
    void this.film.read();
  }

  /** @returns {number} */
  get durationMs() {
    return Number(this.getAttribute("duration-ms")) || 1;
  }

  #build() {
    this.canvas = node("canvas", { "aria-hidden": "true" });
    const layer = node("div", { class: "tl-bars", role: "group", tabindex: "-1", "aria-label": say("moments") });
    this.layer = layer;
    this.pool = new LineBars(layer, (tag) => this.tags.get(tag));
    const { edges, head } = this.ends.build();
    this.hint = node("div", { class: "tl-hint", hidden: true, "aria-hidden": "true" }, node("span"));
    this.track = node("div", { class: "tl-track" }, this.canvas, layer, ...edges, head, this.hint);
    this.map = new LineMap(this.durationMs);
    this.append(this.rows.gutter(), this.track, this.#foot(), this.map.root);
    this.events.listen(this.track, this.map);
  }

  #foot() {
    const list = node(
      "button",
      { type: "button", class: "tl-list", "aria-label": say("moments_table"), title: say("moments_table") },
      icon("notitie", 16),
    );
    list.addEventListener("click", () => tell(this, "vbg:table-request"));
    return node("div", { class: "tl-minilabel" }, node("span", { class: "ell" }, say("whole_film")), list);
  }

  /**
   * What the page knows: labels and goals. Lanes are laid as she left them.
   * @param {Map<string, Label>} tags
   * @param {{id: string, text: string}[]} goals
   */
  know(tags, goals) {
    this.tags = tags;
    this.goals = goals;
    const kept = /** @type {import("../lib/lanes.js").By} */ (remembered("lanes") ?? "who");
    this.rows.lay(WAYS.includes(kept) ? kept : "who");
  }

  /**
   * The moments as they are now; what changed since is taken from the shelf.
   * @param {Shelf} shelf
   */
  show(shelf) {
    this.shelf = shelf;
    for (const { before, after } of shelf.drain())
      this.map?.turn(before ? this.rows.barsOf(before) : [], after ? this.rows.barsOf(after) : []);
    this.draw();
  }

  /**
   * @param {string | null} id
   */
  select(id) {
    this.selected = id;
    const moment = this.shelf.get(id);
    if (moment) this.#look(moment.start_ms);
    this.draw();
  }

  /**
   * @param {number} ms
   * @param {boolean} playing
   */
  setNow(ms, playing) {
    this.nowMs = ms;
    if (playing) this.#look(ms);
    this.ends.placeHead();
  }

  /**
   * @param {"in" | "out" | "whole"} how
   */
  zoom(how) {
    const anchor = Math.max(0, Math.min(this.view.width, toX(this.view, this.nowMs)));
    if (how === "whole") this.lookAt(whole(this.durationMs, this.view.width));
    else this.lookAt(zoomed(this.view, how === "in" ? 0.5 : 2, anchor));
  }

  /** Colours changed: paint again with the new ones. */
  repaint() {
    this.inks.clear();
    if (this.map) this.map.stale = true;
    this.draw();
  }

  draw() {
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      this.#paint();
    });
  }

  /**
   * @param {import("../lib/fit.js").View} view
   */
  lookAt(view) {
    this.view = view;
    this.draw();
  }

  /**
   * @param {number} ms
   */
  #look(ms) {
    const next = showing(this.view, ms);
    if (next !== this.view) this.lookAt(next);
  }

  /** @param {string} name */
  ink = (name) => {
    const known = this.inks.get(name);
    if (known !== undefined) return known;
    const value = getComputedStyle(this).getPropertyValue(name).trim();
    this.inks.set(name, value);
    return value;
  };

  #resized() {
    const width = this.track?.clientWidth;
    if (!width) return;
    this.isTall = Boolean(this.tall?.matches);
    const isWhole = this.view.per_px * this.view.width >= this.view.duration_ms - 1;
    this.view = isWhole ? whole(this.durationMs, width) : clamped({ ...this.view, width });
    this.recount();
  }

  /** Every bar is counted anew; what the shelf still has to tell is in that count. */
  recount() {
    this.shelf.drain();
    const all = [...this.shelf.sorted, ...this.shelf.ahead];
    const bars = (/** @type {Moment} */ one) => this.rows.barsOf(one);
    this.map?.resize(() => all.map(bars));
    this.draw();
  }

  /** @returns {number} where the ruler, and the situations under it, end */
  get filmTop() {
    return RULER + (this.closest("[data-bands]") ? BAND : 0);
  }

  /** @returns {number} where the lanes begin */
  get lanesTop() {
    return this.filmTop + (this.isTall ? STRIP + WAVE : 0);
  }

  #paint() {
    if (!this.canvas || !this.track) return;
    const height = this.lanesTop + LANES * LANE;
    const ctx = sized(this.canvas, this.view.width, height);
    ruler(ctx, this.view, this.ink, RULER);
    if (this.isTall) this.film.paint(ctx);
    if (this.isTall) void this.film.finer();
    const shown = this.seen.inView();
    this.painter.band(ctx, height);
    const bars = shown.flatMap((moment) => this.rows.barsOf(moment));
    const crowded = this.seen.isCrowded;
    const dense = bars.length > MOST_BARS || crowded;
    const ahead = crowded ? [] : this.seen.ahead().flatMap((moment) => this.rows.barsOf(moment));
    this.painter.lanes(ctx, height, dense ? [] : shown, dense ? [...bars, ...ahead] : ahead);
    if (this.layer) this.layer.style.insetBlockStart = `${this.lanesTop}px`;
    const near = bars.length > MOST_BARS ? this.seen.nearest(bars) : bars;
    this.pool?.show(
      near.filter((bar) => this.rows.isSeen(bar)),
      { view: this.view, selected: this.selected, top: this.rows.top },
    );
    this.ends.placeEdges();
    this.ends.placeHead();
    this.drag.placeHint();
    this.map?.paint(this.view, (lane) => this.ink(COLOUR[lane] ?? "--line-ui"));
    tell(this, "vbg:line-view");
  }
}

customElements.define("time-line", TimeLine);
