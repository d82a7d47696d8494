import assert from "node:assert/strict";
import { test } from "node:test";
import { anew, holds, photoShown } from "../../static/js/lib/shelf.js";

const SPAN = { start_ms: 1000, end_ms: 4000 };

test("a photo is a frame of its moment, and a point has air on both sides", () => {
  assert.deepEqual([999, 1000, 3999, 4000].map((ms) => holds(SPAN, ms)), [false, true, true, false]);
  const point = { start_ms: 5000, end_ms: null };
  assert.deepEqual([2999, 3000, 6999, 7000].map((ms) => holds(point, ms)), [false, true, true, false]);
});

test("a photo that the edges leave out waits, and shows again when they hold it", () => {
  const kept = { ...SPAN, photo_ms: 2500 };
  assert.equal(photoShown(kept), 2500);
  assert.equal(photoShown({ ...kept, start_ms: 3000 }), null);
  assert.equal(photoShown({ ...kept, start_ms: 2500 }), 2500);
  assert.equal(photoShown(SPAN), null);
});

test("a moment that another removed comes back with its photo", () => {
  const moment = { id: "a", marks: [], goals: [], words: "", chosen: false, who_began: null, ...SPAN, photo_ms: 2500 };
  assert.equal(anew(moment, "b").photo_ms, 2500);
});
