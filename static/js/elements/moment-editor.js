import { ask, icon, isTyping, node, part, say, tell } from "../dom.js";
import { whoBegan } from "../lib/chain.js";
import { headingOf } from "../lib/shelf.js";
import { clock, stamp } from "../lib/timecode.js";
import { EditorTexts } from "./editor-texts.js";
import { showThrees } from "./key-sheet.js";
import { LOOK } from "./tag-palette.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {import("./tag-palette.js").Label} Label
 */

/**
 * <moment-editor>: star, words for the parents, labels, goals, who began and more, the private note. Its parts stand
 * in the page. Wishes: `vbg:change-request` {id, fields}, `vbg:note-request` {id, text, was}, `vbg:remove-request` {id},
 * `vbg:close-request`, `vbg:photo-request`.
 */
export class MomentEditor extends HTMLElement {
  constructor() {
    super();
    /** @type {Moment | null} */
    this.moment = null;
    /** @type {Map<string, Label>} */
    this.tags = new Map();
    /** @type {{id: string, text: string}[]} */
    this.goals = [];
    this.noteOf = "";
    this.texts = new EditorTexts(this);
    /** @type {import("./editor-more.js").EditorMore | undefined} what is folded, once it was unfolded */
    this.more = undefined;
  }

  connectedCallback() {
    if (this.words) return;
    this.words = /** @type {HTMLTextAreaElement | null} */ (part(this, "words"));
    this.fold = /** @type {HTMLDetailsElement | null} */ (part(this, "private"));
    this.texts.begin();
    this.note = this.texts.fields.get("note");
    window.addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    this.fold?.addEventListener("toggle", () => void this.#readNote());
    part(this, "more")?.addEventListener("toggle", () => void this.#unfold().catch(() => {}));
    this.addEventListener("click", (event) => this.#click(event));
  }

  /**
   * @param {Moment | null} moment
   */
  show(moment) {
    const other = moment?.id !== this.moment?.id;
    if (other) this.#leave();
    this.moment = moment;
    if (!moment) return;
    this.texts.show(moment);
    this.more?.show(moment);
    this.#head(moment);
    this.#star(moment);
    this.#marks(moment);
    this.#who(moment);
    this.#goalChips(moment);
    const share = /** @type {HTMLAnchorElement | null} */ (part(this, "share"));
    if (share) share.href = `/moments/${moment.id}/shares/new`;
    const card = /** @type {HTMLAnchorElement | null} */ (part(this, "card"));
    if (card) card.href = `/moments/${moment.id}/card`;
    this.querySelector("moment-hypotheses")?.setAttribute("moment", moment.id);
    for (const who of this.querySelectorAll("who-sees"))
      who.setAttribute("src", `/api/v1/readers/${who.getAttribute("data-noun")}/${moment.id}`);
  }

  /** Put the cursor in the words. */
  write() {
    this.words?.focus();
    this.words?.setSelectionRange(this.words.value.length, this.words.value.length);
  }

  /** Hand over what was typed but not yet handed over; the moment stays open. */
  flush() {
    this.texts.flush();
  }

  /** @returns {boolean} she is writing in one of the boxes */
  get typing() {
    return this.contains(document.activeElement) && isTyping(document.activeElement);
  }

  #leave() {
    this.flush();
    this.noteOf = "";
    if (this.fold) this.fold.open = false;
    this.note?.show("", undefined);
  }

  /**
   * @param {Moment} moment
   */
  #head(moment) {
    const heading = part(this, "heading");
    const span = part(this, "span");
    const plain = say("moment_at", { time: clock(moment.start_ms) });
    if (heading) heading.textContent = headingOf(moment, (tag) => this.tags.get(tag), plain);
    if (!span) return;
    const end = moment.end_ms;
    const seconds =
      end === null
        ? ""
        : ((end - moment.start_ms) / 1000).toLocaleString(document.documentElement.lang, {
            maximumFractionDigits: 1,
          });
    span.textContent = end === null ? stamp(moment.start_ms) : `${stamp(moment.start_ms)} – ${stamp(end)}`;
    const length = part(this, "length");
    if (length) length.textContent = seconds ? say("seconds", { n: seconds }) : "";
  }

  /**
   * @param {Moment} moment
   */
  #star(moment) {
    const star = part(this, "star");
    star?.setAttribute("aria-pressed", String(moment.chosen));
    const word = star && part(star, "star-word");
    if (word) word.textContent = say(moment.chosen ? "is_chosen" : "choose");
    const drawing = star?.querySelector("use");
    const address = drawing?.getAttribute("href")?.replace(/#.*/, moment.chosen ? "#i-ster-vol" : "#i-ster");
    if (address) drawing?.setAttribute("href", address);
  }

  /**
   * @param {Moment} moment
   */
  #marks(moment) {
    const list = part(this, "marks");
    const made = moment.marks.map((mark, i) => {
      const tag = this.tags.get(mark.tag);
      const look = LOOK[/** @type {keyof typeof LOOK} */ (tag?.group ?? "moment")];
      const label = tag?.label ?? mark.tag;
      return node(
        "li",
        {},
        node(
          "button",
          {
            type: "button",
            class: `markchip ${look}`,
            "data-mark": String(i),
            "aria-label": say("remove_label", { label, time: clock(mark.at_ms) }),
            title: say("remove_label", { label, time: clock(mark.at_ms) }),
          },
          node("span", { class: `mark s ${look}` }, icon(tag?.icon ?? "ster", 13)),
          node("span", { class: "ell" }, label),
          icon("sluit", 12),
        ),
      );
    });
    redraw(list, made);
    showThrees(part(this, "threes"), moment.marks, this.tags);
    const none = part(this, "no-marks");
    if (none) none.hidden = made.length > 0;
  }

  /**
   * @param {Moment} moment
   */
  #who(moment) {
    const derived = whoBegan(moment.marks, (tag) => this.tags.get(tag)?.who ?? null);
    const who = moment.who_began_set ? moment.who_began : derived;
    for (const button of this.querySelectorAll("[data-who]")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-who") === who));
    }
  }

  /**
   * @param {Moment} moment
   */
  #goalChips(moment) {
    const box = part(this, "goals");
    const none = part(this, "no-goals");
    if (none) none.hidden = this.goals.length > 0;
    redraw(
      box,
      this.goals.map((goal) => {
        const on = moment.goals.includes(goal.id);
        const drawing = icon(on ? "vink" : "plus", 14);
        const name = {
          type: "button",
          class: on ? "chip on" : "chip",
          "data-goal": goal.id,
          "aria-pressed": String(on),
          title: goal.text,
        };
        return node("button", name, drawing, node("span", { class: "ell" }, goal.text));
      }),
    );
  }

  /**
   * @param {Record<string, unknown>} fields of the open moment, as she wants them
   */
  change(fields) {
    if (this.moment) tell(this, "vbg:change-request", { id: this.moment.id, fields });
  }

  async #unfold() {
    const { EditorMore } = await import("./editor-more.js");
    this.more ??= new EditorMore(this);
    if (this.moment) this.more.show(this.moment);
  }

  /** The note is fetched when it is unfolded, not before; until it is there nobody can write over it. */
  async #readNote() {
    const id = this.moment?.id;
    if (!this.fold?.open || !this.note || !id || this.noteOf === id) return;
    const answer = await ask(`/api/v1/moments/${id}/note`).catch(() => null);
    if (this.moment?.id !== id) return;
    if (answer?.ok || answer?.status === 404) {
      const text = answer.ok ? ((await answer.json()).text ?? "") : "";
      if (this.moment?.id !== id) return;
      this.noteOf = id;
      this.note.show(id, text);
    } else this.fold.open = false;
  }

  /**
   * Another wrote this note too: both texts stand there.
   * @param {string} id
   * @param {string} mine as it was sent
   * @param {string} text
   */
  noteBecame(id, mine, text) {
    this.note?.became(id, mine, text);
  }

  /**
   * Somebody wrote at this moment: its note is read anew, unless she is writing there herself.
   * @param {{moment: string}[]} acts
   */
  heard(acts) {
    if (!this.note || this.note.dirty || document.activeElement === this.note.box) return;
    if (!this.noteOf || !acts.some((one) => one.moment === this.noteOf)) return;
    this.noteOf = "";
    void this.#readNote();
  }

  /**
   * @param {Event} event
   */
  #click(event) {
    const target = event.target instanceof Element ? event.target.closest("button") : null;
    const moment = this.moment;
    if (!target || !moment) return;
    const { mark, who, goal, part: name } = target.dataset;
    if (mark !== undefined) this.change({ marks: moment.marks.filter((_, i) => i !== Number(mark)) });
    else if (who) this.change({ who_began: moment.who_began_set && moment.who_began === who ? null : who });
    else if (goal) this.change({ goals: toggled(moment.goals, goal) });
    else if (name === "star") this.change({ chosen: !moment.chosen });
    else if (name === "remove") tell(this, "vbg:remove-request", { id: moment.id });
    else if (name === "close") tell(this, "vbg:close-request");
    else this.more?.pressed(target);
  }
}

/**
 * Who stands on one of the buttons stays in that place, also when the button itself is another or gone.
 * @param {HTMLElement | null} box
 * @param {Node[]} made
 */
function redraw(box, made) {
  if (!box) return;
  const held = /** @type {HTMLButtonElement} */ (document.activeElement);
  const at = [...box.querySelectorAll("button")].indexOf(held);
  box.replaceChildren(...made);
  const buttons = [...box.querySelectorAll("button")];
  if (at >= 0) buttons[Math.min(at, buttons.length - 1)]?.focus();
}

/**
 * @param {string[]} list
 * @param {string} item
 */
function toggled(list, item) {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
}

customElements.define("moment-editor", MomentEditor);
