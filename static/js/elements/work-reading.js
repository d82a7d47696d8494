import { fetched, part, say } from "../dom.js";
import { NEWEST } from "../lib/peers.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 */

/** The moments that stand on the server: read when the page opens, and heard of while others work on the film. */
export class Reading {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
  }

  async load() {
    /** @type {string | null} */
    let cursor = "";
    while (cursor !== null) {
      /** @type {string} */
      const query = `?shape=line${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
      /** @type {{items: Moment[], next?: string | null} | null} */
      const page = await fetched(`/api/v1/films/${this.space.film}/moments${query}`).catch(() => null);
      if (!page) {
        this.space.live(say("no_moments_read"));
        return;
      }
      const fresh = page.items.filter((one) => !this.space.shelf.get(one.id) && !this.space.acts.running.has(one.id));
      this.learn(fresh);
      cursor = page.next ?? null;
      this.space.redraw();
      this.#arrive(fresh);
    }
  }

  /**
   * The address may name a moment to open, or say `#play`.
   * @param {Moment[]} fresh just read
   */
  #arrive(fresh) {
    const wanted = location.hash.slice(1);
    if (!wanted || this.space.selected) return;
    if (fresh.some((one) => one.id === wanted)) this.space.stands.open(wanted);
    else if (wanted === "play" && !this.space.player?.playing) void this.space.player?.play();
  }

  /**
   * @param {Moment[]} moments as the server knows them
   */
  learn(moments) {
    this.space.shelf.put(...moments);
    for (const moment of moments) {
      if (moment.version !== undefined) this.space.acts.versions.set(moment.id, `"${moment.version}"`);
    }
  }

  /**
   * @param {number} seq
   * @returns {Promise<import("../lib/peers.js").Heard | null>}
   */
  async heard(seq) {
    const heard = await fetched(`/api/v1/films/${this.space.film}/acts?after_seq=${seq}`).catch(() => null);
    if (!heard && seq === NEWEST) this.space.live(say("no_server"), true);
    if (heard && "can_undo" in heard && this.space.acts.idle) this.space.turns.offer(heard.can_undo, heard.can_redo);
    return heard;
  }

  /**
   * What she types, drags or is still saving is not changed under her hands; her save then shows both versions.
   * @param {string} id
   */
  busy(id) {
    if (this.space.acts.running.has(id) || this.space.line?.drag.now) return true;
    const typing = document.activeElement === this.space.editor?.words || part(this.space, "both")?.hasAttribute("open");
    return this.space.selected === id && Boolean(typing);
  }

  /**
   * @param {Moment[]} moments as others left them
   */
  taken(moments) {
    if (moments.some((one) => one.id === this.space.chain?.id)) this.space.chain = null;
    const gone = moments.some((one) => one.removed && one.id === this.space.selected && this.space.shelf.get(one.id));
    this.learn(moments);
    if (gone) {
      this.space.stands.close();
      this.space.live(say("removed_by_other"));
    }
    this.space.redraw();
  }
}
