import { node, part } from "../dom.js";

const KEPT = "vbg:back";

/**
 * <take-back hidden>: after a form with data-back was kept, one press puts back what stood there before. Until the
 * next page the former values wait in this tab alone. data-back is where they go; data-back-with says them when
 * the form has no fields of its own.
 */
export class TakeBack extends HTMLElement {
  connectedCallback() {
    const former = taken();
    if (!former || document.querySelector('[aria-invalid="true"], .notice.attention[role="alert"]')) return;
    part(this, "back")?.addEventListener("click", () => putBack(former));
    this.hidden = false;
  }
}

/** @typedef {{action: string, fields: [string, string][]}} Former */

/** @returns {Former | null} what the page before left, once */
function taken() {
  try {
    const text = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/**
 * @param {Former} former
 */
function putBack({ action, fields }) {
  const token = /** @type {HTMLInputElement | null} */ (document.querySelector('input[name="csrf_token"]'));
  const form = node("form", { method: "post", action, hidden: true });
  for (const [name, value] of [...fields, ["csrf_token", token?.value ?? ""]])
    form.append(node("input", { type: "hidden", name, value }));
  document.body.append(form);
  form.submit();
}

/**
 * @param {HTMLFormElement} form
 * @returns {[string, string][]} its fields as they stood when the page came
 */
function formerOf(form) {
  /** @type {[string, string][]} */
  const found = [];
  for (const field of form.elements) {
    if (field instanceof HTMLSelectElement) {
      const stood = [...field.options].find((one) => one.defaultSelected) ?? field.options[0];
      found.push([field.name, stood?.value ?? ""]);
    } else if (field instanceof HTMLTextAreaElement) found.push([field.name, field.defaultValue]);
    else if (field instanceof HTMLInputElement && field.name && field.name !== "csrf_token") {
      if (!["checkbox", "radio"].includes(field.type)) found.push([field.name, field.defaultValue]);
      else if (field.defaultChecked) found.push([field.name, field.value]);
    }
  }
  return found;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.back) return;
  const said = form.dataset.backWith;
  const fields = said ? Object.entries(JSON.parse(said)).map(([name, value]) => [name, String(value)]) : formerOf(form);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ action: form.dataset.back, fields }));
  } catch {
    // a blocked storage: the form still works
  }
});

customElements.define("take-back", TakeBack);
