import assert from "node:assert/strict";
import { test } from "node:test";
import { keepNote } from "../../static/js/lib/notes.js";

/** A server with one note, as the real one: what was written over must be what stands. */
function server(text) {
  const one = { text };
  one.put = async (fields) => {
    if (one.text !== fields.was && one.text !== fields.text) return { status: 409, body: { current: { text: one.text } } };
    one.text = fields.text;
    return { status: 200 };
  };
  return one;
}

for (const [stands, was, mine, left, both] of [
  ["", "", "Mijn", "Mijn", undefined],
  ["Van Bea", "", "Mijn", "Van Bea\nMijn", "Van Bea\nMijn"],
  ["Van Bea\nMijn", "", "Mijn", "Van Bea\nMijn", undefined],
  ["Van Bea", "Oud", "Van Bea en meer", "Van Bea en meer", undefined],
  ["Van Bea", "Oud", "", "Van Bea", undefined],
])
  test(`"${mine}" over "${was}" where "${stands}" stands`, async () => {
    const there = server(stands);
    const kept = await keepNote(there.put, { text: mine, was });
    assert.deepEqual([kept.status, kept.both, there.text], [200, both, left]);
  });

test("where another writes again meanwhile it is tried later", async () => {
  const kept = await keepNote(async () => ({ status: 409, body: { current: { text: "steeds anders" } } }), {
    text: "Mijn",
    was: "",
  });
  assert.equal(kept.status, 503);
});
