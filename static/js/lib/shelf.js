import { linesOf } from "./fields.js";

/**
 * The moments of one film as this browser knows them, sorted by start.
 * @typedef {import("./chain.js").Mark} Mark
 * @typedef {{id: string, start_ms: number, end_ms: number | null, marks: Mark[], goals: string[], who_began: string | null,
 *   words: string, chosen: boolean, found_by?: unknown, version?: number | string, removed?: boolean, who_began_set?: boolean,
 *   when_words?: string, what_words?: string, for_words?: string, child_says?: string,
 *   child_says_by?: string, photo_ms?: number | null}} Moment
 */

/** @typedef {{before: Moment | undefined, after: Moment | undefined}} Turn */

/** From so many at once the whole list is sorted again; fewer are put in their place. */
const MANY = 50;

export class Shelf {
  constructor() {
    /** @type {Map<string, Moment>} */
    this.byId = new Map();
    /** @type {Moment[] | null} */
    this.order = null;
    /** @type {Turn[]} */
    this.turns = [];
    /** How many are chosen for watching together. */
    this.chosen = 0;
    /** @type {Moment[]} what is drawn of those that are still to be read, by start */
    this.ahead = [];
    /** The longest moment ever here, in ms: how far back a look has to begin. */
    this.longest = 0;
  }

  /** @returns {Moment[]} by start, then by id */
  get sorted() {
    this.order ??= [...this.byId.values()].sort(inTime);
    return this.order;
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
    if (moments.length > MANY) this.order = null;
    for (const moment of moments) this.#turn(moment.id, moment.removed ? undefined : moment);
  }

  /**
   * @param {string} id
   */
  drop(id) {
    this.#turn(id, undefined);
  }

  /** @returns {number} of all moments of the film, read or not */
  get count() {
    return this.byId.size + this.ahead.length;
  }

  /**
   * These are there, and are drawn until they are read.
   * @param {Moment[]} drawn later ones than those before
   */
  expect(drawn) {
    for (const one of drawn) {
      this.ahead.push(one);
      this.#told(undefined, one);
    }
  }

  /**
   * All that begins in [from, to) is read.
   * @param {number} fromMs
   * @param {number} toMs
   */
  arrived(fromMs, toMs) {
    const from = begunBefore(this.ahead, fromMs);
    for (const one of this.ahead.splice(from, begunBefore(this.ahead, toMs) - from)) this.#told(one, undefined);
  }

  /** @returns {Turn[]} what changed since this was asked before */
  drain() {
    const turns = this.turns;
    this.turns = [];
    return turns;
  }

  /**
   * @param {string} id
   * @param {Moment | undefined} after
   */
  #turn(id, after) {
    const before = this.byId.get(id);
    if (!before && !after) return;
    if (before && this.order) this.order.splice(placeOf(this.order, before), 1);
    if (after && this.order) this.order.splice(placeOf(this.order, after), 0, after);
    if (after) this.byId.set(id, after);
    else this.byId.delete(id);
    this.#told(before, after);
  }

  /**
   * @param {Moment | undefined} before
   * @param {Moment | undefined} after
   */
  #told(before, after) {
    this.chosen += Number(after?.chosen ?? false) - Number(before?.chosen ?? false);
    if (after) this.longest = Math.max(this.longest, (after.end_ms ?? after.start_ms) - after.start_ms);
    this.turns.push({ before, after });
  }

  /**
   * The next or previous moment, from a chosen one or else from a time.
   * @param {1 | -1} by
   * @param {string | null} id
   * @param {number} nowMs
   * @returns {Moment | undefined}
   */
  beside(by, id, nowMs) {
    const all = this.sorted;
    const here = this.get(id);
    if (here) return all[placeOf(all, here) + by];
    return by > 0 ? all[begunBefore(all, nowMs + 1)] : all[begunBefore(all, nowMs) - 1];
  }

  /**
   * @param {number} nowMs
   * @returns {Moment | undefined} the latest begun one that is still going on
   */
  at(nowMs) {
    const all = this.sorted;
    for (let i = begunBefore(all, nowMs + 1) - 1; i >= 0; i -= 1) {
      const one = /** @type {Moment} */ (all[i]);
      if ((one.end_ms ?? one.start_ms + 1) > nowMs) return one;
      if (one.start_ms < nowMs - this.longest - 1) break;
    }
    return undefined;
  }

  /**
   * @param {number} nowMs
   * @returns {number} place of the latest that began at or before a time, 0 when none did
   */
  near(nowMs) {
    return Math.max(0, begunBefore(this.sorted, nowMs + 1) - 1);
  }
}

/**
 * @param {Moment} a
 * @param {Moment} b
 */
function inTime(a, b) {
  return a.start_ms - b.start_ms || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * @param {Moment[]} sorted
 * @param {(one: Moment) => boolean} before true for a first part of the list, false after it
 * @returns {number} length of that first part
 */
function lengthOf(sorted, before) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(/** @type {Moment} */ (sorted[middle]))) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * @param {Moment[]} sorted
 * @param {Moment} moment
 * @returns {number} where it stands or would stand
 */
function placeOf(sorted, moment) {
  return lengthOf(sorted, (one) => inTime(one, moment) < 0);
}

/**
 * @param {Moment[]} sorted
 * @param {number} ms
 * @returns {number} how many began before a time
 */
function begunBefore(sorted, ms) {
  return lengthOf(sorted, (one) => one.start_ms < ms);
}

/**
 * Somebody removed it while she changed it: hers as a new moment, whole.
 * @param {Moment} moment
 * @param {string} id of the new one
 */
export function anew(moment, id) {
  const { start_ms, end_ms, marks, goals, words, chosen, photo_ms = null, who_began, who_began_set } = moment;
  const began = who_began_set ? who_began : null;
  return { id, start_ms, end_ms, marks, goals, words, chosen, photo_ms, ...linesOf(moment), who_began: began };
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

/** A photo of a point may lie so far on either side of it. */
export const POINT_AIR_MS = 2000;

/**
 * @param {{start_ms: number, end_ms: number | null, photo_ms?: number | null}} moment
 * @param {number} ms of film time
 * @returns {boolean} the frame at that time is part of the moment
 */
export function holds({ start_ms, end_ms }, ms) {
  if (end_ms === null) return start_ms - POINT_AIR_MS <= ms && ms < start_ms + POINT_AIR_MS;
  return start_ms <= ms && ms < end_ms;
}

/**
 * @param {Pick<Moment, "start_ms" | "end_ms" | "photo_ms">} moment
 * @returns {number | null} ms of its photo; null for the default still, also while its edges leave the photo out
 */
export function photoShown(moment) {
  const ms = moment.photo_ms ?? null;
  return ms !== null && holds(moment, ms) ? ms : null;
}
