import assert from "node:assert/strict";
import { test } from "node:test";
import { played, plays } from "../../static/js/lib/codecs.js";

const named = (kind) => (kind.includes("vp09") ? "vp9" : kind.includes("av01") ? "av1" : "hevc");

/** A browser that gives these answers about decoding, and these when it is only asked for a kind. */
function browser(decodes, kinds = {}) {
  return {
    decodingInfo: decodes && (async ({ video }) => decodes[named(video.contentType)]),
    canPlayType: (kind) => kinds[named(kind)] ?? "",
  };
}

const YES = { supported: true, smooth: true };

test("a browser tells only what it plays smoothly", async () => {
  const slow = { supported: true, smooth: false };
  assert.equal(
    await played(browser({ hevc: YES, vp9: slow, av1: { supported: false, smooth: false } })),
    "hevc",
  );
  assert.equal(await played(browser({ hevc: slow, vp9: YES, av1: YES })), "vp9,av1");
});

test("one that cannot say how it decodes is asked for the kind, and has to be sure", async () => {
  assert.equal(await played(browser(undefined, { hevc: "probably", vp9: "maybe" })), "hevc");
});

test("a question that goes wrong is asked the other way", async () => {
  const asked = { decodingInfo: async () => Promise.reject(new TypeError()), canPlayType: () => "probably" };
  assert.equal(await played(asked), "hevc,vp9,av1");
});

test("of a codec that nobody named it plays nothing", async () => {
  const all = browser({ hevc: YES, vp9: YES, av1: YES }, {});
  assert.deepEqual(
    [await plays("theora", all), await plays("toString", all), await plays("", all)],
    [false, false, false],
  );
});
