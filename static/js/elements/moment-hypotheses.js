import { ask, fetched, part, say } from "../dom.js";

/**
 * <moment-hypotheses moment="ID">: whether the open moment speaks for or against what the counselor thinks. It is read
 * when its fold opens. A press is kept at once; the same press again takes it back.
 */
export class MomentHypotheses extends HTMLElement {
  static observedAttributes = ["moment"];
  #read = "";

  connectedCallback() {
    this.addEventListener("click", (event) => this.#press(event));
    this.closest("details")?.addEventListener("toggle", () => void this.#show());
  }

  attributeChangedCallback() {
    if (this.#read === this.moment) return;
    this.#read = "";
    this.#tell("");
    this.#paint(new Map(), true);
    void this.#show();
  }

  get moment() {
    return this.getAttribute("moment") ?? "";
  }

  /** @returns {HTMLButtonElement[]} */
  get #buttons() {
    return [.../** @type {NodeListOf<HTMLButtonElement>} */ (this.querySelectorAll("[data-side]"))];
  }

  async #show() {
    const id = this.moment;
    const link = part(this, "new");
    if (link instanceof HTMLAnchorElement) link.search = id ? `?moment=${id}` : "";
    if (!id || this.#read === id || !this.closest("details")?.open) return;
    const told = await fetched(`/api/v1/moments/${id}/hypotheses`).catch(() => null);
    if (!told || this.moment !== id) return;
    this.#read = id;
    /** @type {{hypothesis: string, side: string}[]} */
    const items = told.items;
    this.#paint(new Map(items.map((one) => [one.hypothesis, one.side])), false);
  }

  /**
   * @param {Map<string, string>} sides by hypothesis
   * @param {boolean} disabled
   */
  #paint(sides, disabled) {
    for (const button of this.#buttons) {
      button.disabled = disabled;
      const on = sides.get(button.dataset.hypothesis ?? "") === button.dataset.side;
      button.setAttribute("aria-pressed", String(on));
    }
  }

  /** @param {Event} event */
  async #press(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-side]") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    const id = this.moment;
    const { hypothesis = "", side } = button.dataset;
    const off = button.getAttribute("aria-pressed") === "true";
    const url = `/api/v1/hypotheses/${hypothesis}/moments/${id}`;
    this.#tell(say("saving"));
    const sent = off ? ask(url, { method: "DELETE" }) : ask(url, { method: "PUT", body: { side } });
    const answer = await sent.catch(() => null);
    if (this.moment !== id) return;
    this.#tell(say(answer?.ok ? "saved" : "not_saved"));
    if (!answer?.ok) return;
    for (const one of this.#buttons)
      if (one.dataset.hypothesis === hypothesis) one.setAttribute("aria-pressed", String(one === button && !off));
  }

  /** @param {string} words */
  #tell(words) {
    part(this, "told")?.replaceChildren(words);
  }
}

customElements.define("moment-hypotheses", MomentHypotheses);
