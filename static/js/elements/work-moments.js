import { say, tell } from "../dom.js";
import { added, asItStands, press } from "../lib/chain.js";
import { newId } from "../lib/new-id.js";
import { holds } from "../lib/shelf.js";
import { clock, floorMs, frameFrom, stamp, stepFrame } from "../lib/timecode.js";

/**
 * @typedef {import("../lib/shelf.js").Moment} Moment
 * @typedef {import("../lib/chain.js").Open} Open
 */

/** What she does to moments: mark, change, move, choose, remove. It shows at once and is put on its way. */
export class Moments {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
    /** The last press did something. */
    this.pressed = false;
  }

  /**
   * A label was pressed: "this happens here". Never stops the film, never removes.
   * @param {string} name
   */
  press(name) {
    const tag = this.space.tags?.get(name);
    if (!tag || !this.space.player || !this.space.rules) return;
    const now = this.space.player.nowMs;
    this.space.palette?.flash(name);
    const open = this.space.shelf.get(this.space.selected);
    if (open) {
      const marks = added(open, tag, now);
      this.pressed = marks.length > open.marks.length;
      if (!this.pressed) return;
      this.change(open.id, { marks });
      this.space.live(say("added", { label: tag.label }));
      return;
    }
    const before = asItStands(this.space.chain, this.space.shelf.get(this.space.chain?.id ?? null));
    const { open: chain, opened } = press(before, tag, now, this.space.rules, newId);
    this.space.chain = chain;
    this.pressed = true;
    if (opened) this.#create(chain);
    else this.change(chain.id, { marks: chain.marks, end_ms: chain.end_ms });
    tell(this.space, "vbg:pressed", { span: chain, tag });
    this.space.live(say(opened ? "noted" : "joined", { label: tag.label, time: clock(now) }));
  }

  /** The press before was the first half of a double-click: what it did is taken back, and nothing else. */
  unpress() {
    if (this.pressed) void this.space.turns.turn("undo");
    this.pressed = false;
  }

  /**
   * @param {Open} chain
   */
  #create({ id, start_ms, end_ms, marks }) {
    this.space.shelf.put({ id, start_ms, end_ms, marks, goals: [], who_began: null, words: "", chosen: false });
    this.space.acts.put(id, "POST", { id, start_ms, end_ms, marks });
    this.space.redraw();
  }

  /**
   * @param {string} id
   * @param {Partial<Moment>} fields
   */
  change(id, fields) {
    const moment = this.space.shelf.get(id);
    if (!moment) return;
    const set = "who_began" in fields ? { who_began_set: fields.who_began !== null } : {};
    this.space.shelf.put({ ...moment, ...fields, ...set });
    this.space.acts.put(id, "PATCH", fields);
    this.space.redraw();
  }

  /**
   * @param {string} id
   */
  remove(id) {
    const next = this.space.shelf.beside(1, id, 0);
    if (this.space.selected === id) {
      this.space.editor?.show(null);
      this.space.selected = null;
    }
    if (this.space.chain?.id === id) this.space.chain = null;
    this.space.shelf.drop(id);
    this.space.acts.put(id, "DELETE");
    if (next && this.space.stand === "edit") this.space.stands.open(next.id, { play: false });
    else this.space.stands.afterRemoval();
    this.space.redraw();
    this.space.live(say("removed"));
  }

  /**
   * @param {{id: string, start_ms: number, end_ms: number | null, by_ms: number}} wish
   */
  spanned({ id, start_ms, end_ms, by_ms }) {
    const moment = this.space.shelf.get(id);
    if (!moment) return;
    const last = (end_ms ?? start_ms + 1) - 1;
    const marks = moment.marks.map((mark) => ({
      ...mark,
      at_ms: Math.max(start_ms, Math.min(last, mark.at_ms + by_ms)),
    }));
    const moved = JSON.stringify(marks) !== JSON.stringify(moment.marks);
    this.change(id, moved ? { start_ms, end_ms, marks } : { start_ms, end_ms });
    if (this.space.selected === id) this.space.player?.playSpan(start_ms, end_ms ?? start_ms, { loop: true });
  }

  /**
   * Begin or end of the open moment, by true frames.
   * @param {"begin" | "end"} edge
   * @param {number} by
   */
  edge(edge, by) {
    const moment = this.space.shelf.get(this.space.selected);
    const times = this.space.player?.timesUs ?? [];
    if (!moment || (edge === "end" && moment.end_ms === null) || !times.length) return;
    const at = edge === "begin" ? moment.start_ms : (moment.end_ms ?? 0);
    const index = stepFrame(times, Math.min(times.length - 1, frameFrom(times, at * 1000)), by);
    this.setEdge(edge, floorMs(times[index] ?? 0));
  }

  /**
   * @param {"begin" | "end"} edge
   * @param {number} ms
   */
  setEdge(edge, ms) {
    const moment = this.space.shelf.get(this.space.selected);
    if (!moment) {
      this.space.live(say("open_one_first"));
      return;
    }
    const start_ms = edge === "begin" ? ms : moment.start_ms;
    const end_ms = edge === "end" ? ms : moment.end_ms;
    if (end_ms !== null && end_ms <= start_ms) return;
    this.space.player?.pause();
    this.space.player?.free();
    this.space.player?.seek(ms);
    const last = (end_ms ?? start_ms + 1) - 1;
    const marks = moment.marks.map((mark) => ({
      ...mark,
      at_ms: Math.max(start_ms, Math.min(last, mark.at_ms)),
    }));
    const moved = JSON.stringify(marks) !== JSON.stringify(moment.marks);
    this.change(moment.id, {
      ...(edge === "begin" ? { start_ms } : { end_ms }),
      ...(moved ? { marks } : {}),
    });
  }

  choose() {
    const moment = this.space.shelf.get(this.space.selected) ?? this.space.shelf.get(this.space.chain?.id ?? null) ?? this.here();
    if (!moment) return;
    this.change(moment.id, { chosen: !moment.chosen });
    this.space.live(say(moment.chosen ? "unchosen_now" : "chosen_now", { n: this.space.shelf.chosen }));
  }

  /** The frame on screen stands for the open moment from now on. */
  photo() {
    const moment = this.space.shelf.get(this.space.selected);
    const ms = this.space.player?.nowMs;
    if (!moment || ms === undefined) return;
    if (!holds(moment, ms)) {
      this.space.live(say("photo_outside"), true);
      return;
    }
    this.change(moment.id, { photo_ms: ms });
    this.space.live(say("photo_taken", { time: stamp(ms) }));
  }

  /** @returns {Moment | undefined} */
  here() {
    return this.space.shelf.at(this.space.player?.nowMs ?? 0);
  }

  loop() {
    const moment = this.space.shelf.get(this.space.selected) ?? this.here();
    if (this.space.player?.span) this.space.player.free();
    else if (moment) this.space.player?.playSpan(moment.start_ms, moment.end_ms ?? moment.start_ms, { loop: true });
  }
}
