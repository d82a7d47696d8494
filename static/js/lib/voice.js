/**
 * A voice that speaks this language on the device itself: a voice from elsewhere would send the words away.
 *
 * @template {{lang: string, localService: boolean}} Voice
 * @param {readonly Voice[]} voices
 * @param {string} language
 * @returns {Voice | null}
 */
export function voiceFor(voices, language) {
  const wanted = language.toLowerCase().split("-")[0];
  const fits = voices.filter((one) => one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === wanted);
  return fits.find((one) => one.lang.toLowerCase() === language.toLowerCase()) ?? fits[0] ?? null;
}

/**
 * @param {readonly {textContent: string | null}[]} pieces
 * @returns {string[]} what there is to say, in order
 */
export function toSay(pieces) {
  return pieces.map((one) => (one.textContent ?? "").replace(/\s+/g, " ").trim()).filter((text) => text !== "");
}
