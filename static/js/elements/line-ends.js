import { node, say, tell } from "../dom.js";
import { toX } from "../lib/fit.js";
import { stamp } from "../lib/timecode.js";

/** Width of the flag with the time, in pixels. */
const FLAG = 76;
/** Room that the word of an edge wants, in pixels; where the film ends sooner it stands on the other side. */
const EDGE = 52;

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 */

/** What stands across the lanes: the playhead with its time, and begin and end of the open moment. */
export class LineEnds {
  /** @param {import("./time-line.js").TimeLine} line */
  constructor(line) {
    this.line = line;
  }

  /** @returns {{edges: HTMLElement[], head: HTMLElement}} */
  build() {
    this.edges = { begin: this.#edge("begin"), end: this.#edge("end") };
    this.flag = node("span", { class: "tl-flag" });
    this.head = node("div", { class: "tl-head", "aria-hidden": "true" }, this.flag);
    return { edges: Object.values(this.edges), head: this.head };
  }

  /**
   * @param {"begin" | "end"} name
   */
  #edge(name) {
    const made = node(
      "button",
      { type: "button", class: "tl-edge", "data-edge": name, hidden: true },
      say(`edge_${name}`),
    );
    made.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!by || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      tell(this.line, "vbg:edge-request", { edge: name, by: event.shiftKey ? by * 10 : by });
    });
    return made;
  }

  placeHead() {
    if (!this.head || !this.flag) return;
    const x = toX(this.line.view, this.line.nowMs);
    this.head.hidden = x < 0 || x > this.line.view.width + 1;
    this.head.style.transform = `translateX(${x}px)`;
    this.flag.textContent = stamp(this.line.nowMs);
    this.flag.classList.toggle("is-first", x < FLAG / 2);
  }

  placeEdges() {
    const moment = this.open;
    for (const [name, button] of Object.entries(this.edges ?? {})) {
      const ms = name === "begin" ? moment?.start_ms : moment?.end_ms;
      const x = toX(this.line.view, ms ?? 0);
      button.hidden = ms === undefined || ms === null || x < -2 || x > this.line.view.width + 2;
      if (button.hidden) continue;
      button.style.insetInlineStart = `${x}px`;
      const room = name === "begin" ? x : this.line.view.width - x;
      button.classList.toggle("is-turned", room < EDGE);
      button.setAttribute("aria-label", `${say(`edge_${name}`)} ${stamp(ms ?? 0)}`);
    }
  }

  /** @returns {Moment | undefined} the open one, as it is dragged */
  get open() {
    return this.line.drag.now?.began.id === this.line.selected ? this.line.drag.now?.shown : this.line.shelf.get(this.line.selected);
  }
}
