import { icon, node, say } from "../dom.js";
import { barsOf } from "../lib/chain.js";
import { lanesOf, rowsOf, WAYS } from "../lib/lanes.js";
import { LANE, LANES } from "./line-sizes.js";

/** @type {Record<string, string>} */
const DRAWING = {
  child: "initiatief-kind",
  parent: "ontvangst",
  together: "steunen",
  follows: "ontvangst",
  leads: "sturen",
  threes: "steunen",
  fun: "plezier",
  moment: "ster",
};

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {ReturnType<typeof barsOf>[number] & {moment: Moment, row: number, nth: number}} Bar
 */

/** The lanes as they are laid, their names beside them, and the bars of each moment on them. */
export class LineRows {
  /** @param {import("./time-line.js").TimeLine} line */
  constructor(line) {
    this.line = line;
    this.top = 0;
    /** @type {import("../lib/lanes.js").By} */
    this.by = "who";
    this.lanes = lanesOf("who", []);
    /** @type {WeakMap<Moment, Bar[]>} */
    this.known = new WeakMap();
  }

  gutter() {
    this.box = node("div", { class: "tl-rows", tabindex: "-1" });
    this.choice = node(
      "select",
      { class: "tl-by", "aria-label": say("lanes_by") },
      ...WAYS.map((by) => node("option", { value: by }, say(`lanes_${by}`))),
    );
    const named = (/** @type {string} */ key) => node("span", { class: key }, say(key));
    return node(
      "div",
      { class: "tl-gutter" },
      this.choice,
      named("lane_picture"),
      named("lane_sound"),
      this.box,
    );
  }

  /**
   * @param {import("../lib/lanes.js").By} by
   */
  lay(by) {
    this.by = by;
    this.lanes = lanesOf(by, this.line.goals);
    this.known = new WeakMap();
    if (this.choice) this.choice.value = by;
    this.box?.replaceChildren(...this.lanes.map((lane) => this.#name(lane)));
    if (this.box) this.box.scrollTop = 0;
    this.top = 0;
    this.line.recount();
  }

  /**
   * @param {import("../lib/lanes.js").Lane} lane
   */
  #name({ key, text }) {
    const drawing = this.by === "goal" ? (key ? "doel" : null) : DRAWING[key];
    const words =
      text ?? say(this.by === "goal" ? "lane_no_goal" : this.by === "group" ? `group_${key}` : `lane_${key}`);
    const label = words || say("moment");
    return node(
      "span",
      { title: label },
      drawing ? icon(drawing, 15) : null,
      node("span", { class: "ell" }, label),
    );
  }

  /**
   * @param {Moment} moment
   * @returns {Bar[]} on every lane it belongs to
   */
  barsOf(moment) {
    const known = this.known.get(moment);
    if (known) return known;
    const bars = barsOf(moment, (tag) => this.line.tags.get(tag)).flatMap((bar, nth) => {
      const group = bar.tag ? (this.line.tags.get(bar.tag)?.group ?? null) : null;
      const rows = rowsOf(this.by, this.lanes, { lane: bar.lane, group, goals: moment.goals });
      return rows.map((row) => ({ ...bar, moment, row, nth }));
    });
    this.known.set(moment, bars);
    return bars;
  }

  /**
   * @param {Bar} bar
   */
  isSeen(bar) {
    const y = bar.row * LANE - this.top;
    return y > -LANE && y < (LANES - (this.line.dataset.hints ? 1 : 0)) * LANE;
  }

  /**
   * @param {number} row
   */
  y(row) {
    return this.line.lanesTop + row * LANE - this.top;
  }
}
