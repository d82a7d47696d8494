import { icon, node, say } from "../dom.js";
import { toX } from "../lib/fit.js";
import { stamp } from "../lib/timecode.js";
import { LANE } from "./line-sizes.js";
import { LOOK } from "./tag-palette.js";

/** Under a finger or a mouse a bar is never narrower, in pixels. */
const NARROWEST = 24;

/**
 * @typedef {import("./line-rows.js").Bar} Bar
 * @typedef {import("./tag-palette.js").Label} Label
 * @typedef {{view: import("../lib/fit.js").View, selected: string | null, top: number}} Look
 */

/** A pool of real buttons over the bars in view. A bar keeps its button while it stays in view. */
export class LineBars {
  /**
   * @param {HTMLElement} layer
   * @param {(tag: string) => Label | undefined} tagOf
   */
  constructor(layer, tagOf) {
    this.layer = layer;
    this.tagOf = tagOf;
    /** @type {Map<string, HTMLButtonElement>} */
    this.worn = new Map();
    /** @type {HTMLButtonElement[]} */
    this.spare = [];
    /** @type {HTMLButtonElement[]} shown, in time order */
    this.inOrder = [];
  }

  /**
   * @param {Bar[]} bars
   * @param {Look} look
   */
  show(bars, look) {
    const ordered = [...bars].sort((a, b) => a.from_ms - b.from_ms || a.row - b.row);
    const keys = ordered.map((bar) => `${bar.moment.id}|${bar.tag}|${bar.nth}|${bar.row}`);
    const wanted = new Set(keys);
    const held = document.activeElement;
    for (const [key, button] of this.worn) if (!wanted.has(key)) this.#undress(key, button);
    // who stood on a bar that left the view goes on from here, and not from the top of the page
    if (held !== document.activeElement || /** @type {HTMLElement | null} */ (held)?.hidden) this.#keep(held);
    this.inOrder = ordered.map((bar, i) => this.#dress(keys[i] ?? "", bar, look));
    this.#rove(look.selected);
  }

  /**
   * @param {Element | null} held
   */
  #keep(held) {
    if (held && this.layer.contains(held)) this.layer.focus({ preventScroll: true });
  }

  /**
   * The bar beside one, by time.
   * @param {EventTarget | null} button
   * @param {number} by
   */
  beside(button, by) {
    return this.inOrder[this.inOrder.indexOf(/** @type {HTMLButtonElement} */ (button)) + by];
  }

  /**
   * One of all bars is reached by Tab: the one in use, else that of the open moment, else the first.
   * @param {string | null} selected
   */
  #rove(selected) {
    const inUse = this.inOrder.find((one) => one === document.activeElement);
    const reached = inUse ?? this.inOrder.find((one) => one.dataset.id === selected) ?? this.inOrder[0];
    for (const button of this.inOrder) {
      const tab = button === reached ? 0 : -1;
      if (button.tabIndex !== tab) button.tabIndex = tab;
    }
  }

  /**
   * @param {string} key
   * @param {HTMLButtonElement} button
   */
  #undress(key, button) {
    this.worn.delete(key);
    button.hidden = true;
    this.spare.push(button);
  }

  /**
   * @param {string} key
   * @param {Bar} bar
   * @param {Look} look
   */
  #dress(key, bar, { view, selected, top }) {
    const button = this.worn.get(key) ?? this.spare.pop() ?? this.#made();
    this.worn.set(key, button);
    if (button.hidden) button.hidden = false;
    const tag = bar.tag ? this.tagOf(bar.tag) : undefined;
    const point = bar.lane === "fun" || bar.moment.end_ms === null;
    const inChain = bar.lane === "child" || bar.lane === "parent";
    const from = toX(view, bar.from_ms) + (inChain && bar.from_ms > bar.moment.start_ms ? 6 : 1);
    const to = toX(view, bar.to_ms) - (inChain && bar.to_ms < (bar.moment.end_ms ?? 0) ? 6 : 1);
    const width = point ? NARROWEST : Math.max(NARROWEST, to - from);
    const name = `bar ${lookOf(tag)}${point ? " is-point" : ""}${bar.moment.id === selected ? " is-selected" : ""}`;
    if (button.className !== name) button.className = name;
    const left = point ? from - NARROWEST / 2 : from;
    button.style.transform = `translate(${left.toFixed(1)}px, ${bar.row * LANE + 2 - top}px)`;
    button.style.inlineSize = `${width.toFixed(1)}px`;
    this.#words(button, bar, tag, width > 52 && bar.lane !== "fun");
    return button;
  }

  #made() {
    const button = node("button", { type: "button" });
    this.layer.append(button);
    return button;
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {Bar} bar
   * @param {Label | undefined} tag
   * @param {boolean} wide room for the word
   */
  #words(button, bar, tag, wide) {
    const { id, start_ms, end_ms, chosen } = bar.moment;
    const label = tag?.label ?? say("moment");
    const key = `${id}|${bar.tag}|${wide}|${chosen}|${start_ms}|${end_ms}`;
    if (button.dataset.key === key) return;
    button.dataset.key = key;
    button.dataset.id = id;
    const name = [label, stamp(start_ms), end_ms === null ? "" : stamp(end_ms), chosen ? say("chosen") : ""];
    button.setAttribute("aria-label", name.filter(Boolean).join(", "));
    button.title = label;
    const mark = node("span", { class: `mark s ${lookOf(tag)}` }, icon(tag?.icon ?? "ster", 13));
    button.replaceChildren(mark, ...(wide ? [node("span", { class: "ell", dir: "auto" }, label)] : []));
    if (chosen && wide && !tag) button.append(icon("ster-vol", 13));
  }
}

/**
 * @param {Label | undefined} tag
 */
function lookOf(tag) {
  return tag ? LOOK[/** @type {keyof typeof LOOK} */ (tag.group)] : "g-star";
}
