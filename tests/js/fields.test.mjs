import assert from "node:assert/strict";
import { test } from "node:test";
import { joined } from "../../static/js/lib/both.js";
import { isOnItsWay, isSmall, linesOf, stateOf } from "../../static/js/lib/fields.js";

const FIELD = { dirty: false, going: false, kept: false, failed: false };

test("what is said beside a box follows the letters in it", () => {
  assert.equal(stateOf(FIELD, false), "");
  assert.equal(stateOf({ ...FIELD, dirty: true }, false), "saving");
  assert.equal(stateOf({ ...FIELD, going: true, kept: true }, false), "saving");
  assert.equal(stateOf({ ...FIELD, going: true, kept: true }, true), "waiting");
  assert.equal(stateOf({ ...FIELD, kept: true }, true), "saved");
  assert.equal(stateOf({ ...FIELD, kept: true, failed: true }, false), "not_saved");
  assert.equal(stateOf({ ...FIELD, dirty: true, failed: true }, false), "saving", "she tries again");
});

test("a field is on its way with its own name and its own moment alone", () => {
  const lines = [
    {
      id: "a",
      acts: [
        { verb: "PATCH", fields: { words: "x" } },
        { verb: "PATCH", fields: { for_words: "" } },
      ],
    },
  ];
  assert.equal(isOnItsWay(lines, "a", "words"), true);
  assert.equal(isOnItsWay(lines, "a", "for_words"), true);
  assert.equal(isOnItsWay(lines, "a", "child_says"), false);
  assert.equal(isOnItsWay(lines, "b", "words"), false);
});

test("only the short words that are known go along", () => {
  assert.deepEqual(linesOf({ words: "x", for_words: "y", child_says: "" }), {
    for_words: "y",
    child_says: "",
  });
});

test("both texts stay of each field where both wrote, and only there", () => {
  const theirs = { words: "A", when_words: "", for_words: "C", child_says: "kijk" };
  const mine = { words: "B", when_words: "D", for_words: "C en meer", child_says: "voor jou" };
  assert.deepEqual(joined({ fields: mine, theirs }), { words: "A\nB", child_says: "kijk\nvoor jou" });
  const less = { words: "", child_says: "voor jou" };
  assert.deepEqual(joined({ fields: less, theirs }), { words: "A", child_says: "kijk\nvoor jou" }, "none is thrown away");
  assert.equal(joined({ fields: { for_words: "D" }, theirs: { ...theirs, for_words: "" } }), null);
  const long = { for_words: "x".repeat(200) };
  assert.equal(
    joined({ fields: long, theirs: { ...theirs, for_words: "y".repeat(200) } }),
    null,
    "no room for both",
  );
});

test("what outlives the page that sends it is small", () => {
  assert.equal(isSmall({ words: "x".repeat(4000) }), true);
  assert.equal(isSmall({ text: "x".repeat(20_000) }), false);
});
