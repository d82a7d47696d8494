import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, lineInWords, renewed } from "../../static/js/lib/acted.js";

const WORDS = {
  what_mark: "moment op {time}",
  what_mark_labels: "label {labels} op {time}",
  what_label_on: "label {labels} erbij op {time}",
  what_found: "gezien door {name}",
  what_other: "iets anders op {time}",
  past_undo: "Ongedaan: {what}",
  past_redo: "Opnieuw: {what}",
};
const LABELS = { "house/looks": "Kijkt", "house/waits": "Wacht even" };
const say = (key, values = {}) => (WORDS[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
const tagOf = (tag) => (LABELS[tag] ? { label: LABELS[tag] } : undefined);
const told = (what, tags = [], more = {}) => ({ what, tags, moment: "m", start_ms: 252_000, removed: false, ...more });

for (const [act, said] of [
  [told("mark"), "moment op 04:12"],
  [told("mark", ["house/looks", "house/waits"]), "label Kijkt, Wacht even op 04:12"],
  [told("mark", ["gone/label"]), "moment op 04:12"],
  [told("label_on", ["house/looks"]), "label Kijkt erbij op 04:12"],
  [told("found", [], { found_in_room: "Dilan" }), "gezien door Dilan"],
  [told("not known here"), "iets anders op 04:12"],
])
  test(`an act in words: ${said}`, () => assert.equal(inWords(act, tagOf, say), said));

test("an undoing and a redoing say so", () => {
  const line = (verb) => lineInWords({ ...told("mark"), seq: 1, at: "", verb, who: "", mine: true }, tagOf, say);
  assert.deepEqual(["mark", "undo", "redo"].map(line), [
    "moment op 04:12",
    "Ongedaan: moment op 04:12",
    "Opnieuw: moment op 04:12",
  ]);
});

const lines = (...numbers) => numbers.map((seq) => ({ seq }));

test("what is new comes before what was read, once", () => {
  const page = { items: lines(5, 4, 3), next: "3" };
  assert.deepEqual(renewed(lines(4, 3, 2), "2", page), { lines: lines(5, 4, 3, 2), cursor: "2" });
  assert.deepEqual(renewed([], null, page), { lines: page.items, cursor: "3" });
});

test("where something may be missing between them only the newest page stays", () => {
  const page = { items: lines(9, 8, 7), next: "7" };
  assert.deepEqual(renewed(lines(3, 2, 1), null, page), { lines: page.items, cursor: "7" });
  assert.deepEqual(renewed(lines(1), null, { items: lines(2, 1), next: null }), { lines: lines(2, 1), cursor: null });
});
