import { ask, icon, node, part, tell } from "../dom.js";
import { summed } from "../lib/checksums.js";
import { played } from "../lib/codecs.js";
import { duration, isPassing, Pace, printOf, recalled, remember, size } from "../lib/sending.js";

const TUS = "../../vendor/tus-js-client-4.3.1/tus.min.js";
const CHUNK = 8 * 1024 * 1024;
const POLL_MS = 2000;
/** Pauses before an unanswered piece is sent again. */
const RETRIES = [0, 1000, 3000, 5000, 10_000];
/** Without a connection it tries by itself now and then, whatever the computer says of its network. */
const PATIENCE_MS = 10_000;

/**
 * @typedef {{
 *   endpoint: string, family: string, filmUrl: string, token: string, device: string, told: Record<string, string>,
 *   watches: boolean,
 *   word: (key: string, values?: Record<string, string>) => string,
 * }} Way
 */

/** @returns {Storage | null} where unfinished uploads are remembered */
export function drawer() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/**
 * <upload-film data-state>: one film on its way in, with its bar, its words, its buttons. Made by <upload-drop>. States:
 * waiting, sending, paused, offline, sealing, failed (can go on), refused (cannot), then those of the film itself.
 * `vbg:upload-state` says each change, with the words to speak, if any.
 */
export class UploadFilm extends HTMLElement {
  /** @type {any} */
  #upload = null;
  #pace = new Pace();
  #last = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;

  /**
   * @param {File} file
   * @param {Way} way
   */
  take(file, way) {
    this.file = file;
    this.way = way;
    this.print = printOf(way.family, file);
    /** @type {string | null} */
    this.filmId = null;
    const { word } = way;
    const turn = node("button", { type: "button", class: "btn", "data-part": "turn" });
    const away = node("button", { type: "button", class: "btn ghost", "data-part": "away" }, word("away"));
    away.setAttribute("aria-label", `${word("away")}: ${file.name}`);
    turn.addEventListener("click", () => this.#turn());
    away.addEventListener("click", () => void this.#takeAway());
    this.append(
      node(
        "p",
        { class: "uf-name" },
        node("b", { class: "ell" }, node("bdi", {}, file.name)),
        node("span", { class: "small muted" }, this.#size(file.size)),
      ),
      node("progress", {
        "data-part": "bar",
        max: "1",
        value: "0",
        "aria-label": `${word("sending")}: ${file.name}`,
      }),
      node("p", { class: "small uf-status", "data-part": "status" }),
      node(
        "div",
        { class: "row uf-act" },
        turn,
        node("a", { class: "btn", "data-part": "open", hidden: true }),
        away,
      ),
      node("div", { "data-part": "same", hidden: true }),
    );
    this.#state("waiting");
  }

  get state() {
    return this.dataset.state ?? "";
  }

  /** Whether the film is in and needs no second copy: it can be wiped where it was. */
  get isSafe() {
    return Boolean(this.filmId) && ["ready", "held"].includes(this.state);
  }

  /** Whether leaving the page would stop something. */
  get isUnderWay() {
    return ["waiting", "sending", "offline", "sealing"].includes(this.state);
  }

  /** Send it, from where the server says it was. */
  async begin() {
    clearTimeout(this.#again);
    if (!this.file || !this.way) return;
    this.#pace = new Pace();
    this.#state("sending");
    const { Upload, DefaultHttpStack } = await tus();
    if (this.state !== "sending") return;
    if (this.#upload) {
      await this.#upload.abort(); // it may be waiting to try again by itself
      return this.#upload.start();
    }
    const { family, endpoint, token, device, told } = this.way;
    const known = recalled(drawer(), this.print ?? "");
    const plays = this.way.watches ? await played() : "";
    if (this.state !== "sending") return;
    const upload = new Upload(this.file, {
      // With a known place and no endpoint a passing trouble can never begin the film anew.
      endpoint: known ? null : endpoint,
      uploadUrl: known,
      chunkSize: CHUNK,
      retryDelays: RETRIES,
      storeFingerprintForResuming: false,
      httpStack: summed(new DefaultHttpStack({})),
      metadata: { family, filename: this.file.name, device, ...told, ...(plays ? { plays } : {}) },
      headers: { "X-CSRFToken": token },
      onUploadUrlAvailable: () => {
        upload.options.endpoint = null;
        remember(drawer(), this.print ?? "", upload.url, Date.now());
      },
      onShouldRetry: (/** @type {any} */ error) => this.#retries(error),
      onProgress: (/** @type {number} */ sent, /** @type {number} */ total) => this.#progress(sent, total),
      onSuccess: (/** @type {any} */ done) => void this.#received(done?.lastResponse),
      onError: (/** @type {any} */ error) => this.#failed(error),
    });
    this.#upload = upload;
    upload.start();
  }

  /** Stop where it is, to go on later. */
  async pause() {
    clearTimeout(this.#again);
    await this.#upload?.abort();
    this.#state("paused", this.#word("paused"));
  }

  /** The network went away: say so, and wait. */
  async lose() {
    if (!["sending", "offline"].includes(this.state)) return;
    this.#state("offline", this.#word("offline"));
    await this.#upload?.abort();
    this.#later();
  }

  /** The network is back, or may be. */
  find() {
    if (this.state === "offline") void this.begin();
  }

  #turn() {
    if (["sending", "offline", "waiting"].includes(this.state)) void this.pause();
    else this.#state("waiting");
  }

  async #takeAway() {
    clearTimeout(this.#again);
    const url = this.#upload?.url ?? recalled(drawer(), this.print ?? "");
    await this.#upload?.abort();
    drawer()?.removeItem(this.print ?? "");
    if (url) void forget(url);
    tell(this, "vbg:upload-away", { words: this.#word("gone") });
  }

  /** @param {any} error */
  #retries(error) {
    const status = statusOf(error);
    if (status === 0) this.#state("offline", this.#word("offline"));
    return navigator.onLine && isPassing(status);
  }

  #later() {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.find(), PATIENCE_MS);
  }

  /**
   * @param {number} sent bytes
   * @param {number} total
   */
  #progress(sent, total) {
    if (!["sending", "offline", "sealing"].includes(this.state)) return;
    const now = performance.now();
    this.#pace.note(sent, now);
    if (sent === total) return this.#state("sealing");
    if (this.state !== "sending") this.#state("sending");
    if (now - this.#last < 400) return;
    this.#last = now;
    const bar = /** @type {HTMLProgressElement | null} */ (this.querySelector("progress"));
    if (bar) bar.value = sent / total;
    const left = this.#pace.left(total);
    const speed = this.#pace.speed;
    const words = [this.#word("of", { sent: this.#size(sent), total: this.#size(total) })];
    if (speed) words.push(this.#word("speed", { speed: this.#size(speed) }));
    if (left !== null) words.push(this.#word("left", { time: duration(left) }));
    this.#tell(words.join(" · "));
  }

  /** @param {any} response of tus-js-client */
  async #received(response) {
    drawer()?.removeItem(this.print ?? "");
    this.filmId = response?.getHeader("Vbg-Film") ?? null;
    const link = /** @type {HTMLAnchorElement | null} */ (part(this, "open"));
    if (link && this.filmId && this.way) {
      link.href = `${this.way.filmUrl}${this.filmId}`;
      link.textContent = this.#word("open");
      link.setAttribute("aria-label", `${this.#word("open")}: ${this.file?.name}`);
      link.hidden = false;
    }
    this.#state("received", this.#word("received"));
    if (this.filmId) await this.#follow(this.filmId);
  }

  /** @param {string} id of the film */
  async #follow(id) {
    for (let first = true; this.isConnected && this.filmId; ) {
      const answer = await ask(`/api/v1/films/${id}`).catch(() => null);
      if (answer && answer.status >= 400 && answer.status < 500) return;
      const film = answer?.ok ? await answer.json().catch(() => null) : null;
      if (film && this.filmId) {
        if (first) this.#same(film.same_as);
        first = false;
        const spoken = film.state === "preparing" ? "" : film.reason || this.#word(film.state);
        const share = film.progress ? ` ${Math.round(film.progress * 100)} %` : "";
        this.#shown = film.state === "preparing" ? `${this.#word("preparing")}${share}` : spoken;
        if (film.state !== this.state) this.#state(film.state === "failed" ? "refused" : film.state, spoken);
        else this.#tell(this.#shown);
        if (!["received", "preparing"].includes(film.state)) return;
      }
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }

  #shown = "";

  /**
   * The very same film is there already: say where, and offer to keep one of them.
   * @param {{id: string, family: string, is_practice: boolean} | null} same
   */
  #same(same) {
    const place = part(this, "same");
    if (!same || !place || !this.way) return;
    const words = same.is_practice
      ? this.#word("same_practice")
      : this.#word("same", { family: same.family });
    const erase = node(
      "button",
      { type: "button", class: "btn", "data-part": "erase" },
      this.#word("same_erase"),
    );
    const keep = node(
      "button",
      { type: "button", class: "btn ghost", "data-part": "keep" },
      this.#word("same_keep"),
    );
    erase.addEventListener("click", () => void this.#erase(erase));
    keep.addEventListener("click", () => {
      place.hidden = true;
      part(this, "open")?.focus();
    });
    place.className = "notice";
    place.replaceChildren(
      icon("film", 20),
      node(
        "p",
        {},
        node("a", { href: `${this.way.filmUrl}${same.id}` }, words),
        ` ${this.#word("same_more")}`,
      ),
      node("div", { class: "act" }, erase, keep),
    );
    place.hidden = false;
    tell(this, "vbg:upload-state", { state: this.state, words: this.#named(words) });
  }

  /** @param {HTMLButtonElement} button */
  async #erase(button) {
    button.disabled = true;
    const answer = await ask(`/api/v1/films/${this.filmId}`, { method: "DELETE" }).catch(() => null);
    button.disabled = false;
    if (!answer?.ok) return this.#tell(this.#word("failed"));
    this.filmId = null;
    tell(this, "vbg:upload-away", { words: this.#word("same_erased") });
  }

  /** @param {any} error with the server's answer, when there was one */
  #failed(error) {
    const status = statusOf(error);
    if (status === 0) {
      this.#state("offline", this.#word("offline"));
      return this.#later();
    }
    if (status === 404 || status === 410) {
      // The server forgot this upload: from the beginning, once.
      drawer()?.removeItem(this.print ?? "");
      const known = !this.#upload.options.endpoint;
      this.#upload = null;
      if (known) return void this.begin();
    }
    let problem = null;
    try {
      problem = JSON.parse(error?.originalResponse?.getBody() ?? "");
    } catch {
      // an answer that says nothing: our own words do
    }
    const [said] = Object.values(problem?.errors ?? {});
    this.#shown = said || problem?.title || this.#word("failed");
    const isFinal = [413, 422].includes(status);
    if (isFinal) {
      drawer()?.removeItem(this.print ?? "");
      this.#upload = null;
    }
    this.#state(isFinal ? "refused" : "failed", this.#shown);
  }

  /**
   * @param {string} state
   * @param {string} [words] worth speaking
   */
  #state(state, words = "") {
    if (state === this.state && state !== "refused") return;
    this.dataset.state = state;
    const turn = part(this, "turn");
    const runs = ["waiting", "sending", "offline"].includes(state);
    if (turn) {
      const word = this.#word(runs ? "pause" : "resume");
      turn.textContent = word;
      turn.setAttribute("aria-label", `${word}: ${this.file?.name}`);
      turn.hidden = !runs && !["paused", "failed"].includes(state);
    }
    const away = part(this, "away");
    if (away) away.hidden = Boolean(this.filmId) || state === "sealing";
    const bar = this.querySelector("progress");
    if (bar) {
      bar.hidden = !this.isUnderWay && !["paused", "failed"].includes(state);
      if (state === "sealing") bar.removeAttribute("value");
    }
    this.#tell(["failed", "refused"].includes(state) ? this.#shown : words || this.#word(state));
    tell(this, "vbg:upload-state", { state, words: words && this.#named(words) });
  }

  /** @param {string} words */
  #named(words) {
    return `${this.file?.name}: ${words}`;
  }

  /** @param {string} text */
  #tell(text) {
    const status = part(this, "status");
    if (status && status.textContent !== text) status.textContent = text;
  }

  /**
   * @param {string} key
   * @param {Record<string, string>} [values]
   */
  #word(key, values) {
    return this.way?.word(key, values) ?? "";
  }

  /** @param {number} bytes */
  #size(bytes) {
    return size(bytes, document.documentElement.lang);
  }
}

/**
 * Let the server forget an upload.
 * @param {string} url
 */
export async function forget(url) {
  await ask(url, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }).catch(() => null);
}

/**
 * @param {any} error of tus-js-client
 * @returns {number} the answer's status; 0 when there was none
 */
function statusOf(error) {
  return error?.originalResponse?.getStatus() ?? 0;
}

/**
 * The library is fetched when a film is chosen; it names itself on the window.
 * @returns {Promise<any>}
 */
async function tus() {
  await import(/** @type {string} */ (TUS));
  return /** @type {any} */ (window).tus;
}

customElements.define("upload-film", UploadFilm);
