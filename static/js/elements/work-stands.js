import { part, say, tell } from "../dom.js";

/**
 * @typedef {import("./work-space.js").Stand} Stand
 */

/** How the workspace stands: watch, label, or one moment open; the end of the film; the curtain. */
export class Stands {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
  }

  ended() {
    this.#markSeen();
    const end = part(this.space, "end");
    if (!end || this.space.stand !== "watch") return;
    const count = this.space.shelf.count;
    const text = part(end, "end-text");
    if (text)
      text.textContent = say(count === 1 ? "you_saw_one" : count ? "you_saw" : "you_saw_none", { n: count });
    const first = part(end, "one-by-one");
    if (first) first.hidden = count === 0;
    end.hidden = false;
    part(this.space, "begin")?.setAttribute("hidden", "");
  }

  #markSeen() {
    if (!this.space.seen) this.space.place?.note({ seen: true });
    this.space.seen = true;
  }

  /**
   * @param {Stand} stand
   * @param {{kept?: boolean}} [how] as the server said it: no choice of hers
   */
  take(stand, { kept = false } = {}) {
    if (stand !== "edit") {
      if (!kept && stand !== this.space.resting) this.space.place?.note({ stand });
      this.space.resting = stand;
      if (stand === "label") this.#markSeen();
    }
    if (this.space.dataset.stand !== stand) this.space.querySelector(".ws-panel")?.scrollTo(0, 0);
    this.space.dataset.stand = stand;
    const fold = /** @type {HTMLDetailsElement | null} */ (part(this.space, "list-fold"));
    if (fold) fold.open = stand === "watch";
    for (const button of this.space.querySelectorAll("[data-to-stand]")) {
      const name = button.getAttribute("data-to-stand");
      button.setAttribute("aria-pressed", String(name === stand || (stand === "edit" && name === "label")));
    }
    this.space.list.draw();
  }

  /**
   * Open a moment: it plays at once, again and again, and takes the place of the labels.
   * @param {string} id
   * @param {{play?: boolean}} [how]
   */
  open(id, { play = true } = {}) {
    const moment = this.space.shelf.get(id);
    if (!moment) return;
    if (this.space.selected !== id) this.left();
    this.space.selected = id;
    this.take("edit");
    this.space.editor?.show(moment);
    this.space.line?.select(id);
    this.space.player?.setSpeed(1);
    const end = moment.end_ms ?? moment.start_ms;
    if (play) this.space.player?.playSpan(moment.start_ms, end, { loop: true });
  }

  /** Leave the open moment; the film stays where it is. */
  close() {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (!this.space.selected) return;
    this.space.editor?.show(null);
    this.left();
    this.space.selected = null;
    this.space.player?.free();
    this.space.line?.select(null);
    this.take(this.space.resting);
  }

  /** She goes on to something else: what became of this moment's edges may be a habit. */
  left() {
    const span = this.space.shelf.get(this.space.selected);
    if (span) tell(this.space, "vbg:left", { span });
  }

  afterRemoval() {
    this.space.player?.free();
    this.space.line?.select(null);
    this.take(this.space.resting);
  }

  /**
   * @param {Stand} stand
   */
  to(stand) {
    if (stand !== "edit" && stand !== this.space.resting) this.space.place?.note({ stand });
    this.space.resting = stand;
    if (this.space.selected) this.close();
    else this.take(stand);
  }

  oneByOne() {
    const first = this.space.shelf.sorted[0];
    const end = part(this.space, "end");
    if (end) end.hidden = true;
    if (first) this.open(first.id);
  }

  curtain() {
    const closed = this.space.dataset.closed !== "true";
    this.space.dataset.closed = String(closed);
    this.space.player?.pause();
    const curtain = part(this.space, "curtain");
    if (curtain) curtain.hidden = !closed;
  }
}
