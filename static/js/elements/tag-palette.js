import { ask, icon, json, node, say, tell } from "../dom.js";
import { OwnPalette } from "../lib/own.js";
import { arranged, bare, commandsOf, placesOf } from "../lib/palette.js";
import { SetTabs } from "./set-tabs.js";

/** Order on screen, as the craft sets it. */
const ORDER = ["moment", "child", "follows", "leads", "fun", "threes"];
/** Colour and shape of a group; `leads` shares the parent's. */
export const LOOK = {
  child: "g-kind",
  follows: "g-ouder",
  leads: "g-ouder",
  fun: "g-plezier",
  threes: "g-samen",
  moment: "g-star",
};
const PLAY = new Set(["", "free_play", "free-play", "play"]);

/**
 * @typedef {import("../lib/chain.js").Tag & {key_code: string, key: string, qwerty_key: string, icon: string, label: string, sentence: string, three?: string | null, look?: string}} Given
 * @typedef {Given & {given?: Given, pinned?: boolean, hidden?: boolean}} Label
 * @typedef {{join_ms: number, max_ms: number, tags: Given[], unfolded?: string[], groups?: Group[], former?: Given[],
 *   sets?: import("./set-tabs.js").OfSet[]}} TagSet
 * @typedef {{key: string, name: string, set: string}} Group a group of another set than the basisset
 */

/**
 * <tag-palette situation="meal" set="house">: one button per label, as she has arranged them; a click is a press
 * (`vbg:press-request` {tag}), taken back by `vbg:unpress-request`. A double-click on the word of a label, while the film stands still, gives it her own.
 * Whoever changes the arrangement does so by `own`; then `vbg:palette` is told.
 */
export class TagPalette extends HTMLElement {
  static observedAttributes = ["situation"];
  /** @type {Map<string, boolean>} group -> stands open, as she left it */
  #open = new Map();

  /**
   * The film came into another situation: what it unfolds follows, where the two differ in that.
   * @param {string} _name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(_name, before, now) {
    if (!this.own || PLAY.has(before ?? "") === PLAY.has(now ?? "")) return;
    const leads = /** @type {HTMLDetailsElement | null} */ (this.querySelector('details[data-group="leads"]'));
    this.#open.delete("leads");
    if (leads) leads.open = this.#isOpen("leads");
  }

  connectedCallback() {
    if (this.own) return;
    /** @type {TagSet} */
    this.set = json("tagset") ?? { join_ms: 5000, max_ms: 20_000, tags: [] };
    dress(this.set);
    this.tabs = new SetTabs(this, this.set.sets ?? [], this.getAttribute("set") ?? "", () => this.#shown());
    this.own = new OwnPalette(json("palette") ?? { labels: {}, asks: true }, {
      send,
      shown: () => this.#shown(),
      said: (how, text) => tell(this, "vbg:palette-said", { how, text }),
    });
    this.#draw();
    this.addEventListener("mousedown", (event) => {
      if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
    });
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("dblclick", (event) => this.#rename(event));
  }

  /** @returns {Label[]} all labels, hidden ones too, as she has them */
  get tags() {
    return this.own ? arranged(this.set?.tags ?? [], this.own.palette, this.#front) : [];
  }

  /** @returns {string[]} the groups of all sets, in their order */
  get groups() {
    return [...ORDER, ...(this.set?.groups?.map((group) => group.key) ?? [])];
  }

  /** @returns {Map<string, string>} place -> command, of those that can move */
  get commands() {
    return this.own ? commandsOf(this.set?.tags ?? [], this.own.palette, this.#front) : new Map();
  }

  /** @returns {Map<string, string>} label or movable command -> place of its key, now */
  get places() {
    return this.own ? placesOf(this.set?.tags ?? [], this.own.palette, this.#front) : new Map();
  }

  /**
   * What is on the screen, whose keys go first when two sets want the same one.
   * @param {{tag: string, group: string}} tag
   */
  #front = (tag) =>
    tag.group === "moment" || !this.tabs || this.tabs.shows(tag.tag) ||
    Boolean(this.own?.palette.labels[bare(tag.tag)]?.pinned);

  /**
   * Shows for a blink that a label was pressed.
   * @param {string} tag
   */
  flash(tag) {
    const button = /** @type {HTMLElement | null} */ (this.querySelector(`[data-tag="${CSS.escape(tag)}"]`));
    button?.classList.add("is-pressed");
    setTimeout(() => button?.classList.remove("is-pressed"), 260);
  }

  #shown() {
    this.#draw();
    tell(this, "vbg:palette");
  }

  #draw() {
    for (const box of this.querySelectorAll("details")) this.#open.set(box.dataset.group ?? "", box.open);
    const shown = this.tags.filter((tag) => (!tag.hidden && this.#front(tag)) || tag.pinned);
    const [first, ...groups] = this.groups
      .map((group) => this.#group(group, shown, this.#open.get(group)))
      .filter((one) => one !== null);
    const tabbed = this.tabs && this.tabs.sets.length > 1 ? this.tabs.around(groups) : groups;
    this.replaceChildren(...(first ? [first] : []), ...tabbed);
  }

  /**
   * @param {string} group
   * @param {Label[]} shown
   * @param {boolean | undefined} open as it stands on the screen
   */
  #group(group, shown, open) {
    if (group === "moment") return this.#first(shown);
    const tags = shown.filter((tag) => tag.group === group && !tag.pinned);
    if (!tags.length) return null;
    const look = LOOK[/** @type {keyof typeof LOOK} */ (group)];
    const title = node(
      "summary",
      { class: `tag-title ${look}` },
      node("span", { class: `mark s ${look}` }),
      this.nameOf(group, Boolean(this.tabs && this.tabs.sets.length > 1)),
    );
    return node(
      "details",
      { class: `tag-group tag-group-${group}`, "data-group": group, open: open ?? this.#isOpen(group) },
      title,
      node("div", { class: "tag-grid" }, ...tags.map((tag) => this.#button(tag))),
    );
  }

  /**
   * "Mooi moment", then what she pinned, and the way to arrange.
   * @param {Label[]} shown
   */
  #first(shown) {
    const first = shown.filter((tag) => tag.group === "moment" || tag.pinned);
    first.sort((a, b) => Number(b.group === "moment") - Number(a.group === "moment"));
    const more = node(
      "button",
      {
        type: "button",
        class: "tool",
        "data-wish": "own",
        "aria-label": say("own_labels"),
        title: say("own_labels"),
      },
      icon("potlood", 17),
    );
    const pins = first.length > 1 ? " has-pins" : "";
    return node(
      "div",
      { class: `tag-group tag-group-moment${pins}` },
      node("div", { class: "tag-grid" }, ...first.map((tag) => this.#button(tag))),
      more,
    );
  }

  /**
   * @param {string} group
   * @param {boolean} [alone] its set is named beside it already
   * @returns {string} its name, after that of its set unless the set is of the house's first
   */
  nameOf(group, alone = false) {
    if (group === "moment") return say("moment");
    const own = this.set?.groups?.find((one) => one.key === group);
    if (!own) return say(`group_${group}`);
    return alone || own.name === own.set ? own.name : `${own.set}: ${own.name}`;
  }

  /**
   * Free play shows child and parent follows; any other situation parent leads as well (craft 2).
   * @param {string} group
   */
  #isOpen(group) {
    if (group !== "leads") return true;
    const given = this.set?.unfolded;
    return given ? given.includes("leads") : !PLAY.has(this.getAttribute("situation") ?? "");
  }

  /**
   * @param {Label} tag
   */
  #button(tag) {
    const look = LOOK[/** @type {keyof typeof LOOK} */ (tag.group)] ?? "";
    return node(
      "button",
      { type: "button", class: `tag ${look}`, "data-tag": tag.tag, title: tag.sentence || null },
      node("span", { class: `mark ${look}` }, icon(tag.icon, 14)),
      node("span", { class: "tag-word" }, tag.label),
      tag.key ? node("kbd", {}, ...keyNames(tag)) : null,
    );
  }

  /**
   * @param {Event} event
   */
  #press(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-tag]") : null;
    if (!(button instanceof HTMLElement)) return;
    const again = event instanceof MouseEvent && event.detail > 1 && this.#wantsWords(event);
    if (!again) tell(this, "vbg:press-request", { tag: button.dataset.tag });
  }

  /**
   * @param {MouseEvent} event
   * @returns {boolean} on the word of a label, while the film stands still
   */
  #wantsWords(event) {
    const playing =
      /** @type {HTMLElement | null} */ (this.closest("work-space"))?.dataset.playing === "true";
    return !playing && event.target instanceof Element && Boolean(event.target.closest(".tag-word"));
  }

  /**
   * The first click of the two was a press: it is taken back.
   * @param {MouseEvent} event
   */
  #rename(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-tag]") : null;
    if (!(button instanceof HTMLElement) || !this.#wantsWords(event)) return;
    tell(this, "vbg:unpress-request");
    const tag = this.tags.find((one) => one.tag === button.dataset.tag);
    if (tag) button.replaceWith(this.#field(tag));
    this.querySelector("input")?.select();
  }

  /**
   * @param {Label} tag
   */
  #field(tag) {
    const name = say("own_word", { label: tag.given?.label ?? tag.label });
    const field = node("input", { class: "field", value: tag.label, maxlength: "40", "aria-label": name });
    let left = false;
    const leave = (/** @type {boolean} */ keep) => {
      if (left) return;
      left = true;
      const words = field.value.trim();
      const same = words === tag.label;
      if (keep && !same) void this.own?.change({ labels: { [tag.tag]: { words: ownWords(words, tag) } } });
      else this.#draw();
    };
    field.addEventListener("keydown", (event) => {
      if (event.code !== "Enter" && event.code !== "NumpadEnter" && event.code !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      leave(event.code !== "Escape");
    });
    field.addEventListener("blur", () => leave(true));
    return node("span", { class: "tag is-named" }, field);
  }
}

/**
 * @param {string} words as typed
 * @param {Label} tag
 * @returns {string} "" when they are the set's own
 */
export function ownWords(words, tag) {
  return words === (tag.given?.label ?? tag.label) ? "" : words;
}

/**
 * @param {import("../lib/palette.js").Change} change
 * @returns {Promise<import("../lib/own.js").Answer>}
 */
async function send(change) {
  const answer = await ask("/api/v1/palette", { method: "PATCH", body: change, keepalive: true });
  const body = await answer.json().catch(() => null);
  return { ok: answer.ok, palette: body, said: Object.values(body?.errors ?? {})[0] ?? body?.title };
}

/**
 * Gives the groups of other sets the looks that their colours have, for all who draw labels.
 * @param {TagSet} set
 */
export function dress(set) {
  const looks = /** @type {Record<string, string>} */ (LOOK);
  for (const tag of [...set.tags, ...(set.former ?? [])]) if (tag.look) looks[tag.group] = tag.look;
}

/**
 * @param {Label} tag
 * @returns {(string | Node)[]} what the key reads, on either keyboard
 */
export function keyNames(tag) {
  if (tag.key === tag.qwerty_key) return [tag.key];
  return [node("span", { class: "a" }, tag.key), node("span", { class: "q" }, tag.qwerty_key)];
}

customElements.define("tag-palette", TagPalette);
