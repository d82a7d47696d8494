import { ask, icon, node, say, tell } from "../dom.js";
import { barsOf, pairOf } from "../lib/chain.js";
import { clamped, overlapping, panned, showing, toMs, toX, whole, zoomed } from "../lib/fit.js";
import { filmstrip, link, overview, ruler, waveform } from "../lib/paint.js";
import { snapMs, stamp } from "../lib/timecode.js";
import { LOOK } from "./tag-palette.js";

/** More bars than this are painted, not built. */
const MOST_BARS = 300;
const RULER = 22;
const STRIP = 46;
const WAVE = 36;
const LANE = 27;
const DRAG_PX = 4;
/** @type {Record<string, number>} */
const ROW = { child: 0, parent: 1, together: 2, fun: 2 };
/** @type {Record<string, string>} */
const COLOUR = {
  child: "--kind-solid",
  parent: "--ouder-solid",
  together: "--samen-solid",
  fun: "--plezier-solid",
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
 * @typedef {import("./work-space.js").Moment} Moment
 * @typedef {import("./tag-palette.js").Label} Label
 * @typedef {ReturnType<typeof barsOf>[number] & {moment: Moment}} Bar
 * @typedef {{id: string, start_ms: number, end_ms: number | null, kind: string, x: number, moved: boolean, began: Moment}} Drag
 */

/**
 * <time-line duration-ms filmstrip waveform>: ruler, pictures, sound, lanes and the whole film below.
 * Wishes: `vbg:seek-request` {ms}, `vbg:open-request` {id}, `vbg:span-request` {id, start_ms, end_ms, by_ms},
 * `vbg:edge-request` {edge, by}.
 */
export class TimeLine extends HTMLElement {
  constructor() {
    super();
    /** @type {Moment[]} */
    this.moments = [];
    this.longest = 0;
    /** @type {ArrayLike<number>} */
    this.timesUs = [];
    /** @type {Map<string, Label>} */
    this.tags = new Map();
    /** @type {string | null} */
    this.selected = null;
    this.nowMs = 0;
    this.view = whole(1, 1);
    /** @type {Drag | null} */
    this.drag = null;
    /** @type {WeakMap<Moment, Bar[]>} */
    this.bars = new WeakMap();
    /** @type {Map<string, string>} */
    this.inks = new Map();
    /** @type {HTMLButtonElement[]} */
    this.pool = [];
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
    this.layer = node("div", { class: "tl-bars", role: "group", "aria-label": say("moments") });
    this.edges = { begin: this.#edge("begin"), end: this.#edge("end") };
    this.flag = node("span", { class: "tl-flag" });
    this.head = node("div", { class: "tl-head", "aria-hidden": "true" }, this.flag);
    this.track = node(
      "div",
      { class: "tl-track" },
      this.canvas,
      this.layer,
      this.edges.begin,
      this.edges.end,
      this.head,
    );
    this.map = node("canvas", { "aria-hidden": "true" });
    this.box = node("div", { class: "tl-window" });
    this.mini = node("div", { class: "tl-mini" }, this.map, this.box);
    const rows = ["", "lane_picture", "lane_sound", "lane_child", "lane_parent", "lane_together"];
    const gutter = node("div", { class: "tl-gutter" }, ...rows.map((key) => this.#laneName(key)));
    this.append(gutter, this.track, node("span", { class: "tl-minilabel" }, say("whole_film")), this.mini);
    this.#listen();
  }

  /**
   * @param {string} key
   */
  #laneName(key) {
    /** @type {Record<string, string>} */
    const icons = { lane_child: "initiatief-kind", lane_parent: "ontvangst", lane_together: "steunen" };
    const drawing = icons[key];
    return node("span", { class: key }, drawing ? icon(drawing, 15) : null, key ? say(key) : "");
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

  #listen() {
    this.track?.addEventListener("pointerdown", (event) => this.#down(event));
    this.track?.addEventListener("pointermove", (event) => this.#move(event));
    for (const name of ["pointerup", "pointercancel"]) {
      this.track?.addEventListener(name, (event) => this.#up(/** @type {PointerEvent} */ (event)));
    }
    this.track?.addEventListener("click", (event) => this.#clicked(event));
    this.layer?.addEventListener("keydown", (event) => this.#walk(event));
    this.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.mini?.addEventListener("pointerdown", (event) => this.#pan(event));
    this.mini?.addEventListener("pointermove", (event) => {
      if (event.buttons) this.#pan(event);
    });
  }

  /**
   * @param {Moment[]} moments sorted by start
   */
  setMoments(moments) {
    this.moments = moments;
    this.longest = moments.reduce(
      (most, one) => Math.max(most, (one.end_ms ?? one.start_ms) - one.start_ms),
      0,
    );
    this.mapStale = true;
    this.draw();
  }

  /**
   * @param {string | null} id
   */
  select(id) {
    this.selected = id;
    const moment = this.moments.find((one) => one.id === id);
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
    this.view =
      how === "whole"
        ? whole(this.durationMs, this.view.width)
        : zoomed(this.view, how === "in" ? 0.5 : 2, anchor);
    this.draw();
  }

  /** Colours changed: paint again with the new ones. */
  repaint() {
    this.inks.clear();
    this.mapStale = true;
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
   * @param {number} ms
   */
  #look(ms) {
    const next = showing(this.view, ms);
    if (next === this.view) return;
    this.view = next;
    this.draw();
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
    if (!this.track || !this.mini) return;
    const width = this.track.clientWidth;
    if (!width) return;
    const isWhole = this.view.per_px * this.view.width >= this.view.duration_ms - 1;
    this.view = isWhole ? whole(this.durationMs, width) : clamped({ ...this.view, width });
    this.mapStale = true;
    this.draw();
  }

  /** @returns {number} where the lanes begin */
  get lanesTop() {
    return RULER + (this.tall?.matches ? STRIP + WAVE : 0);
  }

  async #pictures() {
    const strip = this.getAttribute("filmstrip");
    const wave = this.getAttribute("waveform");
    if (wave) this.wave = await made(wave).catch(() => null);
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

  #paint() {
    if (!this.canvas || !this.track) return;
    const height = this.lanesTop + 3 * LANE;
    const ctx = sized(this.canvas, this.view.width, height);
    ruler(ctx, this.view, this.ink, RULER);
    if (this.tall?.matches) this.#paintFilm(ctx);
    ctx.fillStyle = this.ink("--line");
    for (let row = 0; row < 3; row += 1) ctx.fillRect(0, this.lanesTop + row * LANE, this.view.width, 1);
    const end = toMs(this.view, this.view.width);
    const shown = overlapping(this.#asDragged(), this.view.from_ms, end, this.longest);
    this.#paintBand(ctx, height);
    const bars = shown.flatMap((moment) => this.#barsOf(moment));
    if (bars.length > MOST_BARS) this.#paintBars(ctx, bars);
    else for (const moment of shown) this.#paintLink(ctx, moment);
    this.#fill(bars.length > MOST_BARS ? this.#nearest(bars) : bars);
    this.#placeEdges();
    this.#placeHead();
    this.#paintMap();
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
   */
  #paintBand(ctx, height) {
    const moment = this.#asDragged().find((one) => one.id === this.selected);
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
    /** @type {Record<string, number>} */
    const painted = {};
    for (const bar of bars) {
      const x = Math.floor(toX(this.view, bar.from_ms));
      const end = Math.max(x + 2, Math.ceil(toX(this.view, bar.to_ms)));
      if (end <= (painted[bar.lane] ?? 0)) continue;
      painted[bar.lane] = end;
      ctx.fillStyle = this.ink(COLOUR[bar.lane] ?? "--line-ui");
      ctx.fillRect(x, this.lanesTop + (ROW[bar.lane] ?? 2) * LANE + 6, end - x, LANE - 12);
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
    const at = bars.findIndex(
      (bar) => bar.lane === laneOf(this.tags, pair.answer.tag) && bar.from_ms === pair.answer.at_ms,
    );
    const first = bars[at - 1];
    const answer = bars[at];
    if (!first || !answer) return;
    const y = (/** @type {Bar} */ bar) => this.lanesTop + (ROW[bar.lane] ?? 0) * LANE + LANE / 2;
    const from = { x: toX(this.view, first.to_ms) - 6, y: y(first) };
    link(ctx, from, { x: toX(this.view, answer.from_ms) + 6, y: y(answer) }, this.ink("--ink-2"));
  }

  /** @returns {Moment[]} with the one under the pointer where it is dragged to */
  #asDragged() {
    const drag = this.drag;
    if (!drag?.moved) return this.moments;
    const by = drag.kind === "move" ? drag.start_ms - drag.began.start_ms : 0;
    const marks = drag.began.marks.map((mark) => ({ ...mark, at_ms: mark.at_ms + by }));
    const shown = { ...drag.began, start_ms: drag.start_ms, end_ms: drag.end_ms, marks };
    return this.moments.map((one) => (one.id === drag.id ? shown : one));
  }

  /**
   * @param {Moment} moment
   * @returns {Bar[]}
   */
  #barsOf(moment) {
    const known = this.bars.get(moment);
    if (known) return known;
    const made = barsOf(moment, (tag) => this.tags.get(tag)).map((bar) => ({ ...bar, moment }));
    this.bars.set(moment, made);
    return made;
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

  /**
   * @param {Bar[]} bars in time order
   */
  #fill(bars) {
    const ordered = [...bars].sort(
      (a, b) => a.from_ms - b.from_ms || (ROW[a.lane] ?? 0) - (ROW[b.lane] ?? 0),
    );
    while (this.pool.length < Math.min(MOST_BARS, ordered.length)) {
      const made = node("button", { type: "button" });
      this.pool.push(made);
      this.layer?.append(made);
    }
    this.pool.forEach((button, i) => {
      this.#dress(button, ordered[i]);
    });
    const focusable =
      this.pool.find((one) => !one.hidden && one.dataset.id === this.selected) ?? this.pool[0];
    for (const button of this.pool) button.tabIndex = button === focusable ? 0 : -1;
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {Bar | undefined} bar
   */
  #dress(button, bar) {
    button.hidden = !bar;
    if (!bar) return;
    const tag = bar.tag ? this.tags.get(bar.tag) : undefined;
    const look = tag ? LOOK[/** @type {keyof typeof LOOK} */ (tag.group)] : "g-star";
    const point = bar.lane === "fun" || bar.moment.end_ms === null;
    const inChain = bar.lane === "child" || bar.lane === "parent";
    const from = toX(this.view, bar.from_ms) + (inChain && bar.from_ms > bar.moment.start_ms ? 6 : 1);
    const to = toX(this.view, bar.to_ms) - (inChain && bar.to_ms < (bar.moment.end_ms ?? 0) ? 6 : 1);
    const width = Math.max(24, to - from);
    button.className = `bar ${look}${point ? " is-point" : ""}${bar.moment.id === this.selected ? " is-selected" : ""}`;
    button.style.insetBlockStart = `${this.lanesTop + (ROW[bar.lane] ?? 2) * LANE + 2}px`;
    button.style.insetInlineStart = `${point ? from - 12 : from}px`;
    button.style.inlineSize = `${point ? 24 : width}px`;
    this.#words(button, bar, tag, width);
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {Bar} bar
   * @param {Label | undefined} tag
   * @param {number} width
   */
  #words(button, bar, tag, width) {
    const label = tag?.label ?? say("moment");
    const begin = stamp(bar.moment.start_ms);
    const end = bar.moment.end_ms === null ? "" : stamp(bar.moment.end_ms);
    const name = [label, begin, end].filter(Boolean).join(", ");
    const wide = width > 52 && bar.lane !== "fun";
    const key = `${bar.moment.id}|${bar.tag}|${wide}|${bar.moment.chosen}|${begin}|${end}`;
    if (button.dataset.key === key) return;
    button.dataset.key = key;
    button.dataset.id = bar.moment.id;
    button.setAttribute("aria-label", bar.moment.chosen ? `${name}, ${say("chosen")}` : name);
    button.title = label;
    const look = tag ? LOOK[/** @type {keyof typeof LOOK} */ (tag.group)] : "g-star";
    const mark = node("span", { class: `mark s ${look}` }, icon(tag?.icon ?? "ster", 13));
    button.replaceChildren(mark, ...(wide ? [node("span", { class: "ell" }, label)] : []));
    if (bar.moment.chosen && wide && !tag) button.append(icon("ster-vol", 13));
  }

  #placeHead() {
    if (!this.head || !this.flag) return;
    const x = toX(this.view, this.nowMs);
    this.head.hidden = x < 0 || x > this.view.width + 1;
    this.head.style.transform = `translateX(${x}px)`;
    this.flag.textContent = stamp(this.nowMs);
  }

  #placeEdges() {
    const moment = this.#asDragged().find((one) => one.id === this.selected);
    for (const [name, button] of Object.entries(this.edges ?? {})) {
      const ms = name === "begin" ? moment?.start_ms : moment?.end_ms;
      const x = toX(this.view, ms ?? 0);
      button.hidden = ms === undefined || ms === null || x < -2 || x > this.view.width + 2;
      button.style.insetInlineStart = `${x}px`;
      button.setAttribute("aria-label", `${say(`edge_${name}`)} ${stamp(ms ?? 0)}`);
    }
  }

  #paintMap() {
    if (!this.map || !this.mini || !this.box) return;
    const film = whole(this.durationMs, this.mini.clientWidth);
    const height = this.mini.clientHeight;
    if (this.mapStale) {
      const ctx = sized(this.map, film.width, height);
      const bars = this.moments.flatMap((moment) => this.#barsOf(moment));
      overview(ctx, film, bars, (lane) => this.ink(COLOUR[lane] ?? "--line-ui"), height);
      this.mapStale = false;
    }
    this.box.hidden = this.view.per_px * this.view.width >= this.durationMs - 1;
    this.box.style.insetInlineStart = `${toX(film, this.view.from_ms)}px`;
    this.box.style.inlineSize = `${Math.max(8, (this.view.per_px * this.view.width) / film.per_px)}px`;
  }

  /**
   * @param {PointerEvent} event
   */
  #down(event) {
    if (event.button !== 0 || !this.track) return;
    const target = /** @type {Element} */ (event.target);
    const edge = /** @type {HTMLElement | null} */ (target.closest("[data-edge]"));
    const bar = /** @type {HTMLElement | null} */ (target.closest(".bar"));
    const id = edge ? this.selected : bar?.dataset.id;
    const began = this.moments.find((one) => one.id === id);
    this.track.setPointerCapture(event.pointerId);
    if (began && (edge || bar)) {
      const kind = edge?.dataset.edge ?? "move";
      this.drag = {
        id: began.id,
        start_ms: began.start_ms,
        end_ms: began.end_ms,
        kind,
        x: event.clientX,
        moved: false,
        began,
      };
    } else this.#scrub(event);
  }

  /**
   * @param {PointerEvent} event
   */
  #move(event) {
    if (!event.buttons || !this.track?.hasPointerCapture(event.pointerId)) return;
    const drag = this.drag;
    if (!drag) {
      this.#scrub(event);
      return;
    }
    if (!drag.moved && Math.abs(event.clientX - drag.x) < DRAG_PX) return;
    drag.moved = true;
    this.#dragTo(drag, (event.clientX - drag.x) * this.view.per_px);
    this.draw();
  }

  /**
   * @param {Drag} drag
   * @param {number} byMs
   */
  #dragTo(drag, byMs) {
    const { start_ms, end_ms } = drag.began;
    const length = (end_ms ?? start_ms) - start_ms;
    if (drag.kind === "move") {
      const start = snapMs(this.timesUs, Math.max(0, Math.min(this.durationMs - length, start_ms + byMs)));
      drag.start_ms = start;
      drag.end_ms = end_ms === null ? null : Math.min(this.durationMs, start + length);
    } else if (drag.kind === "begin") {
      drag.start_ms = Math.max(0, Math.min(snapMs(this.timesUs, start_ms + byMs), (end_ms ?? start_ms) - 40));
    } else if (end_ms !== null) {
      const wanted = end_ms + byMs;
      const end = wanted >= this.durationMs ? this.durationMs : snapMs(this.timesUs, wanted);
      drag.end_ms = Math.max(start_ms + 40, end);
    }
  }

  /**
   * @param {PointerEvent} event
   */
  #up(event) {
    this.track?.releasePointerCapture(event.pointerId);
    const drag = this.drag;
    this.drag = null;
    if (!drag) return;
    if (drag.moved) {
      const by_ms = drag.kind === "move" ? drag.start_ms - drag.began.start_ms : 0;
      tell(this, "vbg:span-request", { id: drag.id, start_ms: drag.start_ms, end_ms: drag.end_ms, by_ms });
    } else if (drag.kind === "move") tell(this, "vbg:open-request", { id: drag.id });
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
   * @param {PointerEvent} event
   */
  #scrub(event) {
    if (!this.track) return;
    const x = event.clientX - this.track.getBoundingClientRect().left;
    const ms = Math.max(0, Math.min(this.durationMs - 1, toMs(this.view, x)));
    tell(this, "vbg:seek-request", { ms: snapMs(this.timesUs, ms) });
  }

  /**
   * @param {PointerEvent} event
   */
  #pan(event) {
    if (!this.mini) return;
    this.mini.setPointerCapture(event.pointerId);
    const film = whole(this.durationMs, this.mini.clientWidth);
    const ms = toMs(film, event.clientX - this.mini.getBoundingClientRect().left);
    const span = this.view.per_px * this.view.width;
    if (span >= this.durationMs - 1)
      tell(this, "vbg:seek-request", { ms: snapMs(this.timesUs, Math.max(0, ms)) });
    this.view = clamped({ ...this.view, from_ms: ms - span / 2 });
    this.draw();
  }

  /**
   * @param {WheelEvent} event
   */
  #wheel(event) {
    if (!this.track) return;
    event.preventDefault();
    const x = event.clientX - this.track.getBoundingClientRect().left;
    if (event.ctrlKey || event.metaKey) this.view = zoomed(this.view, 1.002 ** event.deltaY, x);
    else this.view = panned(this.view, event.deltaX + event.deltaY);
    this.draw();
  }

  /**
   * @param {KeyboardEvent} event
   */
  #walk(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const shown = this.pool.filter((one) => !one.hidden);
    const next = shown[shown.indexOf(/** @type {HTMLButtonElement} */ (event.target)) + by];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    next?.focus();
  }
}

/**
 * @param {Map<string, Label>} tags
 * @param {string} tag
 */
function laneOf(tags, tag) {
  return tags.get(tag)?.who === "child" ? "child" : "parent";
}

/**
 * A canvas as large as asked in CSS pixels, sharp on any screen, and empty.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @returns {CanvasRenderingContext2D}
 */
function sized(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.inlineSize = `${width}px`;
  canvas.style.blockSize = `${height}px`;
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.clearRect(0, 0, width, height);
  return ctx;
}

customElements.define("time-line", TimeLine);
