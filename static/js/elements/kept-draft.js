import { part } from "../dom.js";
import { isKept, saysMore } from "../lib/drafts.js";
import { openVault } from "../lib/vault.js";

/** Rest after the last letter, in ms. */
const REST_MS = 400;

/**
 * <kept-draft> round a form: what is typed stays in this browser, sealed, until a page shows that the server has it.
 * A crash, a sign-in in between or a lost connection takes no word. data-place: the form's place; data-tried: the
 * page answers what was sent, so nothing older is put over it. A page that shows what was typed by its id,
 * and one without a form that names it in `data-note`, lets go of it.
 * Where this address cannot seal, the browser asks before the page with words is left.
 */
class KeptDraft extends HTMLElement {
  /** @type {import("../lib/vault.js").Vault | null} */
  #vault = null;
  /** @type {import("../lib/drafts.js").Fields} */
  #shown = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  #going = false;

  async connectedCallback() {
    const form = this.querySelector("form");
    if (form) this.#listen(form);
    this.#vault = await openVault(this.dataset.owner ?? "");
    if (!form) return void this.#letGo();
    const [left] = (await this.#vault?.under(this.#place)) ?? [];
    if (left && document.getElementById(left.value.id ?? "")) return void this.#vault?.put(this.#place, null);
    if (!left || "tried" in this.dataset || saysMore(fieldsOf(form), this.#shown)) return this.#keep(form);
    if (saysMore(left.value, this.#shown)) this.#putBack(form, left.value);
  }

  get #place() {
    return `draft/${this.dataset.place}`;
  }

  /**
   * @param {HTMLFormElement} form
   */
  #listen(form) {
    this.#shown = fieldsOf(form);
    form.addEventListener("input", () => {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => this.#keep(form), REST_MS);
    });
    form.addEventListener("submit", () => {
      this.#going = true;
      this.#keep(form);
    });
    globalThis.addEventListener("pagehide", () => this.#keep(form));
    globalThis.addEventListener("beforeunload", (event) => {
      if (!this.#vault && !this.#going && saysMore(fieldsOf(form), this.#shown)) event.preventDefault();
    });
    part(this, "without")?.addEventListener("click", () => this.#without(form));
  }

  /**
   * @param {HTMLFormElement} form
   */
  #keep(form) {
    clearTimeout(this.#rest);
    const typed = fieldsOf(form);
    if (saysMore(typed, this.#shown) || "tried" in this.dataset) {
      const id = typed.id ?? this.dataset.place ?? "";
      void this.#vault?.put(this.#place, { ...typed, id }).catch(() => {});
    }
  }

  /**
   * @param {HTMLFormElement} form
   * @param {import("../lib/drafts.js").Fields} typed
   */
  #putBack(form, typed) {
    for (const field of form.elements) {
      const value = typed[nameOf(field)];
      if (value === undefined) continue;
      if (field instanceof HTMLInputElement && field.type === "radio") field.checked = field.value === value;
      else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
    }
    const left = part(this, "left");
    if (left) left.hidden = false;
  }

  /**
   * @param {HTMLFormElement} form
   */
  async #without(form) {
    await this.#vault?.put(this.#place, null);
    for (const field of form.elements) {
      if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
      if (nameOf(field) === "csrf_token") continue;
      if (field instanceof HTMLInputElement && field.type === "radio")
        field.checked = this.#shown[field.name] === field.value;
      else field.value = this.#shown[field.name] ?? "";
    }
    const left = part(this, "left");
    if (left) left.hidden = true;
    form.querySelector("textarea")?.focus();
  }

  async #letGo() {
    const { note = "", family = "", version = "0" } = this.dataset;
    for (const of of [note, family])
      for (const { place, value } of (await this.#vault?.under(`draft/${of}`)) ?? [])
        if (isKept(value, { id: note, version: Number(version) })) await this.#vault?.put(place, null);
  }
}

/**
 * @param {Element} field
 * @returns {string}
 */
function nameOf(field) {
  return field.getAttribute("name") ?? "";
}

/**
 * @param {HTMLFormElement} form
 * @returns {import("../lib/drafts.js").Fields}
 */
function fieldsOf(form) {
  /** @type {import("../lib/drafts.js").Fields} */
  const found = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "csrf_token") found[name] = value;
  return found;
}

customElements.define("kept-draft", KeptDraft);
