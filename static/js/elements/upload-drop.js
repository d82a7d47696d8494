import { ask, icon, json, node, part } from "../dom.js";
import { overall, printOf, size, startable, unfinished } from "../lib/sending.js";
import { drawer, forget, UploadFilm } from "./upload-film.js";

const TAKES = "video/*,.mov,.mkv,.avi,.mts,.m2ts,.dv";
/** What is spoken within this time is spoken as one. */
const BREATH_MS = 400;

/**
 * <upload-drop data-endpoint="/api/v1/uploads" data-family="ID" data-film-url="/films/" data-device="counselor">: brings
 * films in, piece by piece, a few at a time. Its words are the JSON block `upload-words`. A box with
 * `data-needed-by="upload-drop"` must be ticked first. With `data-then` the page goes on to that place of a single film
 * as soon as it is ready. `data-state` is what most is still to come for. With `data-wipe` each film that came in is
 * to be wiped where it was. With `data-watches` the films will be looked at here: which ones this browser plays as they
 * come is told along. `data-recorded-on` and `data-name` are the day of filming and what a single film is called.
 */
export class UploadDrop extends HTMLElement {
  /** @type {string[]} */
  #toSay = [];
  /** @type {Set<string>} films of which it was said what became of them where they were */
  #answered = new Set();

  connectedCallback() {
    if (this.input) return;
    /** @type {Record<string, string>} */
    this.words = json("upload-words") ?? {};
    this.#build();
    // Anywhere on the page: a film that is let go beside the box must not open in its place.
    for (const name of ["dragenter", "dragover"])
      window.addEventListener(name, (event) => this.#over(event, true));
    for (const name of ["dragleave", "drop"])
      window.addEventListener(name, (event) => this.#over(event, false));
    window.addEventListener("drop", (event) => this.#take([...(event.dataTransfer?.files ?? [])]));
    this.addEventListener("vbg:upload-state", (event) => this.#changed(/** @type {CustomEvent} */ (event)));
    this.addEventListener("vbg:upload-away", (event) => this.#gone(/** @type {CustomEvent} */ (event)));
    window.addEventListener("offline", () => this.films.forEach((film) => void film.lose()));
    window.addEventListener("online", () => this.films.forEach((film) => void film.find()));
    window.addEventListener("beforeunload", (event) => {
      if (this.films.some((film) => film.isUnderWay)) event.preventDefault();
    });
    void this.#recall();
  }

  /** @returns {UploadFilm[]} the list, in its order */
  get films() {
    return [...this.querySelectorAll("upload-film")].filter((one) => one instanceof UploadFilm);
  }

  #build() {
    const input = node("input", { type: "file", accept: TAKES, class: "sr", multiple: true });
    const choose = node("label", { class: "btn primary l" }, icon("upload", 18), this.#word("choose"), input);
    this.input = input;
    this.append(
      node("div", { "data-part": "unfinished", class: "notice", hidden: true }),
      node(
        "div",
        { class: "ud-choose", "data-part": "choose" },
        choose,
        node("span", { class: "muted ud-drop" }, this.#word("drop")),
      ),
      node("ul", { "data-part": "list", class: "ud-list", hidden: true, "aria-label": this.#word("list") }),
      node("div", { "data-part": "wipe", class: "notice", hidden: true }),
      node("p", { class: "sr", role: "status", "data-part": "said" }),
    );
    input.addEventListener("change", () => {
      this.#take([...(input.files ?? [])]);
      input.value = ""; // the same film can be chosen again
    });
    const needed = /** @type {HTMLInputElement | null} */ (
      document.querySelector('[data-needed-by="upload-drop"]')
    );
    const follow = () => {
      if (needed) input.disabled = !needed.checked;
      choose.classList.toggle("is-off", Boolean(needed && !needed.checked));
    };
    needed?.addEventListener("change", follow);
    follow();
  }

  /**
   * @param {Event} event
   * @param {boolean} on
   */
  #over(event, on) {
    event.preventDefault();
    this.classList.toggle("is-over", on);
  }

  /** @param {File[]} files */
  #take(files) {
    if (this.input?.disabled || !files.length) return;
    const {
      family = "",
      endpoint = "/api/v1/uploads",
      filmUrl = "/films/",
      device = "counselor",
    } = this.dataset;
    const list = part(this, "list");
    const known = new Set(this.films.map((film) => film.print));
    const fresh = files.filter((file) => !known.has(printOf(family, file)));
    const { recordedOn, situation, name } = this.dataset;
    /** @type {Record<string, string>} */
    const told = {};
    if (recordedOn) told.recorded_on = recordedOn;
    if (situation) told.situation = situation;
    if (name && fresh.length === 1) told.title = name; // of one film it is the name, of more it would be a guess
    const word = this.#word.bind(this);
    const watches = "watches" in this.dataset;
    for (const file of fresh) {
      const film = /** @type {UploadFilm} */ (document.createElement("upload-film"));
      list?.append(node("li", {}, film));
      film.take(file, { endpoint, family, filmUrl, device, told, watches, token: token(), word });
      part(this, "unfinished")?.querySelector(`[data-print="${film.print}"]`)?.remove();
    }
    if (fresh.length < files.length) this.#say(this.#word("listed"));
    if (fresh.length > 1) this.#say(this.#word("count", { count: String(this.films.length) }));
    this.#settle();
    this.#next();
  }

  /** @param {CustomEvent<{state: string, words: string}>} event */
  #changed(event) {
    const { state, words } = event.detail;
    if (words) this.#say(words);
    this.#settle();
    if (state === "ready") this.#then(/** @type {UploadFilm} */ (event.target));
    if (/** @type {UploadFilm} */ (event.target).isSafe) this.#wipe();
    this.#next();
  }

  /** @param {CustomEvent<{words: string}>} event */
  #gone(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest("li");
    const beside = row?.nextElementSibling ?? row?.previousElementSibling;
    row?.remove();
    const to = beside?.querySelector('[data-part="turn"]:not([hidden]), [data-part="open"]:not([hidden])');
    /** @type {HTMLElement | null | undefined} */ ((to) ?? this.input)?.focus();
    this.#say(event.detail.words);
    this.#settle();
    this.#next();
  }

  /** Whoever waits begins when there is room. */
  #next() {
    const { films } = this;
    for (const at of startable(films.map((film) => film.state))) void films[at]?.begin();
  }

  /** The page as the list is now. */
  #settle() {
    const { films } = this;
    this.dataset.state = overall(films.map((film) => film.state));
    const list = part(this, "list");
    if (list) list.hidden = !films.length;
    const rest = part(this, "unfinished");
    if (rest && !rest.querySelector("li")) rest.hidden = true;
  }

  /** @param {UploadFilm} film */
  #then(film) {
    const { then, filmUrl = "/films/" } = this.dataset;
    if (then && this.films.length === 1) location.assign(`${filmUrl}${film.filmId}${then}`);
  }

  /** What was left unfinished here: each by its size and date, with how much of it the server has. */
  async #recall() {
    const kept = unfinished(drawer(), this.dataset.family ?? "", Date.now());
    const standing = await Promise.all(kept.map(async (one) => ({ ...one, ...(await standingOf(one.url)) })));
    for (const one of standing) if (one.film) drawer()?.removeItem(one.print);
    const listed = new Set(this.films.map((film) => film.print));
    const open = standing.filter((one) => one.found && !one.film && !listed.has(one.print));
    const place = part(this, "unfinished");
    if (!place || !open.length) return;
    const words = open.length === 1 ? "unfinished_one" : "unfinished_more";
    place.replaceChildren(
      icon("info", 20),
      node(
        "div",
        { class: "grow" },
        node("p", {}, node("b", {}, this.#word(words, { count: String(open.length) }))),
        node("ul", { class: "ud-open" }, ...open.map((one) => this.#openRow(one))),
      ),
    );
    place.hidden = false;
    this.#say(this.#word(words, { count: String(open.length) }));
  }

  /** @param {{print: string, url: string, size: number, lastModified: number, offset: number}} one */
  #openRow({ print, url, size: bytes, lastModified, offset }) {
    const language = document.documentElement.lang;
    const day = new Date(lastModified).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
    const share = `${Math.floor((100 * offset) / bytes)} %`;
    const words = this.#word("unfinished_film", { size: size(bytes, language), day, share });
    const away = node("button", {
      type: "button",
      class: "btn ghost",
      "aria-label": `${this.#word("away")}: ${words}`,
    });
    away.textContent = this.#word("away");
    const row = node("li", { "data-print": print }, node("span", {}, words), away);
    away.addEventListener("click", () => {
      drawer()?.removeItem(print);
      void forget(url);
      row.remove();
      this.input?.focus();
      this.#say(this.#word("gone"));
      this.#settle();
    });
    return row;
  }

  /** One reminder for all that came in: wipe them where they were. */
  #wipe() {
    const place = part(this, "wipe");
    if (!place || !("wipe" in this.dataset) || place.querySelector('[data-wipe="done"]')) return;
    const buttons = /** @type {const} */ (["done", "theirs", "later"]).map((answer) => {
      const kind = answer === "done" ? "btn" : "btn ghost";
      const button = node(
        "button",
        { type: "button", class: kind, "data-wipe": answer },
        this.#word(`wipe_${answer}`),
      );
      button.addEventListener("click", () => void this.#wiped(answer));
      return button;
    });
    place.replaceChildren(
      icon("info", 20),
      node("p", {}, node("b", {}, this.#word("wipe_title")), ` ${this.#word("wipe")}`),
      node("div", { class: "act" }, ...buttons),
    );
    place.hidden = false;
    this.#say(`${this.#word("wipe_title")} ${this.#word("wipe")}`);
  }

  /** @param {"done" | "theirs" | "later"} answer */
  async #wiped(answer) {
    const place = part(this, "wipe");
    if (!place) return;
    if (answer === "later") {
      place.replaceChildren(icon("info", 20), node("p", { tabindex: "-1" }, this.#word("wipe_today")));
    } else {
      const safe = this.films.filter((film) => film.isSafe).flatMap((film) => film.filmId ?? []);
      const came = safe.filter((id) => !this.#answered.has(id));
      const answers = await Promise.all(came.map((id) => this.#answer(id, answer)));
      if (!answers.every((ok) => ok)) return this.#say(this.#word("failed"));
      const back = node(
        "button",
        { type: "button", class: "btn ghost", "data-wipe": "back" },
        this.#word("wipe_back"),
      );
      back.addEventListener("click", async () => {
        await Promise.all(came.map((id) => this.#answer(id, "")));
        this.#wipe();
        place.querySelector("button")?.focus();
      });
      const said = this.#word(answer === "done" ? "wipe_noted" : "wipe_theirs_noted");
      place.replaceChildren(
        icon("vink", 20),
        node("p", { tabindex: "-1" }, said),
        node("div", { class: "act" }, back),
      );
      this.#say(said);
    }
    place.querySelector("p")?.focus();
  }

  /**
   * @param {string} id of the film
   * @param {string} answer
   * @returns {Promise<boolean>} a film that asks nothing is answered too
   */
  async #answer(id, answer) {
    const said = await ask(`/api/v1/films/${id}/wiping`, { method: "PUT", body: { answer } }).catch(
      () => null,
    );
    const ok = Boolean(said?.ok) || said?.status === 404;
    if (ok && answer) this.#answered.add(id);
    else this.#answered.delete(id);
    return ok;
  }

  /** @param {string} words to speak, together with what else is said in the same breath */
  #say(words) {
    this.#toSay.push(words);
    if (this.#toSay.length > 1) return;
    setTimeout(() => {
      const said = part(this, "said");
      if (said) said.textContent = [...new Set(this.#toSay)].join(" ");
      this.#toSay = [];
    }, BREATH_MS);
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
 * @param {string} url of an upload
 * @returns {Promise<{found: boolean, offset: number, film: string | null}>} not found: gone, or another person's
 */
async function standingOf(url) {
  const answer = await ask(url, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } }).catch(() => null);
  const offset = Number(answer?.headers.get("Upload-Offset") ?? 0);
  return { found: Boolean(answer?.ok), offset, film: answer?.headers.get("Vbg-Film") ?? null };
}

/** @returns {string} */
function token() {
  return (
    /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="csrf-token"]'))?.content ?? ""
  );
}

customElements.define("upload-drop", UploadDrop);
