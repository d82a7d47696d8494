import { newId } from "./new-id.js";
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
   * @param {(owner: string) => Promise<import("./vault.js").Vault | null>} [vaultOf]
   */
  constructor(film, owner, vaultOf = openVault) {
    this.film = film;
    this.vaultOf = vaultOf;
    this.owner = owner;
    this.place = `${film}/${newId()}`;
    /** @type {import("./vault.js").Vault | null} */
    this.vault = null;
    this.empty = true;
    /** Something could not be written down: from then on this page does not say that it may close. */
    this.torn = false;
  }

  /** @returns {boolean} what waits is written down, the page may close */
  get safe() {
    return this.vault !== null && !this.torn && this.vault.writing === null;
  }

  /** @returns {Promise<(Left & {place: string})[]>} what earlier pages left; nothing where it cannot be read */
  async open() {
    return this.#left().catch(() => {
      this.torn = true;
      return [];
    });
  }

  async #left() {
    this.vault = await this.vaultOf(this.owner);
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
    void this.vault.put(this.place, this.empty ? null : left).catch(() => {
      this.torn = true;
    });
  }

  /**
   * What was taken over now stands in this page's own place.
   * @param {string} place
   */
  drop(place) {
    void this.vault?.put(place, null).catch(() => {});
  }
}
