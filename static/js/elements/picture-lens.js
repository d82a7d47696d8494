import { part, say, tell } from "../dom.js";
import { bounded, closer, moved, ofWheel, PRESS, WHOLE } from "../lib/lens.js";

/** A press that moved further than this was a drag, and no tap. */
const TAP_PX = 6;
/** A key moves the enlarged picture by this part of the stage. */
const PAN = 0.2;
/** @type {Record<string, [number, number]>} right, down */
const ARROWS = { ArrowLeft: [-PAN, 0], ArrowRight: [PAN, 0], ArrowUp: [0, -PAN], ArrowDown: [0, PAN] };

/**
 * <picture-lens>: holds a <film-player> and looks closer into its picture: Ctrl + wheel, two fingers, buttons, or
 * `by()`; dragging moves it, and so do the arrows while it has the focus and is enlarged. Escape then, or the button,
 * brings the whole picture back. The stage keeps its size.
 * Up comes `vbg:lens` {scale}.
 */
export class PictureLens extends HTMLElement {
  constructor() {
    super();
    /** @type {import("../lib/lens.js").Lens} */
    this.lens = WHOLE;
    /** @type {Map<number, {x: number, y: number}>} */
    this.fingers = new Map();
    this.dragged = 0;
  }

  connectedCallback() {
    if (this.heard) return;
    this.heard = true;
    this.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.addEventListener("pointerdown", (event) => this.#down(event));
    this.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"])
      this.addEventListener(end, (event) => this.fingers.delete(/** @type {PointerEvent} */ (event).pointerId));
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("click", (event) => this.#tapped(event), { capture: true });
    new ResizeObserver(() => this.#look(bounded(this.lens, this.#box()))).observe(this);
    this.#show();
  }

  /**
   * One step closer or further, around the middle of what is seen.
   * @param {"closer" | "further"} way
   */
  by(way) {
    this.#look(closer(this.lens, way === "closer" ? PRESS : 1 / PRESS, { x: 0, y: 0 }, this.#box()));
  }

  /**
   * Move what is seen, in parts of the stage.
   * @param {number} right
   * @param {number} down
   */
  pan(right, down) {
    const box = this.#box();
    this.#look(moved(this.lens, -right * box.width, -down * box.height, box));
  }

  /** The whole picture again. */
  whole() {
    this.#look(WHOLE);
  }

  /** @returns {import("../lib/lens.js").Box} */
  #box() {
    const [width, height] = [this.clientWidth, this.clientHeight];
    const video = this.querySelector("video");
    if (!video?.videoWidth) return { width, height };
    const fit = Math.min(width / video.videoWidth, height / video.videoHeight);
    return { width, height, picture: { width: video.videoWidth * fit, height: video.videoHeight * fit } };
  }

  /**
   * @param {import("../lib/lens.js").Lens} lens
   */
  #look(lens) {
    if (lens.scale === this.lens.scale && lens.x === this.lens.x && lens.y === this.lens.y) return;
    this.lens = lens;
    this.#show();
    tell(this, "vbg:lens", { scale: lens.scale });
  }

  #show() {
    const { scale, x, y } = this.lens;
    const player = this.querySelector("film-player");
    if (player instanceof HTMLElement)
      player.style.transform = scale === 1 ? "" : `translate(${x}px, ${y}px) scale(${scale})`;
    this.dataset.close = String(scale > 1);
    const back = part(this, "lens-whole");
    if (back) back.hidden = scale === 1;
    const word = part(this, "lens-scale");
    const told = scale.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    if (word) word.textContent = say("times_closer", { n: told });
  }

  /**
   * @param {{clientX: number, clientY: number}} event
   */
  #at(event) {
    const box = this.getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  }

  /**
   * @param {KeyboardEvent} event
   */
  #key(event) {
    if (event.target !== this || this.lens.scale === 1 || event.ctrlKey || event.shiftKey) return;
    const way = ARROWS[event.code];
    if (way) this.pan(...way);
    else if (event.code === "Escape") this.whole();
    else return;
    event.preventDefault();
  }

  /**
   * @param {WheelEvent} event
   */
  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#look(closer(this.lens, ofWheel(event.deltaY), this.#at(event), this.#box()));
  }

  /**
   * @param {PointerEvent} event
   */
  #down(event) {
    if (event.target instanceof Element && event.target.closest("button")) return;
    if (!this.fingers.size) this.dragged = 0;
    this.fingers.set(event.pointerId, this.#at(event));
  }

  /**
   * @param {PointerEvent} event
   */
  #move(event) {
    const was = this.fingers.get(event.pointerId);
    if (!was) return;
    const now = this.#at(event);
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    this.dragged += Math.hypot(now.x - was.x, now.y - was.y);
    if (other) this.#pinch(was, now, other);
    else if (this.dragged > TAP_PX) this.#look(moved(this.lens, now.x - was.x, now.y - was.y, this.#box()));
  }

  /**
   * @param {{x: number, y: number}} was
   * @param {{x: number, y: number}} now
   * @param {{x: number, y: number}} other the finger that stands still
   */
  #pinch(was, now, other) {
    const before = Math.hypot(was.x - other.x, was.y - other.y);
    const after = Math.hypot(now.x - other.x, now.y - other.y);
    this.dragged += TAP_PX;
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const grown = closer(this.lens, after / Math.max(1, before), middle, this.#box());
    this.#look(moved(grown, (now.x - was.x) / 2, (now.y - was.y) / 2, this.#box()));
  }

  /**
   * The end of a drag is no tap: the film neither stops nor starts.
   * @param {Event} event
   */
  #tapped(event) {
    if (event.target instanceof Element && event.target.closest("button")) return;
    if (this.dragged > TAP_PX) event.stopPropagation();
    this.dragged = 0;
  }
}

customElements.define("picture-lens", PictureLens);
