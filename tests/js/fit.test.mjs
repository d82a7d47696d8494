import assert from "node:assert/strict";
import { test } from "node:test";
import * as fit from "../../static/js/lib/fit.js";

test("the whole film fills the width", () => {
  const view = fit.whole(600_000, 1000);
  assert.equal(fit.toX(view, 600_000), 1000);
  assert.equal(fit.toMs(view, 500), 300_000);
});

test("zooming holds the time under the pointer and stays inside", () => {
  const view = fit.zoomed(fit.whole(600_000, 1000), 0.25, 400);
  assert.ok(Math.abs(fit.toMs(view, 400) - 240_000) < 1e-6);
  assert.equal(fit.zoomed(view, 100, 10).from_ms, 0);
  assert.equal(fit.zoomed(view, 1e-9, 10).per_px, fit.CLOSEST);
});

test("panning stops at both ends", () => {
  const view = fit.zoomed(fit.whole(600_000, 1000), 0.5, 0);
  assert.equal(fit.panned(view, -50).from_ms, 0);
  assert.equal(fit.panned(view, 1e6).from_ms, 300_000);
});

test("the view follows a time only when it left", () => {
  const view = fit.zoomed(fit.whole(600_000, 1000), 0.1, 0);
  assert.equal(fit.showing(view, 30_000), view);
  assert.equal(fit.showing(view, 90_000).from_ms, 84_000);
});

test("labels of the ruler keep their distance", () => {
  for (const perPx of [2, 10, 77, 600, 4000]) assert.ok(fit.tickStep(perPx) / perPx >= 84);
});

test("of 10,000 moments only the overlapping ones are drawn", () => {
  const moments = Array.from({ length: 10_000 }, (_, i) => ({
    start_ms: i * 100,
    end_ms: i % 3 ? i * 100 + 8000 : null,
  }));
  const found = fit.overlapping(moments, 50_000, 60_000, 8000);
  const naive = moments.filter((m) => m.start_ms <= 60_000 && (m.end_ms ?? m.start_ms) >= 50_000);
  assert.deepEqual(found, naive);
});
