import { part } from "../dom.js";

/**
 * <phone-camera>: around an <upload-drop> on a phone. Its `now` is a label with an input that opens the camera; what was
 * filmed goes the way of chosen films. Where the <film-recorder> inside works it comes first: of what it films nothing
 * stays on the phone. Once all is safely in, `to-wipe` says what is left to do.
 */
export class PhoneCamera extends HTMLElement {
  connectedCallback() {
    const drop = /** @type {(HTMLElement & {input?: HTMLInputElement}) | null} */ (
      this.querySelector("upload-drop")
    );
    const now = part(this, "now");
    const camera = now?.querySelector("input");
    if (!drop || !now || !camera) return;
    now.hidden = false;
    const record = this.querySelector('film-recorder:not([hidden]) [data-part="record"]');
    record?.classList.add("primary");
    now.classList.toggle("primary", !record);
    camera.addEventListener("change", () => {
      if (!drop.input || !camera.files?.length) return;
      drop.input.files = camera.files;
      drop.input.dispatchEvent(new Event("change"));
    });
    this.watching = new MutationObserver((changes) => {
      for (const { target } of changes) this.#follow(/** @type {HTMLElement} */ (target));
    });
    for (const one of this.querySelectorAll("upload-drop, film-recorder"))
      this.watching.observe(one, { attributeFilter: ["data-state"] });
  }

  disconnectedCallback() {
    this.watching?.disconnect();
  }

  /** @param {HTMLElement} sender whose state changed */
  #follow({ localName, dataset: { state } }) {
    const wipe = part(this, "to-wipe");
    if (wipe && localName === "upload-drop") wipe.hidden = state !== "received";
    if (state === "failed") void this.#ask();
  }

  /** Was this phone let go of on the computer? Then the page of the code says more than a refusal. */
  async #ask() {
    const answer = await fetch(location.pathname, { method: "HEAD" }).catch(() => null);
    if (answer?.redirected) location.assign(answer.url);
  }
}

customElements.define("phone-camera", PhoneCamera);
