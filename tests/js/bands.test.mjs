import assert from "node:assert/strict";
import { test } from "node:test";
import { bandAt, situationAt, stretches, withBand } from "../../static/js/lib/bands.js";

const TABLE = { at_ms: 20_000, situation: "meal" };
const TIDY = { at_ms: 40_000, situation: "other" };

test("what the family does is what was last said, before that the film's own situation", () => {
  const at = (ms) => situationAt([TABLE, TIDY], "free_play", ms);
  assert.deepEqual([0, 19_999, 20_000, 39_999, 59_000].map(at), ["free_play", "free_play", "meal", "meal", "other"]);
  assert.equal(bandAt([TABLE], 100), undefined);
});

test("a film with one situation has no stretch to draw, one with two has its whole length", () => {
  assert.deepEqual(stretches([], "meal", 60_000), []);
  const spans = stretches([TABLE, TIDY], "free_play", 60_000).map((one) => [one.from_ms, one.to_ms, one.situation]);
  assert.deepEqual(spans, [[0, 20_000, "free_play"], [20_000, 40_000, "meal"], [40_000, 60_000, "other"]]);
});

test("what nobody named is not drawn, and a band at the very beginning takes the film's own place", () => {
  assert.deepEqual(stretches([TABLE], "", 60_000).map((one) => one.from_ms), [20_000]);
  assert.equal(stretches([{ at_ms: 0, situation: "care" }], "meal", 60_000)[0]?.situation, "care");
});

test("a band said twice is changed, and taken away it is gone", () => {
  assert.deepEqual(withBand([TIDY], 20_000, "meal"), [TABLE, TIDY]);
  assert.deepEqual(withBand([TABLE, TIDY], 20_000, "care")[0], { at_ms: 20_000, situation: "care" });
  assert.deepEqual(withBand([TABLE, TIDY], 20_000, null), [TIDY]);
});
