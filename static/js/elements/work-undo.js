import { ask, say } from "../dom.js";
import { inWords } from "../lib/acted.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 */

/** Undo and redo, as the server keeps the history of a film. */
export class Turns {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
    /** One after the other: two answers that overtake each other would show what no longer stands. */
    this.turning = Promise.resolve();
  }

  /**
   * @param {"undo" | "redo"} which
   */
  turn(which) {
    this.space.editor?.flush();
    const one = () => this.#one(which);
    this.turning = this.turning.then(one, one);
    return this.turning;
  }

  /**
   * @param {"undo" | "redo"} which
   */
  async #one(which) {
    await this.space.acts.settled();
    const answer = await ask(`/api/v1/films/${this.space.film}/${which}`, { method: "POST", body: {} }).catch(
      () => null,
    );
    const body = await answer?.json().catch(() => null);
    if (!answer?.ok) {
      this.space.live(body?.detail || body?.title || say("no_server"), true);
      return;
    }
    this.space.chain = null;
    this.show(body);
    if (!body.act) {
      this.space.live(say(`nothing_to_${which}`));
      return;
    }
    this.#applied(body);
    this.space.editor?.heard([body.act]);
    const what = inWords(body.did, (tag) => this.space.tags?.get(tag), say);
    this.space.live(say(which === "undo" ? "undone" : "redone", { what }));
  }

  /**
   * @param {{act: {moment?: string}, moments: Moment[], situations?: import("../lib/bands.js").Band[]}} body
   */
  #applied({ act, moments, situations }) {
    if (situations) this.space.bands?.take?.(situations);
    const thing = act.moment;
    this.space.reading.learn(moments);
    if (thing && !moments.some((one) => one.id === thing)) this.space.shelf.drop(thing);
    if (this.space.selected && !this.space.shelf.get(this.space.selected)) this.space.stands.close();
    this.space.redraw();
  }

  /** @returns {import("./turn-buttons.js").TurnButtons | null} */
  get #buttons() {
    return this.space.querySelector("turn-buttons");
  }

  /** Labels may have other words now. */
  know() {
    if (this.#buttons) this.#buttons.tagOf = (tag) => this.space.tags?.get(tag);
  }

  /**
   * @param {Parameters<import("./turn-buttons.js").TurnButtons["show"]>[0]} turns as the server told them
   */
  show(turns) {
    this.#buttons?.show(turns);
  }

  /** She did something herself: what undo will do is told with the next look. */
  acted() {
    this.#buttons?.acted();
  }
}
