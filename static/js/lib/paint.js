/**
 * What the timeline's canvas shows. Each function gets a 2D context whose unit is a CSS pixel.
 * @typedef {import("./fit.js").View} View
 * @typedef {(name: string) => string} Ink a custom property's value
 * @typedef {{tile_width: number, tile_height: number, count: number, step_ms: number}} Strip
 * @typedef {{per_second: number, peaks: number[]}} Wave
 */
import { tickStep, toMs, toX } from "./fit.js";
import { clock, frameFrom } from "./timecode.js";

/** Pictures narrower than this, in pixels, get no line between them. */
const FRAME_PX = 8;

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
      step < 1000
        ? `${clock(ms)}.${String(ms % 1000)
            .padStart(3, "0")
            .slice(0, step < 100 ? 2 : 1)}`
        : clock(ms),
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
 * Where each picture begins, once pictures are wide enough to tell apart.
 * @param {CanvasRenderingContext2D} ctx
 * @param {View} view
 * @param {ArrayLike<number>} timesUs
 * @param {{top: number, height: number, colour: string}} where
 * @returns {number} lines drawn
 */
export function frameLines(ctx, view, timesUs, { top, height, colour }) {
  const first = frameFrom(timesUs, view.from_ms * 1000);
  const apart = ((timesUs[first + 1] ?? 0) - (timesUs[first] ?? 0)) / 1000 / view.per_px;
  if (apart < FRAME_PX) return 0;
  const last = frameFrom(timesUs, toMs(view, view.width) * 1000);
  ctx.fillStyle = colour;
  for (let i = first; i < last; i += 1)
    ctx.fillRect(Math.round(toX(view, (timesUs[i] ?? 0) / 1000)), top, 1, height);
  return last - first;
}

/** Points of the sun on the map. */
const RAYS = 8;

/**
 * A lane's own shape: circle for the child, square for the parent, hexagon for together, sun for fun.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} lane
 * @param {number} x of its middle
 * @param {number} y of its middle
 * @param {number} size from its middle to its edge
 */
export function mapShape(ctx, lane, x, y, size) {
  const r = Math.min(3, size);
  ctx.beginPath();
  if (lane === "child") ctx.arc(x, y, r, 0, Math.PI * 2);
  else if (lane === "parent") ctx.rect(x - r, y - r, r * 2, r * 2);
  else {
    const sun = lane === "fun";
    const corners = sun ? RAYS * 2 : 6;
    for (let i = 0; i < corners; i += 1) {
      const far = sun ? r * (i % 2 ? 0.75 : 1.45) : r * 1.12;
      const turn = (i / corners) * Math.PI * 2 - Math.PI / 2;
      ctx.lineTo(x + far * Math.cos(turn), y + far * Math.sin(turn));
    }
    ctx.closePath();
  }
  ctx.fill();
}
