import assert from "node:assert/strict";
import { test } from "node:test";
import { isKept, saysMore } from "../../static/js/lib/drafts.js";

const SHOWN = { id: "a", version: "0", text: "", place: "", kind: "talk" };

test("only words that the page does not show wait", () => {
  assert.equal(saysMore(SHOWN, SHOWN), false);
  assert.equal(saysMore({ ...SHOWN, id: "b", version: "3" }, SHOWN), false, "which note it is says nothing");
  assert.equal(saysMore({ ...SHOWN, text: "Pip lacht" }, SHOWN), true);
  assert.equal(saysMore({ ...SHOWN, kind: "observation" }, SHOWN), true);
  assert.equal(saysMore({ text: "" }, { text: "Pip lacht" }), true, "what was taken out too");
});

test("words are let go when the server has this very note, and not before", () => {
  assert.equal(isKept({ ...SHOWN, text: "Pip" }, { id: "a", version: 1 }), true);
  assert.equal(isKept({ ...SHOWN, text: "Pip" }, { id: "b", version: 1 }), false, "another note");
  assert.equal(isKept({ ...SHOWN, version: "1" }, { id: "a", version: 1 }), false, "a correction that did not arrive");
  assert.equal(isKept({ ...SHOWN, version: "1" }, { id: "a", version: 2 }), true);
  assert.equal(isKept(undefined, { id: "a", version: 1 }), false);
});
