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
    /** @type {Record<string, Int32Array>} */
    this.counts = {};
    for (const lane of MAP_LANES) this.counts[lane] = new Int32Array(this.columns);
  }

  /**
   * @param {Bar[]} bars
   * @param {1 | -1} by
   */
  count(bars, by) {
    for (const bar of bars) {
      const row = this.counts[bar.lane] ?? this.counts.together;
      if (!row) continue;
      const first = this.#column(bar.from_ms);
      const last = Math.max(first, this.#column(bar.to_ms - 1));
      for (let x = first; x <= last; x += 1) row[x] = (row[x] ?? 0) + by;
    }
  }

  /**
   * @param {string} lane
   * @returns {{x: number, width: number}[]} where the lane has something, left to right
   */
  runs(lane) {
    const row = this.counts[lane] ?? new Int32Array(0);
    /** @type {{x: number, width: number}[]} */
    const found = [];
    for (let x = 0; x < row.length; x += 1) {
      if ((row[x] ?? 0) <= 0) continue;
      const from = x;
      while (x < row.length && (row[x] ?? 0) > 0) x += 1;
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
