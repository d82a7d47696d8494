import { ask, node, say } from "../dom.js";
import { Habit } from "../lib/habit.js";

/**
 * @typedef {import("../lib/habit.js").Shift} Shift
 * @typedef {import("./tag-palette.js").TagPalette} TagPalette
 */

/**
 * <habit-asks>: when she keeps moving the begin or end of a label the same way, asks once whether it may be so from now
 * on. Hears `vbg:pressed` {span, tag} and `vbg:left` {span} of the workspace around it.
 */
export class HabitAsks extends HTMLElement {
  connectedCallback() {
    if (this.space) return;
    this.space = /** @type {HTMLElement | null} */ (this.closest("work-space"));
    this.palette = /** @type {TagPalette | null} */ (this.space?.querySelector("tag-palette") ?? null);
    this.habit = new Habit();
    this.space?.addEventListener("vbg:pressed", (event) => {
      const { span, tag } = /** @type {CustomEvent} */ (event).detail;
      this.habit?.press(span, tag);
    });
    this.space?.addEventListener("vbg:left", (event) => {
      void this.#left(/** @type {CustomEvent} */ (event).detail.span);
    });
  }

  /**
   * @param {import("../lib/habit.js").Span} span
   */
  async #left(span) {
    const tags = new Map(this.palette?.tags.map((tag) => [tag.tag, tag]));
    const duration = Number(this.space?.dataset.durationMs) || 0;
    for (const shift of this.habit?.left(span, (tag) => tags.get(tag), duration) ?? []) {
      const { label, edge, by_ms, time_ms } = shift;
      const body = { moment: span.id, label, edge, by_ms, time_ms };
      const answer = await ask("/api/v1/palette/shifts", { method: "PUT", body }).catch(() => null);
      const told = answer?.ok ? await answer.json() : null;
      if (told && told.wanted_ms !== null) this.#ask(shift, told.wanted_ms);
    }
  }

  /**
   * @param {Shift} shift
   * @param {number} wantedMs
   */
  #ask(shift, wantedMs) {
    const label = this.palette?.tags.find((tag) => tag.tag === shift.label)?.label ?? "";
    const [field, asked] = shift.edge === "begin" ? ["lead_ms", "asked_lead"] : ["lag_ms", "asked_lag"];
    const longer = wantedMs > shift.time_ms;
    const way = shift.edge === "begin" ? (longer ? "earlier" : "later") : longer ? "later" : "earlier";
    const seconds = Math.abs(wantedMs - shift.time_ms) / 1000;
    const n = seconds.toLocaleString(document.documentElement.lang);
    const text = say(`habit_${shift.edge}_${way}${seconds === 1 ? "_one" : ""}`, { label, n });
    const answers = [
      this.#answer("habit_yes", { labels: { [shift.label]: { [field]: wantedMs, [asked]: true } } }),
      this.#answer("habit_no", { labels: { [shift.label]: { [asked]: true } } }),
      this.#answer("habit_never", { asks: false }),
    ];
    this.replaceChildren(node("p", {}, text), node("p", { class: "row" }, ...answers));
  }

  /**
   * @param {string} word
   * @param {import("../lib/palette.js").Change} change
   */
  #answer(word, change) {
    const button = node("button", { type: "button", class: "btn s" }, say(word));
    button.addEventListener("click", () => {
      void this.palette?.own?.change(change);
      this.#thanks();
    });
    return button;
  }

  /** What was chosen can be taken back, here for a while and with her own labels for ever. */
  #thanks() {
    const undo = node("button", { type: "button", class: "btn s" }, say("habit_undo"));
    const more = node("button", { type: "button", class: "btn s", "data-wish": "own" }, say("own_labels"));
    undo.addEventListener("click", () => {
      void this.palette?.own?.undo();
      this.replaceChildren();
    });
    this.replaceChildren(node("p", {}, say("habit_kept")), node("p", { class: "row" }, undo, more));
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.replaceChildren(), 12_000);
  }
}

customElements.define("habit-asks", HabitAsks);
