/**
 * What others do on the same film: asked for every second, merged into the shelf once nobody is busy with it here.
 * @typedef {import("./shelf.js").Moment} Moment
 * @typedef {{seq: number, next?: string | null, items?: {moment: string}[], moments: Moment[],
 *   situations?: import("./bands.js").Band[]}} Heard
 */

export const EVERY_MS = 1000;
export const LONGEST_MS = 15_000;
/** Past every act: the answer holds none of them, only the number of the newest. */
export const NEWEST = 2 ** 31 - 1;

export class Peers {
  /**
   * @param {{
   *   read: (afterSeq: number) => Promise<Heard | null>,
   *   busy: (id: string) => boolean,
   *   known: (id: string) => number | undefined,
   *   take: (moments: Moment[]) => void,
   *   begun?: () => void,
   * }} hooks `read` answers null when the server gave none; `known` is the version that stands here; `begun` says
   *   that from here on nothing is missed: what stands there may now be read whole
   */
  constructor(hooks) {
    this.hooks = hooks;
    this.seq = NEWEST;
    this.pause = EVERY_MS;
    /** @type {Map<string, Moment>} heard of, and not yet taken over */
    this.held = new Map();
  }

  /** Ask once; the pause before the next time, in ms. */
  async step() {
    const heard = await this.hooks.read(this.seq).catch(() => null);
    if (!heard) {
      this.pause = Math.min(LONGEST_MS, this.pause * 2);
      return this.pause;
    }
    this.pause = EVERY_MS;
    if (this.seq === NEWEST) this.hooks.begun?.();
    this.seq = heard.seq;
    for (const moment of heard.moments) this.held.set(moment.id, moment);
    this.#take();
    return heard.next ? 0 : this.pause;
  }

  #take() {
    const free = [...this.held.values()].filter((one) => !this.hooks.busy(one.id));
    for (const one of free) this.held.delete(one.id);
    const fresh = free.filter((one) => Number(one.version) > (this.hooks.known(one.id) ?? 0));
    if (fresh.length) this.hooks.take(fresh);
  }
}

/**
 * Steps while the page is looked at, and at once when it is looked at again.
 * @param {Peers} peers
 * @param {Document} page
 */
export function keepAsking(peers, page) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = false;
  const round = async () => {
    if (asking || page.hidden) return;
    asking = true;
    const pause = await peers.step();
    asking = false;
    clearTimeout(timer);
    timer = setTimeout(round, pause);
  };
  page.addEventListener("visibilitychange", () => void round());
  void round();
}
