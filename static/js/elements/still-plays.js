import { node } from "../dom.js";

/** @typedef {import("./film-player.js").FilmPlayer} FilmPlayer */

/**
 * <still-plays>: a press on a still plays its moment in its place; a press on what plays, or its end, brings the still
 * back. One plays at a time. Without script the still leads to the film.
 */
class StillPlays extends HTMLElement {
  /** @type {(() => void) | null} ends what plays now */
  #end = null;

  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const still = event.target instanceof Element ? event.target.closest('[data-part="still"]') : null;
      if (!(still instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      this.#play(still);
    });
  }

  /** @param {HTMLAnchorElement} still */
  #play(still) {
    this.#end?.();
    const { film = "", src = "", offset = "0", duration = "0", start, end, codec, alone } = still.dataset;
    const player = /** @type {FilmPlayer} */ (/** @type {unknown} */ (document.createElement("film-player")));
    player.setAttribute("offset-us", offset);
    player.setAttribute("duration-ms", duration);
    player.setAttribute("frames", `/api/v1/films/${film}/frames`);
    if (codec) player.setAttribute("codec", codec);
    player.toggleAttribute("alone", alone !== undefined);
    player.setAttribute("src", src);
    const name = still.querySelector("img")?.alt ?? "";
    const screen = node("button", { type: "button", class: "still l", "aria-label": name }, player);
    const close = () => {
      player.pause();
      const held = screen.contains(document.activeElement);
      screen.replaceWith(still);
      if (held) still.focus();
      this.#end = null;
    };
    screen.addEventListener("click", close);
    screen.addEventListener("vbg:span-end", close);
    this.#end = close;
    still.replaceWith(screen);
    screen.focus();
    void player.framesRead.then(() => {
      if (screen.isConnected) player.playSpan(Number(start), Number(end));
    });
  }
}

customElements.define("still-plays", StillPlays);
