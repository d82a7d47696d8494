import { icon, node, part, say } from "../dom.js";
import { headingOf, photoShown } from "../lib/shelf.js";
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
    /** @type {Map<Moment, HTMLElement>} the rows that are shown, by the very moment they were made from */
    this.rows = new Map();
    /** @type {Map<string, unknown> | undefined} */
    this.tags = undefined;
  }

  /** Only what changed is made anew, and who stands on a row stays there. */
  draw() {
    const list = part(this.space, "list");
    const fold = /** @type {HTMLDetailsElement | null} */ (part(this.space, "list-fold"));
    if (!list || !fold || !(fold.open || this.space.stand === "watch")) return;
    const all = this.space.shelf.sorted;
    const now = this.space.player?.nowMs ?? 0;
    const from = Math.max(0, Math.min(all.length - LIST_LENGTH, this.space.shelf.near(now) - LIST_LENGTH / 2));
    const old = this.tags === this.space.tags ? this.rows : new Map();
    this.tags = this.space.tags;
    this.rows = new Map(all.slice(from, from + LIST_LENGTH).map((one) => [one, old.get(one) ?? this.#row(one)]));
    const rows = [...this.rows.values()];
    if (rows.length === list.childElementCount && rows.every((row, i) => row === list.children[i])) return;
    const held = document.activeElement?.closest("[data-open]")?.getAttribute("data-open");
    const isHeld = list.contains(document.activeElement);
    list.replaceChildren(...rows);
    /** @type {HTMLElement | null} */
    const same = isHeld && held ? list.querySelector(`[data-open="${held}"]`) : null;
    same?.focus({ preventScroll: true });
  }

  /**
   * @param {Moment} moment
   */
  #row(moment) {
    const plain = say("moment_at", { time: clock(moment.start_ms) });
    const heading = headingOf(moment, (tag) => this.space.tags?.get(tag), plain);
    const known = this.space.acts.versions.has(moment.id);
    const middle = Math.round((moment.start_ms + (moment.end_ms ?? moment.start_ms)) / 2);
    const at = photoShown(moment) ?? middle;
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
