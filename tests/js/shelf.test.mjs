import assert from "node:assert/strict";
import { test } from "node:test";
import { headingOf, Shelf } from "../../static/js/lib/shelf.js";

const moment = (id, start, end = start + 8000, more = {}) => ({
  id,
  start_ms: start,
  end_ms: end,
  marks: [],
  goals: [],
  who_began: null,
  words: "",
  chosen: false,
  ...more,
});

test("moments stand in time order and a removed one leaves", () => {
  const shelf = new Shelf();
  shelf.put(moment("b", 20), moment("a", 10, 18, { chosen: true }));
  assert.deepEqual(
    shelf.sorted.map((one) => one.id),
    ["a", "b"],
  );
  assert.equal(shelf.chosen, 1);
  shelf.put(moment("a", 10, 18, { removed: true }));
  assert.deepEqual(
    shelf.sorted.map((one) => one.id),
    ["b"],
  );
  shelf.drop("b");
  assert.equal(shelf.sorted.length, 0);
});

test("the next moment follows the chosen one, or else the time", () => {
  const shelf = new Shelf();
  shelf.put(moment("a", 1000), moment("b", 20_000), moment("c", 40_000));
  assert.equal(shelf.beside(1, "a", 0)?.id, "b");
  assert.equal(shelf.beside(-1, "a", 0), undefined);
  assert.equal(shelf.beside(1, null, 25_000)?.id, "c");
  assert.equal(shelf.beside(-1, null, 25_000)?.id, "b");
});

test("the moment at a time ends before its end", () => {
  const shelf = new Shelf();
  shelf.put(moment("a", 1000), moment("b", 3000, 4000));
  assert.equal(shelf.at(3500)?.id, "b");
  assert.equal(shelf.at(4000)?.id, "a");
  assert.equal(shelf.at(9000), undefined);
});

test("the heading is the first sentence, else the label's, else the time", () => {
  const tagOf = (tag) => (tag === "t" ? { label: "Kijkt", sentence: "Pip kijkt naar jou." } : undefined);
  assert.equal(headingOf(moment("a", 0, 1, { words: " Pip lacht. Jij ook." }), tagOf, "x"), "Pip lacht.");
  assert.equal(headingOf(moment("a", 0, 1, { words: "Pip lacht" }), tagOf, "x"), "Pip lacht");
  assert.equal(
    headingOf(
      moment("a", 0, 1, {
        marks: [
          { tag: "u", at_ms: 0 },
          { tag: "t", at_ms: 0 },
        ],
      }),
      tagOf,
      "x",
    ),
    "Pip kijkt naar jou.",
  );
  assert.equal(headingOf(moment("a", 0), tagOf, "Moment op 0:00"), "Moment op 0:00");
});

test("put one by one, moved and dropped, the order is that of a whole sort", () => {
  const shelf = new Shelf();
  let seed = 7;
  const dice = (n) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  shelf.sorted.length;
  for (let turn = 0; turn < 3000; turn += 1) {
    const id = `m${dice(200)}`;
    if (dice(4) === 0) shelf.drop(id);
    else shelf.put(moment(id, dice(500) * 100, null, { chosen: dice(2) === 0 }));
  }
  const whole = [...shelf.byId.values()].sort((a, b) => a.start_ms - b.start_ms || (a.id < b.id ? -1 : 1));
  assert.deepEqual(shelf.sorted, whole);
  assert.equal(shelf.chosen, whole.filter((one) => one.chosen).length);
  for (const now of [0, 12_345, 25_000, 60_000]) {
    assert.equal(
      shelf.beside(1, null, now),
      whole.find((one) => one.start_ms > now),
    );
    assert.equal(
      shelf.beside(-1, null, now),
      whole.findLast((one) => one.start_ms < now),
    );
  }
});

test("what changed is told once, before and after", () => {
  const shelf = new Shelf();
  shelf.put(moment("a", 1000));
  shelf.put(moment("a", 2000));
  shelf.drop("a");
  shelf.drop("unknown");
  const told = shelf.drain().map(({ before, after }) => [before?.start_ms, after?.start_ms]);
  assert.deepEqual(told, [
    [undefined, 1000],
    [1000, 2000],
    [2000, undefined],
  ]);
  assert.deepEqual(shelf.drain(), []);
});
