import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERY_MS, LONGEST_MS, NEWEST, Peers } from "../../static/js/lib/peers.js";

/** Somebody's screen: its versions, what she is busy with, and the answers the server still has to give. */
function screen(answers) {
  const versions = new Map();
  const busy = new Set();
  const asked = [];
  const peers = new Peers({
    read: async (seq) => {
      asked.push(seq);
      const answer = answers.shift();
      if (answer === "gone") throw new TypeError("no network");
      return answer ?? null;
    },
    busy: (id) => busy.has(id),
    known: (id) => versions.get(id),
    take: (moments) => {
      for (const one of moments) versions.set(one.id, one.version);
    },
  });
  return { peers, versions, busy, asked };
}

const heard = (seq, ...moments) => ({ seq, moments, next: null });

test("it begins at the newest act and goes on from there", async () => {
  const { peers, versions, asked } = screen([heard(7), heard(8, { id: "a", version: 1 }), heard(8)]);
  for (let i = 0; i < 3; i++) assert.equal(await peers.step(), EVERY_MS);
  assert.deepEqual(asked, [NEWEST, 7, 8]);
  assert.equal(versions.get("a"), 1);
});

test("what is being typed or dragged waits, and is taken over afterwards in its newest version", async () => {
  const { peers, versions, busy } = screen([
    heard(1, { id: "a", version: 2 }),
    heard(2, { id: "a", version: 3 }),
    heard(2),
  ]);
  busy.add("a");
  await peers.step();
  await peers.step();
  assert.equal(versions.get("a"), undefined);
  busy.clear();
  await peers.step();
  assert.equal(versions.get("a"), 3);
});

test("an older version never replaces a newer one", async () => {
  const { peers, versions } = screen([heard(1, { id: "a", version: 2 })]);
  versions.set("a", 5);
  await peers.step();
  assert.equal(versions.get("a"), 5);
});

test("while the server is gone it asks less and less often, then from where it was", async () => {
  const { peers, asked } = screen([heard(3), "gone", null, "gone", "gone", "gone", "gone", heard(4)]);
  const pauses = [];
  for (let i = 0; i < 8; i++) pauses.push(await peers.step());
  assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 1000]);
  assert.equal(Math.max(...pauses), LONGEST_MS);
  assert.deepEqual(asked.slice(1), Array(7).fill(3));
});

test("a long answer goes on at once", async () => {
  const { peers } = screen([{ seq: 500, moments: [], next: "500" }]);
  assert.equal(await peers.step(), 0);
});
