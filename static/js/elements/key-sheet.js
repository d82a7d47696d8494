import { icon, json, node, part, remembered } from "../dom.js";
import { readsOf } from "../lib/boards.js";
import { arranged, commandsOf } from "../lib/palette.js";
import { threesOf } from "../lib/threes.js";
import { SetTabs } from "./set-tabs.js";
import { dress } from "./tag-palette.js";

/**
 * @typedef {import("./key-board.js").KeyBoard} KeyBoard
 * @typedef {import("./own-labels.js").OwnLabels} OwnLabels
 * @typedef {import("./tag-palette.js").Label} Label
 */

/**
 * Names the keys as they read on this keyboard: as it was chosen here, else as the browser tells.
 * @param {ParentNode} root
 */
export async function boardChosen(root) {
  const boards = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll("[name=board]")]);
  for (const one of boards) one.addEventListener("change", () => remembered("board", one.value));
  const name = remembered("board") ?? (await boardHere());
  const known = boards.find((one) => one.value === name);
  if (known) known.checked = true;
}

/**
 * @returns {Promise<string | null>} the value of the keyboard that is here; null where the browser does not tell
 */
async function boardHere() {
  const { keyboard } = /** @type {{keyboard?: {getLayoutMap: () => Promise<Map<string, string>>}}} */ (
    navigator
  );
  const reads = await keyboard?.getLayoutMap().catch(() => null);
  if (!reads) return null;
  return reads.get("KeyQ") === "a" ? "azerty" : "qwerty";
}

/**
 * Names her keys wherever they stand.
 * @param {ParentNode} root
 * @param {Label[]} tags
 * @param {Map<string, string> | undefined} commands
 */
export function showKeys(root, tags, commands = new Map()) {
  const places = new Map(tags.map((tag) => [tag.tag, tag.key_code]));
  for (const [code, command] of commands) places.set(`does/${command}`, code);
  for (const key of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-key-of]"))) {
    const code = places.get(key.dataset.keyOf ?? "") ?? "";
    const [azerty, qwerty] = [readsOf(code, "azerty"), readsOf(code, "qwerty")];
    const names = [node("span", { class: "a" }, azerty), node("span", { class: "q" }, qwerty)];
    key.replaceChildren(...(azerty === qwerty ? [azerty] : names));
    key.hidden = !code;
  }
}

/**
 * Draws both keyboards; what draws them comes when it is first asked for.
 * @param {ParentNode} root
 * @param {Label[]} tags
 * @param {Map<string, string> | undefined} commands
 */
async function drawBoards(root, tags, commands = new Map()) {
  await import("./key-board.js");
  for (const board of /** @type {NodeListOf<KeyBoard>} */ (root.querySelectorAll("key-board")))
    board.draw(tags, commands);
}

/**
 * @param {ParentNode} root
 * @param {"keys" | "own"} name
 * @param {Label[]} tags
 * @param {Map<string, string> | undefined} commands
 */
export async function showDialog(root, name, tags, commands) {
  for (const open of /** @type {NodeListOf<HTMLDialogElement>} */ (root.querySelectorAll("dialog[open]")))
    open.close();
  /** @type {HTMLDialogElement | null} */ (part(root, name))?.showModal();
  if (name === "keys") {
    await drawBoards(root, tags, commands);
    return;
  }
  await import("./own-labels.js");
  /** @type {OwnLabels | null} */ (root.querySelector("own-labels"))?.draw();
}

/**
 * Which of the three a moment's labels say, as light hexagons; what was pressed of the three stands among the labels.
 * @param {Element | null} place
 * @param {import("../lib/chain.js").Mark[]} marks
 * @param {Map<string, Label>} tags
 */
export function showThrees(place, marks, tags) {
  if (!place) return;
  const { derived } = threesOf(marks, (tag) => tags.get(tag));
  const threes = [...tags.values()].filter(
    (tag) => tag.group === "threes" && derived.includes(tag.three ?? ""),
  );
  const drawn = threes.map((tag) =>
    node(
      "span",
      { class: "three" },
      node("span", { class: "mark s g-samen is-light" }, icon(tag.icon, 13)),
      tag.label,
    ),
  );
  place.replaceChildren(...drawn);
}

/** <key-sheet>: the page for paper; her keys from what stands in the page. */
export class KeySheet extends HTMLElement {
  connectedCallback() {
    /** @type {import("./tag-palette.js").TagSet} */
    const set = json("tagset") ?? { join_ms: 0, max_ms: 0, tags: [] };
    dress(set);
    const palette = json("palette") ?? { labels: {}, asks: true };
    void boardChosen(document);
    const tabs = new SetTabs(this, set.sets ?? [], this.getAttribute("set") ?? "", () => {});
    const front = (/** @type {{tag: string, group: string}} */ tag) => tag.group === "moment" || tabs.shows(tag.tag);
    void drawBoards(this, arranged(set.tags, palette, front), commandsOf(set.tags, palette, front));
  }
}

customElements.define("key-sheet", KeySheet);
