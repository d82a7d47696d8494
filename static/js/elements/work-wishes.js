import { isTyping, say } from "../dom.js";
import { wishOf } from "../lib/keys.js";
import { SPEEDS } from "./film-player.js";
import { showDialog } from "./key-sheet.js";

/**
 * @typedef {import("./work-space.js").Stand} Stand
 */

/** What keys and buttons ask for, and who does it. */
export class Wishes {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
  }

  /**
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (event.defaultPrevented || this.space.querySelector("dialog[open]")) return;
    const button = event.target instanceof HTMLElement && event.target.closest("button, a, summary");
    if (button && (event.code === "Enter" || (event.code === "Space" && button.matches(":focus-visible"))))
      return;
    const range = event.target instanceof HTMLInputElement && event.target.type === "range";
    if (range && event.code.startsWith("Arrow")) return;
    const wish = wishOf(event, {
      typing: isTyping(event.target),
      ...(this.space.places ? { tags: this.space.places } : {}),
      ...(this.space.commands ? { commands: this.space.commands } : {}),
    });
    if (!wish) return;
    if (this.space.dataset.closed === "true" && wish.command !== "curtain") return;
    event.preventDefault();
    if (wish.command === "press") this.space.moments.press(wish.tag ?? "");
    else this.do(wish.command);
  }

  /**
   * @param {string} command
   */
  do(command) {
    const player = this.space.player;
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
      begin: () => this.space.moments.setEdge("begin", player.nowMs),
      end: () => this.space.moments.setEdge("end", player.nowMs),
      "begin-back": () => this.space.moments.edge("begin", -1),
      "begin-on": () => this.space.moments.edge("begin", 1),
      "end-back": () => this.space.moments.edge("end", -1),
      "end-on": () => this.space.moments.edge("end", 1),
      loop: () => this.space.moments.loop(),
      choose: () => this.space.moments.choose(),
      words: () => this.#write(),
      done: () => this.space.stands.close(),
      remove: () => this.space.selected && this.space.moments.remove(this.space.selected),
      slower: () => player.setSpeed(SPEEDS[Math.max(0, SPEEDS.indexOf(player.speed) - 1)] ?? 1),
      faster: () =>
        player.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, SPEEDS.indexOf(player.speed) + 1)] ?? 1),
      "zoom-in": () => this.space.line?.zoom("in"),
      "zoom-out": () => this.space.line?.zoom("out"),
      whole: () => this.space.line?.zoom("whole"),
      undo: () => void this.space.turns.turn("undo"),
      redo: () => void this.space.turns.turn("redo"),
      past: () => void this.space.past.open().catch(() => this.space.live(say("no_server"), true)),
      keys: () => void showDialog(this.space, "keys", this.space.palette?.tags ?? [], this.space.commands),
      own: () => void showDialog(this.space, "own", this.space.palette?.tags ?? [], this.space.commands),
      curtain: () => this.space.stands.curtain(),
      sound: () => player.setSound(player.video.muted),
      theme: () => this.#theme(),
      large: () => this.space.transport.large(),
      "one-by-one": () => this.space.stands.oneByOne(),
      "picture-closer": () => this.space.lens?.by("closer"),
      "picture-further": () => this.space.lens?.by("further"),
      "picture-whole": () => this.space.lens?.whole(),
    };
    table[command]?.();
  }

  /**
   * @param {1 | -1} by
   */
  #beside(by) {
    const moment = this.space.shelf.beside(by, this.space.selected, this.space.player?.nowMs ?? 0);
    if (moment) this.space.stands.open(moment.id);
    else this.space.live(say(by > 0 ? "last_moment" : "first_moment"));
  }

  #write() {
    const moment = this.space.shelf.get(this.space.selected) ?? this.space.shelf.get(this.space.chain?.id ?? null) ?? this.space.moments.here();
    if (!moment) return;
    if (!this.space.selected) this.space.stands.open(moment.id);
    this.space.editor?.write();
  }

  #theme() {
    const root = document.documentElement;
    const dark = root.dataset.theme !== "dark";
    if (dark) root.dataset.theme = "dark";
    else delete root.dataset.theme;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent on plain http
    document.cookie = `vbg_theme=${dark ? "dark" : "light"}; path=/; max-age=31536000; samesite=lax`;
    this.space.line?.repaint();
  }

  /**
   * @param {Event} event
   */
  click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    const { wish, speed, toStand, open, press: label } = button.dataset;
    if (label) this.space.moments.press(label);
    else if (wish) this.do(wish);
    else if (speed) this.space.player?.setSpeed(Number(speed));
    else if (open) this.space.stands.open(open);
    else if (toStand) this.space.stands.to(/** @type {Stand} */ (toStand));
  }
}

/**
 * A button that a mouse pressed keeps no focus, so that the next Space plays and presses no label again.
 * @param {Event} event
 */
export function keepFocus(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("button") && !target.closest("dialog")) event.preventDefault();
}
