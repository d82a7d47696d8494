import { fetched, json, part, say } from "../dom.js";
import { bandAt, situationAt, withBand } from "../lib/bands.js";
import { clock } from "../lib/timecode.js";

const OWN = /^situation\/(\d+)$/;

/** The situations along the film as this page knows them: said at once, put on their way, and followed by the labels. */
export class Bands {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
    /** @type {import("../lib/bands.js").Band[]} */
    this.all = [];
    this.own = "";
    /** @type {string | undefined} the situation at the playhead */
    this.now = undefined;
  }

  begin() {
    const { own, items } = json("situations") ?? { own: "", items: [] };
    this.own = own;
    this.take(items);
  }

  /**
   * @param {import("../lib/bands.js").Band[]} items as the server keeps them; what is still on its way goes on top
   */
  take(items) {
    this.all = items;
    for (const { id, acts } of this.space.acts.lines) for (const act of acts) this.#put(id, act.fields);
    this.#show();
  }

  /**
   * @param {{at_ms: number, situation: string | null}} band
   */
  say({ at_ms, situation }) {
    const stands = situationAt(this.all, this.own, at_ms);
    if (situation === stands && bandAt(this.all, at_ms)?.at_ms !== at_ms) {
      this.space.live(say("situation_same", { situation: say(`situation_${situation}`) }));
      return;
    }
    const words = { time: clock(at_ms), situation: say(`situation_${situation ?? stands}`) };
    this.all = withBand(this.all, at_ms, situation);
    this.space.acts.put(`situation/${at_ms}`, "PATCH", { situation });
    this.space.live(say(situation === null ? "situation_gone" : "situation_said", words));
    this.#show();
  }

  /** The server did not take it: what stands there is read anew. */
  async again() {
    const kept = await fetched(`/api/v1/films/${this.space.film}/situations`).catch(() => null);
    if (kept) this.take(kept.items);
  }

  /**
   * @param {number} ms
   */
  at(ms) {
    const now = situationAt(this.all, this.own, ms);
    if (now === this.now) return;
    this.now = now;
    this.space.palette?.setAttribute("situation", now);
    const word = part(this.space, "situation-word");
    if (word) word.textContent = say(now ? `situation_${now}` : "situation");
  }

  /**
   * @param {string} id of a line of acts
   * @param {Record<string, unknown>} fields
   */
  #put(id, { situation }) {
    const at = OWN.exec(id)?.[1];
    if (at) this.all = withBand(this.all, Number(at), /** @type {string | null} */ (situation ?? null));
  }

  #show() {
    this.space.toggleAttribute("data-bands", this.all.length > 0);
    this.at(this.space.player?.nowMs ?? 0);
    this.situations?.show?.(this.all, this.own);
    this.space.line?.draw();
  }

  /** @returns {import("./film-situations.js").FilmSituations | null} */
  get situations() {
    return this.space.querySelector("film-situations");
  }
}
