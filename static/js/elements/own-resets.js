import { BLANK, bare, MOVABLE } from "../lib/palette.js";

/**
 * @typedef {import("../lib/palette.js").Own} Own
 */

/** Back to how the set has it: one label, or all. */
export class OwnResets {
  /** @param {import("./own-labels.js").OwnLabels} list */
  constructor(list) {
    this.list = list;
  }

  changed() {
    return Object.entries(this.list.own?.palette.labels ?? {})
      .filter(([, own]) => isChanged(own))
      .map(([label]) => label);
  }

  all() {
    this.reset(this.changed());
  }

  /**
   * A key that another has by now comes back with a swap: that one goes back too.
   * @param {string[]} labels
   */
  reset(labels) {
    const wanted = labels.map(bare);
    const all = new Set(wanted);
    for (const label of all) {
      const given = this.list.keys.given(label);
      for (const [other, place] of this.list.keys.places())
        if (place && place === given && bare(other) !== label) all.add(bare(other));
    }
    const { position, ...rest } = BLANK;
    const whole = labels.length > 1 ? { ...rest, position } : rest;
    const change = Object.fromEntries(
      [...all].map((label) => [
        label,
        wanted.includes(label) && !(label in MOVABLE) ? { ...whole } : { key_code: null },
      ]),
    );
    void this.list.own?.change({ labels: change });
  }
}

/**
 * @param {Own} own
 */
export function isChanged(own) {
  return Object.entries(own).some(([name, value]) => value !== BLANK[/** @type {keyof Own} */ (name)]);
}
