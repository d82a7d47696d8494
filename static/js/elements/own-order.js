import { say } from "../dom.js";
import { moved } from "../lib/palette.js";

/**
 * @typedef {import("./tag-palette.js").Label} Label
 */

/** The place of a label in its group: by arrow keys, mouse, pen or finger. */
export class OwnOrder {
  /** @param {import("./own-labels.js").OwnLabels} list */
  constructor(list) {
    this.list = list;
    /** What there is to say of the last move. */
    this.place = "";
  }

  /**
   * @param {string} label
   * @param {number} by
   */
  moveBy(label, by) {
    const group = this.#groupOf(label);
    const at = group.findIndex((tag) => tag.tag === label);
    this.#moveTo(label, at + by);
  }

  /**
   * @param {string} label
   * @param {number} to
   */
  #moveTo(label, to) {
    const group = this.#groupOf(label);
    const change = moved(group, label, to);
    if (!change) return;
    const name = group.find((tag) => tag.tag === label)?.label ?? "";
    this.place = say("own_place", {
      label: name,
      n: Math.max(0, Math.min(group.length - 1, to)) + 1,
      all: group.length,
    });
    void this.list.own?.change(change);
  }

  /**
   * @param {string} label
   * @returns {Label[]}
   */
  #groupOf(label) {
    const tags = this.list.palette?.tags ?? [];
    const group = tags.find((tag) => tag.tag === label)?.group;
    return tags.filter((tag) => tag.group === group);
  }

  /**
   * Mouse, pen or finger: the row follows, and is let go between two others.
   * @param {PointerEvent} event
   */
  grab(event) {
    const handle = event.target instanceof Element ? event.target.closest('[data-does="move"]') : null;
    const row = handle?.closest("li");
    if (!(handle instanceof HTMLButtonElement) || handle.disabled || !row || event.button > 0) return;
    const label = row.getAttribute("data-label") ?? "";
    handle.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    const move = (/** @type {PointerEvent} */ at) => follow(row, at.clientY);
    const drop = (/** @type {Event} */ end) => {
      handle.removeEventListener("pointermove", move);
      row.classList.remove("is-dragged");
      const to = [...(row.parentElement?.children ?? [])].indexOf(row);
      // once the touch is over: its target must not go before it
      setTimeout(() => (end.type === "pointerup" ? this.#moveTo(label, to) : this.list.draw()));
    };
    handle.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, drop, { once: true });
  }
}

/**
 * The others step aside: a row that is itself taken out and put back would let go of the pointer.
 * @param {Element} row
 * @param {number} y where the pointer is
 */
function follow(row, y) {
  const before = row.previousElementSibling;
  const after = row.nextElementSibling;
  if (before && y < middle(before)) row.after(before);
  else if (after && y > middle(after)) row.before(after);
  else return;
  follow(row, y);
}

/**
 * @param {Element} row
 */
function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}
