import { ask, icon, isThere, json, part, say } from "../dom.js";
import { Acts, LONGEST_PAUSE_MS } from "../lib/acts.js";
import { watchWish } from "../lib/keys.js";
import { newId } from "../lib/new-id.js";

/** Controls leave this long after the last touch. */
const FADE_MS = 2000;
/** A press on "proud" can be taken back this long by the same press. */
const TAKE_BACK_MS = 5000;
const STEP_MS = 200;
const HOLD_MS = 400;
const SLOW_RUN_MS = 80;
const SLOWER = [1, 0.5, 0.25];
/** While the server is gone it is asked this often whether it is back. */
const RETRY_MS = 2000;

/**
 * @typedef {{moment_id?: string, film_id: string, media: string, frames_url: string, offset_us?: number,
 *   start_ms: number, end_ms: number, proud_url?: string, codec?: string, alone?: boolean, says?: string}} Item
 * @typedef {{items: Item[], question?: string, closure_url: string, whole?: boolean, moments_url?: string | null, proud_url?: string}} Watch
 */

/**
 * <film-watch>: nothing but the film. Any tap, Space or Enter pauses at once; what can be pressed shows at a pause
 * or a touch and fades. Leaving in any way ends on the calm page. Its data is the JSON block `watch`.
 */
export class FilmWatch extends HTMLElement {
  constructor() {
    super();
    this.at = 0;
    this.leaving = false;
    /** @type {Map<number, number>} how often each moment was begun */
    this.looks = new Map();
    this.acts = new Acts({
      send: async (id, act) => ({ status: (await sent(id, act)).status }),
      saved: (_id, act) => this.#say(act.verb === "DELETE" ? "taken_back" : "kept"),
      refused: () => this.#say("not_kept"),
      state: (state) => state === "waiting" && this.#say("kept_later"),
    });
  }

  connectedCallback() {
    if (this.player) return;
    /** @type {Watch} */
    this.watch = json("watch") ?? { items: [], closure_url: "/" };
    this.player = /** @type {import("./film-player.js").FilmPlayer} */ (this.querySelector("film-player"));
    this.dataset.whole = String(Boolean(this.watch.whole));
    this.#listen();
    history.pushState({ watching: true }, "");
    void this.#open(0, false);
  }

  /** @returns {Item | undefined} */
  get item() {
    return this.watch?.items[this.at];
  }

  #listen() {
    this.addEventListener("pointerdown", (event) => this.#tap(event));
    this.addEventListener("pointermove", () => this.#touch());
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("vbg:state", (event) => this.#state(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("vbg:span-end", () => this.#atEnd());
    window.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener("popstate", () => void this.done());
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement && this.wasFull) void this.done();
    });
    for (const name of ["step-back", "step-on"]) this.#holdable(name);
    this.player?.video.addEventListener("loadedmetadata", () => this.#fill());
    window.addEventListener("resize", () => this.#fill());
  }

  /**
   * @param {number} index
   * @param {boolean} [play]
   */
  async #open(index, play = true) {
    const item = this.watch?.items[index];
    const player = this.player;
    if (!item || !player) return;
    // at another moment a press says that this one is good; it takes back nothing of the one before
    if (index !== this.at) this.#proudLight(null);
    this.at = index;
    this.dataset.ended = "false";
    this.#looked();
    player.setSpeed(1);
    player.setAttribute("offset-us", String(item.offset_us ?? 0));
    player.setAttribute("frames", item.frames_url);
    if (player.getAttribute("src") !== item.media) {
      player.toggleAttribute("codec", Boolean(item.codec));
      if (item.codec) player.setAttribute("codec", item.codec);
      player.toggleAttribute("alone", Boolean(item.alone));
      player.setAttribute("src", item.media);
    }
    await player.framesRead;
    if (this.at !== index || this.leaving) return;
    player.playSpan(item.start_ms, item.end_ms, { play });
    this.#dots();
  }

  /** The moment begins once more. What the child would say is the parents' to find: it shows from the second look. */
  #looked() {
    const looks = (this.looks.get(this.at) ?? 0) + 1;
    this.looks.set(this.at, looks);
    const line = part(this, "says-line");
    const says = line && part(line, "says");
    if (!says) return;
    line.hidden = looks < 2 || !this.item?.says;
    says.textContent = line.hidden ? "" : (this.item?.says ?? "");
  }

  #dots() {
    const dots = part(this, "dots");
    const count = this.watch?.items.length ?? 0;
    if (!dots) return;
    dots.hidden = count < 2;
    dots.setAttribute("aria-label", say("place", { n: this.at + 1, of: count }));
    dots.replaceChildren(
      ...Array.from({ length: count }, (_, i) => {
        const dot = document.createElement("i");
        dot.className = i < this.at ? "was" : i === this.at ? "now" : "";
        return dot;
      }),
    );
    const next = part(this, "next");
    if (next) next.hidden = this.at >= count - 1;
    this.dataset.first = String(this.at === 0);
  }

  /**
   * @param {PointerEvent} event
   */
  #tap(event) {
    const onButton = event.target instanceof Element && event.target.closest("button, a");
    if (!onButton && this.player?.playing) this.player.pause();
    this.#touch();
  }

  #touch() {
    this.dataset.touched = "true";
    clearTimeout(this.fading);
    this.fading = setTimeout(() => {
      this.dataset.touched = "false";
    }, FADE_MS);
  }

  /**
   * @param {{playing: boolean, speed: number, trouble: boolean, waiting: boolean}} state
   */
  #state(state) {
    this.dataset.playing = String(state.playing);
    if (state.playing) this.#touchless();
    const play = part(this, "play");
    const word = play && part(play, "word");
    if (word) word.textContent = say(state.playing ? "pause" : "play");
    const slow = part(this, "slow");
    const slowly = slow && part(slow, "word");
    slow?.setAttribute("aria-pressed", String(state.speed < 1));
    if (slowly)
      slowly.textContent = say(
        state.speed === 0.5 ? "slow_half" : state.speed === 0.25 ? "slow_quarter" : "slow",
      );
    const trouble = part(this, "trouble");
    if (trouble) trouble.hidden = !state.trouble;
    const waiting = part(this, "waiting");
    if (waiting) waiting.hidden = !state.waiting;
  }

  /** While playing nothing lies on the film, two seconds after the last touch. */
  #touchless() {
    if (this.dataset.touched === "true") this.#touch();
  }

  #atEnd() {
    this.dataset.ended = "true";
  }

  /**
   * Fill the screen when less than a tenth of the picture falls off.
   */
  #fill() {
    const video = this.player?.video;
    if (!video?.videoWidth) return;
    const film = video.videoWidth / video.videoHeight;
    const screen_ = this.clientWidth / Math.max(1, this.clientHeight);
    const lost = 1 - Math.min(film, screen_) / Math.max(film, screen_);
    this.dataset.cover = String(lost < 0.1);
    this.dataset.upright = String(film < 1.4);
  }

  #full() {
    if (document.fullscreenElement || this.wasFull) return;
    document.documentElement.requestFullscreen?.().then(
      () => {
        this.wasFull = true;
      },
      () => {},
    );
    void navigator.wakeLock?.request("screen").catch(() => {});
  }

  /**
   * Held down, a step becomes a slow run.
   * @param {string} name
   */
  #holdable(name) {
    const button = this.querySelector(`[data-wish="${name}"]`);
    const by = name === "step-on" ? 1 : -1;
    const stop = () => {
      clearTimeout(this.holding);
      clearInterval(this.running);
    };
    button?.addEventListener("pointerdown", () => {
      stop();
      this.ran = false;
      this.holding = setTimeout(() => {
        this.ran = true;
        this.running = setInterval(() => this.player?.step(by), SLOW_RUN_MS);
      }, HOLD_MS);
    });
    for (const end of ["pointerup", "pointerleave", "pointercancel"]) button?.addEventListener(end, stop);
  }

  /**
   * @param {MouseEvent} event
   */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const wish = button?.dataset.wish;
    if (!wish) return;
    if (wish.startsWith("step-") && this.ran) {
      this.ran = false;
      return;
    }
    this.#do(wish.startsWith("step-") && event.shiftKey ? wish.replace("step", "frame") : wish);
  }

  /**
   * @param {KeyboardEvent} event
   */
  #key(event) {
    const wish = watchWish(event);
    if (!wish) return;
    const button = event.target instanceof HTMLElement && event.target.closest("button, a");
    if (wish === "play" && button && button.matches(":focus-visible") && !this.player?.playing) return;
    event.preventDefault();
    if (event.repeat && wish === "play") return;
    if (this.dataset.closed === "true" && wish !== "curtain" && wish !== "done") return;
    this.#do(wish);
    if (wish !== "curtain") this.#touch();
  }

  /**
   * @param {string} wish
   */
  #do(wish) {
    const player = this.player;
    if (!player) return;
    /** @type {Record<string, () => void>} */
    const table = {
      play: () => this.#play(),
      slow: () => player.setSpeed(SLOWER[(SLOWER.indexOf(player.speed) + 1) % SLOWER.length] ?? 1),
      "step-back": () => this.#step(() => player.skip(-STEP_MS)),
      "step-on": () => this.#step(() => player.skip(STEP_MS)),
      "frame-back": () => player.step(-1),
      "frame-on": () => player.step(1),
      again: () => void this.#open(this.at),
      next: () => void this.#open(this.at + 1),
      before: () => void this.#open(this.at - 1),
      proud: () => this.#proud(),
      good: () => this.#good(),
      curtain: () => this.#curtain(),
      done: () => void this.done(),
    };
    table[wish]?.();
  }

  #play() {
    this.#full();
    if (this.dataset.ended === "true") this.#looked();
    this.dataset.ended = "false";
    this.player?.toggle();
  }

  /**
   * @param {() => void} move
   */
  #step(move) {
    this.player?.pause();
    move();
  }

  #proud() {
    const item = this.item;
    const url = item?.proud_url ?? this.watch?.proud_url;
    if (!item || !url || !this.player) return;
    if (this.justProud) {
      this.acts.put(this.justProud, "DELETE");
      this.#proudLight(null);
      return;
    }
    const body = { id: newId(), film_id: item.film_id, at_ms: this.player.nowMs };
    this.#proudLight(`proud ${url} ${body.id}`);
    this.acts.put(`proud ${url} ${body.id}`, "POST", body);
  }

  /**
   * While the button is lit, a second press takes the first one back.
   * @param {string | null} just the act that was kept
   */
  #proudLight(just) {
    this.justProud = just;
    for (const button of this.querySelectorAll('[data-wish="proud"]'))
      button.classList.toggle("is-kept", Boolean(just));
    clearTimeout(this.proudFading);
    if (just) this.proudFading = setTimeout(() => this.#proudLight(null), TAKE_BACK_MS);
  }

  /** The parents stopped here: a moment, then on. */
  #good() {
    const url = this.watch?.moments_url;
    const item = this.item;
    if (!url || !item || !this.player) return;
    const body = { id: newId(), at_ms: this.player.nowMs };
    this.acts.put(`good ${url} ${body.id}`, "POST", body);
    void this.player.play();
  }

  /**
   * @param {string} key
   */
  #say(key) {
    const live = part(this, "live");
    if (!live) return;
    live.replaceChildren(icon("vink", 20), say(key));
    live.classList.add("is-fresh");
    clearTimeout(this.saying);
    this.saying = setTimeout(() => live.classList.remove("is-fresh"), FADE_MS);
  }

  /** Picture and sound are gone at once; the same press opens it again, paused. */
  #curtain() {
    const closed = this.dataset.closed !== "true";
    if (!closed) this.leaving = false;
    this.dataset.closed = String(closed);
    this.player?.pause();
    this.player?.setSound(!closed);
    const curtain = part(this, "curtain");
    if (curtain) curtain.hidden = !closed;
  }

  /**
   * Everything that leads away leads to the calm page, when all that was pressed is kept. While the server is gone
   * the curtain is drawn instead; to open it is to stay.
   */
  async done() {
    if (this.leaving) return;
    this.leaving = true;
    this.player?.pause();
    const away = this.watch?.closure_url ?? "/";
    while (this.leaving && !(await isThere(away))) {
      if (this.dataset.closed !== "true") this.#curtain();
      await pause(RETRY_MS);
    }
    await Promise.race([this.acts.settled(), pause(LONGEST_PAUSE_MS)]);
    if (this.leaving) location.replace(away);
  }
}

/**
 * @param {string} id what it is, where it goes, its own id
 * @param {import("../lib/acts.js").Act} act
 * @returns {Promise<Response>}
 */
function sent(id, act) {
  const [, url = "", own = ""] = id.split(" ");
  if (act.verb === "DELETE") return ask(`${url}/${own}`, { method: "DELETE" });
  return ask(url, { method: "POST", body: act.fields });
}

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

customElements.define("film-watch", FilmWatch);
