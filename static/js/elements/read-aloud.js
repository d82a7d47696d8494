import { toSay, voiceFor } from "../lib/voice.js";

/** <read-aloud hidden>: a button that says what stands in [data-aloud]. It is only there where it will sound. */
export class ReadAloud extends HTMLElement {
  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    speechSynthesis.addEventListener("voiceschanged", () => this.#offer());
    this.#offer();
    this.querySelector("button")?.addEventListener("click", () => this.#press());
  }

  disconnectedCallback() {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
  }

  get #voice() {
    return voiceFor(speechSynthesis.getVoices(), document.documentElement.lang);
  }

  #offer() {
    this.hidden = this.#voice === null;
  }

  #press() {
    const was = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (was) return;
    for (const text of toSay([...document.querySelectorAll("[data-aloud]")])) {
      const said = new SpeechSynthesisUtterance(text);
      said.voice = this.#voice;
      said.lang = this.#voice?.lang ?? document.documentElement.lang;
      speechSynthesis.speak(said);
    }
  }
}

customElements.define("read-aloud", ReadAloud);
