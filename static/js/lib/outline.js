/**
 * A film with thousands of moments is drawn whole from few bytes first, and its moments are read after that, those near
 * the place in the film before the others. Pure.
 * @typedef {import("./shelf.js").Moment} Moment
 * @typedef {{step_ms: number, tags: string[], goals: string[], kind: [number[], number][], starts: number[],
 *   lengths: number[], kinds: number[], marks: number[], labels: number[], ats: number[]}} Columns as the server tells them
 * @typedef {{items: Moment[], next?: string | null}} Page
 * @typedef {{from_ms?: number, to_ms?: number, cursor?: string, limit?: number}} Window
 */

/** So many moments are read before the picture: all there are, in an ordinary film. */
export const FIRST = 200;
/** So many are read at once after that; with those that reach in from before they are one answer of the server. */
export const PAGE = 400;
/** So many are drawn at once: as much work as fits between two pictures. */
export const SLICE = 500;
export const FIRST_PAUSE_MS = 1000;
export const LONGEST_PAUSE_MS = 30_000;

/**
 * What can be drawn of the moments; who they are is not known yet, so none has an id.
 * @param {Columns} told
 * @returns {Moment[]} by start
 */
export function drawnOf({ step_ms, tags, goals, kind, starts, lengths, kinds, marks, labels, ats }) {
  let start = 0;
  let mark = 0;
  return starts.map((since, i) => {
    start += since;
    const [aims, chosen] = kind[kinds[i] ?? 0] ?? [[], 0];
    const length = lengths[i] ?? -1;
    const first = mark;
    mark += marks[i] ?? 0;
    return {
      id: "",
      start_ms: start * step_ms,
      end_ms: length < 0 ? null : (start + length) * step_ms,
      marks: labels.slice(first, mark).map((label, at) => ({
        tag: tags[label] ?? "",
        at_ms: (start + (ats[first + at] ?? 0)) * step_ms,
      })),
      goals: aims.map((goal) => goals[goal] ?? ""),
      who_began: null,
      words: "",
      chosen: Boolean(chosen),
    };
  });
}

/**
 * Windows of the film that together hold all of these, the nearest to a time first.
 * @param {Moment[]} drawn by start
 * @param {number} nowMs
 * @param {number} [size] moments in one
 * @returns {{from_ms: number, to_ms: number}[]} [from, to); the last has no end
 */
export function windowsOf(drawn, nowMs, size = PAGE) {
  const begins = drawn.filter((_, i) => i % size === 0).map((one) => one.start_ms);
  const edges = [...new Set(begins)];
  const windows = edges.map((from_ms, i) => ({ from_ms, to_ms: edges[i + 1] ?? Number.POSITIVE_INFINITY }));
  const far = (/** @type {{from_ms: number, to_ms: number}} */ { from_ms, to_ms }) =>
    nowMs < from_ms ? from_ms - nowMs : Math.max(0, nowMs - to_ms);
  return windows.sort((a, b) => far(a) - far(b));
}

/**
 * Reads every moment of a film. A part that does not come is asked for again, each time a little later.
 * @param {{
 *   page: (window: Window) => Promise<Page | null>,
 *   outline: () => Promise<Columns | null>,
 *   found: (moments: Moment[]) => void,
 *   expect: (drawn: Moment[]) => void,
 *   arrived: (fromMs: number, toMs: number) => void,
 *   now: () => number,
 *   quiet: () => Promise<void>,
 *   wait: (ms: number) => Promise<void>,
 *   late: () => void,
 * }} does `null` is an answer that did not come; `expect` what is drawn until it is read; `arrived` that all which
 *   begins in [from, to) is read; `quiet` resolves when the page has nothing better to do; `late` says that it waits
 */
export async function readAll(does) {
  const first = await sure(does, () => does.page({ limit: FIRST }));
  does.found(first.items);
  if (!first.next) return;
  const told = await sure(does, does.outline);
  const drawn = drawnOf(told).filter((one) => one.start_ms >= lastOf(first.items, told.step_ms));
  for (let at = 0; at < drawn.length; at += SLICE) {
    does.expect(drawn.slice(at, at + SLICE));
    await does.wait(0);
  }
  for (const { from_ms, to_ms } of windowsOf(drawn, does.now())) {
    await does.quiet();
    /** @type {Window} */
    let window = Number.isFinite(to_ms) ? { from_ms, to_ms } : { from_ms };
    for (let more = true; more; ) {
      const page = await sure(does, () => does.page(window));
      does.found(page.items);
      more = Boolean(page.next);
      window = { ...window, ...(page.next ? { cursor: page.next } : {}) };
    }
    does.arrived(from_ms, to_ms);
  }
}

/**
 * @param {Moment[]} read by start
 * @param {number} step_ms
 * @returns {number} ms; the step in which the last of them begins
 */
function lastOf(read, step_ms) {
  return Math.floor((read.at(-1)?.start_ms ?? 0) / step_ms) * step_ms;
}

/**
 * @template T
 * @param {{wait: (ms: number) => Promise<void>, late: () => void}} does
 * @param {() => Promise<T | null>} asked
 * @returns {Promise<T>}
 */
async function sure(does, asked) {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    const answer = await asked().catch(() => null);
    if (answer) return answer;
    if (pause === FIRST_PAUSE_MS) does.late();
    await does.wait(pause);
  }
}
