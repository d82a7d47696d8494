/**
 * What the timeline's canvas shows. Each function gets a 2D context whose unit is a CSS pixel.
 * @typedef {import("./fit.js").View} View
 * @typedef {(name: string) => string} Ink a custom property's value
 * @typedef {{tile_width: number, tile_height: number, count: number, step_ms: number}} Strip
 * @typedef {{per_second: number, peaks: number[]}} Wave
 */
import { tickStep, toMs, toX } from "./fit.js";
import { clock } from "./timecode.js";

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {View} view
 * @param {Ink} ink
 * @param {number} height
 */
export function ruler(ctx, view, ink, height) {
  const step = tickStep(view.per_px);
  const first = Math.floor(view.from_ms / step) * step;
  const last = toMs(view, view.width);
  ctx.font = `11px ${ink("--mono")}`;
  ctx.textBaseline = "middle";
  for (let ms = first; ms <= last; ms += step) {
    const x = Math.round(toX(view, ms));
    ctx.fillStyle = ink("--line-ui");
    ctx.fillRect(x, height - 14, 1, 14);
    ctx.fillStyle = ink("--ink-3");
    ctx.fillText(
      step < 1000 ? `${clock(ms)}.${Math.floor((ms % 1000) / 100)}` : clock(ms),
      x + 5,
      height / 2 + 1,
    );
    ctx.fillStyle = ink("--line-2");
    for (let i = 1; i < 5; i += 1) ctx.fillRect(Math.round(toX(view, ms + (step * i) / 5)), height - 5, 1, 5);
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {View} view
 * @param {CanvasImageSource} sprite tiles in one row
 * @param {Strip} strip
 * @param {number} top
 * @param {number} height
 */
export function filmstrip(ctx, view, sprite, strip, top, height) {
  const width = Math.round((height * strip.tile_width) / strip.tile_height);
  const offset = ((view.from_ms / view.per_px) % width) + width;
  for (let x = -Math.floor(offset); x < view.width; x += width) {
    const at = toMs(view, x + width / 2);
    if (at < 0 || at > view.duration_ms) continue;
    const tile = Math.max(0, Math.min(strip.count - 1, Math.round(at / strip.step_ms)));
    ctx.drawImage(
      sprite,
      tile * strip.tile_width,
      0,
      strip.tile_width,
      strip.tile_height,
      x,
      top,
      width - 1,
      height,
    );
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {View} view
 * @param {Wave} wave
 * @param {{top: number, height: number, colour: string}} where
 */
export function waveform(ctx, view, wave, { top, height, colour }) {
  ctx.fillStyle = colour;
  const middle = top + height / 2;
  for (let x = 0; x < view.width; x += 3) {
    const from = Math.floor((toMs(view, x) / 1000) * wave.per_second);
    const to = Math.max(from + 1, Math.floor((toMs(view, x + 3) / 1000) * wave.per_second));
    let peak = 0;
    for (let i = Math.max(0, from); i < to && i < wave.peaks.length; i += 1)
      peak = Math.max(peak, wave.peaks[i] ?? 0);
    const tall = Math.max(1, (peak / 255) * (height - 6));
    ctx.fillRect(x, middle - tall / 2, 2, tall);
  }
}

/**
 * An S from where the first bar ends to where the answer begins: initiative answered.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {string} colour
 */
export function link(ctx, from, to, colour) {
  const bend = Math.max(6, (to.x - from.x) / 2);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.6;
  ctx.lineCap = "round";
  ctx.beginPath();
  ctx.moveTo(from.x, from.y);
  ctx.bezierCurveTo(from.x + bend, from.y, to.x - bend, to.y, to.x, to.y);
  ctx.stroke();
}

/**
 * Lanes told apart by height as well as by colour.
 * @param {CanvasRenderingContext2D} ctx
 * @param {View} view the whole film
 * @param {{lane: string, from_ms: number, to_ms: number}[]} bars
 * @param {(lane: string) => string} colourOf
 * @param {number} height
 */
export function overview(ctx, view, bars, colourOf, height) {
  const row = (height - 6) / 3;
  /** @type {number[]} */
  const painted = [0, 0, 0];
  for (const bar of bars) {
    const place = bar.lane === "child" ? 0 : bar.lane === "parent" ? 1 : 2;
    const x = toX(view, bar.from_ms);
    const end = Math.max(x + 3, toX(view, bar.to_ms));
    if (end <= (painted[place] ?? 0)) continue;
    painted[place] = end;
    ctx.fillStyle = colourOf(bar.lane);
    ctx.fillRect(x, 3 + place * row, end - x, Math.max(2, row - 1));
  }
}
