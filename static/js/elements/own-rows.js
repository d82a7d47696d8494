import { icon, node, say } from "../dom.js";
import { readsOf } from "../lib/boards.js";
import { bare, MOVABLE } from "../lib/palette.js";
import { isChanged } from "./own-resets.js";
import { keyNames, LOOK } from "./tag-palette.js";

/**
 * @typedef {import("./tag-palette.js").Label} Label
 * @typedef {import("../lib/palette.js").Own} Own
 */

/** Draws the rows: one for each label, one for each button whose key can move. */
export class OwnRows {
  /** @param {import("./own-labels.js").OwnLabels} list */
  constructor(list) {
    this.list = list;
  }

  /**
   * @param {string} group
   * @param {Label[]} all
   */
  group(group, all) {
    const tags = all.filter((tag) => tag.group === group);
    if (!tags.length) return null;
    const look = LOOK[/** @type {keyof typeof LOOK} */ (group)] ?? "";
    const title = this.list.palette?.nameOf(group) ?? "";
    return node(
      "section",
      { class: `own-group ${look}`, "aria-label": title },
      node("h3", {}, node("span", { class: `mark s ${look}`, "aria-hidden": "true" }), title),
      node("ol", { "data-group": group }, ...tags.map((tag) => this.#row(tag, tags.length > 1, look))),
    );
  }

  /**
   * @param {Label} tag
   * @param {boolean} moves
   * @param {string} look
   */
  #row(tag, moves, look) {
    const given = tag.given ?? tag;
    const name = given.label;
    const own = this.list.own?.palette.labels[bare(tag.tag)] ?? {};
    const handle = node(
      "button",
      {
        type: "button",
        class: "own-handle",
        "data-does": "move",
        "aria-label": say("own_move", { label: name }),
        title: say("own_move_hint"),
        disabled: !moves,
      },
      icon("sleep", 18),
    );
    const word = node("input", {
      class: "field",
      "data-does": "words",
      value: tag.label,
      maxlength: "40",
      "aria-label": say("own_word", { label: name }),
    });
    return node(
      "li",
      { "data-label": tag.tag, class: tag.hidden ? "is-hidden" : null },
      handle,
      node("span", { class: `mark ${look}`, "aria-hidden": "true" }, icon(tag.icon, 15)),
      node(
        "span",
        { class: "own-word" },
        word,
        tag.label === name ? null : node("span", { class: "tiny faint" }, name),
      ),
      this.#keyButton(tag.tag, tag.label, keyNames(tag)),
      ...(tag.group === "moment" ? [node("span", {}), node("span", {})] : toggles(tag)),
      node(
        "span",
        { class: "own-times" },
        seconds("lead_ms", tag.lead_ms, say("own_lead", { label: tag.label })),
        seconds("lag_ms", tag.lag_ms, say("own_lag", { label: tag.label })),
      ),
      this.#back(tag.tag, tag.label, own),
      this.#said(tag.tag),
    );
  }

  commands() {
    const places = this.list.palette?.places ?? new Map();
    const rows = Object.keys(MOVABLE).map((name) => {
      const word = say(name.replace("/", "_"));
      const code = places.get(name) ?? "";
      const own = this.list.own?.palette.labels[name] ?? {};
      return node(
        "li",
        { "data-label": name, class: "is-command" },
        node("span", { class: "own-word" }, word),
        this.#keyButton(name, word, namesOf(code)),
        this.#back(name, word, own),
        this.#said(name),
      );
    });
    return node(
      "section",
      { class: "own-group", "aria-label": say("own_buttons") },
      node("h3", {}, say("own_buttons")),
      node("ol", {}, ...rows),
    );
  }

  /**
   * @param {string} label
   * @param {string} word
   * @param {(string | Node)[]} names what its key reads
   */
  #keyButton(label, word, names) {
    const waits = this.list.keys.listening === label;
    const reads = names.some((one) => (one instanceof Node ? one.textContent : one));
    const shown = waits ? [say("own_press")] : reads ? [node("kbd", {}, ...names)] : [say("own_no_key")];
    return node(
      "button",
      {
        type: "button",
        class: `own-key${waits ? " is-listening" : ""}`,
        "data-does": "key",
        "aria-pressed": String(waits),
      },
      node("span", { class: "sr" }, `${say("own_key", { label: word })} `),
      ...shown,
    );
  }

  /**
   * @param {string} label
   * @param {string} word
   * @param {Own} own
   */
  #back(label, word, own) {
    if (!isChanged({ ...own, position: null })) return node("span", {});
    const name = say("own_back", { label: word });
    return node(
      "button",
      { type: "button", class: "ib", "data-does": "back", "aria-label": name, title: name, "data-of": label },
      icon("ongedaan", 17),
    );
  }

  /**
   * @param {string} label
   * @returns {HTMLElement | null} what there is to say or choose about its key
   */
  #said(label) {
    if (this.list.keys.about?.label !== label) return null;
    const { text, by, code } = this.list.keys.about;
    const swap = by
      ? node(
          "button",
          { type: "button", class: "btn s", "data-does": "swap", "data-by": by, "data-code": code },
          say("own_swap"),
        )
      : null;
    const other = by
      ? node("button", { type: "button", class: "btn s", "data-does": "key" }, say("own_other"))
      : null;
    return node("p", { class: "own-said", role: "alert" }, node("span", {}, text), swap, other);
  }
}

/**
 * @param {Label} tag
 */
function toggles(tag) {
  return [
    toggle("pinned", Boolean(tag.pinned), say("own_pin"), say("own_pin_label", { label: tag.label })),
    toggle("hidden", Boolean(tag.hidden), say("own_hide"), say("own_hide_label", { label: tag.label })),
  ];
}

/**
 * @param {"pinned" | "hidden"} does
 * @param {boolean} on
 * @param {string} word
 * @param {string} name
 */
function toggle(does, on, word, name) {
  return node(
    "button",
    {
      type: "button",
      class: "own-toggle",
      "data-does": does,
      "aria-pressed": String(on),
      "aria-label": name,
    },
    word,
  );
}

/**
 * @param {"lead_ms" | "lag_ms"} does
 * @param {number} ms
 * @param {string} name
 */
function seconds(does, ms, name) {
  return node("input", {
    class: "field",
    type: "number",
    min: "0",
    max: "20",
    step: "0.5",
    value: String(ms / 1000),
    "data-does": does,
    "aria-label": name,
    title: name,
  });
}

/**
 * @param {string} code
 * @returns {(string | Node)[]}
 */
function namesOf(code) {
  const names = { key: readsOf(code, "azerty"), qwerty_key: readsOf(code, "qwerty") };
  return code ? keyNames(/** @type {Label} */ (names)) : [];
}
