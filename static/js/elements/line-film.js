import { ask } from "../dom.js";
import { filmstrip, waveform } from "../lib/paint.js";
import { STRIP, WAVE } from "./line-sizes.js";

/** From so many ms a pixel on the coarse sound would show its steps. */
const FINE_SOUND = 60;

/** A film can be tagged before its pictures and sound curve are made: so often is asked, a second between. */
const LOOKS = 60;

/**
 * @param {string} url
 * @returns {Promise<any>} its JSON once it is made, null when it never comes
 */
async function made(url) {
  for (let look = 0; look < LOOKS; look += 1) {
    const answer = await ask(url);
    if (answer.status !== 202) return answer.ok ? answer.json() : null;
    await new Promise((go) => setTimeout(go, 1000));
  }
  return null;
}

/** The film's pictures and its sound above the lanes: read once they are made, and painted. */
export class LineFilm {
  /** @param {import("./time-line.js").TimeLine} line */
  constructor(line) {
    this.line = line;
    /** @type {HTMLImageElement | null} */
    this.sprite = null;
    /** @type {import("../lib/paint.js").Strip | null} */
    this.strip = null;
    /** @type {import("../lib/paint.js").Wave | null} */
    this.wave = null;
  }

  async read() {
    const strip = this.line.getAttribute("filmstrip");
    const wave = this.line.getAttribute("waveform");
    if (wave) this.wave = await made(`${wave}?shape=coarse`).catch(() => null);
    this.strip = strip ? await made(`${strip}.json`).catch(() => null) : null;
    if (strip && this.strip) {
      const image = new Image();
      image.src = strip;
      await image.decode().then(
        () => {
          this.sprite = image;
        },
        () => {},
      );
    }
    this.line.draw();
  }

  /** Close by, the sound is read once more, finely. */
  async finer() {
    const wave = this.line.getAttribute("waveform");
    if (!wave || !this.wave || this.isFine || this.line.view.per_px > FINE_SOUND) return;
    this.isFine = true;
    this.wave = (await made(wave).catch(() => null)) ?? this.wave;
    this.line.draw();
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   */
  paint(ctx) {
    const top = this.line.filmTop;
    ctx.fillStyle = this.line.ink("--film-surround");
    ctx.fillRect(0, top, this.line.view.width, STRIP);
    if (this.sprite && this.strip) filmstrip(ctx, this.line.view, this.sprite, this.strip, top, STRIP);
    if (this.wave)
      waveform(ctx, this.line.view, this.wave, { top: top + STRIP, height: WAVE, colour: this.line.ink("--wave") });
  }
}
