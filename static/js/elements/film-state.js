import { ask, part } from "../dom.js";

const POLL_MS = 2000;

/**
 * <film-state src="/api/v1/films/ID" data-state="preparing">: fills the <progress> and the words inside while a film is made
 * ready (what is being done, how long it still takes) and loads the page again once its state is another one.
 */
export class FilmState extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => void this.#look(), POLL_MS);
    void this.#look();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async #look() {
    if (document.hidden) return;
    const answer = await ask(this.getAttribute("src") ?? "").catch(() => null);
    const film = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!film) return;
    const known = this.dataset.state || film.state;
    this.dataset.state = film.state;
    if (film.state !== known && !(known === "received" && film.state === "preparing")) {
      clearInterval(this.timer);
      location.reload();
      return;
    }
    const bar = this.querySelector("progress");
    if (bar && film.progress) bar.value = film.progress * (bar.max || 1);
    const words = part(this, "says");
    if (words && film.says && words.textContent !== film.says) words.textContent = film.says;
  }
}

customElements.define("film-state", FilmState);
