import { remembered, tell } from "../dom.js";
import { clamped, panned, toMs, zoomed } from "../lib/fit.js";
import { snapMs } from "../lib/timecode.js";
import { LineHand } from "./line-hand.js";

/**
 * @typedef {import("./line-map.js").LineMap} LineMap
 */

/** What mouse, pen, fingers, wheel and keys do on a timeline. */
export class LineEvents {
  /** @param {import("./time-line.js").TimeLine} line */
  constructor(line) {
    this.line = line;
  }

  /**
   * @param {HTMLElement} track
   * @param {LineMap} map
   */
  listen(track, map) {
    new LineHand(track, {
      takes: (event) => this.line.drag.takes(event),
      drag: (held, byPx, free) => this.line.drag.to(held, byPx * this.line.view.per_px, free),
      drop: (held, how) => this.line.drag.drop(held, how),
      scrub: (x) => this.#seek(toMs(this.line.view, x)),
      pan: (byPx) => this.line.lookAt(panned(this.line.view, byPx)),
      view: () => this.line.view,
      look: (view) => this.line.lookAt(view),
    });
    track.addEventListener("click", (event) => this.#clicked(event));
    this.line.layer?.addEventListener("keydown", (event) => this.#walk(event));
    for (const one of [track, map.root])
      one.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    map.root.addEventListener("pointerdown", (event) => this.#pan(event));
    map.root.addEventListener("pointermove", (event) => {
      if (event.buttons) this.#pan(event);
    });
    this.line.rows.box?.addEventListener("scroll", () => {
      this.line.rows.top = this.line.rows.box?.scrollTop ?? 0;
      this.line.draw();
    });
    this.line.rows.choice?.addEventListener("change", () => {
      const by = /** @type {import("../lib/lanes.js").By} */ (this.line.rows.choice?.value ?? "who");
      remembered("lanes", by);
      this.line.rows.lay(by);
    });
  }

  /**
   * A click made by a keyboard has no pointer; those of a pointer were served at its release.
   * @param {MouseEvent} event
   */
  #clicked(event) {
    const bar = event.target instanceof Element ? event.target.closest(".bar") : null;
    if (event.detail === 0 && bar instanceof HTMLElement)
      tell(this.line, "vbg:open-request", { id: bar.dataset.id });
  }

  /**
   * @param {number} ms
   */
  #seek(ms) {
    const inside = Math.max(0, Math.min(this.line.durationMs - 1, ms));
    tell(this.line, "vbg:seek-request", { ms: snapMs(this.line.timesUs, inside) });
  }

  /**
   * @param {PointerEvent} event
   */
  #pan(event) {
    if (!this.line.map) return;
    this.line.map.root.setPointerCapture(event.pointerId);
    const ms = this.line.map.msAt(event.clientX);
    const span = this.line.view.per_px * this.line.view.width;
    if (span >= this.line.durationMs - 1) this.#seek(ms);
    this.line.lookAt(clamped({ ...this.line.view, from_ms: ms - span / 2 }));
  }

  /**
   * @param {WheelEvent} event
   */
  #wheel(event) {
    if (!this.line.track) return;
    event.preventDefault();
    const x = event.clientX - this.line.track.getBoundingClientRect().left;
    if (event.ctrlKey || event.metaKey) this.line.lookAt(zoomed(this.line.view, 1.002 ** event.deltaY, x));
    else this.line.lookAt(panned(this.line.view, event.deltaX + event.deltaY));
  }

  /**
   * @param {KeyboardEvent} event
   */
  #walk(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    this.line.pool?.beside(event.target, by)?.focus();
  }
}
