import { icon, json, node, say, tell } from "../dom.js";

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
 * @typedef {import("../lib/chain.js").Tag & {key_code: string, key: string, qwerty_key: string, icon: string, label: string, sentence: string, three?: string | null, look?: string}} Label
 * @typedef {{join_ms: number, max_ms: number, tags: Label[], unfolded?: string[], groups?: Group[], former?: Label[]}} TagSet
 * @typedef {{key: string, name: string, set: string}} Group a group of another set than the basisset
 */

/** <tag-palette situation="meal">: one button per label; a click is a press (`vbg:press-request` {tag}). */
export class TagPalette extends HTMLElement {
  connectedCallback() {
    if (this.childElementCount) return;
    /** @type {TagSet} */
    this.set = json("tagset") ?? { join_ms: 5000, max_ms: 20_000, tags: [] };
    dress(this.set);
    const own = this.set.groups?.map((group) => group.key) ?? [];
    for (const group of [...ORDER, ...own]) this.#group(group);
    this.addEventListener("mousedown", (event) => event.preventDefault());
    this.addEventListener("click", (event) => this.#press(event));
  }

  /**
   * Shows for a blink that a label was pressed.
   * @param {string} tag
   */
  flash(tag) {
    const button = /** @type {HTMLElement | null} */ (this.querySelector(`[data-tag="${CSS.escape(tag)}"]`));
    button?.classList.add("is-pressed");
    setTimeout(() => button?.classList.remove("is-pressed"), 260);
  }

  /**
   * @param {string} group
   */
  #group(group) {
    const tags = this.set?.tags.filter((tag) => tag.group === group) ?? [];
    if (!tags.length) return;
    const grid = node("div", { class: "tag-grid" }, ...tags.map((tag) => this.#button(tag)));
    if (group === "moment") {
      this.append(node("div", { class: "tag-group tag-group-moment" }, grid));
      return;
    }
    const look = LOOK[/** @type {keyof typeof LOOK} */ (group)];
    const title = node(
      "summary",
      { class: `tag-title ${look}` },
      node("span", { class: `mark s ${look}` }),
      this.#title(group),
    );
    const box = node(
      "details",
      { class: `tag-group tag-group-${group}`, open: this.#isOpen(group) },
      title,
      grid,
    );
    this.append(box);
  }

  /**
   * @param {string} group
   * @returns {string} its name, after that of its set unless the set is of the house's first
   */
  #title(group) {
    const own = this.set?.groups?.find((one) => one.key === group);
    if (!own) return say(`group_${group}`);
    return own.name === own.set ? own.name : `${own.set}: ${own.name}`;
  }

  /**
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
    if (button instanceof HTMLElement) tell(this, "vbg:press-request", { tag: button.dataset.tag });
  }
}

/**
 * Gives the groups of other sets the looks that their colours have, for all who draw labels.
 * @param {TagSet} set
 */
function dress(set) {
  const looks = /** @type {Record<string, string>} */ (LOOK);
  for (const tag of [...set.tags, ...(set.former ?? [])]) if (tag.look) looks[tag.group] = tag.look;
}

/**
 * @param {Label} tag
 * @returns {(string | Node)[]} what the key reads, on either keyboard
 */
function keyNames(tag) {
  if (tag.key === tag.qwerty_key) return [tag.key];
  return [node("span", { class: "a" }, tag.key), node("span", { class: "q" }, tag.qwerty_key)];
}

customElements.define("tag-palette", TagPalette);
