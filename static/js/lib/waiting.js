import { openVault } from "./vault.js";

/**
 * The acts of one film that wait for a connection, kept across reloads. Each page writes its own place and holds a lock
 * while it lives; a page that opens takes over the places nobody holds.
 * @typedef {import("./acts.js").Line} Line
 * @typedef {import("./shelf.js").Moment} Moment
 * @typedef {{lines: Line[], moments: Moment[]}} Left
 */
export class Waiting {
  /**
   * @param {string} film
   * @param {string} owner
   */
  constructor(film, owner) {
    this.film = film;
    this.owner = owner;
    this.place = `${film}/${crypto.randomUUID?.() ?? "here"}`;
    /** @type {import("./vault.js").Vault | null} */
    this.vault = null;
    this.empty = true;
  }

  /** @returns {boolean} what waits is written down, the page may close */
  get safe() {
    return this.vault !== null && this.vault.writing === null;
  }

  /** @returns {Promise<(Left & {place: string})[]>} what earlier pages left */
  async open() {
    this.vault = await openVault(this.owner);
    if (!this.vault || !navigator.locks) return [];
    void navigator.locks.request(this.place, () => new Promise(() => {}));
    const held = new Set((await navigator.locks.query()).held?.map((lock) => lock.name));
    const left = await this.vault.under(`${this.film}/`);
    return left.filter(({ place }) => !held.has(place)).map(({ place, value }) => ({ ...value, place }));
  }

  /**
   * @param {Left} left
   */
  keep(left) {
    if (!this.vault || (this.empty && !left.lines.length)) return;
    this.empty = !left.lines.length;
    void this.vault.put(this.place, this.empty ? null : left).catch(() => {});
  }

  /**
   * What was taken over now stands in this page's own place.
   * @param {string} place
   */
  drop(place) {
    void this.vault?.put(place, null).catch(() => {});
  }
}
