import { ask, icon, json, node, part } from "../dom.js";

const TUS = "../../vendor/tus-js-client-4.3.1/tus.min.js";
const CHUNK = 8 * 1024 * 1024;
const POLL_MS = 2000;
/** Pauses before an unanswered piece is sent again. */
const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];

/**
 * Where uploads that were cut off are remembered: by size and date of the file, never by its name.
 */
const memory = {
  /** @param {string} print */
  async findUploadsByFingerprint(print) {
    return Object.entries(localStorage)
      .filter(([key]) => key.startsWith(`${print}|`))
      .map(([key, value]) => ({ ...JSON.parse(value), urlStorageKey: key }));
  },
  async findAllUploads() {
    return [];
  },
  /** @param {string} key */
  async removeUpload(key) {
    localStorage.removeItem(key);
  },
  /**
   * @param {string} print
   * @param {{uploadUrl?: string | null, size: number | null, creationTime: string}} upload
   */
  async addUpload(print, upload) {
    const key = `${print}|${crypto.randomUUID()}`;
    const { uploadUrl, size, creationTime } = upload;
    localStorage.setItem(key, JSON.stringify({ uploadUrl, size, creationTime, metadata: {} }));
    return key;
  },
};

/**
 * <upload-drop data-endpoint="/api/v1/uploads" data-family="ID">: brings a film in, piece by piece. Its words are the
 * JSON block `upload-words`. A box with `data-needed-by="upload-drop"` must be ticked first. With `data-then` the page
 * goes on to that place of the film as soon as it is ready.
 */
export class UploadDrop extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    /** @type {Record<string, string>} */
    this.words = json("upload-words") ?? {};
    const input = this.#build();
    input.addEventListener("change", () => this.#take(input.files?.[0]));
    for (const name of ["dragenter", "dragover"])
      this.addEventListener(name, (event) => this.#over(event, true));
    for (const name of ["dragleave", "drop"])
      this.addEventListener(name, (event) => this.#over(event, false));
    this.addEventListener("drop", (event) => this.#take(event.dataTransfer?.files[0]));
    part(this, "pause")?.addEventListener("click", () => this.#pause());
    part(this, "resume")?.addEventListener("click", () => this.#resume());
    window.addEventListener("beforeunload", (event) => {
      if (this.dataset.state === "sending") event.preventDefault();
    });
  }

  #build() {
    const word = (/** @type {string} */ key) => this.#word(key);
    const input = node("input", {
      type: "file",
      accept: "video/*,.mov,.mkv,.avi,.mts,.m2ts,.dv",
      class: "sr",
    });
    const choose = node("label", { class: "btn primary l" }, icon("upload", 18), word("choose"), input);
    this.input = input;
    const button = (/** @type {string} */ name) =>
      node("button", { type: "button", class: "btn", "data-part": name, hidden: true }, word(name));
    const open = node("a", { class: "btn", "data-part": "open", hidden: true }, word("open"));
    this.append(
      node(
        "div",
        { class: "row", "data-part": "choose" },
        choose,
        node("span", { class: "muted" }, word("drop")),
      ),
      node("progress", { "data-part": "bar", hidden: true, "aria-label": word("sending") }),
      node("p", { role: "status", "data-part": "status" }),
      node("div", { class: "row" }, button("pause"), button("resume"), open),
    );
    const needed = /** @type {HTMLInputElement | null} */ (
      document.querySelector('[data-needed-by="upload-drop"]')
    );
    const follow = () => {
      if (needed) input.disabled = !needed.checked;
      choose.classList.toggle("is-off", Boolean(needed && !needed.checked));
    };
    needed?.addEventListener("change", follow);
    follow();
    return input;
  }

  /**
   * @param {Event} event
   * @param {boolean} on
   */
  #over(event, on) {
    event.preventDefault();
    this.classList.toggle("is-over", on);
  }

  /**
   * @param {File | undefined} file
   */
  async #take(file) {
    if (!file || this.input?.disabled || this.dataset.state === "sending") return;
    const { Upload } = await tus();
    const { family = "", recordedOn, situation } = this.dataset;
    /** @type {Record<string, string>} */
    const metadata = { family, filename: file.name };
    if (recordedOn) metadata.recorded_on = recordedOn;
    if (situation) metadata.situation = situation;
    this.began = performance.now();
    this.sentBefore = -1;
    this.upload = new Upload(file, {
      endpoint: this.dataset.endpoint ?? "/api/v1/uploads",
      chunkSize: CHUNK,
      retryDelays: RETRIES,
      metadata,
      headers: { "X-CSRFToken": token() },
      urlStorage: memory,
      removeFingerprintOnSuccess: true,
      fingerprint: async () => `vbg:upload:${family}:${file.size}:${file.lastModified}`,
      onProgress: (/** @type {number} */ sent, /** @type {number} */ total) => this.#progress(sent, total),
      onSuccess: (/** @type {any} */ done) => this.#received(done?.lastResponse),
      onError: (/** @type {any} */ error) => this.#failed(error),
    });
    const earlier = await this.upload.findPreviousUploads();
    if (earlier[0]) this.upload.resumeFromPreviousUpload(earlier[0]);
    this.#state("sending");
    this.upload.start();
  }

  async #pause() {
    await this.upload?.abort();
    this.#state("paused");
    this.#tell(this.#word("paused"));
  }

  #resume() {
    this.began = performance.now();
    this.sentBefore = -1;
    this.#state("sending");
    this.upload?.start();
  }

  /**
   * @param {number} sent bytes
   * @param {number} total
   */
  #progress(sent, total) {
    if (this.dataset.state !== "sending") return;
    if ((this.sentBefore ?? -1) < 0) this.sentBefore = sent;
    const bar = /** @type {HTMLProgressElement | null} */ (
      part(this, "bar") ?? this.querySelector("progress")
    );
    if (bar) {
      bar.max = total;
      bar.value = sent;
      bar.hidden = false;
    }
    const seconds = (performance.now() - (this.began ?? 0)) / 1000;
    const speed = (sent - (this.sentBefore ?? 0)) / seconds;
    const left = speed > 0 && seconds > 1 ? duration((total - sent) / speed) : "";
    const words = `${this.#word("sending")} ${size(sent)} / ${size(total)}`;
    this.#tell(left ? `${words}, ${this.#word("left", { time: left })}` : words);
  }

  /**
   * @param {any} response of tus-js-client
   */
  #received(response) {
    const film = response?.getHeader("Vbg-Film");
    this.#state("received");
    this.#tell(this.#word("received"));
    if (film) void this.#follow(film);
  }

  /**
   * @param {string} id of the film
   */
  async #follow(id) {
    const link = /** @type {HTMLAnchorElement | null} */ (part(this, "open"));
    if (link) {
      link.href = `${this.dataset.filmUrl ?? "/films/"}${id}`;
      link.hidden = false;
    }
    for (;;) {
      const answer = await ask(`/api/v1/films/${id}`).catch(() => null);
      const film = answer?.ok ? await answer.json() : null;
      if (film) {
        this.#state(film.state);
        const share = film.progress ? ` ${Math.round(film.progress * 100)} %` : "";
        this.#tell(film.reason || `${this.#word(film.state)}${film.state === "preparing" ? share : ""}`);
      }
      if (film?.state === "ready" && link && this.dataset.then)
        location.assign(link.href + this.dataset.then);
      if (film && !["received", "preparing"].includes(film.state)) return;
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }

  /**
   * @param {any} error with the server's answer, when there was one
   */
  #failed(error) {
    this.#state("failed");
    let problem = null;
    try {
      problem = JSON.parse(error?.originalResponse?.getBody() ?? "");
    } catch {
      // no answer, or one that says nothing: our own words do
    }
    this.#tell(problem?.detail || problem?.title || this.#word("failed"));
  }

  /**
   * @param {string} state
   */
  #state(state) {
    this.dataset.state = state;
    const show = (/** @type {string} */ name, /** @type {boolean} */ on) => {
      const one = part(this, name);
      if (one) one.hidden = !on;
    };
    show("choose", state === "");
    show("pause", state === "sending");
    show("resume", state === "paused" || state === "failed");
  }

  /**
   * @param {string} text
   */
  #tell(text) {
    const status = part(this, "status");
    if (status && status.textContent !== text) status.textContent = text;
  }

  /**
   * @param {string} key
   * @param {Record<string, string>} [values]
   */
  #word(key, values = {}) {
    return (this.words?.[key] ?? "").replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }
}

/**
 * The library is fetched when a film is chosen; it names itself on the window.
 * @returns {Promise<any>}
 */
async function tus() {
  await import(/** @type {string} */ (TUS));
  return /** @type {any} */ (window).tus;
}

/** @returns {string} */
function token() {
  return (
    /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="csrf-token"]'))?.content ?? ""
  );
}

/**
 * @param {number} bytes
 * @returns {string} "12,4 MB" in the page's language
 */
function size(bytes) {
  const unit = bytes >= 1e9 ? "GB" : "MB";
  const amount = bytes / (unit === "GB" ? 1e9 : 1e6);
  return `${amount.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${unit}`;
}

/**
 * @param {number} seconds
 * @returns {string} "0:42", "12:05"
 */
function duration(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

customElements.define("upload-drop", UploadDrop);
