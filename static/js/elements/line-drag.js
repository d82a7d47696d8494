import { say, tell } from "../dom.js";
import { overlapping, toX } from "../lib/fit.js";
import { edgesOf, REACH, snapped } from "../lib/snap.js";
import { dragged } from "../lib/span-drag.js";
import { stamp } from "../lib/timecode.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {{began: Moment, shown: Moment, hold: import("../lib/snap.js").Hold | null, at_ms: number, grip: string}} Drag
 */

/** A moment or one of its edges under a hand: where it lies now, and what holds it there. */
export class LineDrag {
  /** @param {import("./time-line.js").TimeLine} line */
  constructor(line) {
    this.line = line;
    /** @type {Drag | null} */
    this.now = null;
  }

  /**
   * @param {PointerEvent} event
   * @returns {import("./line-hand.js").Held | "scrub" | "pan"}
   */
  takes(event) {
    const target = /** @type {Element} */ (event.target);
    const edge = /** @type {HTMLElement | null} */ (target.closest("[data-edge]"));
    const bar = /** @type {HTMLElement | null} */ (target.closest(".bar"));
    const id = edge ? this.line.selected : bar?.dataset.id;
    if (id && this.line.shelf.get(id))
      return { id, grip: /** @type {"move" | "begin" | "end"} */ (edge?.dataset.edge ?? "move") };
    const y = event.clientY - (this.line.track?.getBoundingClientRect().top ?? 0);
    return y < this.line.lanesTop ? "scrub" : "pan";
  }

  /**
   * @param {import("./line-hand.js").Held} held
   * @param {number} byMs
   * @param {boolean} free
   */
  to({ id, grip }, byMs, free) {
    const began = this.now?.began ?? this.line.shelf.get(id);
    if (!began) return;
    const pull = (/** @type {number} */ ms) => snapped(ms, { ...magnets, edges: this.#edgesNear(ms, id) });
    const magnets = { times: this.line.timesUs, playhead: this.line.nowMs, per_px: this.line.view.per_px, free };
    const now = dragged(began, grip, byMs, pull, this.line.durationMs);
    const by = grip === "move" ? now.start_ms - began.start_ms : 0;
    const marks = began.marks.map((mark) => ({ ...mark, at_ms: mark.at_ms + by }));
    const shown = { ...began, start_ms: now.start_ms, end_ms: now.end_ms, marks };
    this.now = { began, shown, hold: now.hold, at_ms: now.at_ms, grip };
    this.line.draw();
  }

  /**
   * @param {number} ms
   * @param {string} id of the one being dragged
   */
  #edgesNear(ms, id) {
    const reach = REACH * this.line.view.per_px;
    return edgesOf(overlapping(this.line.shelf.sorted, ms - reach, ms + reach, this.line.shelf.longest), id);
  }

  /**
   * @param {import("./line-hand.js").Held} held
   * @param {"moved" | "click" | "cut"} how
   */
  drop({ id, grip }, how) {
    const drag = this.now;
    this.now = null;
    if (drag && how === "moved") {
      const { start_ms, end_ms } = drag.shown;
      const by_ms = grip === "move" ? start_ms - drag.began.start_ms : 0;
      tell(this.line, "vbg:span-request", { id, start_ms, end_ms, by_ms });
    } else if (how === "click" && grip === "move") tell(this.line, "vbg:open-request", { id });
    this.line.draw();
  }

  /** While a hand drags: the exact time, what holds it there, and how to let go. */
  placeHint() {
    if (!this.line.hint) return;
    this.line.hint.hidden = !this.now;
    if (!this.now) return;
    const x = toX(this.line.view, this.now.at_ms);
    this.line.hint.style.transform = `translateX(${x}px)`;
    this.line.hint.classList.toggle("is-late", x > this.line.view.width / 2);
    this.line.hint.dataset.hold = this.now.hold ?? "free";
    const words = this.line.hint.firstElementChild;
    if (words) words.textContent = `${stamp(this.now.at_ms)} · ${say(`hold_${this.now.hold ?? "free"}`)}`;
  }
}
