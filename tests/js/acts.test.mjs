import assert from "node:assert/strict";
import { test } from "node:test";
import { Acts } from "../../static/js/lib/acts.js";

/** A server that answers what its list says, then 200 with a rising version. */
function server(answers = []) {
  const seen = [];
  let version = 0;
  const send = async (id, act, known) => {
    seen.push([id, act.verb, { ...act.fields }, known]);
    const answer = answers.shift();
    if (answer === "gone") throw new TypeError("no network");
    return answer ?? { status: 200, version: `"${++version}"` };
  };
  return { seen, send };
}

test("saves of one moment go one by one with the version of the last answer", async () => {
  const { seen, send } = server();
  const acts = new Acts({ send });
  acts.put("a", "POST", { start_ms: 1 });
  acts.put("a", "PATCH", { words: "x" });
  await acts.settled();
  assert.deepEqual(seen, [
    ["a", "POST", { start_ms: 1 }, undefined],
    ["a", "PATCH", { words: "x" }, '"1"'],
  ]);
});

test("waiting saves of one moment become one", async () => {
  const { seen, send } = server();
  const acts = new Acts({ send });
  acts.put("a", "PATCH", { words: "1" });
  acts.put("a", "PATCH", { words: "2" });
  acts.put("a", "PATCH", { chosen: true });
  acts.put("a", "DELETE");
  await acts.settled();
  assert.deepEqual(
    seen.map((line) => [line[1], line[2]]),
    [
      ["PATCH", { words: "1" }],
      ["PATCH", { words: "2", chosen: true }],
      ["DELETE", {}],
    ],
  );
});

test("when the server is gone acts wait, longer each time, and none is lost", async () => {
  const pauses = [];
  const states = [];
  const { seen, send } = server(["gone", { status: 503 }, "gone"]);
  const acts = new Acts({ send, wait: async (ms) => void pauses.push(ms), state: (s) => states.push(s) });
  acts.put("a", "POST", { start_ms: 1 });
  await acts.settled();
  assert.deepEqual(pauses, [1000, 2000, 4000]);
  assert.equal(seen.length, 4);
  assert.ok(states.includes("waiting"));
  assert.equal(states.at(-1), "saved");
});

test("a stale save is shown with what stands there, a refused one with its reason", async () => {
  const told = [];
  const { send } = server([
    { status: 409, body: { current: 1 } },
    { status: 422, body: { title: "no" } },
  ]);
  const acts = new Acts({
    send,
    stale: (id) => told.push(["stale", id]),
    refused: (id) => told.push(["refused", id]),
  });
  acts.put("a", "PATCH", { words: "1" });
  acts.put("b", "PATCH", { words: "1" });
  await acts.settled();
  assert.deepEqual(told, [
    ["stale", "a"],
    ["refused", "b"],
  ]);
});
