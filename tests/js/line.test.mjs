import assert from "node:assert/strict";
import { test } from "node:test";
import * as fit from "../../static/js/lib/fit.js";
import { lanesOf, rowsOf } from "../../static/js/lib/lanes.js";
import { pageOf } from "../../static/js/lib/pages.js";
import { frameLines } from "../../static/js/lib/paint.js";
import { Overview, SHAPE, shapesOf } from "../../static/js/lib/overview.js";
import { pinched } from "../../static/js/lib/pinch.js";
import { edgesOf, REACH, snapped } from "../../static/js/lib/snap.js";
import { dragged, SHORTEST } from "../../static/js/lib/span-drag.js";

const FRAMES = Array.from({ length: 3000 }, (_, i) => Math.round((i * 1_000_000) / 30));
const at = (ms, more = {}) =>
  snapped(ms, { times: FRAMES, playhead: -1e9, edges: [], per_px: 2, free: false, ...more });

test("an edge lies on a true frame, on the playhead or on a neighbour, and with Alt where the hand is", () => {
  assert.deepEqual(at(1010), { ms: 1000, hold: "frame" });
  assert.deepEqual(at(1010, { edges: [1021, 1018] }), { ms: 1018, hold: "neighbour" });
  assert.deepEqual(at(1010, { edges: [1018], playhead: 1012 }), { ms: 1000, hold: "playhead" });
  assert.deepEqual(at(1010.4, { edges: [1012], playhead: 1012, free: true }), { ms: 1010, hold: null });
  assert.deepEqual(at(1010, { edges: [1010 + REACH * 2] }), { ms: 1000, hold: "frame" });
  assert.deepEqual(snapped(10.4, { times: [], playhead: -1e9, edges: [], per_px: 2, free: false }), {
    ms: 10,
    hold: null,
  });
});

test("edges of others pull, not those of the dragged one; a point has one", () => {
  const shown = [
    { id: "a", start_ms: 1, end_ms: 2 },
    { id: "b", start_ms: 3, end_ms: null },
    { id: "c", start_ms: 5, end_ms: 6 },
  ];
  assert.deepEqual(edgesOf(shown, "a"), [3, 5, 6]);
});

test("a moved moment keeps its length and stays in the film", () => {
  const began = { start_ms: 1000, end_ms: 3000 };
  for (const by of [-9999, -777, 0, 40, 12_345, 1e9]) {
    const now = dragged(began, "move", by, at, 100_000);
    assert.equal((now.end_ms ?? 0) - now.start_ms, 2000);
    assert.ok(now.start_ms >= 0 && (now.end_ms ?? 0) <= 100_000);
  }
  const byTail = dragged(began, "move", 500, (ms) => at(ms, { edges: [3505] }), 100_000);
  assert.deepEqual(byTail, { start_ms: 1505, end_ms: 3505, hold: "neighbour", at_ms: 3505 });
  assert.equal(dragged({ start_ms: 1000, end_ms: null }, "move", 510, at, 100_000).end_ms, null);
});

test("begin and end never cross, and the end may be the film's", () => {
  const began = { start_ms: 1000, end_ms: 3000 };
  assert.equal(dragged(began, "begin", 1e6, at, 100_000).start_ms, 3000 - SHORTEST);
  assert.equal(dragged(began, "begin", -1e6, at, 100_000).start_ms, 0);
  assert.equal(dragged(began, "end", -1e6, at, 100_000).end_ms, 1000 + SHORTEST);
  assert.equal(dragged(began, "end", 1e6, at, 100_000).end_ms, 100_000);
  assert.equal(dragged({ start_ms: 1000, end_ms: null }, "end", 50, at, 100_000).end_ms, null);
});

test("what was counted on the map and taken away leaves it as it was", () => {
  const map = new Overview(1000, 3_600_000);
  const bars = Array.from({ length: 500 }, (_, i) => ({
    lane: i % 2 ? "child" : "fun",
    from_ms: i * 7000,
    to_ms: i * 7000 + 9000,
  }));
  map.count(bars, 1);
  map.count(bars.slice(1), -1);
  const only = new Overview(1000, 3_600_000);
  only.count(bars.slice(0, 1), 1);
  assert.deepEqual(map.counts.fun, only.counts.fun);
  assert.ok(map.counts.child.every((one) => one === 0));
  assert.deepEqual(map.runs("fun"), [{ x: 0, width: 3 }]);
  assert.deepEqual(map.runs("child"), []);
  assert.deepEqual(map.runs("fun", 2 * 3600, 3_600_000), [{ x: 2, width: 1 }]);
});

test("shapes on the map never lie on each other and every run far enough away has one", () => {
  const runs = [
    { x: 0, width: 2 },
    { x: 3, width: 1 },
    { x: 20, width: 40 },
    { x: 100, width: 1 },
  ];
  const middles = shapesOf(runs);
  for (let i = 1; i < middles.length; i += 1) assert.ok(middles[i] - middles[i - 1] >= SHAPE);
  for (const { x, width } of [runs[0], runs[2], runs[3]])
    assert.ok(middles.some((one) => one >= x && one <= x + width));
});

test("two fingers zoom about what lies between them and pan with them", () => {
  const view = fit.zoomed(fit.whole(600_000, 1000), 0.2, 500);
  const closer = pinched(view, [400, 600], [300, 700]);
  assert.ok(Math.abs(closer.per_px - view.per_px / 2) < 1e-9);
  assert.ok(Math.abs(fit.toMs(closer, 500) - fit.toMs(view, 500)) < 1e-6);
  const aside = pinched(view, [400, 600], [450, 650]);
  assert.ok(Math.abs(fit.toMs(aside, 550) - fit.toMs(view, 500)) < 1e-6);
  assert.equal(pinched(view, [500, 500], [501, 501]).per_px, view.per_px);
});

test("lanes by who, by group or by goal; a moment with two goals lies on two, one with none on the last", () => {
  const goals = [
    { id: "g1", text: "Wachten" },
    { id: "g2", text: "Lachen" },
  ];
  const bar = { lane: "parent", group: "leads", goals: ["g2", "g1", "elsewhere"] };
  const rows = (by, one) => rowsOf(by, lanesOf(by, goals), one);
  assert.deepEqual(rows("who", bar), [1]);
  assert.deepEqual(rows("who", { ...bar, lane: "fun" }), [2]);
  assert.deepEqual(rows("group", bar), [2]);
  assert.deepEqual(rows("group", { ...bar, group: null }), [5]);
  assert.deepEqual(rows("goal", bar), [1, 0]);
  assert.deepEqual(rows("goal", { ...bar, goals: [] }), [2]);
  assert.deepEqual(lanesOf("goal", []), [{ key: "", text: null }]);
});

test("5,000 rows are read 50 at a time, each exactly once", () => {
  const seen = [];
  for (let at = 0; at !== null; ) {
    const page = pageOf(5003, 50, at);
    for (let i = page.from; i < page.to; i += 1) seen.push(i);
    at = page.after;
  }
  assert.deepEqual(seen, [...Array(5003).keys()]);
  assert.deepEqual(pageOf(5003, 50, 120), { from: 100, to: 150, before: 50, after: 150 });
  assert.deepEqual(pageOf(0, 50, 7), { from: 0, to: 0, before: null, after: null });
});

test("lines between pictures are drawn only where pictures are wide enough, each on its true time", () => {
  const drawn = [];
  const ctx = { fillRect: (x) => drawn.push(x) };
  const where = { top: 0, height: 10, colour: "" };
  const film = fit.whole(100_000, 1000);
  assert.equal(frameLines(ctx, film, FRAMES, where), 0);
  const close = fit.clamped({ ...film, per_px: 0.5, from_ms: 1000 });
  const count = frameLines(ctx, close, FRAMES, where);
  const seen = FRAMES.filter((us) => us >= 1_000_000 && us < 1_500_000);
  assert.equal(count, seen.length);
  assert.deepEqual(
    drawn,
    seen.map((us) => Math.round((us / 1000 - 1000) / 0.5)),
  );
});
