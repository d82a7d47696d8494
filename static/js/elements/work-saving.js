import { ask, fetched, part, say } from "../dom.js";
import { Both } from "../lib/both.js";
import { isSmall, linesOf } from "../lib/fields.js";
import { newId } from "../lib/new-id.js";
import { keepNote } from "../lib/notes.js";
import { anew } from "../lib/shelf.js";
import { clock, stamp } from "../lib/timecode.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 */

/** Brings acts to the server, and what became of them back: kept, changed by another meanwhile, or refused. */
export class Saving {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
    /** @type {Both | undefined} */
    this.both = undefined;
  }

  /**
   * @param {string} id
   * @param {import("../lib/acts.js").Act} act
   * @param {string | undefined} version
   * @returns {Promise<import("../lib/acts.js").Answer>}
   */
  async send(id, act, version) {
    if (id.startsWith("note/")) {
      const { status, mine, both } = await keepNote((fields) => putNote(id.slice(5), fields), act.fields);
      if (both) this.space.editor?.noteBecame(id.slice(5), mine, both);
      if (both) this.space.live(say("note_both"), true);
      return { status };
    }
    const situation = id.startsWith("situation/");
    const back = id.startsWith("restore/");
    const post = act.verb === "POST";
    const film = `/api/v1/films/${this.space.film}`;
    const made = post ? `${film}/moments` : situation ? `${film}/situations` : `/api/v1/moments/${id}`;
    const url = back ? `/api/v1/moments/${id.slice(8)}/restoration` : made;
    /** @type {Record<string, string>} */
    const headers = post || !version ? {} : { "If-Match": version };
    const answer = await ask(url, {
      method: back ? "POST" : act.verb,
      headers,
      keepalive: isSmall(act.fields),
      ...(act.verb === "DELETE" ? {} : { body: act.fields }),
    });
    const body = await answer.json().catch(() => null);
    const tag = answer.ok ? answer.headers.get("ETag") : null;
    return { status: answer.status, body, ...(tag ? { version: tag } : {}) };
  }

  /**
   * @param {string} id
   * @param {Moment | null | undefined} body
   */
  saved(id, body) {
    this.space.turns.acted();
    if (id.startsWith("restore/") && body) this.space.past.restored(body);
    if (id.startsWith("situation/")) this.space.bands?.take?.(/** @type {any} */ (body)?.items);
    if (!body || id.startsWith("note/") || this.space.acts.waiting.get(id)?.length || !this.space.shelf.get(id)) return;
    const mine = this.space.shelf.get(id);
    const typing = this.space.selected === id && document.activeElement === this.space.editor?.words;
    this.space.shelf.put(typing && mine ? { ...body, words: mine.words } : body);
    this.space.redraw();
  }

  /**
   * Someone else changed it: both versions side by side, she decides.
   * @param {string} id
   * @param {import("../lib/acts.js").Act} act
   * @param {import("../lib/acts.js").Answer} answer
   */
  stale(id, act, { body }) {
    const theirs = /** @type {Moment | undefined} */ (body?.current ?? body?.theirs ?? body?.moment);
    const mine = this.space.shelf.get(id);
    if (!theirs?.id) {
      this.space.live(say("stale"));
      return;
    }
    this.space.reading.learn([theirs]);
    this.space.redraw();
    if (act.verb === "DELETE") this.space.live(say("stale"), true);
    if (!mine || act.verb !== "PATCH") return;
    this.both ??= this.#bothDialog();
    this.both?.ask({ id, fields: act.fields, theirs });
  }

  /** @returns {Both | undefined} */
  #bothDialog() {
    const dialog = /** @type {HTMLDialogElement | null} */ (part(this.space, "both"));
    const inWords = (/** @type {Moment} */ one) => this.#inWords(one);
    const both = dialog && new Both(dialog, inWords, (id, fields) => this.space.moments.change(id, fields));
    dialog?.addEventListener("close", () => this.keep(this.space.acts.lines));
    return both ?? undefined;
  }

  /**
   * @param {Moment} moment
   */
  #inWords(moment) {
    const labels = moment.marks.map((mark) => this.space.tags?.get(mark.tag)?.label ?? mark.tag).join(", ");
    const span = `${clock(moment.start_ms)}${moment.end_ms === null ? "" : ` – ${clock(moment.end_ms)}`}`;
    const goals = this.space.editor?.goals.filter((goal) => moment.goals.includes(goal.id)) ?? [];
    const aims = goals.map((goal) => goal.text).join(", ");
    const began = moment.who_began_set ? `${say("who_began")} ${say(`lane_${moment.who_began}`)}` : "";
    const chosen = moment.chosen ? say("is_chosen") : "";
    const photo = moment.photo_ms ? say("photo_kept", { time: stamp(moment.photo_ms) }) : "";
    const texts = [moment.words, ...Object.values(linesOf(moment))];
    return [span, labels, ...texts, aims, began, chosen, photo].filter(Boolean).join("\n");
  }

  /**
   * @param {string} id
   * @param {import("../lib/acts.js").Act} act
   * @param {import("../lib/acts.js").Answer} answer
   */
  refused(id, act, { status, body }) {
    if (act.verb === "PATCH" && status === 404 && this.#madeAnew(id)) return;
    if (id.startsWith("restore/")) this.space.past.came(id.slice(8));
    this.space.editor?.texts.failed(id, act.fields);
    this.space.live(body?.detail || body?.title || say("refused"), true);
    if (id.startsWith("situation/")) this.space.bands?.again?.();
    if (act.verb === "POST") this.#gone(id);
    if (act.verb !== "POST" && !id.includes("/")) void this.#again(id, status);
    this.space.redraw();
  }

  /**
   * A moment that is not there is not open either.
   * @param {string} id
   */
  #gone(id) {
    this.space.shelf.drop(id);
    if (this.space.selected === id) this.space.stands.close();
  }

  /**
   * What she changed was removed by someone else meanwhile: her version becomes a moment of its own.
   * @param {string} id
   * @returns {boolean}
   */
  #madeAnew(id) {
    const mine = this.space.shelf.get(id);
    if (!mine) return false;
    const made = anew(mine, newId());
    this.space.shelf.drop(id);
    this.space.shelf.put({ ...made, who_began_set: made.who_began !== null });
    this.space.acts.put(made.id, "POST", made);
    if (this.space.selected === id) this.space.stands.open(made.id, { play: false });
    this.space.redraw();
    this.space.live(say("made_anew"), true);
    return true;
  }

  /**
   * @param {import("../lib/acts.js").Line[]} lines
   */
  keep(lines) {
    /** @type {import("../lib/acts.js").Line[]} a version that never stands: asked again after a reload */
    const asked = (this.both?.asked ?? []).map(({ id, fields }) => ({
      id,
      acts: [{ verb: "PATCH", fields }],
      version: '"0"',
    }));
    const all = [...lines, ...asked];
    this.space.waiting?.keep({ lines: all, moments: all.flatMap(({ id }) => this.space.shelf.get(id) ?? []) });
  }

  /**
   * What an earlier page could not bring to the server goes on from here.
   * @param {(import("../lib/waiting.js").Left & {place: string})[]} left
   */
  resume(left) {
    for (const { lines, moments, place } of left) {
      this.space.shelf.put(...moments);
      this.space.acts.resume(lines);
      this.space.bands?.take?.();
      this.space.waiting?.drop(place);
    }
    this.keep(this.space.acts.lines);
    if (left.length) this.space.redraw();
  }

  /**
   * @param {string} id
   * @param {number} status
   */
  async #again(id, status) {
    const moment = status === 404 ? null : await fetched(`/api/v1/moments/${id}`).catch(() => null);
    if (moment) this.space.reading.learn([moment]);
    else if (status === 404) this.#gone(id);
    this.space.redraw();
  }

  /**
   * @param {import("../lib/acts.js").SaveState} state
   */
  showSaved(state) {
    this.space.editor?.texts.saves(this.space.acts.lines, state);
    const box = part(this.space, "saved");
    if (!box || (box.dataset.state === state && state !== "waiting")) return;
    const turned = box.dataset.state !== state;
    box.dataset.state = state;
    const open = state === "waiting" && (!this.space.waiting?.vault || this.space.waiting.torn);
    const text = say(open ? "waiting_open" : state, { n: this.space.acts.count });
    const word = part(this.space, "saved-word");
    if (word && word.textContent !== text) word.textContent = text;
    if (turned) this.#speak(state === "saving" ? "" : text);
  }

  /**
   * One voice for all that stands beside the boxes and in the head: what became of it, not that it is on its way.
   * @param {string} text
   */
  #speak(text) {
    const voice = part(this.space, "saved-said");
    if (voice) voice.textContent = text;
  }
}

/**
 * @param {string} id of the moment
 * @param {Record<string, unknown>} body
 */
async function putNote(id, body) {
  const keepalive = isSmall(body);
  const answer = await ask(`/api/v1/moments/${id}/note`, { method: "PUT", body, keepalive });
  return { status: answer.status, body: await answer.json().catch(() => null) };
}
