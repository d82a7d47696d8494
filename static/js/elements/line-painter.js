import { pairOf } from "../lib/chain.js";
import { toMs, toX } from "../lib/fit.js";
import { frameLines, link } from "../lib/paint.js";
import { COLOUR, LANE, LANES, RULER } from "./line-sizes.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {import("./line-rows.js").Bar} Bar
 */

/** Paints the lanes: lines between pictures, bars that are no buttons, who answered whom, the open moment. */
export class LinePainter {
  /** @param {import("./time-line.js").TimeLine} line */
  constructor(line) {
    this.line = line;
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} height
   * @param {Moment[]} linked whose curve is drawn
   * @param {Bar[]} painted that get no button
   */
  lanes(ctx, height, linked, painted) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, this.line.lanesTop, this.line.view.width, LANES * LANE);
    ctx.clip();
    frameLines(ctx, this.line.view, this.line.timesUs, {
      top: this.line.lanesTop,
      height: height - this.line.lanesTop,
      colour: this.line.ink("--line"),
    });
    ctx.fillStyle = this.line.ink("--line");
    for (let row = 0; row < this.line.rows.lanes.length; row += 1) ctx.fillRect(0, this.line.rows.y(row), this.line.view.width, 1);
    for (const moment of linked) this.#link(ctx, moment);
    if (this.line.seen.isCrowded) this.#crowd(ctx);
    else this.#bars(ctx, painted);
    ctx.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} height
   */
  band(ctx, height) {
    const moment = this.line.ends.open;
    if (!moment) return;
    const x = toX(this.line.view, moment.start_ms);
    const width = Math.max(2, toX(this.line.view, moment.end_ms ?? moment.start_ms) - x);
    ctx.fillStyle = this.line.ink("--samen-solid");
    ctx.globalAlpha = 0.11;
    ctx.fillRect(x, RULER, width, height - RULER);
    ctx.globalAlpha = 1;
    ctx.fillStyle = this.line.ink("--samen-fg");
    ctx.fillRect(x - 1, RULER, 2, height - RULER);
    ctx.fillRect(x + width - 1, RULER, 2, height - RULER);
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Bar[]} bars
   */
  #bars(ctx, bars) {
    /** @type {number[]} */
    const painted = [];
    for (const bar of bars) {
      if (!this.line.rows.isSeen(bar)) continue;
      const x = Math.floor(toX(this.line.view, bar.from_ms));
      const end = Math.max(x + 2, Math.ceil(toX(this.line.view, bar.to_ms)));
      if (end <= (painted[bar.row] ?? 0)) continue;
      painted[bar.row] = end;
      ctx.fillStyle = this.line.ink(COLOUR[bar.lane] ?? "--line-ui");
      ctx.fillRect(x, this.line.rows.y(bar.row) + 6, end - x, LANE - 12);
    }
  }

  /**
   * Thousands at once, from what the map counted: as much work as there are columns.
   * @param {CanvasRenderingContext2D} ctx
   */
  #crowd(ctx) {
    const counted = this.line.map?.dense;
    if (!counted) return;
    const perColumn = this.line.durationMs / counted.columns;
    for (const key of Object.keys(counted.counts)) {
      const [row = "0", lane = ""] = key.split("|");
      ctx.fillStyle = this.line.ink(COLOUR[lane] ?? "--line-ui");
      for (const run of counted.runs(key, this.line.view.from_ms, toMs(this.line.view, this.line.view.width))) {
        const x = Math.floor(toX(this.line.view, run.x * perColumn));
        const wide = Math.max(2, Math.ceil((run.width * perColumn) / this.line.view.per_px));
        ctx.fillRect(x, this.line.rows.y(Number(row)) + 6, wide, LANE - 12);
      }
    }
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Moment} moment
   */
  #link(ctx, moment) {
    const pair = pairOf(moment.marks, (tag) => this.line.tags.get(tag)?.who ?? null);
    if (!pair) return;
    const bars = this.line.rows.barsOf(moment).filter((bar) => bar.lane === "child" || bar.lane === "parent");
    const lane = this.line.tags.get(pair.answer.tag)?.who === "child" ? "child" : "parent";
    const at = bars.findIndex((bar) => bar.lane === lane && bar.from_ms === pair.answer.at_ms);
    const first = bars[at - 1];
    const answer = bars[at];
    if (!first || !answer) return;
    const from = { x: toX(this.line.view, first.to_ms) - 6, y: this.line.rows.y(first.row) + LANE / 2 };
    const to = { x: toX(this.line.view, answer.from_ms) + 6, y: this.line.rows.y(answer.row) + LANE / 2 };
    link(ctx, from, to, this.line.ink("--ink-2"));
  }
}
