import assert from "node:assert/strict";
import { test } from "node:test";
import { BOARDS, FAST, readsOf } from "../../static/js/lib/boards.js";
import { Habit } from "../../static/js/lib/habit.js";
import { wishOf } from "../../static/js/lib/keys.js";
import { OwnPalette } from "../../static/js/lib/own.js";
import { threesOf } from "../../static/js/lib/threes.js";
import {
  arranged,
  changed,
  commandsOf,
  fits,
  moved,
  placesOf,
  swapped,
} from "../../static/js/lib/palette.js";

const tag = (name, group, code) => ({
  tag: `house/${name}`,
  group,
  label: name,
  key_code: code,
  key: code.slice(-1),
  qwerty_key: code.slice(-1),
  lead_ms: 4000,
  lag_ms: 4000,
});
const TAGS = [
  tag("looks", "child", "Digit1"),
  tag("points", "child", "Digit2"),
  tag("waits", "follows", "KeyD"),
  tag("names", "follows", "KeyG"),
];
const NONE = { labels: {}, asks: true };
const of = (labels) => ({ labels, asks: true });
const names = (tags) => tags.map((one) => one.tag.slice("house/".length));

test("without an arrangement it is the set", () => {
  const seen = arranged(TAGS, NONE);
  assert.deepEqual(names(seen), ["looks", "points", "waits", "names"]);
  assert.deepEqual(
    seen.map((one) => [one.label, one.key_code, one.pinned]),
    TAGS.map((one) => [one.label, one.key_code, false]),
  );
});

test("her word stands on the label, and what the set calls it is kept", () => {
  const [looks] = arranged(TAGS, of({ "house/looks": { words: "Ziet mij", lead_ms: 6000 } }));
  assert.deepEqual([looks.label, looks.given.label, looks.tag], ["Ziet mij", "looks", "house/looks"]);
  assert.deepEqual([looks.lead_ms, looks.lag_ms], [6000, 4000]);
});

test("a moved label changes place within its group alone", () => {
  const change = moved(arranged(TAGS, NONE).slice(2), "house/names", 0);
  const palette = changed(NONE, change).palette;
  assert.deepEqual(names(arranged(TAGS, palette)), ["looks", "points", "names", "waits"]);
  assert.equal(moved(TAGS.slice(2), "house/names", 9), null);
  assert.equal(moved(TAGS.slice(2), "house/looks", 0), null);
});

test("a key changed is read on both boards, by place", () => {
  const [looks] = arranged(TAGS, of({ "house/looks": { key_code: "KeyQ" } }));
  assert.deepEqual([looks.key_code, looks.key, looks.qwerty_key], ["KeyQ", "A", "Q"]);
});

test("what she chose goes before what the set gives: the other has no key then", () => {
  const palette = of({ "house/names": { key_code: "KeyD" } });
  assert.equal(placesOf(TAGS, palette).get("house/waits"), "");
  assert.equal(placesOf(TAGS, of({ "house/names": { key_code: "KeyX" } })).get("does/choose"), "");
});

test("no two of all ever share a key", () => {
  for (const code of ["KeyD", "KeyX", "Digit1", "KeyQ", ""])
    for (const other of ["KeyD", "KeyI", "KeyQ"]) {
      const palette = of({ "house/names": { key_code: code }, "does/loop": { key_code: other } });
      const places = [...placesOf(TAGS, palette).values()].filter(Boolean);
      assert.equal(new Set(places).size, places.length, `${code} ${other}`);
    }
});

test("a wanted key is free, her own, another's, or keeps its meaning", () => {
  const places = placesOf(TAGS, NONE);
  assert.deepEqual(fits("KeyQ", "house/names", places), { state: "free" });
  assert.deepEqual(fits("KeyG", "house/names", places), { state: "same" });
  assert.deepEqual(fits("KeyD", "house/names", places), { state: "taken", by: "house/waits" });
  assert.deepEqual(fits("KeyX", "house/names", places), { state: "taken", by: "does/choose" });
  for (const code of [
    "Space",
    "Period",
    "Escape",
    "Tab",
    "F5",
    "ArrowLeft",
    "Minus",
    "Slash",
    "Numpad1",
    "Delete",
  ])
    assert.deepEqual(fits(code, "house/names", places), { state: "reserved" }, code);
});

test("two swap, and back again", () => {
  const once = changed(NONE, swapped("house/names", "does/choose", placesOf(TAGS, NONE))).palette;
  assert.deepEqual(
    [placesOf(TAGS, once).get("house/names"), placesOf(TAGS, once).get("does/choose")],
    ["KeyX", "KeyG"],
  );
  const back = changed(once, swapped("house/names", "does/choose", placesOf(TAGS, once))).palette;
  assert.deepEqual(placesOf(TAGS, back), placesOf(TAGS, NONE));
});

test("a command moved away leaves its old key without meaning", () => {
  const palette = of({ "does/choose": { key_code: "KeyQ" } });
  const commands = commandsOf(TAGS, palette);
  assert.deepEqual(wishOf({ code: "KeyQ", key: "a" }, { commands }), { command: "choose" });
  assert.equal(wishOf({ code: "KeyX", key: "x" }, { commands }), null);
  assert.deepEqual(wishOf({ code: "Space", key: " " }, { commands }), { command: "play" });
});

test("a command whose key a label took has none", () => {
  const palette = of({ "house/names": { key_code: "KeyX" } });
  const commands = commandsOf(TAGS, palette);
  assert.deepEqual([...commands.values()].sort(), ["begin", "end", "loop", "whole"]);
  assert.equal(wishOf({ code: "KeyX", key: "x" }, { commands }), null);
});

test("each change is undone exactly", () => {
  const start = of({ "house/looks": { words: "Ziet", pinned: true } });
  const { palette, back } = changed(start, {
    labels: { "house/looks": { words: "Kijkt", hidden: true }, "house/names": { key_code: "" } },
    asks: false,
  });
  assert.equal(palette.asks, false);
  const undone = changed(palette, back).palette;
  assert.deepEqual(arranged(TAGS, undone), arranged(TAGS, start));
  assert.equal(undone.asks, true);
});

test("changes are shown at once, sent in order, and undone step by step", async () => {
  const sent = [];
  const own = new OwnPalette(NONE, {
    send: async (change) => ({ ok: Boolean(sent.push(change)) }),
    shown: () => {},
    said: () => {},
  });
  own.change({ labels: { "house/looks": { words: "een" } } });
  own.change({ labels: { "house/looks": { words: "twee" } } });
  assert.equal(own.palette.labels["house/looks"].words, "twee");
  await own.undo();
  assert.equal(own.palette.labels["house/looks"].words, "een");
  await own.undo();
  await own.undo();
  assert.deepEqual(
    sent.map((change) => change.labels["house/looks"].words),
    ["een", "twee", "een", ""],
  );
});

test("what the server does not take is put back and said", async () => {
  const said = [];
  const own = new OwnPalette(NONE, {
    send: async () => ({ ok: false, said: "Nee." }),
    shown: () => {},
    said: (...words) => said.push(words),
  });
  await own.change({ labels: { "house/looks": { pinned: true } } });
  assert.equal(own.palette.labels["house/looks"].pinned, false);
  assert.equal(own.canUndo, false);
  assert.deepEqual(said, [["waiting", "Nee."]]);
});

test("an undo that the server does not take can be tried again", async () => {
  let takes = true;
  const own = new OwnPalette(NONE, { send: async () => ({ ok: takes }), shown: () => {}, said: () => {} });
  await own.change({ labels: { "house/looks": { pinned: true } } });
  takes = false;
  await own.undo();
  assert.deepEqual([own.palette.labels["house/looks"].pinned, own.canUndo], [true, true]);
  takes = true;
  await own.undo();
  assert.deepEqual([own.palette.labels["house/looks"].pinned, own.canUndo], [false, false]);
});

test("both boards are whole: each row as wide, each place once, each label's key is there", () => {
  for (const [board, rows] of Object.entries(BOARDS)) {
    for (const row of rows)
      assert.equal(
        row.reduce((sum, [, , width]) => sum + width, 0),
        60,
        board,
      );
    const places = rows.flat().map(([code]) => code);
    assert.equal(new Set(places).size, places.length);
    for (const code of Object.keys(FAST[board])) assert.ok(places.includes(code), `${board} ${code}`);
  }
  assert.deepEqual(
    ["KeyQ", "KeyM", "Semicolon"].map((code) => readsOf(code, "azerty")),
    ["A", ",", "M"],
  );
  assert.deepEqual(
    ["KeyQ", "KeyM", "Semicolon"].map((code) => readsOf(code, "qwerty")),
    ["Q", "M", ";"],
  );
});

test("what stands fast on the drawing is what the keys do", () => {
  const reads = {
    azerty: { IntlBackslash: "<", Equal: "-", Slash: "=" },
    qwerty: { Minus: "-", Equal: "=" },
  };
  for (const [board, keys] of Object.entries(reads))
    for (const [code, key] of Object.entries(keys))
      assert.equal(wishOf({ code, key })?.command, FAST[board][code][0], `${board} ${code}`);
  assert.equal(wishOf({ code: "KeyM", key: "?", shiftKey: true })?.command, "keys");
  assert.equal(wishOf({ code: "Comma", key: "<", shiftKey: true })?.command, "slower");
});

const tagOf = (name) => TAGS.find((one) => one.tag === name);
const span = (start_ms, end_ms, marks = []) => ({ id: "m", start_ms, end_ms, marks });

test("a pressed moment tells how far its edges were moved, once", () => {
  const habit = new Habit();
  habit.press(span(96_000, 104_000), TAGS[2]);
  habit.press(span(96_000, 107_000), TAGS[3]);
  assert.deepEqual(habit.left(span(96_000, 107_000), tagOf, 600_000), []);
  const told = habit.left(span(94_000, 107_000), tagOf, 600_000);
  assert.deepEqual(told, [{ label: "house/waits", edge: "begin", by_ms: -2000, time_ms: 4000 }]);
  assert.deepEqual(habit.left(span(94_000, 107_000), tagOf, 600_000), []);
  assert.deepEqual(
    habit.left(span(94_000, 108_000), tagOf, 600_000).map((one) => [one.label, one.by_ms]),
    [["house/names", 1000]],
  );
});

test("put back, it is told as no correction", () => {
  const habit = new Habit();
  habit.press(span(96_000, 104_000), TAGS[2]);
  habit.left(span(94_000, 104_000), tagOf, 600_000);
  assert.deepEqual(
    habit.left(span(96_000, 104_000), tagOf, 600_000).map((one) => one.by_ms),
    [0],
  );
});

test("of a moment from before, its marks tell where a press put it", () => {
  const marks = [
    { tag: "house/names", at_ms: 11_000 },
    { tag: "house/waits", at_ms: 10_000 },
  ];
  const told = new Habit().left(span(4000, 15_000, marks), tagOf, 600_000);
  assert.deepEqual(
    told.map((one) => [one.label, one.edge, one.by_ms]),
    [["house/waits", "begin", -2000]],
  );
  assert.deepEqual(new Habit().left(span(4000, 15_000), tagOf, 600_000), []);
  assert.deepEqual(new Habit().left({ ...span(4000, 0, marks), end_ms: null }, tagOf, 600_000), []);
});

test("the three follow from the labels until one of them is pressed; the last one pressed counts", () => {
  const known = {
    waits: { group: "follows", three: "stimulate" },
    nods: { group: "follows", three: "support" },
    looks: { group: "child", three: null },
    S: { group: "threes", three: "support" },
    R: { group: "threes", three: "steer" },
  };
  const of = (...order) =>
    threesOf(
      order.map((name, at) => ({ tag: name, at_ms: at })),
      (name) => known[name],
    );
  assert.deepEqual(of("looks"), { set: null, derived: [] });
  assert.deepEqual(of("waits", "nods", "waits", "unknown"), { set: null, derived: ["stimulate", "support"] });
  assert.deepEqual(of("waits", "S", "R"), { set: "steer", derived: [] });
});

test("what she arranged of a label of an own set holds in its next version", () => {
  const palette = { labels: { "own/looks": { words: "Glundert", key_code: "KeyW" } }, asks: true };
  const tag = { tag: "own.2/looks", group: "own", label: "Straalt", key_code: "KeyA", key: "Q", qwerty_key: "A", lead_ms: 0, lag_ms: 0 };
  const [hers] = arranged([tag], palette);
  assert.deepEqual([hers.label, hers.key_code], ["Glundert", "KeyW"]);
  const { palette: after, back } = changed(palette, { labels: { "own.2/looks": { words: "" } } });
  assert.deepEqual([after.labels["own/looks"].words, back], ["", { labels: { "own/looks": { words: "Glundert" } } }]);
});

test("of two sets that want one key, the set that is shown goes first; a key nobody else wants stays", () => {
  const both = [...TAGS, { ...tag("x", "own.1/a", "KeyD"), tag: "own.1/ends" }, { ...tag("y", "own.1/a", "KeyQ"), tag: "own.1/rests" }];
  const own = (one) => one.tag.startsWith("own.1/");
  const keys = (front, palette = NONE) => {
    const places = placesOf(both, palette, front);
    return ["house/waits", "house/names", "own.1/ends", "own.1/rests"].map((label) => places.get(label));
  };
  assert.deepEqual(keys((one) => !own(one)), ["KeyD", "KeyG", "", "KeyQ"]);
  assert.deepEqual(keys(own), ["", "KeyG", "KeyD", "KeyQ"]);
  assert.deepEqual(keys(), ["KeyD", "KeyG", "", "KeyQ"]);
  const hers = of({ "house/names": { key_code: "KeyQ" } });
  assert.deepEqual(keys(own, hers), ["", "", "KeyD", "KeyQ"]);
  assert.deepEqual(keys((one) => !own(one), hers), ["KeyD", "KeyQ", "", ""]);
  assert.equal(arranged(both, NONE, own).find((one) => one.tag === "house/waits").key, "");
});
