import { pinched } from "../lib/pinch.js";

/** A press that moved less, in pixels, is a click. */
const DRAG_PX = 4;

/**
 * @typedef {import("../lib/fit.js").View} View
 * @typedef {import("../lib/span-drag.js").Grip} Grip
 * @typedef {{id: string, grip: Grip}} Held
 * @typedef {object} Does
 * @property {(event: PointerEvent) => Held | "scrub" | "pan"} takes what lies under the pointer
 * @property {(held: Held, byPx: number, free: boolean) => void} drag
 * @property {(held: Held, how: "moved" | "click" | "cut") => void} drop
 * @property {(x: number) => void} scrub
 * @property {(byPx: number) => void} pan
 * @property {() => View} view
 * @property {(view: View) => void} look
 */

/** Mouse, pen and fingers on the track: one drags, scrubs or pans, two pinch. */
export class LineHand {
  /**
   * @param {HTMLElement} track
   * @param {Does} does
   */
  constructor(track, does) {
    this.track = track;
    this.does = does;
    /** @type {Map<number, number>} x of each pointer that is down */
    this.down = new Map();
    /** @type {{view: View, began: [number, number]} | null} */
    this.pinch = null;
    /** @type {{what: Held | "scrub" | "pan", x: number, last: number, moved: boolean} | null} */
    this.press = null;
    track.addEventListener("pointerdown", (event) => this.#begin(event));
    track.addEventListener("pointermove", (event) => this.#move(event));
    for (const name of ["pointerup", "pointercancel"])
      track.addEventListener(name, (event) => this.#end(/** @type {PointerEvent} */ (event)));
  }

  /**
   * @param {PointerEvent} event
   */
  #x(event) {
    return event.clientX - this.track.getBoundingClientRect().left;
  }

  /** @returns {[number, number]} */
  get #two() {
    const [one = 0, other = 0] = this.down.values();
    return [one, other];
  }

  /**
   * @param {PointerEvent} event
   */
  #begin(event) {
    if (event.button !== 0) return;
    this.track.setPointerCapture(event.pointerId);
    const x = this.#x(event);
    this.down.set(event.pointerId, x);
    if (this.down.size === 2) {
      this.#letGo();
      this.pinch = { view: this.does.view(), began: this.#two };
    } else if (this.down.size === 1) {
      this.press = { what: this.does.takes(event), x, last: x, moved: false };
      if (this.press.what === "scrub") this.does.scrub(x);
    }
  }

  /**
   * @param {PointerEvent} event
   */
  #move(event) {
    if (!this.down.has(event.pointerId)) return;
    const x = this.#x(event);
    this.down.set(event.pointerId, x);
    if (this.pinch) {
      this.does.look(pinched(this.pinch.view, this.pinch.began, this.#two));
      return;
    }
    const press = this.press;
    if (!press || (!press.moved && Math.abs(x - press.x) < DRAG_PX)) return;
    press.moved = true;
    if (press.what === "scrub") this.does.scrub(x);
    else if (press.what === "pan") this.does.pan(press.last - x);
    else this.does.drag(press.what, x - press.x, event.altKey);
    press.last = x;
  }

  /**
   * @param {PointerEvent} event
   */
  #end(event) {
    if (!this.down.delete(event.pointerId)) return;
    this.track.releasePointerCapture(event.pointerId);
    if (this.pinch) {
      if (!this.down.size) this.pinch = null;
      return;
    }
    const press = this.press;
    this.press = null;
    if (!press) return;
    const cut = event.type === "pointercancel";
    if (typeof press.what === "object")
      this.does.drop(press.what, cut ? "cut" : press.moved ? "moved" : "click");
    else if (press.what === "pan" && !press.moved && !cut) this.does.scrub(this.#x(event));
  }

  /** A second finger came: the first drags no more. */
  #letGo() {
    const press = this.press;
    this.press = null;
    if (press && typeof press.what === "object") this.does.drop(press.what, "cut");
  }
}
