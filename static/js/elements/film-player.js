import { ask, fetched, tell } from "../dom.js";
import { plays } from "../lib/codecs.js";
import { floorMs, frameAt, frameFrom, insideOf, nearestFrame, stepFrame, timesOf } from "../lib/timecode.js";

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.5, 2];
/** Milliseconds of air before and after a span that loops. */
const AIR_MS = 2000;
/** Slower than this the sound is silent: drawn-out voices shame people. */
const SILENT_BELOW = 0.5;
/** How often it is looked whether a film stands ready for this browser. */
const LOOK_MS = 2000;

/**
 * <film-player src="/api/v1/films/ID/media" frames="/api/v1/films/ID/frames" offset-us="0" duration-ms="1000">
 * The only element that touches <video>, its own or one that stands in it already. Attributes and methods down; up come
 * `vbg:time` {ms, frame, playing}, `vbg:state` {playing, speed, looping, muted, ended, trouble, waiting}, `vbg:jump`
 * {ms}. With `codec` (hevc, vp9, av1) the film is as its camera wrote it: a browser that does not play that waits for
 * the version that all play, which opens by itself. `alone`: there will be none.
 */
export class FilmPlayer extends HTMLElement {
  static observedAttributes = ["src", "offset-us", "frames", "silent-below"];

  constructor() {
    super();
    /** @type {HTMLVideoElement} */
    this.video = this.querySelector("video") ?? document.createElement("video");
    /** @type {number[]} */
    this.timesUs = [];
    /** @type {{from_ms: number, to_ms: number, loop: boolean} | null} */
    this.span = null;
    this.frame = 0;
    this.shownUs = 0;
    this.speed = 1;
    this.wantsSound = true;
    /** @type {number | null} */
    this.aim = null;
    this.trouble = false;
    /** @type {boolean} whether the film is still being made to play in this browser */
    this.waiting = false;
    /** @type {Promise<void>} */
    this.framesRead = Promise.resolve();
  }

  connectedCallback() {
    if (this.begun) return;
    this.begun = true;
    this.video.playsInline = true;
    this.video.controls = false;
    this.video.disablePictureInPicture = true;
    this.video.tabIndex = -1;
    if (!this.video.isConnected) {
      this.video.preload = "auto";
      this.append(this.video);
    }
    for (const name of ["play", "pause", "ended", "ratechange", "volumechange"]) {
      this.video.addEventListener(name, () => this.#state());
    }
    this.video.addEventListener("error", () => this.#failed());
    this.video.addEventListener("loadeddata", () => this.#loaded());
    this.video.addEventListener("timeupdate", () => this.#bound());
    this.#watchFrames();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (before === now || now === null) return;
    if (name === "src") {
      this.trouble = false;
      this.waiting = false;
      if (this.getAttribute("codec")) void this.#openIfPlayed(now);
      else this.video.src = now;
    }
    if (name === "frames") this.framesRead = this.#readFrames(now);
  }

  /** @returns {number} ms of film time of the frame on screen */
  get nowMs() {
    return floorMs(this.shownUs);
  }

  /** @returns {number} ms */
  get durationMs() {
    return Number(this.getAttribute("duration-ms")) || Math.floor((this.video.duration || 0) * 1000);
  }

  /** @returns {boolean} */
  get playing() {
    return !this.video.paused && !this.video.ended;
  }

  /** @returns {number} microseconds the rendition's clock runs ahead of film time */
  get offsetUs() {
    return Number(this.getAttribute("offset-us")) || 0;
  }

  play() {
    if (this.span && !this.span.loop && this.nowMs >= this.span.to_ms - 1) this.seek(this.span.from_ms);
    if (!this.span && this.video.ended) this.seek(0);
    return this.video.play().catch(() => this.#state());
  }

  pause() {
    this.video.pause();
  }

  toggle() {
    if (this.playing) this.pause();
    else void this.play();
  }

  /**
   * Show the first frame at or after a time.
   * @param {number} ms
   */
  seek(ms) {
    this.#leave(ms);
    this.#show(frameFrom(this.timesUs, Math.max(0, ms) * 1000), ms * 1000);
    tell(this, "vbg:jump", { ms });
  }

  /**
   * True frames forward or back, from the one on screen or still being sought.
   * @param {number} by
   */
  step(by) {
    this.pause();
    const from = this.aim ?? this.frame;
    const to = stepFrame(this.timesUs, from, by);
    this.#leave(floorMs(this.timesUs[to] ?? this.shownUs + by * 40_000));
    this.#show(to, this.shownUs + by * 40_000);
    tell(this, "vbg:jump", { ms: this.nowMs });
  }

  /**
   * @param {number} ms forward, negative is back
   */
  skip(ms) {
    const from = this.aim === null ? this.nowMs : floorMs(this.timesUs[this.aim] ?? this.shownUs);
    const to = Math.max(0, Math.min(this.durationMs, from + ms));
    this.#leave(to);
    this.#show(frameAt(this.timesUs, to * 1000), to * 1000);
    tell(this, "vbg:jump", { ms: to });
  }

  /**
   * Play a span, with air around it when it loops.
   * @param {number} startMs
   * @param {number} endMs
   * @param {{loop?: boolean, air?: number, play?: boolean}} [how]
   */
  playSpan(startMs, endMs, { loop = false, air = loop ? AIR_MS : 0, play = true } = {}) {
    this.span = {
      from_ms: Math.max(0, startMs - air),
      to_ms: Math.min(this.durationMs || endMs + air, endMs + air),
      loop,
    };
    this.#show(frameFrom(this.timesUs, this.span.from_ms * 1000), this.span.from_ms * 1000);
    tell(this, "vbg:jump", { ms: this.span.from_ms });
    if (play) void this.play();
    this.#state();
  }

  /** Let the film run on past a span. */
  free() {
    this.span = null;
    this.#state();
  }

  /**
   * @param {number} speed
   */
  setSpeed(speed) {
    this.speed = speed;
    this.video.preservesPitch = true;
    this.video.playbackRate = speed;
    this.#sound();
  }

  /**
   * @param {boolean} on
   */
  setSound(on) {
    this.wantsSound = on;
    this.#sound();
  }

  #sound() {
    const limit = Number(this.getAttribute("silent-below")) || SILENT_BELOW;
    this.video.muted = !this.wantsSound || this.speed < limit;
    this.#state();
  }

  /**
   * A wanted time outside a looping span ends the loop.
   * @param {number} ms
   */
  #leave(ms) {
    if (this.span && (ms < this.span.from_ms || ms > this.span.to_ms)) this.free();
  }

  /**
   * @param {number} index
   * @param {number} us used while the frame times are not known
   */
  #show(index, us) {
    const known = this.timesUs.length > 0;
    const at = Math.min(index, this.timesUs.length - 1);
    const target = known ? insideOf(this.timesUs, at) : Math.max(0, us) + 1000;
    this.aim = known ? at : null;
    this.#shown(known ? (this.timesUs[at] ?? 0) : Math.max(0, us));
    this.video.currentTime = (target + this.offsetUs) / 1e6;
  }

  #watchFrames() {
    if (!("requestVideoFrameCallback" in this.video)) {
      this.fallback = setInterval(() => this.#picture(this.video.currentTime), 40);
      return;
    }
    const next = (/** @type {number} */ _now, /** @type {VideoFrameCallbackMetadata} */ meta) => {
      this.#picture(meta.mediaTime);
      this.video.requestVideoFrameCallback(next);
    };
    this.video.requestVideoFrameCallback(next);
  }

  /**
   * @param {number} mediaTime seconds of the picture just shown
   */
  #picture(mediaTime) {
    const us = Math.max(0, Math.round(mediaTime * 1e6) - this.offsetUs);
    const index = this.timesUs.length ? nearestFrame(this.timesUs, us) : 0;
    if (this.aim !== null && this.video.seeking && index !== this.aim) return;
    this.aim = null;
    this.#shown(this.timesUs.length ? (this.timesUs[index] ?? us) : us);
    this.#bound();
  }

  /**
   * @param {number} us
   */
  #shown(us) {
    this.shownUs = us;
    this.frame = this.timesUs.length ? nearestFrame(this.timesUs, us) : 0;
    tell(this, "vbg:time", { ms: this.nowMs, frame: this.frame, playing: this.playing });
  }

  /** At the end of a span: begin again, or stop on its last frame. */
  #bound() {
    if (!this.span || !this.playing || this.video.seeking) return;
    const atEnd = this.nowMs >= this.span.to_ms || this.#nextUs() >= this.span.to_ms * 1000;
    if (!atEnd) return;
    if (this.span.loop) {
      this.#show(frameFrom(this.timesUs, this.span.from_ms * 1000), this.span.from_ms * 1000);
      tell(this, "vbg:jump", { ms: this.span.from_ms });
    } else {
      this.pause();
      tell(this, "vbg:span-end");
    }
  }

  #nextUs() {
    return this.timesUs[this.frame + 1] ?? Number.POSITIVE_INFINITY;
  }

  /** @param {string} src of a film that not every browser plays */
  async #openIfPlayed(src) {
    const played = await plays(this.getAttribute("codec") ?? "");
    if (src !== this.getAttribute("src")) return;
    if (played) this.video.src = src;
    else this.#failed();
  }

  /** Wait until a newer version of the film stands, and open that where this one was. */
  async #await() {
    const src = this.getAttribute("src") ?? "";
    this.waiting = true;
    this.#state();
    const [newest = src] = src.split("?");
    const old = await versionOf(src);
    while (this.isConnected && this.waiting && src === this.getAttribute("src")) {
      const now = old && (await versionOf(newest));
      if (now && now !== old) {
        this.removeAttribute("codec");
        this.setAttribute("src", newest);
        return this.#state();
      }
      await new Promise((go) => setTimeout(go, LOOK_MS));
    }
  }

  #loaded() {
    // the sound alone: of these pictures the browser knows nothing
    if (this.getAttribute("codec") && !this.video.videoWidth) return this.#failed();
    this.setSpeed(this.speed);
    if (this.aim === null && this.shownUs > 0)
      this.#show(nearestFrame(this.timesUs, this.shownUs), this.shownUs);
  }

  #failed() {
    if (this.waiting) return;
    if (this.getAttribute("codec") && !this.hasAttribute("alone")) {
      this.video.removeAttribute("src");
      this.video.load();
      return void this.#await();
    }
    this.trouble = true;
    this.#state();
  }

  /**
   * @param {string} url
   */
  async #readFrames(url) {
    const answer = await fetched(url).catch(() => null);
    if (url !== this.getAttribute("frames")) return;
    this.timesUs = answer?.steps_us ? timesOf(answer.steps_us) : (answer?.times_us ?? []);
    tell(this, "vbg:frames");
  }

  #state() {
    tell(this, "vbg:state", {
      playing: this.playing,
      speed: this.speed,
      looping: Boolean(this.span?.loop),
      muted: this.video.muted,
      ended: this.video.ended,
      trouble: this.trouble,
      waiting: this.waiting,
    });
  }

  disconnectedCallback() {
    clearInterval(this.fallback);
    this.video.pause();
  }
}

/**
 * @param {string} url of a film that plays
 * @returns {Promise<string | null>} which version that is, without its bytes; null when nobody says
 */
async function versionOf(url) {
  const answer = await ask(url, { method: "HEAD" }).catch(() => null);
  return answer?.ok ? answer.headers.get("ETag") : null;
}

customElements.define("film-player", FilmPlayer);
