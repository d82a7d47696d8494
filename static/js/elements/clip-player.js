import { part, say } from "../dom.js";
import "./film-player.js";

const SLOWER = [1, 0.5, 0.25];
/** @type {Record<string, string>} */
const SLOW_WORDS = { 1: "slow", 0.5: "slow_half", 0.25: "slow_quarter" };

/**
 * <clip-player>: a clip at home, in a <film-player>, with four large keys under it that say what they do. A tap on the
 * picture plays and pauses. Without script the browser's own controls are there instead.
 */
export class ClipPlayer extends HTMLElement {
  connectedCallback() {
    const player = /** @type {import("./film-player.js").FilmPlayer | null} */ (
      this.querySelector("film-player")
    );
    const keys = /** @type {HTMLElement | null} */ (this.querySelector(".vid-keys"));
    if (!player || !keys?.hidden) return;
    this.player = player;
    keys.hidden = false;
    keys.addEventListener("click", (event) => this.#press(event));
    player.addEventListener("click", () => player.toggle());
    this.addEventListener("vbg:state", (event) => this.#state(/** @type {CustomEvent} */ (event).detail));
    const { video } = player;
    video.addEventListener("loadedmetadata", () => this.#shape(video));
    this.#shape(video);
  }

  /**
   * @param {Event} event
   */
  #press(event) {
    const key = event.target instanceof Element ? event.target.closest("[data-wish]") : null;
    const wish = key instanceof HTMLElement ? key.dataset.wish : "";
    if (wish === "play") this.player?.toggle();
    if (wish === "slow") this.#slower();
    if (wish === "again") this.#again();
    if (wish === "large") this.#large();
  }

  #slower() {
    const at = SLOWER.indexOf(this.player?.speed ?? 1);
    this.player?.setSpeed(SLOWER[(at + 1) % SLOWER.length] ?? 1);
  }

  #again() {
    this.player?.seek(0);
    void this.player?.play();
  }

  /** Over the whole screen; a phone that cannot do that for a page can for a film. */
  #large() {
    const box = this.querySelector(".vid");
    const video = /** @type {HTMLVideoElement & {webkitEnterFullscreen?: () => void}} */ (this.player?.video);
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (box?.requestFullscreen) void box.requestFullscreen().catch(() => undefined);
    else video.webkitEnterFullscreen?.();
  }

  /**
   * @param {{playing: boolean, speed: number}} state
   */
  #state({ playing, speed }) {
    this.dataset.playing = String(playing);
    const words = { play: playing ? "pause" : "play", slow: SLOW_WORDS[speed] ?? "slow" };
    for (const [name, word] of Object.entries(words)) {
      const text = part(this, name);
      if (text) text.textContent = say(word);
    }
    this.querySelector("[data-wish=slow]")?.setAttribute("aria-pressed", String(speed < 1));
  }

  /**
   * An upright film gets an upright place.
   * @param {HTMLVideoElement} video
   */
  #shape(video) {
    const box = /** @type {HTMLElement | null} */ (this.querySelector(".vid"));
    if (box && video.videoHeight > video.videoWidth)
      box.style.aspectRatio = `${video.videoWidth} / ${video.videoHeight}`;
  }
}

customElements.define("clip-player", ClipPlayer);
