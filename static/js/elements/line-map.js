import { node, say } from "../dom.js";
import { toMs, toX, whole } from "../lib/fit.js";
import { MAP_LANES, Overview, shapesOf } from "../lib/overview.js";
import { mapShape } from "../lib/paint.js";
import { sized } from "./line-canvas.js";

/** Columns of the finer count: under a second each in an hour of film. */
const COLUMNS = 4096;
/** Lower than this, in pixels, it is not shown now. */
const THINNEST = 8;

/**
 * @typedef {import("../lib/fit.js").View} View
 * @typedef {import("../lib/overview.js").Bar & {row: number}} Bar
 */

/** The whole film in one strip, with the window of the timeline on it. Lanes differ by place, shape and colour. */
export class LineMap {
  /**
   * @param {number} durationMs
   */
  constructor(durationMs) {
    this.durationMs = durationMs;
    this.canvas = node("canvas", { "aria-hidden": "true" });
    this.box = node("div", { class: "tl-window" });
    this.root = node("div", { class: "tl-mini", title: say("whole_film") }, this.canvas, this.box);
    this.counted = new Overview(1, durationMs);
    /** Finer, and by the lanes of the timeline: what is painted where thousands are in view. */
    this.dense = new Overview(COLUMNS, durationMs);
    this.stale = true;
    /** Pixels, as they were measured last: to ask for them while painting costs more than the painting. */
    this.wide = 0;
    this.high = 0;
  }

  /** @returns {View} */
  get film() {
    return whole(this.durationMs, this.wide);
  }

  /**
   * Measured anew: every bar is counted again.
   * @param {() => Iterable<Bar[]>} all
   */
  resize(all) {
    this.wide = this.root.clientWidth;
    this.high = this.root.clientHeight;
    this.counted = new Overview(this.wide, this.durationMs);
    this.dense = new Overview(COLUMNS, this.durationMs);
    for (const bars of all()) this.#count(bars, 1);
    this.stale = true;
  }

  /**
   * @param {Bar[]} before
   * @param {Bar[]} after
   */
  turn(before, after) {
    this.#count(before, -1);
    this.#count(after, 1);
    this.stale = true;
  }

  /**
   * @param {Bar[]} bars
   * @param {1 | -1} by
   */
  #count(bars, by) {
    this.counted.count(bars, by);
    const laid = bars.map((bar) => ({ ...bar, lane: `${bar.row}|${bar.lane}` }));
    this.dense.count(laid, by);
  }

  /**
   * @param {number} clientX
   * @returns {number} ms
   */
  msAt(clientX) {
    return toMs(this.film, clientX - this.root.getBoundingClientRect().left);
  }

  /**
   * @param {View} view of the timeline
   * @param {(lane: string) => string} colourOf
   */
  paint(view, colourOf) {
    if (this.high < THINNEST) return;
    const film = this.film;
    if (this.stale) this.#shapes(film, colourOf);
    this.stale = false;
    this.box.hidden = view.per_px * view.width >= this.durationMs - 1;
    this.box.style.insetInlineStart = `${toX(film, view.from_ms)}px`;
    this.box.style.inlineSize = `${Math.max(8, (view.per_px * view.width) / film.per_px)}px`;
  }

  /**
   * @param {View} film
   * @param {(lane: string) => string} colourOf
   */
  #shapes(film, colourOf) {
    const height = this.high;
    const ctx = sized(this.canvas, film.width, height);
    const row = (height - 4) / 3;
    for (const lane of MAP_LANES) {
      const at = { child: 0, parent: 1, together: 2, fun: 2 }[lane];
      ctx.fillStyle = colourOf(lane);
      for (const x of shapesOf(this.counted.runs(lane)))
        mapShape(ctx, lane, x, 2 + row * (at + 0.5), row / 2 - 0.5);
    }
  }
}
