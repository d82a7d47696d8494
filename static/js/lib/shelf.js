/**
 * The moments of one film as this browser knows them, sorted by start.
 * @typedef {import("./chain.js").Mark} Mark
 * @typedef {{id: string, start_ms: number, end_ms: number | null, marks: Mark[], goals: string[], who_began: string | null,
 *   words: string, chosen: boolean, found_by?: unknown, version?: number | string, removed?: boolean, who_began_set?: boolean}} Moment
 */

export class Shelf {
  constructor() {
    /** @type {Map<string, Moment>} */
    this.byId = new Map();
    /** @type {Moment[] | null} */
    this.order = null;
  }

  /** @returns {Moment[]} by start, then by id */
  get sorted() {
    this.order ??= [...this.byId.values()].sort((a, b) => a.start_ms - b.start_ms || (a.id < b.id ? -1 : 1));
    return this.order;
  }

  /** @returns {number} chosen for watching together */
  get chosen() {
    return this.sorted.reduce((count, one) => count + (one.chosen ? 1 : 0), 0);
  }

  /**
   * @param {string | null} id
   * @returns {Moment | undefined}
   */
  get(id) {
    return id === null ? undefined : this.byId.get(id);
  }

  /**
   * @param {...Moment} moments new or changed; a removed one leaves
   */
  put(...moments) {
    for (const moment of moments) {
      if (moment.removed) this.byId.delete(moment.id);
      else this.byId.set(moment.id, moment);
    }
    this.order = null;
  }

  /**
   * @param {string} id
   */
  drop(id) {
    this.byId.delete(id);
    this.order = null;
  }

  /**
   * The next or previous moment, from a chosen one or else from a time.
   * @param {1 | -1} by
   * @param {string | null} id
   * @param {number} nowMs
   * @returns {Moment | undefined}
   */
  beside(by, id, nowMs) {
    const at = this.sorted.findIndex((one) => one.id === id);
    if (at >= 0) return this.sorted[at + by];
    return by > 0
      ? this.sorted.find((one) => one.start_ms > nowMs)
      : this.sorted.findLast((one) => one.start_ms < nowMs);
  }

  /**
   * @param {number} nowMs
   * @returns {Moment | undefined} the latest begun one that is still going on
   */
  at(nowMs) {
    return this.sorted.findLast((one) => one.start_ms <= nowMs && (one.end_ms ?? one.start_ms + 1) > nowMs);
  }
}

/**
 * A moment's heading: the first sentence of its words, else the sentence of its first label, else its time.
 * @param {Moment} moment
 * @param {(tag: string) => {sentence?: string, label: string} | undefined} tagOf
 * @param {string} plain what to say when it has neither
 * @returns {string}
 */
export function headingOf(moment, tagOf, plain) {
  const first = moment.words
    .trim()
    .match(/^[^.!?]*[.!?]?/)?.[0]
    ?.trim();
  if (first) return first;
  for (const mark of moment.marks) {
    const tag = tagOf(mark.tag);
    if (tag) return tag.sentence || tag.label;
  }
  return plain;
}
