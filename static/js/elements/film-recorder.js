import { json, part } from "../dom.js";

const TUS = "../../vendor/tus-js-client-4.3.1/tus.min.js";
/** What is sent at a time, and what may have to be sent again when the connection breaks. */
const CHUNK = 512 * 1024;
const SLICE_MS = 1000;
const BITS_PER_SECOND = 4_000_000;
/** Pauses before a piece is sent again: an hour without a connection loses nothing. */
const RETRIES = [0, 1000, 3000, ...Array(720).fill(5000)];
/** What plays at once comes first. */
const KINDS = [
  'video/mp4;codecs="avc1.42E01E,mp4a.40.2"',
  'video/webm;codecs="h264,opus"',
  'video/webm;codecs="vp8,opus"',
  "video/webm",
  "video/mp4",
];

/**
 * <film-recorder data-endpoint data-family data-film-url hidden>: films with the camera of this device and sends it while
 * it films, as an upload whose length is said at the end. Unseen where the browser cannot. Its words are the JSON block
 * `recorder-words`. `data-state`: recording, sending, received, failed.
 */
export class FilmRecorder extends HTMLElement {
  connectedCallback() {
    const kind = window.MediaRecorder && KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia || !kind || !window.ReadableStream)
      return;
    this.kind = kind;
    /** @type {Record<string, string>} */
    this.words = json("recorder-words") ?? {};
    this.hidden = false;
    part(this, "record")?.addEventListener("click", () => void this.#begin());
    part(this, "stop")?.addEventListener("click", () => this.recorder?.stop());
    window.addEventListener("beforeunload", (event) => {
      if (["recording", "sending"].includes(this.dataset.state ?? "")) event.preventDefault();
    });
  }

  disconnectedCallback() {
    this.#letGo();
  }

  async #begin() {
    const record = /** @type {HTMLButtonElement} */ (part(this, "record"));
    record.disabled = true;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        audio: true,
        video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
      });
    } catch {
      return this.#tell("refused");
    } finally {
      record.disabled = false;
    }
    const view = /** @type {HTMLVideoElement} */ (part(this, "view"));
    view.srcObject = this.stream;
    await this.#send(this.#film(this.stream));
    this.lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
  }

  /**
   * The pieces as they are filmed; the stream keeps those that could not be sent yet.
   * @param {MediaStream} stream
   * @returns {ReadableStream<Blob>}
   */
  #film(stream) {
    const recorder = new MediaRecorder(stream, { mimeType: this.kind, videoBitsPerSecond: BITS_PER_SECOND });
    this.recorder = recorder;
    const pieces = new ReadableStream({
      start: (controller) => {
        recorder.addEventListener("dataavailable", ({ data }) => data.size && controller.enqueue(data));
        recorder.addEventListener("stop", () => {
          controller.close();
          this.#stopped();
        });
      },
    });
    recorder.start(SLICE_MS);
    this.began = performance.now();
    this.timer = setInterval(() => this.#tick(), 500);
    this.#tick();
    this.#state("recording");
    return pieces;
  }

  /** @param {ReadableStream<Blob>} pieces */
  async #send(pieces) {
    await import(/** @type {string} */ (TUS));
    const { Upload } = /** @type {any} */ (window).tus;
    const token = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="csrf-token"]'));
    const upload = new Upload(pieces.getReader(), {
      endpoint: this.dataset.endpoint,
      uploadLengthDeferred: true,
      chunkSize: CHUNK,
      retryDelays: RETRIES,
      storeFingerprintForResuming: false,
      // Filmed by this program: there is no copy on the device that somebody has to wipe.
      metadata: { family: this.dataset.family ?? "", filename: `film.${this.#ending()}`, device: "program" },
      headers: { "X-CSRFToken": token?.content ?? "" },
      onUploadUrlAvailable: () => {
        upload.options.endpoint = null; // its beginning is gone from here: never anew, only on
      },
      onShouldRetry: (/** @type {any} */ error) => this.#retries(error.originalResponse?.getStatus() ?? 0),
      onChunkComplete: () => this.#tell(this.dataset.state ?? ""),
      onSuccess: (/** @type {any} */ done) => this.#received(done?.lastResponse?.getHeader("Vbg-Film")),
      onError: () => this.#failed(),
    });
    upload.start();
  }

  /**
   * @param {number} status 0 = no answer at all
   * @returns {boolean}
   */
  #retries(status) {
    if (status === 0) this.#tell("offline");
    return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
  }

  #ending() {
    return this.kind?.startsWith("video/mp4") ? "mp4" : "webm";
  }

  #tick() {
    const seconds = Math.floor((performance.now() - (this.began ?? 0)) / 1000);
    const clock = part(this, "clock");
    if (clock)
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  #stopped() {
    this.#letGo();
    if (this.dataset.state === "recording") this.#state("sending");
  }

  /** @param {string | null} film its id, when this page may know it */
  #received(film) {
    const link = /** @type {HTMLAnchorElement | null} */ (part(this, "open"));
    if (link && film && this.dataset.filmUrl) {
      link.href = this.dataset.filmUrl + film;
      link.hidden = false;
    }
    this.#state("received");
  }

  #failed() {
    this.#state("failed");
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  #letGo() {
    clearInterval(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    void this.lock?.release();
    this.stream = undefined;
  }

  /** @param {string} state */
  #state(state) {
    this.dataset.state = state;
    const stage = part(this, "stage");
    if (stage) stage.hidden = state !== "recording";
    const record = part(this, "record");
    if (record) record.hidden = ["recording", "sending"].includes(state);
    this.#tell(state);
  }

  /** @param {string} word */
  #tell(word) {
    const said = part(this, "said");
    const text = this.words?.[word] ?? "";
    if (said && said.textContent !== text) said.textContent = text;
  }
}

customElements.define("film-recorder", FilmRecorder);
