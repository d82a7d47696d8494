import assert from "node:assert/strict";
import { test } from "node:test";
import { added, barsOf, pairOf, press, whoBegan } from "../../static/js/lib/chain.js";

const RULES = { join_ms: 5000, max_ms: 20_000, duration_ms: 600_000 };
const tag = (name, who, group, lead = 4000, lag = 4000) => ({
  tag: name,
  who,
  group,
  lead_ms: lead,
  lag_ms: lag,
});
const TAGS = {
  shows: tag("house/shows", "child", "child"),
  waits: tag("house/waits", "parent", "follows", 7000, 3000),
  nods: tag("house/nods", "parent", "follows"),
  fun: tag("house/fun", "together", "fun", 6000, 4000),
  moment: tag("house/moment", null, "moment", 6000, 3000),
};
const byName = new Map(Object.values(TAGS).map((t) => [t.tag, t]));
const whoOf = (name) => byName.get(name)?.who ?? null;
let made = 0;
const newId = () => `m${++made}`;
const pressAll = (presses, start = null) =>
  presses.reduce(
    ({ open, all }, [at, t]) => {
      const next = press(open, t, at, RULES, newId);
      return { open: next.open, all: next.opened ? [...all, next.open] : [...all.slice(0, -1), next.open] };
    },
    { open: start, all: [] },
  ).all;

test("the first press opens with the lead and lag of its label", () => {
  const [only] = pressAll([[100_000, TAGS.waits]]);
  assert.deepEqual([only.start_ms, only.end_ms], [93_000, 103_000]);
  assert.deepEqual(only.marks, [{ tag: "house/waits", at_ms: 100_000 }]);
});

test("a press less than five seconds later joins and stretches the end", () => {
  const [only] = pressAll([
    [100_000, TAGS.shows],
    [104_999, TAGS.nods],
  ]);
  assert.deepEqual([only.start_ms, only.end_ms], [96_000, 108_999]);
  assert.equal(only.marks.length, 2);
});

test("the end never moves back when a later label lags less", () => {
  const [only] = pressAll([
    [100_000, TAGS.shows],
    [100_100, TAGS.waits],
  ]);
  assert.equal(only.end_ms, 104_000);
});

test("five seconds of silence open a new moment", () => {
  assert.equal(
    pressAll([
      [100_000, TAGS.shows],
      [105_000, TAGS.nods],
    ]).length,
    2,
  );
});

test("a jump back opens a new moment", () => {
  assert.equal(
    pressAll([
      [100_000, TAGS.shows],
      [99_000, TAGS.nods],
    ]).length,
    2,
  );
});

test("no chain grows past the longest length", () => {
  const times = [10_000, 14_000, 18_000, 22_000, 26_000, 30_000];
  const all = pressAll(times.map((at) => [at, TAGS.shows]));
  assert.equal(all.length, 2);
  assert.ok(all.every((one) => one.end_ms - one.start_ms <= RULES.max_ms));
});

test("the same key twice is two marks: a key never removes", () => {
  const [only] = pressAll([
    [1000, TAGS.nods],
    [2000, TAGS.nods],
  ]);
  assert.equal(only.marks.length, 2);
  assert.equal(only.start_ms, 0);
});

test("'mooi moment' leaves no mark and joins too", () => {
  const [only] = pressAll([
    [100_000, TAGS.moment],
    [102_000, TAGS.shows],
  ]);
  assert.deepEqual([only.start_ms, only.end_ms, only.marks.length], [94_000, 106_000, 1]);
});

test("a moment ends with the film", () => {
  const [only] = pressAll([[599_000, TAGS.shows]]);
  assert.equal(only.end_ms, 600_000);
});

test("with a moment open a press is kept inside it, in time order", () => {
  const moment = { start_ms: 1000, end_ms: 5000, marks: [{ tag: "house/nods", at_ms: 4000 }] };
  assert.deepEqual(
    added(moment, TAGS.shows, 2000).map((m) => m.at_ms),
    [2000, 4000],
  );
  assert.deepEqual(added(moment, TAGS.shows, 9000).at(-1), { tag: "house/shows", at_ms: 4999 });
});

test("who began and the answer follow from the order of presses", () => {
  const marks = [
    { tag: "house/nods", at_ms: 3000 },
    { tag: "house/shows", at_ms: 1000 },
    { tag: "house/fun", at_ms: 500 },
  ];
  assert.equal(whoBegan(marks, whoOf), "together");
  assert.equal(whoBegan(marks.slice(0, 2), whoOf), "child");
  assert.deepEqual(pairOf(marks, whoOf), { first: marks[1], answer: marks[0] });
  assert.equal(pairOf(marks.slice(0, 1), whoOf), null);
  assert.equal(whoBegan([], whoOf), null);
});

test("the child can answer a parent", () => {
  const marks = [
    { tag: "house/waits", at_ms: 1 },
    { tag: "house/shows", at_ms: 2 },
  ];
  assert.equal(pairOf(marks, whoOf)?.first.tag, "house/waits");
});

test("bars follow the chain; a bare moment is one bar on the lane together", () => {
  const moment = {
    start_ms: 0,
    end_ms: 9000,
    marks: [
      { tag: "house/shows", at_ms: 4000 },
      { tag: "house/nods", at_ms: 6000 },
      { tag: "house/fun", at_ms: 7000 },
    ],
  };
  assert.deepEqual(
    barsOf(moment, (name) => byName.get(name)).map((bar) => [bar.lane, bar.from_ms, bar.to_ms]),
    [
      ["child", 0, 6000],
      ["parent", 6000, 9000],
      ["fun", 7000, 7000],
    ],
  );
  const bare = barsOf({ start_ms: 5, end_ms: null, marks: [] }, () => undefined);
  assert.deepEqual(bare, [{ lane: "together", tag: null, from_ms: 5, to_ms: 5 }]);
});
