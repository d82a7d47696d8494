import { say } from "../dom.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 */

/** What happened on this film, and its trash; what shows it comes when it is first asked for. */
export class Past {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
    /** @type {import("./film-past.js").FilmPast | undefined} */
    this.panel = undefined;
  }

  async open() {
    const { FilmPast } = await import("./film-past.js");
    this.panel ??= this.space.appendChild(new FilmPast());
    if (this.space.tags) this.panel.open(this.space.film, this.space.tags);
  }

  /** Somebody did something. */
  heard() {
    this.panel?.heard();
  }

  /**
   * @param {string} id of a moment that left the trash, or never lay there
   */
  came(id) {
    this.panel?.came(id);
  }

  /**
   * @param {Moment} moment out of the trash
   */
  restored(moment) {
    this.space.reading.learn([moment]);
    this.space.redraw();
    this.came(moment.id);
    this.space.live(say("restored"));
  }
}
