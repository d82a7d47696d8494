import { fetched, part, tell } from "../dom.js";
import { BESIDE, isOnItsWay, LINES, TEXTS } from "../lib/fields.js";
import { TextField } from "./text-field.js";

/** Words that could not be read are asked for again after this long. */
const AGAIN_MS = 2000;

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 */

/** The boxes of an open moment: what stands in them, what she typed, and what became of it. */
export class EditorTexts {
  /** @param {import("./moment-editor.js").MomentEditor} editor */
  constructor(editor) {
    this.editor = editor;
    /** @type {Map<string, TextField>} a box by the field of the moment that it writes, and the note's */
    this.fields = new Map();
    /** @type {import("../lib/acts.js").Line[]} */
    this.lines = [];
    this.gone = false;
    /** The moment whose short words are asked for. */
    this.asked = "";
  }

  begin() {
    for (const name of TEXTS)
      this.#field(name, (id, text) =>
        tell(this.editor, "vbg:change-request", { id, fields: withWhose(name, text) }),
      );
    this.#field("note", (id, text, was) => tell(this.editor, "vbg:note-request", { id, text, was }));
    this.fields.get("note")?.show("", undefined);
  }

  /**
   * @param {Moment} moment
   */
  show(moment) {
    this.#put(moment);
    void this.#complete(moment);
  }

  flush() {
    for (const field of this.fields.values()) field.flush();
  }

  /**
   * What becomes of the words, said beside each box.
   * @param {import("../lib/acts.js").Line[]} lines acts without an answer
   * @param {import("../lib/acts.js").SaveState} state
   */
  saves(lines, state) {
    this.lines = lines;
    this.gone = state === "waiting";
    this.#tell();
  }

  /**
   * The server does not take these.
   * @param {string} id
   * @param {Record<string, unknown>} fields
   */
  failed(id, fields) {
    for (const [name, field] of this.fields) {
      const note = name === "note" && id === `note/${field.of}`;
      if (note || (field.of === id && name in fields)) field.failed = true;
    }
    this.#tell();
  }

  /**
   * @param {string} name data-part of the box
   * @param {(id: string, text: string, was: string) => void} hand
   */
  #field(name, hand) {
    const box = /** @type {HTMLTextAreaElement | null} */ (part(this.editor, name));
    if (!box) return;
    const field = new TextField(box, this.editor.querySelector(`[data-state-of="${name}"]`), hand);
    this.fields.set(name, field);
  }

  #tell() {
    for (const [name, field] of this.fields) {
      const going =
        name === "note"
          ? isOnItsWay(this.lines, `note/${field.of}`, "text")
          : isOnItsWay(this.lines, field.of, name);
      field.tell(going, this.gone);
    }
  }

  /**
   * @param {Moment} moment
   */
  #put(moment) {
    for (const name of TEXTS) this.fields.get(name)?.show(moment.id, moment[name]);
    this.#tell();
  }

  /**
   * A moment that was read to be drawn lacks its short words: until they are here nobody can write over them.
   * @param {Moment} moment
   */
  async #complete(moment) {
    if (moment.version === undefined)
      Object.assign(moment, Object.fromEntries(BESIDE.map((name) => [name, moment[name] ?? ""])));
    if (BESIDE.every((name) => moment[name] !== undefined)) return this.#put(moment);
    if (this.asked === moment.id) return;
    this.asked = moment.id;
    const whole = await fetched(`/api/v1/moments/${moment.id}`).catch(() => null);
    const now = this.editor.moment;
    if (now?.id === moment.id && whole) {
      for (const name of BESIDE) now[name] ??= whole[name];
      this.#put(now);
      this.editor.more?.show(now);
    } else if (now?.id === moment.id) this.#missed(now);
    if (whole && this.asked === moment.id) this.asked = "";
  }

  /**
   * @param {Moment} moment
   */
  #missed(moment) {
    for (const name of LINES) {
      const field = this.fields.get(name);
      if (field) field.missed = moment[name] === undefined;
    }
    this.#tell();
    setTimeout(() => {
      this.asked = "";
      if (this.editor.moment?.id === moment.id) void this.#complete(this.editor.moment);
    }, AGAIN_MS);
  }
}

/**
 * Other words for the child are nobody's until somebody says or approves them.
 * @param {string} name of the field
 * @param {string} text
 * @returns {Record<string, string>}
 */
function withWhose(name, text) {
  return name === "child_says" ? { child_says: text, child_says_by: "" } : { [name]: text };
}
