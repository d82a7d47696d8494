import assert from "node:assert/strict";
import { test } from "node:test";
import { Moments } from "../../static/js/elements/work-moments.js";
import { Reading } from "../../static/js/elements/work-reading.js";
import { Saving } from "../../static/js/elements/work-saving.js";
import { Turns } from "../../static/js/elements/work-undo.js";
import { Acts, isSame } from "../../static/js/lib/acts.js";
import { newId } from "../../static/js/lib/new-id.js";
import { anew, Shelf } from "../../static/js/lib/shelf.js";
import { Waiting } from "../../static/js/lib/waiting.js";

globalThis.document ??= { querySelector: () => null, getElementById: () => null };

const moment = (id, more = {}) => ({
  id,
  start_ms: 1000,
  end_ms: 9000,
  marks: [],
  goals: [],
  who_began: null,
  words: "",
  chosen: false,
  version: 1,
  ...more,
});

/** A workspace without a page: it remembers what was said and closed. */
function space(more = {}) {
  const shelf = new Shelf();
  const said = [];
  const sent = [];
  const made = {
    shelf,
    film: "f",
    said,
    sent,
    selected: null,
    acts: new Acts({
      send: async (id, act) => {
        sent.push([id, act.verb, act.fields]);
        return { status: 200 };
      },
    }),
    querySelector: () => null,
    redraw: () => {},
    live: (text) => said.push(text),
    turns: { offer: (...what) => said.push(what) },
    stands: {
      close() {
        made.selected = null;
      },
      open(id) {
        made.selected = id;
      },
    },
    ...more,
  };
  return made;
}

test("an answer that was overtaken does not put an older moment back", () => {
  const here = space();
  const reading = new Reading(here);
  reading.learn([moment("a", { version: 3, words: "nieuw" })]);
  reading.learn([moment("a", { version: 2, words: "oud" })]);
  assert.deepEqual([here.shelf.get("a").words, here.acts.known("a")], ["nieuw", 3]);
  reading.learn([moment("a", { version: 4, removed: true })]);
  assert.equal(here.shelf.get("a"), undefined);
});

test("two presses on undo go one after the other, and what is typed goes before them", async () => {
  const order = [];
  const here = space({ editor: { flush: () => order.push("typed") }, reading: { learn: () => {} } });
  const answers = [];
  globalThis.fetch = (url) => {
    order.push(url);
    return new Promise((go) => answers.push(go));
  };
  const turns = new Turns(here);
  const both = Promise.all([turns.turn("undo"), turns.turn("redo")]);
  const answer = { ok: true, json: async () => ({ act: null, moments: [], can_undo: true, can_redo: true }) };
  const soon = () => new Promise((go) => setImmediate(go));
  await soon();
  assert.deepEqual(order, ["typed", "typed", "/api/v1/films/f/undo"]);
  answers[0](answer);
  await soon();
  assert.equal(order.at(-1), "/api/v1/films/f/redo");
  answers[1](answer);
  await both;
});

test("a note is an act: it can be undone, and no moment is read out of its answer", () => {
  let acted = 0;
  const here = space({ turns: { acted: () => (acted += 1) } });
  new Saving(here).saved("note/a", { text: "" });
  assert.deepEqual([acted, here.shelf.count], [1, 0]);
});

test("a moment that was refused is not open, and what is typed in it is sent to nobody", () => {
  const here = space({ selected: "a" });
  here.shelf.put(moment("a"));
  here.stands.close = () => {
    new Moments(here).change("a", { words: "laat" });
    here.selected = null;
  };
  new Saving(here).refused("a", { verb: "POST", fields: {} }, { status: 422, body: { title: "Nee." } });
  assert.deepEqual([here.selected, here.shelf.get("a"), here.said, here.sent], [null, undefined, ["Nee."], []]);
});

test("a moment she removed comes back with a word when somebody else changed it meanwhile", () => {
  const here = space({ reading: { learn: (all) => here.shelf.put(...all) } });
  const answer = { status: 409, body: { current: moment("a", { version: 2 }) } };
  new Saving(here).stale("a", { verb: "DELETE", fields: {} }, answer);
  assert.equal(here.shelf.get("a").version, 2);
  assert.equal(here.said.length, 1);
});

test("her version of a removed moment is made anew whole: also who began, where she said it", () => {
  const mine = moment("a", { who_began: "child", who_began_set: true, goals: ["g"], chosen: true, words: "Pip" });
  const { id, who_began, goals, chosen, words } = anew(mine, "b");
  assert.deepEqual([id, who_began, goals, chosen, words], ["b", "child", ["g"], true, "Pip"]);
  assert.equal(anew({ ...mine, who_began_set: false }, "b").who_began, null);
});

test("'good moment' adds nothing to an open moment: it says nothing, and there is nothing to take back", async () => {
  const undone = [];
  const here = space({ selected: "a", player: { nowMs: 2000 }, rules: {} });
  here.tags = new Map([["house/good", { tag: "house/good", group: "moment", label: "Mooi moment" }]]);
  here.shelf.put(moment("a"));
  here.turns.turn = (which) => undone.push(which);
  const moments = new Moments(here);
  moments.press("house/good");
  moments.unpress();
  await here.acts.settled();
  assert.deepEqual([here.sent, here.said, undone], [[], [], []]);
  here.tags.set("house/looks", { tag: "house/looks", group: "child", label: "Kijkt" });
  moments.press("house/looks");
  moments.unpress();
  assert.deepEqual(undone, ["undo"]);
});

test("who began, given back to the labels, is the same as who began by the labels", () => {
  const there = { who_began: "child", who_began_set: false };
  assert.ok(isSame({ who_began: null }, there));
  assert.ok(!isSame({ who_began: null }, { ...there, who_began_set: true }));
  assert.ok(!isSame({ who_began: "child" }, there));
});

test("what waits and cannot be written down is not said to be safe, and nothing is thrown", async () => {
  const full = { writing: null, put: async () => Promise.reject(new Error("full")), under: async () => [] };
  const waiting = new Waiting("f", "me", async () => full);
  assert.deepEqual(await waiting.open(), []);
  assert.equal(waiting.safe, true);
  waiting.keep({ lines: [{ id: "a", acts: [] }], moments: [] });
  await new Promise((go) => setImmediate(go));
  assert.equal(waiting.safe, false);
  const broken = new Waiting("f", "me", async () => Promise.reject(new Error("gone")));
  assert.deepEqual(await broken.open(), []);
  assert.equal(broken.safe, false);
});

test("ids are made also where a browser offers none, all different", () => {
  const ids = new Set([newId()]);
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  for (let i = 0; i < 100; i += 1) ids.add(newId());
  Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  assert.equal(ids.size, 101);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
