import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { summed } from "../../static/js/lib/checksums.js";
import * as sending from "../../static/js/lib/sending.js";

/** A storage as the browser's, that can be looked into. */
function drawer(kept = {}) {
  const map = new Map(Object.entries(kept));
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => map.set(key, value),
    removeItem: (key) => map.delete(key),
    key: (at) => [...map.keys()][at] ?? null,
    get length() {
      return map.size;
    },
  };
}

test("speed and time left go by the last ten seconds", () => {
  const pace = new sending.Pace();
  pace.note(0, 0);
  assert.equal(pace.left(1000), null);
  for (let second = 1; second <= 20; second++) pace.note(second * 100, second * 1000);
  assert.equal(Math.round(pace.speed), 100);
  assert.equal(Math.round(pace.left(3000) ?? 0), 10);
  for (let second = 21; second <= 40; second++) pace.note(2000 + (second - 20) * 500, second * 1000);
  assert.equal(Math.round(pace.speed), 500);
});

test("a start from an earlier place begins a new count", () => {
  const pace = new sending.Pace();
  pace.note(5000, 0);
  pace.note(6000, 1000);
  pace.note(5500, 1100);
  assert.equal(pace.speed, 0);
});

test("two are sent at once, the others wait their turn", () => {
  assert.deepEqual(sending.startable(["waiting", "waiting", "waiting"]), [0, 1]);
  assert.deepEqual(sending.startable(["ready", "sending", "paused", "waiting", "waiting"]), [3]);
  assert.deepEqual(sending.startable(["offline", "sealing", "waiting"]), []);
});

test("what is said of all is what is still to come", () => {
  assert.equal(sending.overall([]), "");
  assert.equal(sending.overall(["ready", "ready"]), "ready");
  assert.equal(sending.overall(["ready", "preparing"]), "preparing");
  assert.equal(sending.overall(["failed", "sending"]), "sending");
  assert.equal(sending.overall(["failed", "ready"]), "failed");
});

test("a film is known again by size and date, and its name is kept nowhere", () => {
  const kept = drawer();
  const print = sending.printOf("f1", { name: "Pip.mp4", size: 12, lastModified: 34 });
  sending.remember(kept, print, "/api/v1/uploads/u", 1000);
  assert.equal(sending.recalled(kept, print), "/api/v1/uploads/u");
  assert.equal(sending.recalled(kept, `${print}5`), null);
  assert.doesNotMatch(JSON.stringify([...kept.map]), /Pip/);
  assert.deepEqual(sending.unfinished(kept, "f1", 2000), [
    { print, url: "/api/v1/uploads/u", size: 12, lastModified: 34, at: 1000 },
  ]);
  assert.deepEqual(sending.unfinished(kept, "f2", 2000), []);
});

test("what is old or unreadable is forgotten", () => {
  const kept = drawer({ "vbg:upload:f:1:2": '{"url":"/u","at":0}', "vbg:upload:f:3:4": "{", other: "stays" });
  assert.deepEqual(sending.unfinished(kept, "f", sending.KEPT_MS + 1), []);
  assert.deepEqual([...kept.map.keys()], ["other"]);
});

test("a storage that is full or blocked is no trouble", () => {
  const full = { ...drawer(), setItem: () => { throw new Error("full"); } };
  sending.remember(full, "vbg:upload:f:1:2", "/u", 0);
  sending.remember(null, "vbg:upload:f:1:2", "/u", 0);
  assert.equal(sending.recalled(null, "vbg:upload:f:1:2"), null);
  assert.deepEqual(sending.unfinished(null, "f", 0), []);
});

test("sizes and times are said as people say them", () => {
  assert.equal(sending.size(1.5 * 1024 ** 3, "nl"), "1,5 GB");
  assert.equal(sending.size(120 * 1024 ** 2, "en"), "120 MB");
  assert.equal(sending.duration(41.2), "0:42");
  assert.equal(sending.duration(3725), "1:02:05");
});

test("a full disk or a refused film is not sent again by itself", () => {
  for (const status of [0, 409, 423, 460, 500, 503]) assert.ok(sending.isPassing(status), String(status));
  for (const status of [401, 404, 413, 422, 507]) assert.ok(!sending.isPassing(status), String(status));
});

test("each piece tells its sum; the rest goes as it is", async () => {
  const sent = [];
  const stack = {
    getName: () => "bare",
    createRequest: (method) => ({
      setHeader: (name, value) => sent.push([method, name, value]),
      send: async (body) => sent.push([method, "body", body ? await body.text() : null]),
    }),
  };
  const telling = summed(stack);
  await telling.createRequest("PATCH", "/u").send(new Blob(["abc"]));
  await telling.createRequest("POST", "/u").send();
  const sum = createHash("sha256").update("abc").digest("base64");
  assert.deepEqual(sent, [
    ["PATCH", "Upload-Checksum", `sha256 ${sum}`],
    ["PATCH", "body", "abc"],
    ["POST", "body", null],
  ]);
});

test("where no sum can be computed a piece goes without", async () => {
  const bare = { getName: () => "bare", createRequest: () => ({ send: async () => "sent", setHeader: assert.fail }) };
  const without = summed(bare, null);
  assert.equal(await without.createRequest("PATCH", "/u").send(new Blob(["abc"])), "sent");
});
