import { between, overlapping, toMs } from "../lib/fit.js";

/** More bars than this are painted; only those nearest to the playhead are buttons too. */
export const MOST_BARS = 120;
/** More moments than this are not looked at one by one: what the map counted is painted. */
const MOST_LOOKED_AT = 600;

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {import("./line-rows.js").Bar} Bar
 */

/** Which moments the view shows: all that overlap it, or in a crowd those near the playhead. */
export class LineSeen {
  /** @param {import("./time-line.js").TimeLine} line */
  constructor(line) {
    this.line = line;
  }

  /** @returns {boolean} too many in view to look at each */
  get isCrowded() {
    return this.#count(this.line.shelf.sorted) + this.#count(this.line.shelf.ahead) > MOST_LOOKED_AT;
  }

  /**
   * @param {Moment[]} sorted
   */
  #count(sorted) {
    const { view, shelf } = this.line;
    const { from, to } = between(sorted, view.from_ms, toMs(view, view.width), shelf.longest);
    return to - from;
  }

  /** @returns {Moment[]} in view and still to be read: they are painted, and cannot be taken hold of */
  ahead() {
    return this.#overlapping(this.line.shelf.ahead);
  }

  /**
   * @param {Moment[]} sorted
   */
  #overlapping(sorted) {
    const { view, shelf } = this.line;
    return overlapping(sorted, view.from_ms, toMs(view, view.width), shelf.longest);
  }

  /** @returns {Moment[]} that overlap the view, or in a crowd those near the playhead; a dragged one where it is now */
  inView() {
    const found = this.isCrowded ? this.#aroundHead() : this.#overlapping(this.line.shelf.sorted);
    const drag = this.line.drag.now;
    if (!drag) return found;
    return [...found.filter((one) => one.id !== drag.began.id), drag.shown];
  }

  #aroundHead() {
    const all = this.line.shelf.sorted;
    const end = toMs(this.line.view, this.line.view.width);
    const middle = this.line.shelf.near(Math.max(this.line.view.from_ms, Math.min(end, this.line.nowMs)));
    const from = Math.max(0, middle - MOST_BARS / 2);
    return all.slice(from, from + MOST_BARS).filter((one) => one.start_ms <= end);
  }

  /**
   * @param {Bar[]} bars
   */
  nearest(bars) {
    const after = bars.findIndex((bar) => bar.from_ms >= this.line.nowMs);
    const middle = after < 0 ? bars.length : after;
    const from = Math.max(0, Math.min(bars.length - MOST_BARS, middle - MOST_BARS / 2));
    return bars.slice(from, from + MOST_BARS);
  }
}
