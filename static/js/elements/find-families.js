import { part } from "../dom.js";

/** Rest between two letters before the server is asked, in ms. */
const REST_MS = 120;

/** <find-families>: the list of families as one types; without script its form has a button. */
class FindFamilies extends HTMLElement {
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  connectedCallback() {
    this.addEventListener("submit", (event) => {
      if (!(event.target instanceof HTMLFormElement)) return;
      event.preventDefault();
      void this.#ask(event.target, event.target.dataset.part === "more");
    });
    part(this, "form")?.addEventListener("input", () => {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => void this.#ask(/** @type {HTMLFormElement} */ (part(this, "form"))), REST_MS);
    });
  }

  disconnectedCallback() {
    clearTimeout(this.#rest);
  }

  /**
   * @param {HTMLFormElement} form
   * @param {boolean} [more] put what comes below what stands there
   */
  async #ask(form, more = false) {
    clearTimeout(this.#rest);
    const turn = ++this.#asked;
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "Vbg-Fragment": "results" },
    }).catch(() => null);
    if (turn !== this.#asked) return;
    if (!answer?.ok) return form.submit();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== this.#asked) return;
    const results = /** @type {HTMLElement} */ (part(this, "results"));
    if (!more) return results.replaceChildren(...page.body.childNodes);
    const first = part(page, "list")?.querySelector("a");
    part(results, "list")?.append(...(part(page, "list")?.children ?? []));
    part(results, "more")?.replaceWith(...[part(page, "more")].filter((one) => one !== null));
    first?.focus();
  }
}

customElements.define("find-families", FindFamilies);
