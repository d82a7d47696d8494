import { json, part } from "../dom.js";

const MOST_MS = 180_000;
const BITS_PER_SECOND = 32_000;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/**
 * <voice-note data-to hidden>: records a note of three minutes at most and sends it to `data-to`. Unseen where the
 * browser cannot. What could not be sent stays in this page, and is sent by another press. Its words are the JSON
 * block `voice-words`. `data-state`: recording, sending, failed.
 */
export class VoiceNote extends HTMLElement {
  connectedCallback() {
    const kind = window.MediaRecorder && KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia || !kind) return;
    this.kind = kind;
    /** @type {Record<string, string>} */
    this.words = json("voice-words") ?? {};
    this.hidden = false;
    part(this, "record")?.addEventListener("click", () => void this.#begin());
    part(this, "stop")?.addEventListener("click", () => this.recorder?.stop());
    part(this, "again")?.addEventListener("click", () => void this.#send());
    window.addEventListener("beforeunload", (event) => {
      if (this.dataset.state) event.preventDefault();
    });
  }

  disconnectedCallback() {
    this.#letGo();
  }

  async #begin() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return this.#tell("refused");
    }
    /** @type {Blob[]} */
    const pieces = [];
    const recorder = new MediaRecorder(this.stream, {
      mimeType: this.kind,
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      this.#letGo();
      this.spoken = new Blob(pieces, { type: this.kind });
      void this.#send();
    });
    recorder.start(1000);
    this.recorder = recorder;
    this.began = performance.now();
    this.timer = setInterval(() => this.#tick(), 250);
    this.#state("recording");
    part(this, "stop")?.focus();
  }

  #tick() {
    const ms = performance.now() - (this.began ?? 0);
    const seconds = Math.floor(ms / 1000);
    const clock = part(this, "clock");
    if (clock)
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (ms >= MOST_MS && this.recorder?.state === "recording") this.recorder.stop();
  }

  async #send() {
    this.#state("sending");
    const token = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="csrf-token"]'));
    const answer = await fetch(this.dataset.to ?? "", {
      method: "POST",
      body: this.spoken,
      headers: { "Content-Type": this.kind ?? "", "X-CSRFToken": token?.content ?? "" },
    }).catch(() => null);
    if (!answer?.ok) return this.#state("failed");
    delete this.dataset.state;
    location.reload();
  }

  #letGo() {
    clearInterval(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
  }

  /** @param {"recording" | "sending" | "failed"} state */
  #state(state) {
    this.dataset.state = state;
    for (const [name, shown] of Object.entries({ record: "", stop: "recording", again: "failed" })) {
      const button = part(this, name);
      if (button) button.hidden = shown !== state;
    }
    this.#tell(state);
  }

  /** @param {string} word */
  #tell(word) {
    const said = part(this, "said");
    if (said) said.textContent = this.words?.[word] ?? "";
  }
}

customElements.define("voice-note", VoiceNote);
