import { ask, icon, node, remembered, say, tell } from "../dom.js";
import { barsOf, pairOf } from "../lib/chain.js";
import { between, clamped, overlapping, panned, showing, toMs, toX, whole, zoomed } from "../lib/fit.js";
import { lanesOf, rowsOf, WAYS } from "../lib/lanes.js";
import { filmstrip, frameLines, link, ruler, waveform } from "../lib/paint.js";
import { Shelf } from "../lib/shelf.js";
import { edgesOf, REACH, snapped } from "../lib/snap.js";
import { dragged } from "../lib/span-drag.js";
import { snapMs, stamp } from "../lib/timecode.js";
import { LineBars } from "./line-bars.js";
import { sized } from "./line-canvas.js";
import { LineHand } from "./line-hand.js";
import { LineMap } from "./line-map.js";

/** More bars than this are painted; only those nearest to the playhead are buttons too. */
const MOST_BARS = 120;
/** More moments than this are not looked at one by one: what the map counted is painted. */
const MOST_LOOKED_AT = 600;
const RULER = 22;
const STRIP = 46;
const WAVE = 36;
const LANE = 27;
/** From so many ms a pixel on the coarse sound would show its steps. */
const FINE_SOUND = 60;
/** Width of the flag with the time, in pixels. */
const FLAG = 76;
/** So many lanes are seen at once; more are scrolled to, for the film never gives up its size. */
const LANES = 3;
/** @type {Record<string, string>} */
const COLOUR = {
  child: "--kind-solid",
  parent: "--ouder-solid",
  together: "--samen-solid",
  fun: "--plezier-solid",
};
/** @type {Record<string, string>} */
const DRAWING = {
  child: "initiatief-kind",
  parent: "ontvangst",
  together: "steunen",
  follows: "ontvangst",
  leads: "sturen",
  threes: "steunen",
  fun: "plezier",
  moment: "ster",
};

/** A film can be tagged before its pictures and sound curve are made: so often is asked, a second between. */
const LOOKS = 60;

/**
 * @param {string} url
 * @returns {Promise<any>} its JSON once it is made, null when it never comes
 */
async function made(url) {
  for (let look = 0; look < LOOKS; look += 1) {
    const answer = await ask(url);
    if (answer.status !== 202) return answer.ok ? answer.json() : null;
    await new Promise((go) => setTimeout(go, 1000));
  }
  return null;
}

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {import("./tag-palette.js").Label} Label
 * @typedef {ReturnType<typeof barsOf>[number] & {moment: Moment, row: number, nth: number}} Bar
 * @typedef {{began: Moment, shown: Moment, hold: import("../lib/snap.js").Hold | null, at_ms: number, grip: string}} Drag
 */

/**
 * <time-line duration-ms filmstrip waveform>: ruler, pictures, sound, lanes and the whole film below. It paints what
 * is in view and asks the shelf for no more than that.
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
    this.top = 0;
    /** @type {import("../lib/lanes.js").By} */
    this.by = "who";
    this.lanes = lanesOf("who", []);
    /** @type {Drag | null} */
    this.drag = null;
    /** @type {WeakMap<Moment, Bar[]>} */
    this.bars = new WeakMap();
    /** @type {Map<string, string>} */
    this.inks = new Map();
    /** @type {HTMLImageElement | null} */
    this.sprite = null;
    /** @type {import("../lib/paint.js").Strip | null} */
    this.strip = null;
    /** @type {import("../lib/paint.js").Wave | null} */
    this.wave = null;
  }

  connectedCallback() {
    if (this.childElementCount) return;
    this.tall = matchMedia("(min-height: 760px)");
    this.#build();
    this.view = whole(this.durationMs, 600);
    if (this.track) new ResizeObserver(() => this.#resized()).observe(this.track);
    this.tall.addEventListener("change", () => this.#resized());
    void this.#pictures();
  }

  /** @returns {number} */
  get durationMs() {
    return Number(this.getAttribute("duration-ms")) || 1;
  }

  #build() {
    this.canvas = node("canvas", { "aria-hidden": "true" });
    const layer = node("div", { class: "tl-bars", role: "group", "aria-label": say("moments") });
    this.layer = layer;
    this.pool = new LineBars(layer, (tag) => this.tags.get(tag));
    this.edges = { begin: this.#edge("begin"), end: this.#edge("end") };
    this.flag = node("span", { class: "tl-flag" });
    this.head = node("div", { class: "tl-head", "aria-hidden": "true" }, this.flag);
    this.hint = node("div", { class: "tl-hint", hidden: true, "aria-hidden": "true" }, node("span"));
    this.track = node(
      "div",
      { class: "tl-track" },
      this.canvas,
      layer,
      this.edges.begin,
      this.edges.end,
      this.head,
      this.hint,
    );
    this.map = new LineMap(this.durationMs);
    this.append(this.#gutter(), this.track, this.#foot(), this.map.root);
    this.#listen(this.track, this.map);
  }

  #gutter() {
    this.rows = node("div", { class: "tl-rows", tabindex: "-1" });
    this.choice = node(
      "select",
      { class: "tl-by", "aria-label": say("lanes_by") },
      ...WAYS.map((by) => node("option", { value: by }, say(`lanes_${by}`))),
    );
    const named = (/** @type {string} */ key) => node("span", { class: key }, say(key));
    return node(
      "div",
      { class: "tl-gutter" },
      this.choice,
      named("lane_picture"),
      named("lane_sound"),
      this.rows,
    );
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
   * @param {"begin" | "end"} name
   */
  #edge(name) {
    const made = node(
      "button",
      { type: "button", class: "tl-edge", "data-edge": name, hidden: true },
      say(`edge_${name}`),
    );
    made.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!by || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      tell(this, "vbg:edge-request", { edge: name, by: event.shiftKey ? by * 10 : by });
    });
    return made;
  }

  /**
   * @param {HTMLElement} track
   * @param {LineMap} map
   */
  #listen(track, map) {
    new LineHand(track, {
      takes: (event) => this.#takes(event),
      drag: (held, byPx, free) => this.#dragTo(held, byPx * this.view.per_px, free),
      drop: (held, how) => this.#drop(held, how),
      scrub: (x) => this.#seek(toMs(this.view, x)),
      pan: (byPx) => this.#show(panned(this.view, byPx)),
      view: () => this.view,
      look: (view) => this.#show(view),
    });
    track.addEventListener("click", (event) => this.#clicked(event));
    this.layer?.addEventListener("keydown", (event) => this.#walk(event));
    for (const one of [track, map.root])
      one.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    map.root.addEventListener("pointerdown", (event) => this.#pan(event));
    map.root.addEventListener("pointermove", (event) => {
      if (event.buttons) this.#pan(event);
    });
    this.rows?.addEventListener("scroll", () => {
      this.top = this.rows?.scrollTop ?? 0;
      this.draw();
    });
    this.choice?.addEventListener("change", () => {
      const by = /** @type {import("../lib/lanes.js").By} */ (this.choice?.value ?? "who");
      remembered("lanes", by);
      this.#lay(by);
    });
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
    this.#lay(WAYS.includes(kept) ? kept : "who");
  }

  /**
   * @param {import("../lib/lanes.js").By} by
   */
  #lay(by) {
    this.by = by;
    this.lanes = lanesOf(by, this.goals);
    this.bars = new WeakMap();
    if (this.choice) this.choice.value = by;
    this.rows?.replaceChildren(...this.lanes.map((lane) => this.#laneName(lane)));
    if (this.rows) this.rows.scrollTop = 0;
    this.top = 0;
    this.#recount();
  }

  /**
   * @param {import("../lib/lanes.js").Lane} lane
   */
  #laneName({ key, text }) {
    const drawing = this.by === "goal" ? (key ? "doel" : null) : DRAWING[key];
    const words =
      text ?? say(this.by === "goal" ? "lane_no_goal" : this.by === "group" ? `group_${key}` : `lane_${key}`);
    const label = words || say("moment");
    return node(
      "span",
      { title: label },
      drawing ? icon(drawing, 15) : null,
      node("span", { class: "ell" }, label),
    );
  }

  /**
   * The moments as they are now; what changed since is taken from the shelf.
   * @param {Shelf} shelf
   */
  show(shelf) {
    this.shelf = shelf;
    for (const { before, after } of shelf.drain())
      this.map?.turn(before ? this.#barsOf(before) : [], after ? this.#barsOf(after) : []);
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
    this.#placeHead();
  }

  /**
   * @param {"in" | "out" | "whole"} how
   */
  zoom(how) {
    const anchor = Math.max(0, Math.min(this.view.width, toX(this.view, this.nowMs)));
    if (how === "whole") this.#show(whole(this.durationMs, this.view.width));
    else this.#show(zoomed(this.view, how === "in" ? 0.5 : 2, anchor));
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
  #show(view) {
    this.view = view;
    this.draw();
  }

  /**
   * @param {number} ms
   */
  #look(ms) {
    const next = showing(this.view, ms);
    if (next !== this.view) this.#show(next);
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
    const isWhole = this.view.per_px * this.view.width >= this.view.duration_ms - 1;
    this.view = isWhole ? whole(this.durationMs, width) : clamped({ ...this.view, width });
    this.#recount();
  }

  /** Every bar is counted anew; what the shelf still has to tell is in that count. */
  #recount() {
    this.shelf.drain();
    const all = this.shelf.sorted;
    const bars = (/** @type {Moment} */ one) => this.#barsOf(one);
    this.map?.resize(() => all.map(bars));
    this.draw();
  }

  /** @returns {number} where the lanes begin */
  get lanesTop() {
    return RULER + (this.tall?.matches ? STRIP + WAVE : 0);
  }

  async #pictures() {
    const strip = this.getAttribute("filmstrip");
    const wave = this.getAttribute("waveform");
    if (wave) this.wave = await made(`${wave}?shape=coarse`).catch(() => null);
    this.strip = strip ? await made(`${strip}.json`).catch(() => null) : null;
    if (strip && this.strip) {
      const image = new Image();
      image.src = strip;
      await image.decode().then(
        () => {
          this.sprite = image;
        },
        () => {},
      );
    }
    this.draw();
  }

  /** Close by, the sound is read once more, finely. */
  async #finerSound() {
    const wave = this.getAttribute("waveform");
    if (!wave || !this.wave || this.isFine || this.view.per_px > FINE_SOUND) return;
    this.isFine = true;
    this.wave = (await made(wave).catch(() => null)) ?? this.wave;
    this.draw();
  }

  #paint() {
    if (!this.canvas || !this.track) return;
    const height = this.lanesTop + LANES * LANE;
    const ctx = sized(this.canvas, this.view.width, height);
    ruler(ctx, this.view, this.ink, RULER);
    if (this.tall?.matches) this.#paintFilm(ctx);
    if (this.tall?.matches) void this.#finerSound();
    const shown = this.#inView();
    this.#paintBand(ctx, height);
    const bars = shown.flatMap((moment) => this.#barsOf(moment));
    const dense = bars.length > MOST_BARS || this.#isCrowded;
    this.#paintLanes(ctx, height, dense ? [] : shown, dense ? bars : []);
    if (this.layer) this.layer.style.insetBlockStart = `${this.lanesTop}px`;
    const near = bars.length > MOST_BARS ? this.#nearest(bars) : bars;
    this.pool?.show(
      near.filter((bar) => this.#isSeen(bar)),
      { view: this.view, selected: this.selected, top: this.top },
    );
    this.#placeEdges();
    this.#placeHead();
    this.#placeHint();
    this.map?.paint(this.view, (lane) => this.ink(COLOUR[lane] ?? "--line-ui"));
    tell(this, "vbg:line-view");
  }

  /**
   * @param {Bar} bar
   */
  #isSeen(bar) {
    const y = bar.row * LANE - this.top;
    return y > -LANE && y < (LANES - (this.dataset.hints ? 1 : 0)) * LANE;
  }

  /** @returns {boolean} too many in view to look at each */
  get #isCrowded() {
    const end = toMs(this.view, this.view.width);
    const { from, to } = between(this.shelf.sorted, this.view.from_ms, end, this.shelf.longest);
    return to - from > MOST_LOOKED_AT;
  }

  /** @returns {Moment[]} that overlap the view, or in a crowd those near the playhead; a dragged one where it is now */
  #inView() {
    const found = this.#isCrowded
      ? this.#aroundHead()
      : overlapping(
          this.shelf.sorted,
          this.view.from_ms,
          toMs(this.view, this.view.width),
          this.shelf.longest,
        );
    const drag = this.drag;
    if (!drag) return found;
    return [...found.filter((one) => one.id !== drag.began.id), drag.shown];
  }

  #aroundHead() {
    const all = this.shelf.sorted;
    const end = toMs(this.view, this.view.width);
    const middle = this.shelf.near(Math.max(this.view.from_ms, Math.min(end, this.nowMs)));
    const from = Math.max(0, middle - MOST_BARS / 2);
    return all.slice(from, from + MOST_BARS).filter((one) => one.start_ms <= end);
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   */
  #paintFilm(ctx) {
    ctx.fillStyle = this.ink("--film-surround");
    ctx.fillRect(0, RULER, this.view.width, STRIP);
    if (this.sprite && this.strip) filmstrip(ctx, this.view, this.sprite, this.strip, RULER, STRIP);
    if (this.wave)
      waveform(ctx, this.view, this.wave, { top: RULER + STRIP, height: WAVE, colour: this.ink("--wave") });
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} height
   * @param {Moment[]} linked whose curve is drawn
   * @param {Bar[]} painted that get no button
   */
  #paintLanes(ctx, height, linked, painted) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, this.lanesTop, this.view.width, LANES * LANE);
    ctx.clip();
    frameLines(ctx, this.view, this.timesUs, {
      top: this.lanesTop,
      height: height - this.lanesTop,
      colour: this.ink("--line"),
    });
    ctx.fillStyle = this.ink("--line");
    for (let row = 0; row < this.lanes.length; row += 1) ctx.fillRect(0, this.#y(row), this.view.width, 1);
    for (const moment of linked) this.#paintLink(ctx, moment);
    if (this.#isCrowded) this.#paintCrowd(ctx);
    else this.#paintBars(ctx, painted);
    ctx.restore();
  }

  /**
   * @param {number} row
   */
  #y(row) {
    return this.lanesTop + row * LANE - this.top;
  }

  /** @returns {Moment | undefined} the open one, as it is dragged */
  get #open() {
    return this.drag?.began.id === this.selected ? this.drag?.shown : this.shelf.get(this.selected);
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} height
   */
  #paintBand(ctx, height) {
    const moment = this.#open;
    if (!moment) return;
    const x = toX(this.view, moment.start_ms);
    const width = Math.max(2, toX(this.view, moment.end_ms ?? moment.start_ms) - x);
    ctx.fillStyle = this.ink("--samen-solid");
    ctx.globalAlpha = 0.11;
    ctx.fillRect(x, RULER, width, height - RULER);
    ctx.globalAlpha = 1;
    ctx.fillStyle = this.ink("--samen-fg");
    ctx.fillRect(x - 1, RULER, 2, height - RULER);
    ctx.fillRect(x + width - 1, RULER, 2, height - RULER);
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Bar[]} bars
   */
  #paintBars(ctx, bars) {
    /** @type {number[]} */
    const painted = [];
    for (const bar of bars) {
      if (!this.#isSeen(bar)) continue;
      const x = Math.floor(toX(this.view, bar.from_ms));
      const end = Math.max(x + 2, Math.ceil(toX(this.view, bar.to_ms)));
      if (end <= (painted[bar.row] ?? 0)) continue;
      painted[bar.row] = end;
      ctx.fillStyle = this.ink(COLOUR[bar.lane] ?? "--line-ui");
      ctx.fillRect(x, this.#y(bar.row) + 6, end - x, LANE - 12);
    }
  }

  /**
   * Thousands at once, from what the map counted: as much work as there are columns.
   * @param {CanvasRenderingContext2D} ctx
   */
  #paintCrowd(ctx) {
    const counted = this.map?.dense;
    if (!counted) return;
    const perColumn = this.durationMs / counted.columns;
    for (const key of Object.keys(counted.counts)) {
      const [row = "0", lane = ""] = key.split("|");
      ctx.fillStyle = this.ink(COLOUR[lane] ?? "--line-ui");
      for (const run of counted.runs(key, this.view.from_ms, toMs(this.view, this.view.width))) {
        const x = Math.floor(toX(this.view, run.x * perColumn));
        const wide = Math.max(2, Math.ceil((run.width * perColumn) / this.view.per_px));
        ctx.fillRect(x, this.#y(Number(row)) + 6, wide, LANE - 12);
      }
    }
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Moment} moment
   */
  #paintLink(ctx, moment) {
    const pair = pairOf(moment.marks, (tag) => this.tags.get(tag)?.who ?? null);
    if (!pair) return;
    const bars = this.#barsOf(moment).filter((bar) => bar.lane === "child" || bar.lane === "parent");
    const lane = this.tags.get(pair.answer.tag)?.who === "child" ? "child" : "parent";
    const at = bars.findIndex((bar) => bar.lane === lane && bar.from_ms === pair.answer.at_ms);
    const first = bars[at - 1];
    const answer = bars[at];
    if (!first || !answer) return;
    const from = { x: toX(this.view, first.to_ms) - 6, y: this.#y(first.row) + LANE / 2 };
    const to = { x: toX(this.view, answer.from_ms) + 6, y: this.#y(answer.row) + LANE / 2 };
    link(ctx, from, to, this.ink("--ink-2"));
  }

  /**
   * @param {Moment} moment
   * @returns {Bar[]} on every lane it belongs to
   */
  #barsOf(moment) {
    const known = this.bars.get(moment);
    if (known) return known;
    const bars = barsOf(moment, (tag) => this.tags.get(tag)).flatMap((bar, nth) => {
      const group = bar.tag ? (this.tags.get(bar.tag)?.group ?? null) : null;
      const rows = rowsOf(this.by, this.lanes, { lane: bar.lane, group, goals: moment.goals });
      return rows.map((row) => ({ ...bar, moment, row, nth }));
    });
    this.bars.set(moment, bars);
    return bars;
  }

  /**
   * @param {Bar[]} bars
   */
  #nearest(bars) {
    const after = bars.findIndex((bar) => bar.from_ms >= this.nowMs);
    const middle = after < 0 ? bars.length : after;
    const from = Math.max(0, Math.min(bars.length - MOST_BARS, middle - MOST_BARS / 2));
    return bars.slice(from, from + MOST_BARS);
  }

  #placeHead() {
    if (!this.head || !this.flag) return;
    const x = toX(this.view, this.nowMs);
    this.head.hidden = x < 0 || x > this.view.width + 1;
    this.head.style.transform = `translateX(${x}px)`;
    this.flag.textContent = stamp(this.nowMs);
    this.flag.classList.toggle("is-first", x < FLAG / 2);
  }

  #placeEdges() {
    const moment = this.#open;
    for (const [name, button] of Object.entries(this.edges ?? {})) {
      const ms = name === "begin" ? moment?.start_ms : moment?.end_ms;
      const x = toX(this.view, ms ?? 0);
      button.hidden = ms === undefined || ms === null || x < -2 || x > this.view.width + 2;
      if (button.hidden) continue;
      button.style.insetInlineStart = `${x}px`;
      button.setAttribute("aria-label", `${say(`edge_${name}`)} ${stamp(ms ?? 0)}`);
    }
  }

  /** While a hand drags: the exact time, what holds it there, and how to let go. */
  #placeHint() {
    if (!this.hint) return;
    this.hint.hidden = !this.drag;
    if (!this.drag) return;
    const x = toX(this.view, this.drag.at_ms);
    this.hint.style.transform = `translateX(${x}px)`;
    this.hint.classList.toggle("is-late", x > this.view.width / 2);
    this.hint.dataset.hold = this.drag.hold ?? "free";
    const words = this.hint.firstElementChild;
    if (words) words.textContent = `${stamp(this.drag.at_ms)} · ${say(`hold_${this.drag.hold ?? "free"}`)}`;
  }

  /**
   * @param {PointerEvent} event
   * @returns {import("./line-hand.js").Held | "scrub" | "pan"}
   */
  #takes(event) {
    const target = /** @type {Element} */ (event.target);
    const edge = /** @type {HTMLElement | null} */ (target.closest("[data-edge]"));
    const bar = /** @type {HTMLElement | null} */ (target.closest(".bar"));
    const id = edge ? this.selected : bar?.dataset.id;
    if (id && this.shelf.get(id))
      return { id, grip: /** @type {"move" | "begin" | "end"} */ (edge?.dataset.edge ?? "move") };
    const y = event.clientY - (this.track?.getBoundingClientRect().top ?? 0);
    return y < this.lanesTop ? "scrub" : "pan";
  }

  /**
   * @param {import("./line-hand.js").Held} held
   * @param {number} byMs
   * @param {boolean} free
   */
  #dragTo({ id, grip }, byMs, free) {
    const began = this.drag?.began ?? this.shelf.get(id);
    if (!began) return;
    const pull = (/** @type {number} */ ms) => snapped(ms, { ...magnets, edges: this.#edgesNear(ms, id) });
    const magnets = { times: this.timesUs, playhead: this.nowMs, per_px: this.view.per_px, free };
    const now = dragged(began, grip, byMs, pull, this.durationMs);
    const by = grip === "move" ? now.start_ms - began.start_ms : 0;
    const marks = began.marks.map((mark) => ({ ...mark, at_ms: mark.at_ms + by }));
    const shown = { ...began, start_ms: now.start_ms, end_ms: now.end_ms, marks };
    this.drag = { began, shown, hold: now.hold, at_ms: now.at_ms, grip };
    this.draw();
  }

  /**
   * @param {number} ms
   * @param {string} id of the one being dragged
   */
  #edgesNear(ms, id) {
    const reach = REACH * this.view.per_px;
    return edgesOf(overlapping(this.shelf.sorted, ms - reach, ms + reach, this.shelf.longest), id);
  }

  /**
   * @param {import("./line-hand.js").Held} held
   * @param {"moved" | "click" | "cut"} how
   */
  #drop({ id, grip }, how) {
    const drag = this.drag;
    this.drag = null;
    if (drag && how === "moved") {
      const { start_ms, end_ms } = drag.shown;
      const by_ms = grip === "move" ? start_ms - drag.began.start_ms : 0;
      tell(this, "vbg:span-request", { id, start_ms, end_ms, by_ms });
    } else if (how === "click" && grip === "move") tell(this, "vbg:open-request", { id });
    this.draw();
  }

  /**
   * A click made by a keyboard has no pointer; those of a pointer were served at its release.
   * @param {MouseEvent} event
   */
  #clicked(event) {
    const bar = event.target instanceof Element ? event.target.closest(".bar") : null;
    if (event.detail === 0 && bar instanceof HTMLElement)
      tell(this, "vbg:open-request", { id: bar.dataset.id });
  }

  /**
   * @param {number} ms
   */
  #seek(ms) {
    const inside = Math.max(0, Math.min(this.durationMs - 1, ms));
    tell(this, "vbg:seek-request", { ms: snapMs(this.timesUs, inside) });
  }

  /**
   * @param {PointerEvent} event
   */
  #pan(event) {
    if (!this.map) return;
    this.map.root.setPointerCapture(event.pointerId);
    const ms = this.map.msAt(event.clientX);
    const span = this.view.per_px * this.view.width;
    if (span >= this.durationMs - 1) this.#seek(ms);
    this.#show(clamped({ ...this.view, from_ms: ms - span / 2 }));
  }

  /**
   * @param {WheelEvent} event
   */
  #wheel(event) {
    if (!this.track) return;
    event.preventDefault();
    const x = event.clientX - this.track.getBoundingClientRect().left;
    if (event.ctrlKey || event.metaKey) this.#show(zoomed(this.view, 1.002 ** event.deltaY, x));
    else this.#show(panned(this.view, event.deltaX + event.deltaY));
  }

  /**
   * @param {KeyboardEvent} event
   */
  #walk(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    this.pool?.beside(event.target, by)?.focus();
  }
}

customElements.define("time-line", TimeLine);
