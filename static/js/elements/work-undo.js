import { ask, part, say } from "../dom.js";
import { whatWas } from "../lib/acted.js";
import { headingOf } from "../lib/shelf.js";
import { clock } from "../lib/timecode.js";

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
    this.offer(body.can_undo, body.can_redo);
    if (!body.act) {
      this.space.live(say(`nothing_to_${which}`));
      return;
    }
    this.#applied(body);
    const [moment] = body.moments;
    const plain = moment ? say("moment_at", { time: clock(moment.start_ms) }) : "";
    const heading = moment ? headingOf(moment, (tag) => this.space.tags?.get(tag), plain) : "";
    const what = say(whatWas(body.act), { moment: heading });
    this.space.live(say(which === "undo" ? "undone" : "redone", { what }));
  }

  /**
   * @param {{act: {moment?: string}, moments: Moment[]}} body
   */
  #applied({ act, moments }) {
    const thing = act.moment;
    this.space.reading.learn(moments);
    if (thing && !moments.some((one) => one.id === thing)) this.space.shelf.drop(thing);
    if (this.space.selected && !this.space.shelf.get(this.space.selected)) this.space.stands.close();
    this.space.redraw();
  }

  /**
   * @param {boolean | undefined} undo
   * @param {boolean | undefined} redo
   */
  offer(undo, redo) {
    const set = (/** @type {string} */ name, /** @type {boolean | undefined} */ on) => {
      const button = /** @type {HTMLButtonElement | null} */ (part(this.space, name));
      if (button) button.disabled = on === false;
    };
    set("undo", undo);
    set("redo", redo);
  }
}
