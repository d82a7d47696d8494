/** What sending films needs to know, without a page: how fast, who is next, what was left unfinished. */

/** Films that are sent at the same time; the others wait their turn. */
export const AT_ONCE = 2;
/** After this long nobody goes on with an upload: the server forgot it. */
export const KEPT_MS = 7 * 24 * 3600 * 1000;
const WINDOW_MS = 10_000;
const PREFIX = "vbg:upload:";

/** How fast bytes go, over the last ten seconds. */
export class Pace {
  /** @type {{at: number, bytes: number}[]} */
  #seen = [];

  /**
   * @param {number} bytes sent so far
   * @param {number} at ms
   */
  note(bytes, at) {
    if (this.#seen.length && bytes < (this.#seen.at(-1)?.bytes ?? 0)) this.#seen = [];
    this.#seen.push({ at, bytes });
    while (this.#seen.length > 2 && at - (this.#seen[0]?.at ?? at) > WINDOW_MS) this.#seen.shift();
  }

  /** @returns {number} bytes a second; 0 while that cannot be said */
  get speed() {
    const first = this.#seen[0];
    const last = this.#seen.at(-1);
    if (!first || !last || last.at - first.at < 1000) return 0;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }

  /**
   * @param {number} total bytes
   * @returns {number | null} seconds to go; null while that cannot be said
   */
  left(total) {
    const sent = this.#seen.at(-1)?.bytes ?? 0;
    return this.speed > 0 ? (total - sent) / this.speed : null;
  }
}

/**
 * @param {string[]} states of all films of the list, in order
 * @returns {number[]} which of them begin now
 */
export function startable(states) {
  let room = AT_ONCE - states.filter((one) => ["sending", "offline", "sealing"].includes(one)).length;
  /** @type {number[]} */
  const found = [];
  states.forEach((one, at) => {
    if (one === "waiting" && room-- > 0) found.push(at);
  });
  return found;
}

const ORDER = [
  "sending",
  "offline",
  "sealing",
  "waiting",
  "failed",
  "paused",
  "received",
  "preparing",
  "held",
  "refused",
];

/**
 * @param {string[]} states
 * @returns {string} what is said of all together: that of which most is still to come
 */
export function overall(states) {
  return ORDER.find((one) => states.includes(one)) ?? (states.length ? "ready" : "");
}

/**
 * By which a film is known again: its size and date, never its name.
 * @param {string} family
 * @param {{size: number, lastModified: number}} file
 */
export function printOf(family, { size, lastModified }) {
  return `${PREFIX}${family}:${size}:${lastModified}`;
}

/**
 * @typedef {{print: string, url: string, size: number, lastModified: number, at: number}} Unfinished
 * @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} Drawer
 */

/**
 * @param {Drawer | null} drawer
 * @param {string} print
 * @param {string} url of the upload
 * @param {number} at ms since 1970
 */
export function remember(drawer, print, url, at) {
  try {
    drawer?.setItem(print, JSON.stringify({ url, at }));
  } catch {
    // a full or blocked storage: it goes on as long as this page is open
  }
}

/**
 * @param {Drawer | null} drawer
 * @param {string} print
 * @returns {string | null} the upload's address
 */
export function recalled(drawer, print) {
  return parsed(drawer?.getItem(print))?.url ?? null;
}

/**
 * What was left unfinished of a family's films; what is too old is forgotten.
 * @param {Drawer | null} drawer
 * @param {string} family
 * @param {number} now ms since 1970
 * @returns {Unfinished[]} longest ago first
 */
export function unfinished(drawer, family, now) {
  /** @type {Unfinished[]} */
  const found = [];
  const keys = Array.from({ length: drawer?.length ?? 0 }, (_, at) => drawer?.key(at) ?? "");
  for (const print of keys.filter((key) => key.startsWith(`${PREFIX}${family}:`))) {
    const kept = parsed(drawer?.getItem(print));
    const [size, lastModified] = print
      .slice(PREFIX.length + family.length + 1)
      .split(":")
      .map(Number);
    if (!kept || now - kept.at > KEPT_MS || !size) drawer?.removeItem(print);
    else found.push({ print, size, lastModified: lastModified ?? 0, ...kept });
  }
  return found.sort((one, other) => one.at - other.at);
}

/**
 * @param {string | null | undefined} text
 * @returns {{url: string, at: number} | null}
 */
function parsed(text) {
  try {
    const { url, at } = JSON.parse(text ?? "");
    return typeof url === "string" && typeof at === "number" ? { url, at } : null;
  } catch {
    return null;
  }
}

/**
 * @param {number} bytes
 * @param {string} language
 * @returns {string} "12,4 MB"
 */
export function size(bytes, language) {
  const unit = bytes >= 1024 ** 3 ? "GB" : "MB";
  const amount = bytes / (unit === "GB" ? 1024 ** 3 : 1024 ** 2);
  return `${amount.toLocaleString(language, { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${unit}`;
}

/**
 * @param {number} seconds
 * @returns {string} "0:42", "12:05", "1:02:05"
 */
export function duration(seconds) {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/**
 * Whether sending the same again may help, by the status of the answer.
 * @param {number} status 0 = no answer at all
 */
export function isPassing(status) {
  return status === 0 || [408, 409, 423, 429, 460].includes(status) || (status >= 500 && status !== 507);
}
