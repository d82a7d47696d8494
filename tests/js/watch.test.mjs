import assert from "node:assert/strict";
import { test } from "node:test";

/** As much of a page as <film-watch> asks for. */
class Part extends EventTarget {
  dataset = {};
  attributes = new Map();
  querySelector() {
    return null;
  }
  querySelectorAll() {
    return [];
  }
  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name, value) {
    this.attributes.set(name, value);
  }
  toggleAttribute() {}
}

const WATCH = {
  items: ["one", "two"].map((film_id) => ({ film_id, media: film_id, frames_url: "", start_ms: 0, end_ms: 9000 })),
  closure_url: "/",
  proud_url: "/proud",
};

globalThis.HTMLElement = Part;
globalThis.Element = Part;
globalThis.customElements = { define: () => {} };
globalThis.window = new EventTarget();
globalThis.history = { pushState: () => {} };
globalThis.document = Object.assign(new EventTarget(), {
  querySelector: () => null,
  getElementById: (id) => (id === "watch" ? { textContent: JSON.stringify(WATCH) } : null),
});

test("proud of one moment, then of the next: both are kept; pressed twice it is taken back", async () => {
  const { FilmWatch } = await import("../../static/js/elements/film-watch.js");
  const player = Object.assign(new Part(), {
    video: new EventTarget(),
    nowMs: 4000,
    framesRead: Promise.resolve(),
    setSpeed: () => {},
    playSpan: () => {},
  });
  const watch = new FilmWatch();
  watch.querySelector = (what) => (what === "film-player" ? player : null);
  const sent = [];
  watch.acts.put = (_id, verb, fields) => sent.push([verb, fields?.film_id]);
  watch.connectedCallback();
  const press = async (wish) => {
    const button = Object.assign(new Part(), { dataset: { wish }, closest: () => button });
    const event = new Event("click");
    Object.defineProperty(event, "target", { value: button });
    watch.dispatchEvent(event);
    await new Promise((go) => setImmediate(go));
  };
  for (const wish of ["proud", "next", "proud", "proud"]) await press(wish);
  clearTimeout(watch.proudFading);
  assert.deepEqual(sent, [
    ["POST", "one"],
    ["POST", "two"],
    ["DELETE", undefined],
  ]);
});
