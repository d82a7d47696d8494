import { fetched, part, say } from "../dom.js";
import { readAll } from "../lib/outline.js";
import { NEWEST } from "../lib/peers.js";

/** A film whose picture does not come holds nothing up longer than this, in ms. */
const PICTURE_MS = 5000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 */

/** The moments that stand on the server: read when the page opens, and heard of while others work on the film. */
export class Reading {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
    this.arrived = false;
  }

  /** All moments of the film, once nothing that happens to them is missed. */
  async load() {
    const { shelf } = this.space;
    const wanted = location.hash.slice(1);
    const named = UUID.test(wanted) && (await fetched(`/api/v1/moments/${wanted}`).catch(() => null));
    if (named?.film === this.space.film) this.#found([named]);
    await readAll({
      page: (window) => fetched(this.#address({ shape: "line", ...window })),
      outline: () => fetched(this.#address({ shape: "outline" })),
      found: (moments) => this.#found(moments),
      expect: (drawn) => {
        shelf.expect(drawn);
        this.space.counted();
      },
      arrived: (fromMs, toMs) => {
        shelf.arrived(fromMs, toMs);
        this.space.counted();
      },
      now: () => this.space.player?.nowMs ?? 0,
      quiet: () => quiet(this.space.player?.video),
      wait: (ms) => new Promise((go) => setTimeout(go, ms)),
      late: () => this.space.live(say("no_server"), true),
    });
  }

  /**
   * @param {Record<string, string | number>} query
   */
  #address(query) {
    const words = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return `/api/v1/films/${this.space.film}/moments?${words.join("&")}`;
  }

  /**
   * @param {Moment[]} moments just read; what is known already is newer here
   */
  #found(moments) {
    const { shelf, acts } = this.space;
    const fresh = moments.filter((one) => !shelf.get(one.id) && !acts.running.has(one.id));
    this.learn(fresh);
    if (fresh.length) this.space.redraw();
    this.#arrive(fresh);
  }

  /**
   * The address may name a moment to open, or say `#play`: once, what she does after that is hers.
   * @param {Moment[]} fresh just read
   */
  #arrive(fresh) {
    const wanted = this.arrived || this.space.selected ? "" : location.hash.slice(1);
    this.arrived = !wanted || wanted === "play" || fresh.some((one) => one.id === wanted);
    if (!wanted || !this.arrived) return;
    if (wanted !== "play") this.space.stands.open(wanted);
    else if (!this.space.player?.playing) void this.space.player?.play();
  }

  /**
   * @param {Moment[]} moments as the server knows them; an answer that was overtaken is older than what stands here
   */
  learn(moments) {
    const { shelf, acts } = this.space;
    const told = moments.filter((one) => Number(one.version ?? 0) >= acts.known(one.id));
    shelf.put(...told);
    for (const moment of told) {
      if (moment.version !== undefined) acts.versions.set(moment.id, `"${moment.version}"`);
    }
  }

  /**
   * @param {number} seq
   * @returns {Promise<import("../lib/peers.js").Heard | null>}
   */
  async heard(seq) {
    const heard = await fetched(`/api/v1/films/${this.space.film}/acts?after_seq=${seq}`).catch(() => null);
    if (!heard && seq === NEWEST) this.space.live(say("no_server"), true);
    if (heard && "can_undo" in heard && this.space.acts.idle) this.space.turns.show(heard);
    if (heard?.items.length) this.space.past.heard();
    if (heard?.situations) this.space.bands?.take?.(heard.situations);
    this.space.editor?.heard(heard?.items ?? []);
    return heard;
  }

  /**
   * What she types, drags or is still saving is not changed under her hands; her save then shows both versions.
   * @param {string} id
   */
  busy(id) {
    if (this.space.acts.running.has(id) || this.space.line?.drag.now) return true;
    if (this.space.saving.both?.asked.some((one) => one.id === id)) return true;
    const typing = this.space.editor?.typing || part(this.space, "both")?.hasAttribute("open");
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

/**
 * The picture stands, and the browser has nothing to do for a moment.
 * @param {HTMLVideoElement} [video]
 * @returns {Promise<void>}
 */
async function quiet(video) {
  if (video && video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA && !video.error)
    await new Promise((go) => {
      video.addEventListener("loadeddata", go, { once: true });
      setTimeout(go, PICTURE_MS);
    });
  await new Promise((go) => {
    if ("requestIdleCallback" in window) requestIdleCallback(go, { timeout: PICTURE_MS });
    else setTimeout(go, 50);
  });
}
