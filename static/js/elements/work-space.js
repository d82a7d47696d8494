import { ask, fetched, icon, isTyping, json, node, part, say, tell } from "../dom.js";
import { whatWas } from "../lib/acted.js";
import { Acts } from "../lib/acts.js";
import { Both } from "../lib/both.js";
import { added, asItStands, press } from "../lib/chain.js";
import { isSmall, linesOf } from "../lib/fields.js";
import { placesOf, wishOf } from "../lib/keys.js";
import { keepAsking, NEWEST, Peers } from "../lib/peers.js";
import { PlaceKeeper } from "../lib/place.js";
import { headingOf, Shelf } from "../lib/shelf.js";
import { clock, floorMs, frameFrom, snapMs, stepFrame } from "../lib/timecode.js";
import { Waiting } from "../lib/waiting.js";
import { SPEEDS } from "./film-player.js";
import { boardChosen, showDialog, showKeys } from "./key-sheet.js";

/** The list of moments shows this many, around the one that matters. */
const LIST_LENGTH = 60;

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {import("../lib/chain.js").Open} Open
 * @typedef {import("./tag-palette.js").Label} Label
 * @typedef {"watch" | "label" | "edit"} Stand
 */

/**
 * <work-space data-film="ID" data-family="ID" data-duration-ms="1000">: joins the film, its timeline, the labels and
 * the open moment. It knows the moments and saves them; the parts only show and wish.
 */
export class WorkSpace extends HTMLElement {
  constructor() {
    super();
    this.shelf = new Shelf();
    /** @type {Open | null} */
    this.chain = null;
    /** @type {string | null} */
    this.selected = null;
    /** @type {Stand} */
    this.resting = "label";
    this.seen = false;
    /** @type {Both | undefined} */
    this.both = undefined;
    this.acts = new Acts({
      send: (id, act, version) => this.#send(id, act, version),
      state: (state) => this.#showSaved(state),
      saved: (id, _act, answer) => this.#saved(id, answer.body),
      stale: (id, act, answer) => this.#stale(id, act, answer),
      refused: (id, act, answer) => this.#refused(id, act, answer),
      keep: (lines) => this.#keep(lines),
    });
    this.peers = new Peers({
      read: (seq) => this.#heard(seq),
      busy: (id) => this.#busy(id),
      known: (id) => Number(this.acts.versions.get(id)?.replaceAll('"', "")) || 0,
      take: (moments) => this.#taken(moments),
      begun: () => void this.#load(),
    });
  }

  connectedCallback() {
    if (this.player) return;
    this.player = /** @type {import("./film-player.js").FilmPlayer} */ (this.querySelector("film-player"));
    this.lens = /** @type {import("./picture-lens.js").PictureLens | null} */ (
      this.querySelector("picture-lens")
    );
    this.line = /** @type {import("./time-line.js").TimeLine} */ (this.querySelector("time-line"));
    this.palette = /** @type {import("./tag-palette.js").TagPalette} */ (this.querySelector("tag-palette"));
    this.editor = /** @type {import("./moment-editor.js").MomentEditor} */ (
      this.querySelector("moment-editor")
    );
    /** @type {{join_ms?: number, max_ms?: number, tags: Label[], former?: Label[]}} */
    const set = json("tagset") ?? { tags: [] };
    this.former = set.former ?? [];
    this.rules = { join_ms: set.join_ms ?? 5000, max_ms: set.max_ms ?? 20_000, duration_ms: this.durationMs };
    this.#labels();
    this.editor.goals = json("goals") ?? [];
    this.#listen();
    this.#begin();
    void boardChosen(this);
    this.waiting = new Waiting(this.film, this.dataset.me ?? "");
    void this.waiting.open().then((left) => this.#resume(left)).finally(() => keepAsking(this.peers, document));
  }

  /** The labels as she has arranged them now: their words, keys and times. */
  #labels() {
    const tags = this.palette?.tags ?? [];
    /** @type {Map<string, Label>} */
    this.tags = new Map([...(this.former ?? []), ...tags].map((tag) => [tag.tag, tag]));
    this.places = placesOf(tags);
    this.commands = this.palette?.commands;
    this.line?.know(this.tags, json("goals") ?? []);
    if (this.editor) this.editor.tags = this.tags;
    showKeys(this, tags, this.commands);
  }

  /** @returns {string} */
  get film() {
    return this.dataset.film ?? "";
  }

  /** @returns {number} */
  get durationMs() {
    return Number(this.dataset.durationMs) || 1;
  }

  /** @returns {Stand} */
  get stand() {
    return /** @type {Stand} */ (this.dataset.stand ?? "label");
  }

  #begin() {
    this.seen = this.dataset.seen === "true";
    this.place = new PlaceKeeper({ send: (fields, leaving) => this.#sendPlace(fields, leaving) });
    this.#stand(this.seen && this.dataset.keptStand !== "watch" ? "label" : "watch", { kept: true });
    const at = Number(this.dataset.atMs) || 0;
    if (at > 1000 && at < this.durationMs - 1000) {
      this.player?.seek(at);
      this.#live(say("you_were_at", { time: clock(at) }));
    }
  }

  #listen() {
    /** @type {[string, (detail: any) => void][]} */
    const heard = [
      ["vbg:time", (d) => this.#time(d.ms, d.playing)],
      ["vbg:state", (d) => this.#state(d)],
      ["vbg:jump", () => this.#jumped()],
      ["vbg:frames", () => this.#frames()],
      ["vbg:press-request", (d) => this.#press(d.tag)],
      ["vbg:seek-request", (d) => this.player?.seek(d.ms)],
      ["vbg:open-request", (d) => this.open(d.id)],
      ["vbg:span-request", (d) => this.#spanned(d)],
      ["vbg:edge-request", (d) => this.#edge(d.edge, d.by)],
      ["vbg:change-request", (d) => this.#change(d.id, d.fields)],
      ["vbg:note-request", (d) => this.acts.put(`note/${d.id}`, "PATCH", { text: d.text })],
      ["vbg:remove-request", (d) => this.#remove(d.id)],
      ["vbg:close-request", () => this.close()],
      ["vbg:wish-request", (d) => this.#do(d.wish)],
      ["vbg:palette", () => this.#arranged()],
      ["vbg:table-request", () => this.#table()],
    ];
    for (const [name, act] of heard)
      this.addEventListener(name, (event) => act(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("mousedown", (event) => keepFocus(event));
    this.player?.addEventListener("dblclick", () => this.#large());
    this.player?.addEventListener("click", () => this.player?.toggle());
    document.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener("beforeunload", (event) => {
      this.editor?.flush();
      if (!this.acts.idle && !this.waiting?.safe) event.preventDefault();
    });
    window.addEventListener("pagehide", () => this.place?.leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.place?.leave());
    const bar = /** @type {HTMLInputElement | null} */ (part(this, "bar"));
    bar?.addEventListener("input", () => this.player?.seek(snapMs(this.player.timesUs, Number(bar.value))));
    part(this, "list-fold")?.addEventListener("toggle", () => this.#list());
  }

  async #load() {
    /** @type {string | null} */
    let cursor = "";
    while (cursor !== null) {
      /** @type {string} */
      const query = `?shape=line${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
      /** @type {{items: Moment[], next?: string | null} | null} */
      const page = await fetched(`/api/v1/films/${this.film}/moments${query}`).catch(() => null);
      if (!page) {
        this.#live(say("no_moments_read"));
        return;
      }
      const fresh = page.items.filter((one) => !this.shelf.get(one.id) && !this.acts.running.has(one.id));
      this.#learn(fresh);
      cursor = page.next ?? null;
      this.#redraw();
      this.#arrive(fresh);
    }
  }

  /**
   * The address may name a moment to open, or say `#play`.
   * @param {Moment[]} fresh just read
   */
  #arrive(fresh) {
    const wanted = location.hash.slice(1);
    if (!wanted || this.selected) return;
    if (fresh.some((one) => one.id === wanted)) this.open(wanted);
    else if (wanted === "play" && !this.player?.playing) void this.player?.play();
  }

  /**
   * @param {Moment[]} moments as the server knows them
   */
  #learn(moments) {
    this.shelf.put(...moments);
    for (const moment of moments) {
      if (moment.version !== undefined) this.acts.versions.set(moment.id, `"${moment.version}"`);
    }
  }

  // --- what others do ---

  /**
   * @param {number} seq
   * @returns {Promise<import("../lib/peers.js").Heard | null>}
   */
  async #heard(seq) {
    const heard = await fetched(`/api/v1/films/${this.film}/acts?after_seq=${seq}`).catch(() => null);
    if (!heard && seq === NEWEST) this.#live(say("no_server"), true);
    if (heard && "can_undo" in heard && this.acts.idle) this.#canUndo(heard.can_undo, heard.can_redo);
    return heard;
  }

  /**
   * What she types, drags or is still saving is not changed under her hands; her save then shows both versions.
   * @param {string} id
   */
  #busy(id) {
    if (this.acts.running.has(id) || this.line?.drag) return true;
    const typing = this.editor?.typing || part(this, "both")?.hasAttribute("open");
    return this.selected === id && Boolean(typing);
  }

  /**
   * @param {Moment[]} moments as others left them
   */
  #taken(moments) {
    if (moments.some((one) => one.id === this.chain?.id)) this.chain = null;
    const gone = moments.some((one) => one.removed && one.id === this.selected && this.shelf.get(one.id));
    this.#learn(moments);
    if (gone) {
      this.close();
      this.#live(say("removed_by_other"));
    }
    this.#redraw();
  }

  #frames() {
    if (this.line && this.player) this.line.timesUs = this.player.timesUs;
  }

  // --- playing ---

  /**
   * @param {number} ms
   * @param {boolean} playing
   */
  #time(ms, playing) {
    this.line?.setNow(ms, playing);
    const time = part(this, "time");
    if (time) time.textContent = `${clock(ms)}.${String(ms % 1000).padStart(3, "0")}`;
    const bar = /** @type {HTMLInputElement | null} */ (part(this, "bar"));
    if (bar && document.activeElement !== bar) bar.value = String(ms);
    this.place?.at(ms);
  }

  /**
   * Where she is and how she works, kept by the server: another machine opens there too.
   * @param {import("../lib/place.js").Place} fields
   * @param {boolean} leaving the page is being left: the request outlives it
   */
  async #sendPlace(fields, leaving) {
    const url = `/api/v1/films/${this.film}/place`;
    return (await ask(url, { method: "PUT", body: fields, keepalive: leaving })).ok;
  }

  /**
   * @param {{playing: boolean, speed: number, looping: boolean, muted: boolean, ended: boolean, trouble: boolean,
   *   waiting: boolean}} state
   */
  #state(state) {
    this.dataset.playing = String(state.playing);
    const play = part(this, "play");
    play?.setAttribute("aria-label", say(state.playing ? "pause" : "play"));
    part(this, "loop")?.setAttribute("aria-pressed", String(state.looping));
    part(this, "sound")?.setAttribute("aria-pressed", String(state.muted));
    for (const button of this.querySelectorAll("[data-speed]")) {
      button.setAttribute("aria-pressed", String(Number(button.getAttribute("data-speed")) === state.speed));
    }
    const trouble = part(this, "trouble");
    if (trouble) trouble.hidden = !state.trouble;
    const waiting = part(this, "waiting");
    if (waiting) waiting.hidden = !state.waiting;
    if (state.ended && !this.player?.span) this.#ended();
  }

  #ended() {
    this.#markSeen();
    const end = part(this, "end");
    if (!end || this.stand !== "watch") return;
    const count = this.shelf.sorted.length;
    const text = part(end, "end-text");
    if (text)
      text.textContent = say(count === 1 ? "you_saw_one" : count ? "you_saw" : "you_saw_none", { n: count });
    const first = part(end, "one-by-one");
    if (first) first.hidden = count === 0;
    end.hidden = false;
    part(this, "begin")?.setAttribute("hidden", "");
  }

  #markSeen() {
    if (!this.seen) this.place?.note({ seen: true });
    this.seen = true;
  }

  #jumped() {
    this.chain = null;
  }

  #large() {
    const stage = part(this, "stage");
    if (document.fullscreenElement) void document.exitFullscreen();
    else void stage?.requestFullscreen().catch(() => {});
  }

  // --- the stands ---

  /**
   * @param {Stand} stand
   * @param {{kept?: boolean}} [how] as the server said it: no choice of hers
   */
  #stand(stand, { kept = false } = {}) {
    if (stand !== "edit") {
      if (!kept && stand !== this.resting) this.place?.note({ stand });
      this.resting = stand;
      if (stand === "label") this.#markSeen();
    }
    this.dataset.stand = stand;
    const fold = /** @type {HTMLDetailsElement | null} */ (part(this, "list-fold"));
    if (fold) fold.open = stand === "watch";
    for (const button of this.querySelectorAll("[data-to-stand]")) {
      const name = button.getAttribute("data-to-stand");
      button.setAttribute("aria-pressed", String(name === stand || (stand === "edit" && name === "label")));
    }
    this.#list();
  }

  /**
   * Open a moment: it plays at once, again and again, and takes the place of the labels.
   * @param {string} id
   * @param {{play?: boolean}} [how]
   */
  open(id, { play = true } = {}) {
    const moment = this.shelf.get(id);
    if (!moment) return;
    if (this.selected !== id) this.#leave();
    this.selected = id;
    this.#stand("edit");
    this.editor?.show(moment);
    this.line?.select(id);
    this.player?.setSpeed(1);
    const end = moment.end_ms ?? moment.start_ms;
    if (play) this.player?.playSpan(moment.start_ms, end, { loop: true });
  }

  /** Leave the open moment; the film stays where it is. */
  close() {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (!this.selected) return;
    this.editor?.show(null);
    this.#leave();
    this.selected = null;
    this.player?.free();
    this.line?.select(null);
    this.#stand(this.resting);
  }

  // --- moments ---

  /**
   * A label was pressed: "this happens here". Never stops the film, never removes.
   * @param {string} name
   */
  #press(name) {
    const tag = this.tags?.get(name);
    if (!tag || !this.player || !this.rules) return;
    const now = this.player.nowMs;
    this.palette?.flash(name);
    const open = this.shelf.get(this.selected);
    if (open) {
      this.#change(open.id, { marks: added(open, tag, now) });
      this.#live(say("added", { label: tag.label }));
      return;
    }
    const before = asItStands(this.chain, this.shelf.get(this.chain?.id ?? null));
    const { open: chain, opened } = press(before, tag, now, this.rules, () => crypto.randomUUID());
    this.chain = chain;
    if (opened) this.#create(chain);
    else this.#change(chain.id, { marks: chain.marks, end_ms: chain.end_ms });
    tell(this, "vbg:pressed", { span: chain, tag });
    this.#live(say(opened ? "noted" : "joined", { label: tag.label, time: clock(now) }));
  }

  #arranged() {
    this.#labels();
    this.#redraw();
  }

  /** She goes on to something else: what became of this moment's edges may be a habit. */
  #leave() {
    const span = this.shelf.get(this.selected);
    if (span) tell(this, "vbg:left", { span });
  }

  /**
   * @param {Open} chain
   */
  #create({ id, start_ms, end_ms, marks }) {
    this.shelf.put({ id, start_ms, end_ms, marks, goals: [], who_began: null, words: "", chosen: false });
    this.acts.put(id, "POST", { id, start_ms, end_ms, marks });
    this.#redraw();
  }

  /**
   * @param {string} id
   * @param {Partial<Moment>} fields
   */
  #change(id, fields) {
    const moment = this.shelf.get(id);
    if (!moment) return;
    const set = "who_began" in fields ? { who_began_set: fields.who_began !== null } : {};
    this.shelf.put({ ...moment, ...fields, ...set });
    this.acts.put(id, "PATCH", fields);
    this.#redraw();
  }

  /**
   * @param {string} id
   */
  #remove(id) {
    const next = this.shelf.beside(1, id, 0);
    if (this.selected === id) {
      this.editor?.show(null);
      this.selected = null;
    }
    if (this.chain?.id === id) this.chain = null;
    this.shelf.drop(id);
    this.acts.put(id, "DELETE");
    if (next && this.stand === "edit") this.open(next.id, { play: false });
    else this.#closeAfterRemoval();
    this.#redraw();
    this.#live(say("removed"));
  }

  #closeAfterRemoval() {
    this.player?.free();
    this.line?.select(null);
    this.#stand(this.resting);
  }

  /**
   * @param {{id: string, start_ms: number, end_ms: number | null, by_ms: number}} wish
   */
  #spanned({ id, start_ms, end_ms, by_ms }) {
    const moment = this.shelf.get(id);
    if (!moment) return;
    const last = (end_ms ?? start_ms + 1) - 1;
    const marks = moment.marks.map((mark) => ({
      ...mark,
      at_ms: Math.max(start_ms, Math.min(last, mark.at_ms + by_ms)),
    }));
    const moved = JSON.stringify(marks) !== JSON.stringify(moment.marks);
    this.#change(id, moved ? { start_ms, end_ms, marks } : { start_ms, end_ms });
    if (this.selected === id) this.player?.playSpan(start_ms, end_ms ?? start_ms, { loop: true });
  }

  /**
   * Begin or end of the open moment, by true frames.
   * @param {"begin" | "end"} edge
   * @param {number} by
   */
  #edge(edge, by) {
    const moment = this.shelf.get(this.selected);
    const times = this.player?.timesUs ?? [];
    if (!moment || (edge === "end" && moment.end_ms === null) || !times.length) return;
    const at = edge === "begin" ? moment.start_ms : (moment.end_ms ?? 0);
    const index = stepFrame(times, Math.min(times.length - 1, frameFrom(times, at * 1000)), by);
    this.#setEdge(edge, floorMs(times[index] ?? 0));
  }

  /**
   * @param {"begin" | "end"} edge
   * @param {number} ms
   */
  #setEdge(edge, ms) {
    const moment = this.shelf.get(this.selected);
    if (!moment) {
      this.#live(say("open_one_first"));
      return;
    }
    const start_ms = edge === "begin" ? ms : moment.start_ms;
    const end_ms = edge === "end" ? ms : moment.end_ms;
    if (end_ms !== null && end_ms <= start_ms) return;
    this.player?.pause();
    this.player?.free();
    this.player?.seek(ms);
    const last = (end_ms ?? start_ms + 1) - 1;
    const marks = moment.marks.map((mark) => ({
      ...mark,
      at_ms: Math.max(start_ms, Math.min(last, mark.at_ms)),
    }));
    const moved = JSON.stringify(marks) !== JSON.stringify(moment.marks);
    this.#change(moment.id, {
      ...(edge === "begin" ? { start_ms } : { end_ms }),
      ...(moved ? { marks } : {}),
    });
  }

  #choose() {
    const moment = this.shelf.get(this.selected) ?? this.shelf.get(this.chain?.id ?? null) ?? this.#here();
    if (!moment) return;
    this.#change(moment.id, { chosen: !moment.chosen });
    this.#live(say(moment.chosen ? "unchosen_now" : "chosen_now", { n: this.shelf.chosen }));
  }

  /** @returns {Moment | undefined} */
  #here() {
    return this.shelf.at(this.player?.nowMs ?? 0);
  }

  #loop() {
    const moment = this.shelf.get(this.selected) ?? this.#here();
    if (this.player?.span) this.player.free();
    else if (moment) this.player?.playSpan(moment.start_ms, moment.end_ms ?? moment.start_ms, { loop: true });
  }

  #redraw() {
    this.line?.show(this.shelf);
    const open = this.shelf.get(this.selected);
    if (open) this.editor?.show(open);
    for (const count of this.querySelectorAll('[data-part="chosen-count"]'))
      count.textContent = String(this.shelf.chosen || "");
    this.#list();
  }

  #list() {
    const list = part(this, "list");
    const fold = /** @type {HTMLDetailsElement | null} */ (part(this, "list-fold"));
    const count = part(this, "count");
    if (count) count.textContent = String(this.shelf.sorted.length || "");
    if (!list || !fold || !(fold.open || this.stand === "watch")) return;
    const all = this.shelf.sorted;
    const now = this.player?.nowMs ?? 0;
    const from = Math.max(0, Math.min(all.length - LIST_LENGTH, this.shelf.near(now) - LIST_LENGTH / 2));
    list.replaceChildren(...all.slice(from, from + LIST_LENGTH).map((moment) => this.#row(moment)));
  }

  /**
   * @param {Moment} moment
   */
  #row(moment) {
    const plain = say("moment_at", { time: clock(moment.start_ms) });
    const heading = headingOf(moment, (tag) => this.tags?.get(tag), plain);
    const known = this.acts.versions.has(moment.id);
    const at = Math.round((moment.start_ms + (moment.end_ms ?? moment.start_ms)) / 2);
    const src = known ? `/api/v1/films/${this.film}/still?at_ms=${at}` : null;
    const still = src
      ? node("img", { src, alt: "", loading: "lazy", width: "64", height: "36" })
      : node("span", { class: "nostill" });
    still.addEventListener("error", () => still.replaceWith(node("span", { class: "nostill" })));
    const star = moment.chosen ? icon("ster-vol", 15) : null;
    const row = node(
      "button",
      { type: "button", class: "momentrow", "data-open": moment.id },
      still,
      node(
        "span",
        { class: "momentrow-words" },
        node("span", { class: "ell" }, heading),
        node("span", { class: "mono tiny" }, clock(moment.start_ms)),
      ),
      star,
    );
    return node("li", {}, row);
  }

  /** The same moments as a table, from where the film is. */
  #table() {
    const table = /** @type {import("./moment-table.js").MomentTable | null} */ (
      this.querySelector("moment-table")
    );
    if (this.tags) table?.open(this.shelf, this.tags, this.player?.nowMs);
  }

  // --- saving ---

  /**
   * @param {string} id
   * @param {import("../lib/acts.js").Act} act
   * @param {string | undefined} version
   * @returns {Promise<import("../lib/acts.js").Answer>}
   */
  async #send(id, act, version) {
    if (id.startsWith("note/")) {
      const keepalive = isSmall(act.fields);
      const kept = await ask(`/api/v1/moments/${id.slice(5)}/note`, { method: "PUT", body: act.fields, keepalive });
      return { status: kept.status };
    }
    const post = act.verb === "POST";
    const url = post ? `/api/v1/films/${this.film}/moments` : `/api/v1/moments/${id}`;
    /** @type {Record<string, string>} */
    const headers = post || !version ? {} : { "If-Match": version };
    const answer = await ask(url, {
      method: act.verb,
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
  #saved(id, body) {
    this.#canUndo(true, false);
    if (!body || id.startsWith("note/") || this.acts.waiting.get(id)?.length || !this.shelf.get(id)) return;
    const mine = this.shelf.get(id);
    const typing = this.selected === id && document.activeElement === this.editor?.words;
    this.shelf.put(typing && mine ? { ...body, words: mine.words } : body);
    this.#redraw();
  }

  /**
   * Someone else changed it: both versions side by side, she decides.
   * @param {string} id
   * @param {import("../lib/acts.js").Act} act
   * @param {import("../lib/acts.js").Answer} answer
   */
  #stale(id, act, { body }) {
    const theirs = /** @type {Moment | undefined} */ (body?.current ?? body?.theirs ?? body?.moment);
    const mine = this.shelf.get(id);
    if (!theirs?.id) {
      this.#live(say("stale"));
      return;
    }
    this.#learn([theirs]);
    this.#redraw();
    if (!mine || act.verb !== "PATCH") return;
    this.both ??= this.#bothDialog();
    this.both?.ask({ id, fields: act.fields, theirs });
  }

  /** @returns {Both | undefined} */
  #bothDialog() {
    const dialog = /** @type {HTMLDialogElement | null} */ (part(this, "both"));
    const inWords = (/** @type {Moment} */ one) => this.#inWords(one);
    const both = dialog && new Both(dialog, inWords, (id, fields) => this.#change(id, fields));
    dialog?.addEventListener("close", () => this.#keep(this.acts.lines));
    return both ?? undefined;
  }

  /**
   * @param {Moment} moment
   */
  #inWords(moment) {
    const labels = moment.marks.map((mark) => this.tags?.get(mark.tag)?.label ?? mark.tag).join(", ");
    const span = `${clock(moment.start_ms)}${moment.end_ms === null ? "" : ` – ${clock(moment.end_ms)}`}`;
    const texts = [moment.words, ...Object.values(linesOf(moment))];
    return [span, labels, ...texts, moment.chosen ? say("is_chosen") : ""].filter(Boolean).join("\n");
  }

  /**
   * @param {string} id
   * @param {import("../lib/acts.js").Act} act
   * @param {import("../lib/acts.js").Answer} answer
   */
  #refused(id, act, { status, body }) {
    if (act.verb === "PATCH" && status === 404 && this.#madeAnew(id)) return;
    this.editor?.texts.failed(id, act.fields);
    this.#live(body?.detail || body?.title || say("refused"), true);
    if (act.verb === "POST") this.shelf.drop(id);
    if (act.verb !== "POST" && !id.startsWith("note/")) void this.#again(id, status);
    this.#redraw();
  }

  /**
   * What she changed was removed by someone else meanwhile: her version becomes a moment of its own.
   * @param {string} id
   * @returns {boolean}
   */
  #madeAnew(id) {
    const mine = this.shelf.get(id);
    if (!mine) return false;
    const { start_ms, end_ms, marks, goals, words, chosen } = mine;
    const made = { id: crypto.randomUUID(), start_ms, end_ms, marks, goals, words, chosen, ...linesOf(mine) };
    this.shelf.drop(id);
    this.shelf.put({ ...made, who_began: null });
    this.acts.put(made.id, "POST", made);
    if (this.selected === id) this.open(made.id, { play: false });
    this.#redraw();
    this.#live(say("made_anew"), true);
    return true;
  }

  /**
   * @param {import("../lib/acts.js").Line[]} lines
   */
  #keep(lines) {
    /** @type {import("../lib/acts.js").Line[]} a version that never stands: asked again after a reload */
    const asked = (this.both?.asked ?? []).map(({ id, fields }) => ({
      id,
      acts: [{ verb: "PATCH", fields }],
      version: '"0"',
    }));
    const all = [...lines, ...asked];
    this.waiting?.keep({ lines: all, moments: all.flatMap(({ id }) => this.shelf.get(id) ?? []) });
  }

  /**
   * What an earlier page could not bring to the server goes on from here.
   * @param {(import("../lib/waiting.js").Left & {place: string})[]} left
   */
  #resume(left) {
    for (const { lines, moments, place } of left) {
      this.shelf.put(...moments);
      this.acts.resume(lines);
      this.waiting?.drop(place);
    }
    this.#keep(this.acts.lines);
    if (left.length) this.#redraw();
  }

  /**
   * @param {string} id
   * @param {number} status
   */
  async #again(id, status) {
    const moment = status === 404 ? null : await fetched(`/api/v1/moments/${id}`).catch(() => null);
    if (moment) this.#learn([moment]);
    else if (status === 404) this.shelf.drop(id);
    this.#redraw();
  }

  /**
   * @param {import("../lib/acts.js").SaveState} state
   */
  #showSaved(state) {
    this.editor?.texts.saves(this.acts.lines, state);
    const box = part(this, "saved");
    if (!box || (box.dataset.state === state && state !== "waiting")) return;
    box.dataset.state = state;
    const open = state === "waiting" && !this.waiting?.vault;
    const text = say(open ? "waiting_open" : state, { n: this.acts.count });
    const word = part(this, "saved-word");
    if (word && word.textContent !== text) word.textContent = text;
  }

  /**
   * @param {"undo" | "redo"} which
   */
  async #history(which) {
    this.editor?.show(this.shelf.get(this.selected) ?? null);
    await this.acts.settled();
    const answer = await ask(`/api/v1/films/${this.film}/${which}`, { method: "POST", body: {} }).catch(
      () => null,
    );
    const body = await answer?.json().catch(() => null);
    if (!answer?.ok) {
      this.#live(body?.detail || body?.title || say("no_server"), true);
      return;
    }
    this.chain = null;
    this.#canUndo(body.can_undo, body.can_redo);
    if (!body.act) {
      this.#live(say(`nothing_to_${which}`));
      return;
    }
    this.#applied(body);
    const [moment] = body.moments;
    const plain = moment ? say("moment_at", { time: clock(moment.start_ms) }) : "";
    const heading = moment ? headingOf(moment, (tag) => this.tags?.get(tag), plain) : "";
    const what = say(whatWas(body.act), { moment: heading });
    this.#live(say(which === "undo" ? "undone" : "redone", { what }));
  }

  /**
   * @param {{act: {moment?: string}, moments: Moment[]}} body
   */
  #applied({ act, moments }) {
    const thing = act.moment;
    this.#learn(moments);
    if (thing && !moments.some((one) => one.id === thing)) this.shelf.drop(thing);
    if (this.selected && !this.shelf.get(this.selected)) this.close();
    this.#redraw();
  }

  /**
   * @param {boolean | undefined} undo
   * @param {boolean | undefined} redo
   */
  #canUndo(undo, redo) {
    const set = (/** @type {string} */ name, /** @type {boolean | undefined} */ on) => {
      const button = /** @type {HTMLButtonElement | null} */ (part(this, name));
      if (button) button.disabled = on === false;
    };
    set("undo", undo);
    set("redo", redo);
  }

  // --- wishes of keys and buttons ---

  /**
   * @param {string} text
   * @param {boolean} [trouble] stays longer
   */
  #live(text, trouble = false) {
    const live = part(this, "live");
    if (!live) return;
    live.textContent = text;
    live.classList.toggle("is-trouble", trouble);
    live.classList.add("is-fresh");
    clearTimeout(this.fading);
    this.fading = setTimeout(() => live.classList.remove("is-fresh"), trouble ? 8000 : 2500);
  }

  /**
   * @param {KeyboardEvent} event
   */
  #key(event) {
    if (event.defaultPrevented || this.querySelector("dialog[open]")) return;
    const button = event.target instanceof HTMLElement && event.target.closest("button, a, summary");
    if (button && (event.code === "Enter" || (event.code === "Space" && button.matches(":focus-visible"))))
      return;
    const range = event.target instanceof HTMLInputElement && event.target.type === "range";
    if (range && event.code.startsWith("Arrow")) return;
    const wish = wishOf(event, {
      typing: isTyping(event.target),
      ...(this.places ? { tags: this.places } : {}),
      ...(this.commands ? { commands: this.commands } : {}),
    });
    if (!wish) return;
    if (this.dataset.closed === "true" && wish.command !== "curtain") return;
    event.preventDefault();
    if (wish.command === "press") this.#press(wish.tag ?? "");
    else this.#do(wish.command);
  }

  /**
   * @param {string} command
   */
  #do(command) {
    const player = this.player;
    if (!player) return;
    /** @type {Record<string, () => void>} */
    const table = {
      play: () => player.toggle(),
      "frame-back": () => player.step(-1),
      "frame-on": () => player.step(1),
      "second-back": () => player.skip(-1000),
      "second-on": () => player.skip(1000),
      "five-back": () => player.skip(-5000),
      "five-on": () => player.skip(5000),
      "moment-before": () => this.#beside(-1),
      "moment-after": () => this.#beside(1),
      begin: () => this.#setEdge("begin", player.nowMs),
      end: () => this.#setEdge("end", player.nowMs),
      "begin-back": () => this.#edge("begin", -1),
      "begin-on": () => this.#edge("begin", 1),
      "end-back": () => this.#edge("end", -1),
      "end-on": () => this.#edge("end", 1),
      loop: () => this.#loop(),
      choose: () => this.#choose(),
      words: () => this.#write(),
      done: () => this.close(),
      remove: () => this.selected && this.#remove(this.selected),
      slower: () => player.setSpeed(SPEEDS[Math.max(0, SPEEDS.indexOf(player.speed) - 1)] ?? 1),
      faster: () =>
        player.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, SPEEDS.indexOf(player.speed) + 1)] ?? 1),
      "zoom-in": () => this.line?.zoom("in"),
      "zoom-out": () => this.line?.zoom("out"),
      whole: () => this.line?.zoom("whole"),
      undo: () => void this.#history("undo"),
      redo: () => void this.#history("redo"),
      keys: () => void showDialog(this, "keys", this.palette?.tags ?? [], this.commands),
      own: () => void showDialog(this, "own", this.palette?.tags ?? [], this.commands),
      curtain: () => this.#curtain(),
      sound: () => player.setSound(player.video.muted),
      theme: () => this.#theme(),
      large: () => this.#large(),
      "one-by-one": () => this.#oneByOne(),
      "picture-closer": () => this.lens?.by("closer"),
      "picture-further": () => this.lens?.by("further"),
      "picture-whole": () => this.lens?.whole(),
    };
    table[command]?.();
  }

  /**
   * @param {1 | -1} by
   */
  #beside(by) {
    const moment = this.shelf.beside(by, this.selected, this.player?.nowMs ?? 0);
    if (moment) this.open(moment.id);
    else this.#live(say(by > 0 ? "last_moment" : "first_moment"));
  }

  #write() {
    const moment = this.shelf.get(this.selected) ?? this.shelf.get(this.chain?.id ?? null) ?? this.#here();
    if (!moment) return;
    if (!this.selected) this.open(moment.id);
    this.editor?.write();
  }

  #oneByOne() {
    const first = this.shelf.sorted[0];
    const end = part(this, "end");
    if (end) end.hidden = true;
    if (first) this.open(first.id);
  }

  #curtain() {
    const closed = this.dataset.closed !== "true";
    this.dataset.closed = String(closed);
    this.player?.pause();
    const curtain = part(this, "curtain");
    if (curtain) curtain.hidden = !closed;
  }

  #theme() {
    const root = document.documentElement;
    const dark = root.dataset.theme !== "dark";
    if (dark) root.dataset.theme = "dark";
    else delete root.dataset.theme;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent on plain http
    document.cookie = `vbg_theme=${dark ? "dark" : "light"}; path=/; max-age=31536000; samesite=lax`;
    this.line?.repaint();
  }

  /**
   * @param {Event} event
   */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    const { wish, speed, toStand, open, press: label } = button.dataset;
    if (label) this.#press(label);
    else if (wish) this.#do(wish);
    else if (speed) this.player?.setSpeed(Number(speed));
    else if (open) this.open(open);
    else if (toStand) this.#toStand(/** @type {Stand} */ (toStand));
  }

  /**
   * @param {Stand} stand
   */
  #toStand(stand) {
    if (stand !== "edit" && stand !== this.resting) this.place?.note({ stand });
    this.resting = stand;
    if (this.selected) this.close();
    else this.#stand(stand);
  }
}

/**
 * A button that a mouse pressed keeps no focus, so that the next Space plays and presses no label again.
 * @param {Event} event
 */
function keepFocus(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("button") && !target.closest("dialog")) event.preventDefault();
}

customElements.define("work-space", WorkSpace);
