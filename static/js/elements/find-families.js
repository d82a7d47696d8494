import { part, results } from "../dom.js";

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
    const page = await results(form);
    if (turn !== this.#asked) return;
    if (!page) return form.submit();
    const list = /** @type {HTMLElement} */ (part(this, "results"));
    if (!more) return list.replaceChildren(...page.body.childNodes);
    const first = part(page, "list")?.querySelector("a");
    part(list, "list")?.append(...(part(page, "list")?.children ?? []));
    part(list, "more")?.replaceWith(...[part(page, "more")].filter((one) => one !== null));
    first?.focus();
  }
}

customElements.define("find-families", FindFamilies);
