/**
 * Where somebody is in a film, told to the server now and then: at most once every few seconds while it runs, at once
 * when another stand is chosen or the page is left, and again later when nobody answered.
 * @typedef {{at_ms?: number, seen?: boolean, stand?: string, tag_set?: string}} Place
 */

export const EVERY_MS = 4000;
/** A place this near to the one already told is the same. */
export const SAME_MS = 200;

export class PlaceKeeper {
  /**
   * @param {{
   *   send: (fields: Place, leaving: boolean) => Promise<boolean>,
   *   later?: (act: () => void, ms: number) => unknown,
   * }} hooks
   */
  constructor({ send, later = setTimeout }) {
    this.send = send;
    this.later = (/** @type {() => void} */ act, /** @type {number} */ ms) => later(act, ms);
    /** @type {Place} */
    this.waiting = {};
    this.told = -1;
    this.planned = false;
  }

  /**
   * @param {number} ms film time on screen
   */
  at(ms) {
    if (this.told < 0) this.told = ms;
    if (Math.abs(ms - this.told) < SAME_MS) return;
    this.told = ms;
    this.note({ at_ms: ms });
  }

  /**
   * @param {Place} fields
   */
  note(fields) {
    Object.assign(this.waiting, fields);
    if ("stand" in fields) void this.#tell(false);
    else this.#plan();
  }

  #plan() {
    if (this.planned) return;
    this.planned = true;
    this.later(() => void this.#tell(false), EVERY_MS);
  }

  /** The page is left: what waits goes now. */
  leave() {
    void this.#tell(true);
  }

  /**
   * @param {boolean} leaving
   */
  async #tell(leaving) {
    this.planned = false;
    const fields = this.waiting;
    if (!Object.keys(fields).length) return;
    this.waiting = {};
    const kept = await this.send(fields, leaving).catch(() => false);
    if (kept || leaving) return;
    this.waiting = { ...fields, ...this.waiting };
    this.#plan();
  }
}
