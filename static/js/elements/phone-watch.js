import { ask, part } from "../dom.js";

const POLL_MS = 2000;

/**
 * <phone-watch data-src="/families/ID/phone/films">: puts the server's newest `arriving` in the place of what stood there,
 * and takes the drawn code away once a phone used it.
 */
export class PhoneWatch extends HTMLElement {
  /** @type {string | null} */
  #shown = null;

  connectedCallback() {
    this.timer = setInterval(() => void this.#look(), POLL_MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async #look() {
    if (document.hidden) return;
    const answer = await ask(this.dataset.src ?? "").catch(() => null);
    const place = part(this, "arriving");
    if (!answer?.ok || answer.redirected || !place) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    const scan = part(this, "scan");
    if (scan && told.querySelector('[data-connected="yes"]')) scan.hidden = true;
    if (place.contains(document.activeElement) || told.textContent === this.#shown) return;
    this.#shown = told.textContent;
    place.replaceChildren(...told.childNodes);
  }
}

customElements.define("phone-watch", PhoneWatch);
