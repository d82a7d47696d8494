import { part } from "../dom.js";

/**
 * <phone-camera>: around an <upload-drop> on a phone. Its `now` is a label with an input that opens the camera; what was
 * filmed goes the way of chosen films. Once all is safely in, `wipe` says what is left to do.
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
    camera.addEventListener("change", () => {
      if (!drop.input || !camera.files?.length) return;
      drop.input.files = camera.files;
      drop.input.dispatchEvent(new Event("change"));
    });
    this.watching = new MutationObserver(() => this.#follow(drop.dataset.state ?? ""));
    this.watching.observe(drop, { attributeFilter: ["data-state"] });
  }

  disconnectedCallback() {
    this.watching?.disconnect();
  }

  /** @param {string} state of all films together */
  #follow(state) {
    const wipe = part(this, "wipe");
    if (wipe) wipe.hidden = state !== "received";
  }
}

customElements.define("phone-camera", PhoneCamera);
