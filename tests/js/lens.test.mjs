import assert from "node:assert/strict";
import { test } from "node:test";
import { bounded, CLOSEST, closer, moved, ofWheel, PRESS, WHOLE } from "../../static/js/lib/lens.js";

const BOX = { width: 800, height: 400 };

/** Where a point of the picture (px from its middle, unzoomed) stands on the stage. */
const stands = (lens, point) => ({ x: point.x * lens.scale + lens.x, y: point.y * lens.scale + lens.y });

test("what lies under the pointer stays there", () => {
  const at = { x: 130, y: -70 };
  const once = closer(WHOLE, 2, at, BOX);
  assert.deepEqual(stands(once, at), at);
  const again = closer(once, 1.5, at, BOX);
  assert.equal(again.scale, 3);
  assert.ok(Math.abs(stands(again, at).x - at.x) < 1e-9);
  assert.ok(Math.abs(stands(again, at).y - at.y) < 1e-9);
});

test("nothing beside the picture comes in sight, wherever it is pulled", () => {
  for (const [dx, dy] of [
    [9999, 9999],
    [-9999, 9999],
    [0, -9999],
  ]) {
    const lens = moved(closer(WHOLE, 2, { x: 0, y: 0 }, BOX), dx, dy, BOX);
    assert.ok(stands(lens, { x: -400, y: -200 }).x <= -400 && stands(lens, { x: 400, y: 200 }).x >= 400);
    assert.ok(stands(lens, { x: -400, y: -200 }).y <= -200 && stands(lens, { x: 400, y: 200 }).y >= 200);
  }
});

test("dark bands beside an upright film are no part of it", () => {
  const upright = { ...BOX, picture: { width: 300, height: 400 } };
  assert.equal(closer(WHOLE, 2, { x: 350, y: 0 }, upright).x, 0);
  assert.equal(moved(closer(WHOLE, 4, { x: 0, y: 0 }, upright), 9999, 0, upright).x, 200);
});

test("further than whole is whole, and closer has an end", () => {
  assert.deepEqual(closer({ scale: 1.2, x: 40, y: 9 }, 1 / PRESS, { x: 0, y: 0 }, BOX), WHOLE);
  assert.equal(closer(WHOLE, 1000, { x: 5, y: 5 }, BOX).scale, CLOSEST);
  assert.deepEqual(moved(WHOLE, 50, 50, BOX), WHOLE);
});

test("a smaller stage keeps the picture inside", () => {
  const lens = moved(closer(WHOLE, 4, { x: 0, y: 0 }, BOX), 9999, 0, BOX);
  assert.equal(lens.x, 1200);
  assert.equal(bounded(lens, { width: 400, height: 200 }).x, 600);
});

test("a wheel's notch is one press at most, a trackpad's pinch far less", () => {
  assert.equal(ofWheel(-400), PRESS);
  assert.equal(ofWheel(400), 1 / PRESS);
  assert.ok(ofWheel(-3) > 1 && ofWheel(-3) < 1.03);
});
