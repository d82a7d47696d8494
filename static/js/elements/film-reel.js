import { isTyping, node, part, results, say } from "../dom.js";

/** Rest between two letters before the server is asked, in ms. */
const REST_MS = 250;
/** @typedef {import("./film-player.js").FilmPlayer} FilmPlayer */

/**
 * <film-reel>: finding as one types, and what was found played one after the other. Words go in a body, never in an address.
 * Two players take turns: while one plays, the other has the next moment ready.
 */
class FilmReel extends HTMLElement {
  /** @type {HTMLElement[]} */
  #found = [];
  /** @type {FilmPlayer[]} */
  #players = [];
  #at = -1;
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  connectedCallback() {
    const form = part(this, "form");
    if (form instanceof HTMLFormElement) this.#listen(form);
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("vbg:span-end", (event) => {
      if (event.target === this.#player) this.show(this.#at + 1);
    });
    this.addEventListener("vbg:state", (event) => {
      if (event.target === this.#player) this.#paint();
    });
    part(this, "speed")?.addEventListener("change", () => this.#pace());
    if (location.hash === "#play")
      void customElements.whenDefined("film-player").then(() => this.#all().length && this.#begin(0));
  }

  /** @param {HTMLFormElement} form Without one, the list is what the page was sent with. */
  #listen(form) {
    form.addEventListener("submit", (event) => {
      if (event.submitter?.dataset.part === "choose") return;
      event.preventDefault();
      void this.#search();
    });
    form.addEventListener("input", () => {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => void this.#search(), REST_MS);
    });
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement && event.target.name === "family") this.#family(form);
    });
  }

  disconnectedCallback() {
    clearTimeout(this.#rest);
  }

  get #player() {
    return this.#players[this.#at % 2];
  }

  /**
   * Another family has other goals: the whole page is asked anew, its words still in the body.
   * @param {HTMLFormElement} form
   */
  #family(form) {
    const goal = form.elements.namedItem("goal");
    if (goal instanceof HTMLSelectElement) goal.value = "";
    form.submit();
  }

  async #search(cursor = "") {
    clearTimeout(this.#rest);
    const turn = ++this.#asked;
    const form = /** @type {HTMLFormElement} */ (part(this, "form"));
    const page = await results(form, cursor ? { cursor } : {});
    if (!page || turn !== this.#asked) return;
    const list = /** @type {HTMLElement} */ (part(this, "results"));
    if (!cursor) {
      this.#close();
      list.replaceChildren(...page.body.childNodes);
      return;
    }
    part(list, "more")?.remove();
    part(page, "play")?.parentElement?.remove();
    list.append(...page.body.childNodes);
  }

  /** @param {MouseEvent} event */
  #press(event) {
    const pressed = event.target instanceof Element ? event.target.closest("[data-part]") : null;
    if (!(pressed instanceof HTMLElement)) return;
    const name = pressed.dataset.part;
    if (name === "play") this.#begin(0);
    if (name === "more") void this.#search(pressed.dataset.cursor);
    if (name === "previous") this.show(Math.max(0, this.#at - 1));
    if (name === "next") this.show(this.#at + 1);
    if (name === "pause") this.#player?.toggle();
    if (name === "close") this.#leave();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === "KeyX" && this.#chooses(event)) return;
    const all = this.#all();
    const here = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (here < 0) return;
    const on = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const step = { ArrowDown: 1, ArrowRight: on, ArrowUp: -1, ArrowLeft: -on }[event.key] ?? 0;
    if (event.key === " ") this.#begin(here);
    else if (step) all[here + step]?.focus();
    else return;
    event.preventDefault();
  }

  /**
   * X while the reel plays is about what plays; on a moment of the list it is that moment's own affair (<to-review>).
   * @param {KeyboardEvent} event
   */
  #chooses(event) {
    const reel = part(this, "reel");
    if (event.repeat || !(event.target instanceof Node) || !reel?.contains(event.target)) return false;
    const item = this.#found[this.#at]?.closest("[data-moment]");
    const control = item && part(item, "choose");
    control?.click();
    return Boolean(control);
  }

  /** @returns {HTMLElement[]} */
  #all() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('[data-part="found"]'))];
  }

  /** @param {number} index */
  #begin(index) {
    this.#found = this.#all();
    const stage = /** @type {HTMLElement} */ (part(this, "stage"));
    if (this.#players.length === 0) {
      this.#players = [0, 1].map(
        () => /** @type {FilmPlayer} */ (/** @type {unknown} */ (document.createElement("film-player"))),
      );
      stage.replaceChildren(...this.#players);
    }
    const reel = /** @type {HTMLElement} */ (part(this, "reel"));
    reel.hidden = false;
    reel.scrollIntoView({ block: "nearest" });
    this.show(index);
    part(this, "pause")?.focus();
  }

  /**
   * Play one of the found moments, and make the next ready.
   * @param {number} index
   */
  show(index) {
    this.#player?.pause();
    if (index >= this.#found.length) {
      part(this, "now")?.replaceChildren(say("reel_done"));
      return;
    }
    this.#at = index;
    this.#ready(index, true);
    this.#ready(index + 1, false);
    for (const one of this.#players) one.hidden = one !== this.#player;
    const what = part(/** @type {HTMLElement} */ (this.#found[index]), "heading")?.textContent ?? "";
    const told = say("reel_of", { n: index + 1, all: this.#found.length, what });
    part(this, "now")?.replaceChildren(node("bdi", {}, told));
    this.#pace();
  }

  /**
   * @param {number} index
   * @param {boolean} play
   */
  #ready(index, play) {
    const one = this.#found[index];
    const player = this.#players[index % 2];
    if (!one || !player) return;
    const { film = "", src = "", offset = "0", duration = "0", codec, alone } = one.dataset;
    if (player.getAttribute("src") !== src) {
      player.setAttribute("offset-us", offset);
      player.setAttribute("duration-ms", duration);
      player.setAttribute("frames", `/api/v1/films/${film}/frames`);
      player.toggleAttribute("codec", Boolean(codec));
      if (codec) player.setAttribute("codec", codec);
      player.toggleAttribute("alone", alone !== undefined);
      player.setAttribute("src", src);
    }
    const [start, end] = [Number(one.dataset.start), Number(one.dataset.end)];
    void player.framesRead.then(() => {
      if (this.#found[index] === one && (play ? this.#at === index : this.#at === index - 1))
        player.playSpan(start, end, { play });
    });
  }

  #pace() {
    const chosen = part(this, "speed");
    if (chosen instanceof HTMLSelectElement) this.#player?.setSpeed(Number(chosen.value));
  }

  #paint() {
    const label = part(this, "pause")?.querySelector("span");
    label?.replaceChildren(say(this.#player?.playing ? "reel_pause" : "reel_play"));
  }

  /** Closed by hand: back on the moment that played. */
  #leave() {
    const played = this.#found[this.#at];
    this.#close();
    played?.focus();
  }

  #close() {
    for (const one of this.#players) one.pause();
    this.#players = [];
    this.#found = [];
    this.#at = -1;
    part(this, "stage")?.replaceChildren();
    const reel = part(this, "reel");
    if (reel) reel.hidden = true;
  }
}

customElements.define("film-reel", FilmReel);
