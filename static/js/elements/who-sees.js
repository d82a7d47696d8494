import { fetched, node, part } from "../dom.js";

/**
 * <who-sees src="/api/v1/readers/film/ID">: opened, it says by name who sees this now; each time anew.
 * Its `src` may change while it stands: it folds then.
 */
export class WhoSees extends HTMLElement {
  static observedAttributes = ["src"];

  connectedCallback() {
    if (this.fold) return;
    this.fold = this.querySelector("details");
    this.fold?.addEventListener("toggle", () => this.fold?.open && void this.#read());
  }

  attributeChangedCallback() {
    if (this.fold) this.fold.open = false;
  }

  async #read() {
    const src = this.getAttribute("src");
    /** @type {{team: string[], home: string[], room: boolean} | null} */
    const told = src ? await fetched(src).catch(() => null) : null;
    if (src !== this.getAttribute("src")) return;
    this.#names("team", told?.team ?? []);
    this.#names("home", told?.home ?? []);
    this.#show("room", Boolean(told?.room));
    this.#show("nobody", Boolean(told) && !told?.room && !told?.team.length && !told?.home.length);
    this.#show("trouble", !told);
  }

  /**
   * @param {"team" | "home"} where
   * @param {string[]} names
   */
  #names(where, names) {
    this.#show(where, names.length > 0);
    const said = names.flatMap((name, at) => [at ? ", " : "", node("bdi", {}, name)]);
    part(this, `${where}-names`)?.replaceChildren(...said);
  }

  /**
   * @param {string} name
   * @param {boolean} shown
   */
  #show(name, shown) {
    const line = part(this, name);
    if (line) line.hidden = !shown;
  }
}

customElements.define("who-sees", WhoSees);
