import { part, say } from "../dom.js";
import { clock } from "../lib/timecode.js";

/** The row under the film: its time, its bar, and how it plays. */
export class Transport {
  /** @param {import("./work-space.js").WorkSpace} space */
  constructor(space) {
    this.space = space;
  }

  /**
   * @param {number} ms
   * @param {boolean} playing
   */
  at(ms, playing) {
    this.space.line?.setNow(ms, playing);
    this.space.bands?.at?.(ms);
    const time = part(this.space, "time");
    if (time) time.textContent = `${clock(ms)}.${String(ms % 1000).padStart(3, "0")}`;
    const bar = /** @type {HTMLInputElement | null} */ (part(this.space, "bar"));
    if (bar && document.activeElement !== bar) bar.value = String(ms);
    this.space.place?.at(ms);
  }

  /**
   * @param {{playing: boolean, speed: number, looping: boolean, muted: boolean, ended: boolean, trouble: boolean,
   *   waiting: boolean}} state
   */
  state(state) {
    this.space.dataset.playing = String(state.playing);
    const play = part(this.space, "play");
    play?.setAttribute("aria-label", say(state.playing ? "pause" : "play"));
    part(this.space, "loop")?.setAttribute("aria-pressed", String(state.looping));
    part(this.space, "sound")?.setAttribute("aria-pressed", String(state.muted));
    for (const button of this.space.querySelectorAll("[data-speed]")) {
      button.setAttribute("aria-pressed", String(Number(button.getAttribute("data-speed")) === state.speed));
    }
    const trouble = part(this.space, "trouble");
    if (trouble) trouble.hidden = !state.trouble;
    const waiting = part(this.space, "waiting");
    if (waiting) waiting.hidden = !state.waiting;
    if (state.ended && !this.space.player?.span) this.space.stands.ended();
  }

  large() {
    const stage = part(this.space, "stage");
    if (document.fullscreenElement) void document.exitFullscreen();
    else void stage?.requestFullscreen().catch(() => {});
  }
}
