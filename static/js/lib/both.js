import { part } from "../dom.js";
import { isSame } from "./acts.js";
import { LINE_LETTERS, LINES, TEXTS } from "./fields.js";

/**
 * The dialog with two versions of one moment, one question after another.
 * @typedef {import("./shelf.js").Moment} Moment
 * @typedef {{id: string, fields: Partial<Moment>, theirs: Moment}} Conflict
 */
export class Both {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {(moment: Moment) => string} inWords
   * @param {(id: string, fields: Partial<Moment>) => void} change
   */
  constructor(dialog, inWords, change) {
    this.dialog = dialog;
    this.inWords = inWords;
    this.change = change;
    /** @type {Conflict[]} */
    this.asked = [];
    dialog.addEventListener("close", () => this.#decided());
  }

  /**
   * @param {Conflict} conflict nothing is asked where both want the same
   */
  ask(conflict) {
    if (isSame({ ...conflict.fields }, { ...conflict.theirs })) return;
    this.asked.push(conflict);
    if (!this.dialog.open) this.#show();
  }

  #show() {
    const [next] = this.asked;
    if (!next) return;
    const { fields, theirs } = next;
    for (const [name, one] of /** @type {[string, Partial<Moment>][]} */ ([
      ["mine", fields],
      ["theirs", {}],
    ])) {
      const box = part(this.dialog, name);
      const set = "who_began" in one ? { who_began_set: one.who_began !== null } : {};
      if (box) box.textContent = this.inWords({ ...theirs, ...one, ...set });
    }
    const join = part(this.dialog, "join");
    if (join) join.hidden = joined(next) === null;
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  #decided() {
    const conflict = this.asked.shift();
    const how = this.dialog.returnValue;
    if (conflict && how === "mine") this.change(conflict.id, conflict.fields);
    const texts = conflict && how === "join" ? joined(conflict) : null;
    if (conflict && texts) this.change(conflict.id, { ...conflict.fields, ...texts });
    this.#show();
  }
}

/**
 * @param {{fields: Partial<Moment>, theirs: Partial<Moment>}} conflict
 * @returns {Partial<Moment> | null} of each text both, theirs first; null where nowhere both say something of their own
 */
export function joined({ fields, theirs }) {
  /** @type {Partial<Moment>} */
  const found = {};
  let both = false;
  for (const name of TEXTS) {
    const mine = fields[name];
    const there = theirs[name];
    if (mine === undefined || !there) continue;
    if (there.includes(mine)) found[name] = there;
    else if (!mine.includes(there)) {
      found[name] = `${there}\n${mine}`;
      both = true;
    }
  }
  const fits = LINES.every((name) => (found[name]?.length ?? 0) <= LINE_LETTERS);
  return both && fits ? found : null;
}
