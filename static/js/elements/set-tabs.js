import { node, say, tell } from "../dom.js";

/** @typedef {{key: string, home: string, name: string}} OfSet `home` is what its labels begin with: own.2 */

/**
 * The tabs of <tag-palette> when a family uses more than one set: one set's labels are shown, and its keys go first.
 * Which one is told as `vbg:set-shown` {set}, and kept for this film.
 */
export class SetTabs {
  /**
   * @param {HTMLElement} palette
   * @param {OfSet[]} sets
   * @param {string} kept the set that was shown last in this film
   * @param {() => void} changed
   */
  constructor(palette, sets, kept, changed) {
    this.palette = palette;
    this.sets = sets;
    this.changed = changed;
    this.shown = (sets.find((one) => one.key === kept) ?? sets[0])?.key ?? "";
  }

  /**
   * @param {string} tag such as own.2/looks
   * @returns {boolean} of the set that is shown, or there is but one
   */
  shows(tag) {
    if (this.sets.length < 2) return true;
    return tag.startsWith(`${this.sets.find((one) => one.key === this.shown)?.home}/`);
  }

  /**
   * @param {HTMLElement[]} groups of the set that is shown
   * @returns {HTMLElement[]} the tabs, and their panel with these groups in it
   */
  around(groups) {
    const tabs = this.sets.map((one) =>
      node(
        "button",
        {
          type: "button",
          role: "tab",
          id: `set-${one.key}`,
          "data-set": one.key,
          "aria-controls": "set-labels",
          "aria-selected": String(one.key === this.shown),
          tabindex: one.key === this.shown ? "0" : "-1",
        },
        node("bdi", {}, one.name),
      ),
    );
    const list = node("div", { class: "set-tabs", role: "tablist", "aria-label": say("sets") }, ...tabs);
    list.addEventListener("click", (event) => {
      const tab = event.target instanceof Element ? event.target.closest("[data-set]") : null;
      if (tab instanceof HTMLElement) this.#show(tab.dataset.set ?? "");
    });
    list.addEventListener("keydown", (event) => this.#key(event, list));
    const panel = { class: "set-panel", role: "tabpanel", id: "set-labels", "aria-labelledby": `set-${this.shown}` };
    return [list, node("div", panel, ...groups)];
  }

  /**
   * Arrows go to the next tab and show it; the film keeps still.
   * @param {KeyboardEvent} event
   * @param {HTMLElement} list
   */
  #key(event, list) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = this.sets.findIndex((one) => one.key === this.shown);
    const on = getComputedStyle(list).direction === "rtl" ? -1 : 1;
    const last = this.sets.length - 1;
    const to = { ArrowRight: at + on, ArrowLeft: at - on, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#show(this.sets[(to + last + 1) % (last + 1)]?.key ?? "");
  }

  /** @param {string} key */
  #show(key) {
    if (key === this.shown) return;
    const held = document.activeElement?.getAttribute("role") === "tab";
    this.shown = key;
    this.changed();
    if (held) /** @type {HTMLElement | null} */ (this.palette.querySelector('[aria-selected="true"]'))?.focus();
    tell(this.palette, "vbg:set-shown", { set: key });
  }
}
