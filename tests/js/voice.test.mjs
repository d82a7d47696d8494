import assert from "node:assert/strict";
import { test } from "node:test";
import { toSay, voiceFor } from "../../static/js/lib/voice.js";

const voice = (lang, localService = true) => ({ lang, localService });

test("a voice of the language, of the same country when there is one", () => {
  const voices = [voice("en-GB"), voice("nl-NL"), voice("nl_BE")];
  assert.equal(voiceFor(voices, "nl"), voices[1]);
  assert.equal(voiceFor([voice("nl-NL"), voices[0], voice("nl-BE")], "nl-BE")?.lang, "nl-BE");
});

test("no voice that sends words elsewhere, and none of another language", () => {
  assert.equal(voiceFor([voice("nl-NL", false)], "nl"), null);
  assert.equal(voiceFor([voice("en-GB")], "ar"), null);
  assert.equal(voiceFor([], "nl"), null);
});

test("what is said is what stands there, in order, and no silence", () => {
  assert.deepEqual(toSay([{ textContent: " Dag\n Samira " }, { textContent: "" }, { textContent: "Zo." }]), ["Dag Samira", "Zo."]);
});
