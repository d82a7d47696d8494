import assert from "node:assert/strict";
import { test } from "node:test";
import * as timecode from "../../static/js/lib/timecode.js";

const NTSC = Array.from({ length: 300 }, (_, i) => Math.round((i * 1_001_000) / 30));
const IRREGULAR = [0, 33_366, 41_000, 141_250, 141_999, 400_001];

test("times are floored, never rounded", () => {
  assert.equal(timecode.floorMs(33_999), 33);
  assert.equal(timecode.floorMs(34_000), 34);
});

test("a stamp counts minutes, seconds and milliseconds", () => {
  assert.equal(timecode.stamp(254_200), "04:14.200");
  assert.equal(timecode.stamp(0), "00:00.000");
  assert.equal(timecode.stamp(3_854_007), "1:04:14.007");
  assert.equal(timecode.clock(254_999), "04:14");
});

test("the shown frame began at or before the time", () => {
  assert.equal(timecode.frameAt(IRREGULAR, 0), 0);
  assert.equal(timecode.frameAt(IRREGULAR, 33_365), 0);
  assert.equal(timecode.frameAt(IRREGULAR, 33_366), 1);
  assert.equal(timecode.frameAt(IRREGULAR, 9_000_000), 5);
  assert.equal(timecode.frameAt(IRREGULAR, -5), 0);
});

test("a moment that starts on a floored frame time shows that frame first", () => {
  for (const times of [NTSC, IRREGULAR]) {
    times.forEach((us, i) => {
      if (i && timecode.floorMs(us) === timecode.floorMs(times[i - 1])) return;
      assert.equal(timecode.frameFrom(times, timecode.floorMs(us) * 1000), i);
    });
  }
});

test("seeking goes inside the frame, never far: to its middle at most", () => {
  assert.equal(timecode.insideOf(IRREGULAR, 2), 41_000 + 4000);
  assert.equal(timecode.insideOf([0, 4166, 8333], 1), 4166 + 4167 / 2);
  for (const [i] of IRREGULAR.entries()) {
    assert.equal(timecode.frameAt(IRREGULAR, timecode.insideOf(IRREGULAR, i)), i);
  }
  assert.equal(timecode.insideOf([0], 0), 4000);
});

test("steps are true frames and stay inside", () => {
  assert.equal(timecode.stepFrame(IRREGULAR, 0, -1), 0);
  assert.equal(timecode.stepFrame(IRREGULAR, 4, 1), 5);
  assert.equal(timecode.stepFrame(IRREGULAR, 5, 1), 5);
});

test("the nearest frame forgives a microsecond", () => {
  assert.equal(timecode.nearestFrame(IRREGULAR, 33_365), 1);
  assert.equal(timecode.nearestFrame(IRREGULAR, 41_001), 2);
  assert.equal(timecode.snapMs(IRREGULAR, 35), 33);
  assert.equal(timecode.snapMs([], 35.4), 35);
});

test("frame times come back from the steps between them", () => {
  assert.deepEqual(timecode.timesOf([33_333, 33_334, 60_000]), [0, 33_333, 66_667, 126_667]);
  assert.deepEqual(timecode.timesOf([]), [0]);
});
