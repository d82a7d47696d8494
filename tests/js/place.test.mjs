import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERY_MS, PlaceKeeper } from "../../static/js/lib/place.js";

function kept(answers = []) {
  const sent = [];
  const planned = [];
  const keeper = new PlaceKeeper({
    send: async (fields, leaving) => {
      sent.push([fields, leaving]);
      const answer = answers.shift() ?? true;
      if (answer === "gone") throw new TypeError("no server");
      return answer;
    },
    later: (act, ms) => planned.push([act, ms]),
  });
  const pass = async () => {
    for (const [act] of planned.splice(0)) act();
    await new Promise((done) => setImmediate(done));
  };
  return { keeper, sent, planned, pass };
}

test("a film that runs is told once every few seconds, with the last place", async () => {
  const { keeper, sent, planned, pass } = kept();
  for (let ms = 0; ms <= 4000; ms += 40) keeper.at(ms);
  assert.deepEqual(sent, []);
  assert.deepEqual(
    planned.map(([, ms]) => ms),
    [EVERY_MS],
  );
  await pass();
  assert.deepEqual(sent, [[{ at_ms: 4000 }, false]]);
});

test("opening a film is no going anywhere", async () => {
  const { keeper, planned } = kept();
  keeper.at(8020);
  keeper.at(8020);
  keeper.leave();
  assert.equal(planned.length, 0);
});

test("leaving tells at once, and only what waits", async () => {
  const { keeper, sent, pass } = kept();
  keeper.at(0);
  keeper.at(9000);
  keeper.note({ seen: true });
  keeper.leave();
  keeper.leave();
  await pass();
  assert.deepEqual(sent, [[{ at_ms: 9000, seen: true }, true]]);
});

test("another stand is told at once, without an answer later and not over and over", async () => {
  const { keeper, sent, planned, pass } = kept(["gone", true]);
  keeper.note({ stand: "watch" });
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(sent, [[{ stand: "watch" }, false]]);
  assert.equal(planned.length, 1);
  await pass();
  assert.deepEqual(sent.slice(1), [[{ stand: "watch" }, false]]);
});

test("without an answer it is told again, and what came since wins", async () => {
  const { keeper, sent, pass } = kept(["gone", false, true]);
  keeper.at(0);
  keeper.at(1000);
  keeper.note({ seen: true });
  await pass();
  keeper.at(2000);
  await pass();
  await pass();
  await pass();
  assert.deepEqual(
    sent.map(([fields]) => fields),
    [
      { at_ms: 1000, seen: true },
      { at_ms: 2000, seen: true },
      { at_ms: 2000, seen: true },
    ],
  );
});
