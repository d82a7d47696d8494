import assert from "node:assert/strict";
import { test } from "node:test";
import { Acts } from "../../static/js/lib/acts.js";
import { joined } from "../../static/js/lib/both.js";
import { seal, unseal } from "../../static/js/lib/vault.js";

const ROUNDS = 1000;

/** @param {number} seed */
function dice(seed) {
  let state = seed + 1;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** A server as the real one promises: idempotent POST, If-Match, 409 with what stands, versions that rise. */
class Server {
  constructor() {
    this.moments = new Map();
  }

  answer(id, { verb, fields }, version) {
    const stands = this.moments.get(id);
    if (verb === "POST") {
      if (stands) return { status: 200, version: `"${stands.version}"` };
      return this.#take(id, { ...fields, version: 0 }, fields, 201);
    }
    if (!stands) return { status: 404 };
    if (version !== `"${stands.version}"`) return { status: 409, body: { current: { id, ...stands } } };
    if (verb === "PATCH") return this.#take(id, stands, fields, 200);
    this.moments.delete(id);
    return { status: 204 };
  }

  #take(id, stands, fields, status) {
    const now = { ...stands, ...fields, version: stands.version + 1 };
    this.moments.set(id, now);
    return { status, version: `"${now.version}"` };
  }
}

/** A browser whose page may close at any moment; only what `keep` wrote down stays. */
class Browser {
  constructor(server, roll) {
    this.server = server;
    this.roll = roll;
    this.kept = "[]";
    this.rough = true;
    this.refused = [];
    this.open();
  }

  open() {
    let here = true;
    this.close = () => {
      here = false;
    };
    this.acts = new Acts({
      send: async (id, act, version) => {
        if (!here) return new Promise(() => {});
        if (this.rough && this.roll(3) === 0) throw new TypeError("no way there");
        const answer = this.server.answer(id, structuredClone(act), version);
        await null;
        if (this.rough && this.roll(3) === 0) throw new TypeError("the answer was lost");
        return here ? answer : new Promise(() => {});
      },
      wait: () => new Promise((go) => setImmediate(go)),
      stale: (id, act, { body }) => {
        this.acts.versions.set(id, `"${body.current.version}"`);
        this.acts.put(id, "PATCH", act.fields);
      },
      refused: (...what) => this.refused.push(what),
      keep: (lines) => {
        if (here) this.kept = JSON.stringify(lines);
      },
    });
    this.acts.resume(JSON.parse(this.kept));
  }

  reload() {
    this.close();
    this.open();
  }
}

/** @param {number} seed */
async function spell(seed) {
  const roll = dice(seed);
  const server = new Server();
  const people = [new Browser(server, roll), new Browser(server, roll)];
  const wanted = new Map();
  let made = 0;
  for (let step = 0; step < 12; step++) {
    const who = roll(2);
    const id = `${who}-${roll(3)}`;
    const chosen = `${seed}-${made++}`;
    const field = roll(2) ? "words" : "goal";
    if (roll(4) === 0) people[who].reload();
    else if (wanted.has(id)) {
      people[who].acts.put(id, "PATCH", { [field]: chosen });
      wanted.get(id)[field] = chosen;
    } else {
      people[who].acts.put(id, "POST", { words: chosen });
      wanted.set(id, { words: chosen });
    }
    if (roll(2)) await new Promise((go) => setImmediate(go));
  }
  for (const one of people) one.rough = false;
  for (const one of people) await one.acts.settled();
  return { server, people, wanted };
}

test(`0 lost acts in ${ROUNDS} spells of lost answers, no connection and reloads`, async () => {
  for (let seed = 0; seed < ROUNDS; seed++) {
    const { server, people, wanted } = await spell(seed);
    for (const [id, fields] of wanted) {
      const { version, ...stands } = server.moments.get(id) ?? {};
      assert.deepEqual(stands, fields, `seed ${seed}, moment ${id}`);
    }
    for (const one of people) assert.deepEqual([one.refused, one.kept], [[], "[]"], `seed ${seed}`);
  }
});

/** A browser in which two texts at one moment are both kept, as its question offers. */
class Writer extends Browser {
  open() {
    super.open();
    this.shown = new Map();
    for (const [id, { words, version }] of this.server.moments) {
      this.shown.set(id, words);
      if (!this.acts.lines.some((line) => line.id === id)) this.acts.versions.set(id, `"${version}"`);
    }
    for (const { id, acts } of JSON.parse(this.kept)) this.shown.set(id, acts.at(-1).fields.words);
    this.acts.hooks.stale = (id, act, { body: { current } }) => {
      this.acts.versions.set(id, `"${current.version}"`);
      const both = joined({ fields: act.fields, theirs: current });
      const words = current.words.includes(act.fields.words) ? null : both?.words;
      this.shown.set(id, words ?? (act.fields.words.includes(current.words) ? act.fields.words : current.words));
      if (this.shown.get(id) !== current.words) this.acts.put(id, "PATCH", { words: this.shown.get(id) });
    };
  }

  /** Behind what her box shows. */
  write(id, text) {
    this.shown.set(id, `${this.shown.get(id)} ${text}`.trim());
    this.acts.put(id, "PATCH", { words: this.shown.get(id) });
  }
}

/** @param {number} seed */
async function writing(seed) {
  const roll = dice(seed);
  const server = new Server();
  for (const id of ["a", "b"]) server.answer(id, { verb: "POST", fields: { words: "" } });
  const people = [new Writer(server, roll), new Writer(server, roll)];
  const wrote = [];
  for (let step = 0; step < 12; step++) {
    const one = people[roll(2)];
    if (roll(5) === 0) one.reload();
    else {
      const text = `<${seed}.${step}>`;
      const id = "ab"[roll(2)];
      one.write(id, text);
      wrote.push([id, text]);
    }
    if (roll(2)) await new Promise((go) => setImmediate(go));
  }
  for (const one of people) one.rough = false;
  for (const one of people) await one.acts.settled();
  return { server, people, wrote };
}

test(`two people at the same moments: 0 lost texts in ${ROUNDS} spells`, async () => {
  for (let seed = 0; seed < ROUNDS; seed++) {
    const { server, people, wrote } = await writing(seed);
    for (const [id, text] of wrote)
      assert.ok(server.moments.get(id).words.includes(text), `seed ${seed}: ${text} of ${id} is gone`);
    for (const one of people) assert.deepEqual([one.refused, one.kept], [[], "[]"], `seed ${seed}`);
  }
});

test("a sealed line opens with its own key in its own place only", async () => {
  const make = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const [own, other] = [await make(), await make()];
  const kept = await seal(own, "film/page", { words: "Pip lacht" });
  assert.deepEqual(await unseal(own, kept), { words: "Pip lacht" });
  assert.ok(!Buffer.from(kept.sealed).includes("Pip"));
  await assert.rejects(unseal(other, kept));
  await assert.rejects(unseal(own, { ...kept, place: "another/page" }));
  await assert.rejects(crypto.subtle.exportKey("raw", own));
});

test("both texts are joined where each says something of its own", () => {
  const theirs = { words: "Bea zag dit." };
  assert.deepEqual(joined({ fields: { words: "Ann zag dat." }, theirs }), { words: "Bea zag dit.\nAnn zag dat." });
  assert.equal(joined({ fields: { words: "Bea zag dit. En meer." }, theirs }), null);
  assert.equal(joined({ fields: { chosen: true }, theirs }), null);
});
