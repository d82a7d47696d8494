import assert from "node:assert/strict";
import { test } from "node:test";
import { whatWas } from "../../static/js/lib/acted.js";

test("an undo is named after what it took back, a redo after what it did again", () => {
  const made = { removed: false, start_ms: 1, words: "" };
  assert.equal(whatWas({ verb: "undo", before: made, after: { removed: true } }), "what_mark");
  assert.equal(whatWas({ verb: "redo", before: { removed: true }, after: made }), "what_mark");
  assert.equal(
    whatWas({ verb: "undo", before: { removed: true }, after: { removed: false } }),
    "what_remove",
  );
});

test("a moved edge says which, and marks that moved along do not hide it", () => {
  const one = (fields) => whatWas({ verb: "undo", before: fields, after: fields });
  assert.equal(one({ start_ms: 1, marks: [] }), "what_begin");
  assert.equal(one({ end_ms: 1, marks: [] }), "what_end");
  assert.equal(one({ start_ms: 1, end_ms: 2, marks: [] }), "what_moved");
});

test("every other field has its own sentence", () => {
  const keys = ["words", "chosen", "goals", "who_began", "marks", "for_words", "child_says"].map((field) =>
    whatWas({ verb: "redo", before: {}, after: { [field]: 1 } }),
  );
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(whatWas({ verb: "redo", before: {}, after: { found_by: 1 } }), "what_other");
});
