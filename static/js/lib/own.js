/**
 * A counselor's palette in this browser: changed at once, sent in order, undone step by step.
 * @typedef {import("./palette.js").Palette} Palette
 * @typedef {import("./palette.js").Change} Change
 * @typedef {{ok: boolean, palette?: Palette, said?: string}} Answer
 */
import { changed } from "./palette.js";

export class OwnPalette {
  /**
   * @param {Palette} palette as the server has it
   * @param {{send: (change: Change) => Promise<Answer>, shown: () => void, said: (how: "saved" | "undone" | "waiting", text?: string) => void}} edge
   */
  constructor(palette, edge) {
    this.palette = palette;
    this.edge = edge;
    /** @type {Change[]} */
    this.steps = [];
    /** @type {Promise<void>} */
    this.sending = Promise.resolve();
  }

  /** @returns {boolean} there is something to undo */
  get canUndo() {
    return this.steps.length > 0;
  }

  /**
   * @param {Change} change
   * @returns {Promise<void>} when the server has it, or not
   */
  change(change) {
    const { palette, back } = changed(this.palette, change);
    this.palette = palette;
    this.steps.push(back);
    return this.#send(change, back, "saved");
  }

  /** @returns {Promise<void>} */
  undo() {
    const back = this.steps.pop();
    if (!back) return this.sending;
    const { palette, back: again } = changed(this.palette, back);
    this.palette = palette;
    return this.#send(back, again, "undone");
  }

  /**
   * @param {Change} change
   * @param {Change} back what puts it back when the server does not take it
   * @param {"saved" | "undone"} how
   */
  #send(change, back, how) {
    this.edge.shown();
    this.sending = this.sending.then(async () => {
      const answer = await this.edge.send(change).catch(() => ({ ok: false, said: "" }));
      if (answer.ok) {
        this.edge.said(how);
        return;
      }
      this.palette = changed(this.palette, back).palette;
      this.steps = this.steps.filter((step) => step !== back);
      if (how === "undone") this.steps.push(change);
      this.edge.shown();
      this.edge.said("waiting", answer.said);
    });
    return this.sending;
  }
}
