import { isTyping, part } from "../dom.js";

/**
 * <to-review>: found moments that one press (or X on the moment) puts into samen kijken and takes out again, without
 * another page. Around items with data-moment, each with the control of reviews/_choice.html. Without an answer the
 * form is sent as it is without script.
 */
class ToReview extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const pressed = event.target instanceof Element ? event.target.closest('[data-part="choose"]') : null;
      if (!(pressed instanceof HTMLButtonElement)) return;
      event.preventDefault();
      void this.#send(pressed);
    });
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.code !== "KeyX" || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = event.target instanceof Element ? event.target.closest("[data-moment]") : null;
    if (!item || isTyping(event.target)) return;
    event.preventDefault();
    part(item, "choose")?.click();
  }

  /** @param {HTMLButtonElement} pressed */
  async #send(pressed) {
    const { form } = pressed;
    if (!form || pressed.hasAttribute("aria-busy")) return;
    pressed.setAttribute("aria-busy", "true");
    const body = new FormData(form);
    body.set(pressed.name, pressed.value);
    const headers = { "Vbg-Fragment": "choice" };
    const answer = await fetch(pressed.formAction, { method: "POST", body, headers }).catch(() => null);
    pressed.removeAttribute("aria-busy");
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = page && part(page, "choice");
    if (!made) {
      form.requestSubmit(pressed);
      return;
    }
    const held = document.activeElement === pressed;
    pressed.closest('[data-part="choice"]')?.replaceWith(made);
    const now = /** @type {HTMLElement} */ (part(made, "choose"));
    if (held) now.focus();
    part(this, "said")?.replaceChildren(now.textContent ?? "");
  }
}

customElements.define("to-review", ToReview);
