import assert from "node:assert/strict";
import { test } from "node:test";
import { added, asItStands, barsOf, pairOf, press, whoBegan } from "../../static/js/lib/chain.js";

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

test("each press joins the one before it, not the first: a chain of many stays one", () => {
  const [only, ...more] = pressAll([
    [100_000, TAGS.shows],
    [104_000, TAGS.nods],
    [108_000, TAGS.shows],
    [111_999, TAGS.nods],
  ]);
  assert.deepEqual([more.length, only.start_ms, only.end_ms], [0, 96_000, 115_999]);
  assert.deepEqual(
    only.marks.map((mark) => mark.at_ms),
    [100_000, 104_000, 108_000, 111_999],
  );
});

test("joining moves the end alone: the begin keeps the lead of the label that opened", () => {
  const [only] = pressAll([
    [100_000, TAGS.nods],
    [101_000, TAGS.waits],
  ]);
  assert.equal(only.start_ms, 96_000);
});

test("twenty seconds is the longest: a press that would pass it opens the next, which takes up the joining", () => {
  const all = pressAll([
    [100_000, TAGS.shows],
    [104_000, TAGS.shows],
    [108_000, TAGS.shows],
    [112_000, TAGS.shows],
    [112_001, TAGS.shows],
    [116_000, TAGS.shows],
  ]);
  assert.deepEqual(
    all.map((one) => [one.start_ms, one.end_ms, one.marks.length]),
    [
      [96_000, 116_000, 4],
      [108_001, 120_000, 2],
    ],
  );
});

test("seconds are the film's: a slow film joins by what it shows, and standing still two presses are one time", () => {
  const [only] = pressAll([
    [100_000, TAGS.shows],
    [100_000, TAGS.nods],
  ]);
  assert.deepEqual(only.marks, [
    { tag: "house/shows", at_ms: 100_000 },
    { tag: "house/nods", at_ms: 100_000 },
  ]);
  assert.equal(pairOf(only.marks, whoOf)?.first.tag, "house/shows");
});

test("after a jump there is nothing to join, however near it landed", () => {
  const { open } = press(null, TAGS.shows, 100_000, RULES, newId);
  const { opened } = press(null, TAGS.nods, 101_000, RULES, newId);
  assert.equal(opened, true);
  assert.equal(press(open, TAGS.nods, 101_000, RULES, newId).opened, false);
});

test("five seconds and twenty are the set's own", () => {
  const rules = { ...RULES, join_ms: 2000, max_ms: 9000 };
  const { open } = press(null, TAGS.shows, 100_000, rules, newId);
  assert.equal(press(open, TAGS.nods, 101_000, rules, newId).opened, false);
  assert.equal(press(open, TAGS.nods, 101_001, rules, newId).opened, true, "past the longest length");
  assert.equal(press(open, TAGS.waits, 102_000, rules, newId).opened, true, "past the silence");
});

test("a press changes nothing of the moment it was given", () => {
  const { open } = press(null, TAGS.shows, 100_000, RULES, newId);
  const before = structuredClone(open);
  press(open, TAGS.nods, 101_000, RULES, newId);
  assert.deepEqual(open, before);
});

test("the first frame and a film shorter than a lead", () => {
  const short = { ...RULES, duration_ms: 1500 };
  const { open } = press(null, TAGS.waits, 0, short, newId);
  assert.deepEqual([open.start_ms, open.end_ms], [0, 1500]);
});

test("a moment moved meanwhile is joined as it stands now, a removed one not at all", () => {
  const { open } = press(null, TAGS.shows, 100_000, RULES, newId);
  const now = { start_ms: 90_000, end_ms: 107_000, marks: [] };
  const joined = press(asItStands(open, now), TAGS.nods, 102_000, RULES, newId).open;
  assert.deepEqual([joined.start_ms, joined.end_ms, joined.marks.length], [90_000, 107_000, 1]);
  assert.equal(asItStands(open, undefined), null);
  assert.equal(asItStands(null, now), null);
});

test("with a moment open 'mooi moment' adds no mark, and a point takes its mark on the point", () => {
  assert.deepEqual(added({ start_ms: 0, end_ms: 9000, marks: [] }, TAGS.moment, 4000), []);
  assert.deepEqual(added({ start_ms: 700, end_ms: null, marks: [] }, TAGS.shows, 4000), [
    { tag: "house/shows", at_ms: 700 },
  ]);
});

test("the answer is the first press of the other, whatever lies between", () => {
  const marks = ["shows", "fun", "shows", "nods", "waits"].map((name, at) => ({ tag: `house/${name}`, at_ms: at }));
  assert.deepEqual(pairOf(marks, whoOf), { first: marks[0], answer: marks[3] });
});
