import assert from "node:assert/strict";
import { test } from "node:test";
import { placesOf, watchWish, wishOf } from "../../static/js/lib/keys.js";

const tags = placesOf([
  { tag: "house/waits", key_code: "KeyD" },
  { tag: "house/can", key_code: "Semicolon" },
  { tag: "house/plain", key_code: "" },
]);
const wish = (code, key, more = {}) => wishOf({ code, key, ...more }, { tags })?.command ?? null;

test("letters go by place, so AZERTY and QWERTY agree", () => {
  assert.deepEqual(wishOf({ code: "KeyD", key: "d" }, { tags }), { command: "press", tag: "house/waits" });
  assert.deepEqual(wishOf({ code: "Semicolon", key: "m" }, { tags }), { command: "press", tag: "house/can" });
});

test("holding a label does nothing more", () => {
  assert.equal(wishOf({ code: "KeyD", key: "d", repeat: true }, { tags }), null);
});

test("the full stop's place is the curtain, whatever it reads", () => {
  assert.equal(wish("Period", "."), "curtain");
  assert.equal(wish("Period", ":"), "curtain");
  assert.equal(wish("Period", ">", { shiftKey: true }), "faster");
});

test("speed goes by what the key reads", () => {
  assert.equal(wish("IntlBackslash", "<"), "slower");
  assert.equal(wish("Comma", "<", { shiftKey: true }), "slower");
});

test("arrows step, with shift a second, with ctrl the begin and the end", () => {
  assert.equal(wish("ArrowLeft", "ArrowLeft"), "frame-back");
  assert.equal(wish("ArrowRight", "ArrowRight", { shiftKey: true }), "second-on");
  assert.equal(wish("ArrowRight", "ArrowRight", { ctrlKey: true }), "begin-on");
  assert.equal(wish("ArrowLeft", "ArrowLeft", { metaKey: true, shiftKey: true }), "end-back");
  assert.equal(wish("ArrowLeft", "ArrowLeft", { altKey: true }), null);
});

test("undo and redo", () => {
  assert.equal(wish("KeyW", "z", { ctrlKey: true }), "undo");
  assert.equal(wish("KeyW", "Z", { ctrlKey: true, shiftKey: true }), "redo");
  assert.equal(wish("KeyY", "y", { ctrlKey: true }), "redo");
  assert.equal(wish("KeyD", "d", { ctrlKey: true }), null);
});

test("while typing only leaving works", () => {
  const typed = (code, key, more = {}) =>
    wishOf({ code, key, ...more }, { typing: true, tags })?.command ?? null;
  for (const code of ["KeyD", "Space", "Period", "ArrowLeft", "Delete"]) assert.equal(typed(code, "x"), null);
  assert.equal(typed("Escape", "Escape"), "done");
  assert.equal(typed("Enter", "Enter", { ctrlKey: true }), "done");
  assert.equal(typed("KeyZ", "z", { ctrlKey: true }), null);
});

test("watching binds a remote and nothing else", () => {
  assert.equal(watchWish({ code: "PageDown", key: "PageDown" }), "next");
  assert.equal(watchWish({ code: "Period", key: ":" }), "curtain");
  assert.equal(watchWish({ code: "F5", key: "F5" }), "done");
  assert.equal(watchWish({ code: "KeyR", key: "r", ctrlKey: true }), "done");
  assert.equal(watchWish({ code: "ArrowRight", key: "ArrowRight", shiftKey: true }), "frame-on");
  assert.equal(watchWish({ code: "KeyD", key: "d" }), null);
});

test("a label may have a key of the picture: with Shift that key still looks closer", () => {
  const tags = new Map([["KeyW", "house/waits"]]);
  const press = (more) => wishOf({ code: "KeyW", key: "z", ...more }, { tags });
  assert.deepEqual(press({}), { command: "press", tag: "house/waits" });
  assert.deepEqual(press({ shiftKey: true, key: "Z" }), { command: "picture-closer" });
  const picture = ["KeyQ", "KeyA"].map((code) => wishOf({ code, key: "", shiftKey: true }, { tags })?.command);
  assert.deepEqual(picture, ["picture-further", "picture-whole"]);
});

test("Shift H opens what happened, also where H is a label's key, and not while she types", () => {
  const tagged = new Map([["KeyH", "house/turn"]]);
  const press = { code: "KeyH", key: "H", shiftKey: true };
  assert.deepEqual(wishOf(press, { tags: tagged }), { command: "past" });
  assert.equal(wishOf(press, { tags: tagged, typing: true }), null);
  assert.deepEqual(wishOf({ code: "KeyH", key: "h" }, { tags: tagged }), { command: "press", tag: "house/turn" });
});
