import { icon, node, part, say } from "../dom.js";
import { headingOf } from "../lib/shelf.js";
import { clock } from "../lib/timecode.js";

/** The list of moments shows this many, around the one that matters. */
const LIST_LENGTH = 60;

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 */

/** The moments as a list beside the film. */
export class MomentList {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
  }

  draw() {
    const list = part(this.space, "list");
    const fold = /** @type {HTMLDetailsElement | null} */ (part(this.space, "list-fold"));
    const count = part(this.space, "count");
    if (count) count.textContent = String(this.space.shelf.sorted.length || "");
    if (!list || !fold || !(fold.open || this.space.stand === "watch")) return;
    const all = this.space.shelf.sorted;
    const now = this.space.player?.nowMs ?? 0;
    const from = Math.max(0, Math.min(all.length - LIST_LENGTH, this.space.shelf.near(now) - LIST_LENGTH / 2));
    list.replaceChildren(...all.slice(from, from + LIST_LENGTH).map((moment) => this.#row(moment)));
  }

  /**
   * @param {Moment} moment
   */
  #row(moment) {
    const plain = say("moment_at", { time: clock(moment.start_ms) });
    const heading = headingOf(moment, (tag) => this.space.tags?.get(tag), plain);
    const known = this.space.acts.versions.has(moment.id);
    const at = Math.round((moment.start_ms + (moment.end_ms ?? moment.start_ms)) / 2);
    const src = known ? `/api/v1/films/${this.space.film}/still?at_ms=${at}` : null;
    const still = src
      ? node("img", { src, alt: "", loading: "lazy", width: "64", height: "36" })
      : node("span", { class: "nostill" });
    still.addEventListener("error", () => still.replaceWith(node("span", { class: "nostill" })));
    const star = moment.chosen ? icon("ster-vol", 15) : null;
    const row = node(
      "button",
      { type: "button", class: "momentrow", "data-open": moment.id },
      still,
      node(
        "span",
        { class: "momentrow-words" },
        node("span", { class: "ell" }, heading),
        node("span", { class: "mono tiny" }, clock(moment.start_ms)),
      ),
      star,
    );
    return node("li", {}, row);
  }
}
