import assert from "node:assert/strict";
import { test } from "node:test";
import { APART, grouped, isNearEnd, NARROWEST, placed } from "../../static/js/lib/hints.js";

const span = (kind, start_ms, end_ms) => ({ kind, start_ms, end_ms });
const view = { from_ms: 0, per_px: 100, width: 600, duration_ms: 60_000 };

test("a film is as good as over in its last twentieth, a short one in its last seconds", () => {
  assert.equal(isNearEnd(569_000, 600_000), false);
  assert.equal(isNearEnd(570_000, 600_000), true);
  assert.equal(isNearEnd(16_000, 20_000), false);
  assert.equal(isNearEnd(17_000, 20_000), true);
  assert.equal(isNearEnd(900, 2000), false);
  assert.equal(isNearEnd(1000, 2000), true);
});

test("hints that begin together are one button that says them all, each once", () => {
  const spans = [span("turns", 0, 4000), span("movement", 1000, 9000), span("turns", 2000, 3000)];
  assert.deepEqual(grouped(spans, 2800), [{ start_ms: 0, end_ms: 9000, kinds: ["turns", "movement"] }]);
  assert.equal(grouped(spans, 500).length, 3);
});

test("no button lies over another, and none is too narrow for a finger", () => {
  const spans = Array.from({ length: 200 }, (_, nth) => span("turns", nth * 300, nth * 300 + 2000));
  const shown = placed(spans, view);
  assert.ok(shown.length > 1 && shown.length <= view.width / APART + 1);
  for (const [nth, one] of shown.entries()) {
    assert.ok(one.width >= NARROWEST);
    const next = shown[nth + 1];
    if (next) assert.ok(one.left + one.width <= next.left);
  }
});

test("what began before the view is there from its edge; what ended or has not begun is not", () => {
  const spans = [span("silence", 0, 4000), span("turns", 5000, 20_000), span("movement", 90_000, 95_000)];
  const shown = placed(spans, { ...view, from_ms: 10_000 });
  assert.deepEqual(
    shown.map(({ start_ms, left, width }) => ({ start_ms, left, width })),
    [{ start_ms: 5000, left: 0, width: 100 }],
  );
});
