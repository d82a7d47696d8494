/** What elements share: words of the page, icons, building nodes, asking the server. */

/** @type {Record<string, string> | undefined} */
let wordsOfPage;

/**
 * A sentence of the page (`<script type="application/json" id="words">`), with {names} filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function say(key, values = {}) {
  wordsOfPage ??= /** @type {Record<string, string>} */ (json("words") ?? {});
  const text = wordsOfPage[key] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * @param {string} id of a JSON script block
 * @returns {any} null when the page has none
 */
export function json(id) {
  const text = document.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : null;
}

/**
 * @param {string} name of the drawing in the sprite
 * @param {number} [size] pixels
 * @returns {SVGSVGElement}
 */
export function icon(name, size = 18) {
  const space = "http://www.w3.org/2000/svg";
  const svg = /** @type {SVGSVGElement} */ (document.createElementNS(space, "svg"));
  const use = document.createElementNS(space, "use");
  const sheet =
    /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="icons"]'))?.content ?? "";
  use.setAttribute("href", `${sheet}#i-${name.replace(/\.svg$/, "")}`);
  for (const [key, value] of Object.entries({
    class: "i",
    width: size,
    height: size,
    viewBox: "0 0 24 24",
  })) {
    svg.setAttribute(key, String(value));
  }
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | boolean | null | undefined>} [attributes] false, null and undefined are left out
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function node(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (typeof value === "string") made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/**
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} name of data-part
 * @returns {T | null}
 */
export function part(root, name) {
  return /** @type {T | null} */ (root.querySelector(`[data-part="${name}"]`));
}

/**
 * @param {EventTarget} target
 * @param {string} type
 * @param {unknown} [detail]
 */
export function tell(target, type, detail) {
  target.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
}

/**
 * @param {string} url
 * @param {{method?: string, body?: unknown, headers?: Record<string, string>, keepalive?: boolean}} [ask]
 * @returns {Promise<Response>}
 */
export function ask(url, { method = "GET", body, headers = {}, keepalive = false } = {}) {
  const token =
    /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="csrf-token"]'))?.content ?? "";
  /** @type {Record<string, string>} */
  const all = { Accept: "application/json", "X-CSRFToken": token, ...headers };
  /** @type {RequestInit} */
  const init = { method, headers: all, credentials: "same-origin", keepalive };
  if (body !== undefined) {
    all["Content-Type"] = "application/json";
    init.body = JSON.stringify(body);
  }
  return fetch(url, init);
}

/**
 * @param {string} url
 * @returns {Promise<any>} null when the server has none
 */
export async function fetched(url) {
  const answer = await ask(url);
  return answer.ok ? answer.json() : null;
}

/**
 * What a form finds, as a page with the list alone. Its words go in a body, never in an address.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} [more] fields beside its own
 * @returns {Promise<Document | null>} null when the server does not answer
 */
export async function results(form, more = {}) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const headers = { "Vbg-Fragment": "results" };
  const answer = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

/**
 * @param {string} url
 * @returns {Promise<boolean>} the server answers, whatever the browser says about a connection: it may be this laptop
 */
export function isThere(url) {
  return ask(url, { method: "HEAD" }).then(
    (answer) => answer.status < 500,
    () => false,
  );
}

/**
 * Something small this browser remembers; a blocked storage is no trouble.
 * @param {string} key without names
 * @param {string} [value] written when given
 * @returns {string | null}
 */
export function remembered(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(`vbg:${key}`, value);
    return localStorage.getItem(`vbg:${key}`);
  } catch {
    return null;
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean} letters belong to the text there
 */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement &&
    !["checkbox", "radio", "range", "button", "submit"].includes(target.type)
  );
}
