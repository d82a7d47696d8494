/**
 * The whole film in as many columns as there are pixels: per lane how many bars lie on each. Pure.
 * A bar put or taken away touches its own columns only, so one act costs the same in any film.
 */
export const MAP_LANES = /** @type {const} */ (["child", "parent", "together", "fun"]);
/** A shape is drawn at most once in so many columns. */
export const SHAPE = 7;

/**
 * @typedef {{lane: string, from_ms: number, to_ms: number}} Bar
 */

export class Overview {
  /**
   * @param {number} columns
   * @param {number} durationMs
   */
  constructor(columns, durationMs) {
    this.columns = Math.max(1, Math.floor(columns));
    this.durationMs = Math.max(1, durationMs);
    /** @type {Record<string, Int32Array>} by lane, of lanes that ever had a bar */
    this.counts = {};
  }

  /**
   * @param {Bar[]} bars
   * @param {1 | -1} by
   */
  count(bars, by) {
    for (const bar of bars) {
      this.counts[bar.lane] ??= new Int32Array(this.columns);
      const row = /** @type {Int32Array} */ (this.counts[bar.lane]);
      const first = this.#column(bar.from_ms);
      const last = Math.max(first, this.#column(bar.to_ms - 1));
      for (let x = first; x <= last; x += 1) row[x] = (row[x] ?? 0) + by;
    }
  }

  /**
   * @param {string} lane
   * @param {number} [fromMs]
   * @param {number} [toMs]
   * @returns {{x: number, width: number}[]} columns where the lane has something between two times, left to right
   */
  runs(lane, fromMs = 0, toMs = this.durationMs) {
    const row = this.counts[lane] ?? new Int32Array(0);
    /** @type {{x: number, width: number}[]} */
    const found = [];
    const end = row.length && this.#column(toMs) + 1;
    for (let x = this.#column(fromMs); x < end; x += 1) {
      if ((row[x] ?? 0) <= 0) continue;
      const from = x;
      while (x < end && (row[x] ?? 0) > 0) x += 1;
      found.push({ x: from, width: x - from });
    }
    return found;
  }

  /**
   * @param {number} ms
   */
  #column(ms) {
    return Math.max(0, Math.min(this.columns - 1, Math.floor((ms / this.durationMs) * this.columns)));
  }
}

/**
 * @param {{x: number, width: number}[]} runs
 * @returns {number[]} the middles of the shapes to draw: one for a short run, a row of them for a long one
 */
export function shapesOf(runs) {
  /** @type {number[]} */
  const middles = [];
  let free = 0;
  for (const { x, width } of runs) {
    const middle = x + width / 2;
    for (
      let at = Math.max(Math.min(middle, x + SHAPE / 2), free);
      at <= x + Math.max(width, 1);
      at += SHAPE
    ) {
      middles.push(at);
      free = at + SHAPE;
    }
  }
  return middles;
}
