/**
 * What the family does along a film: "from here: eating". Before the first band a film is in its own situation; a film
 * with one situation has no band. Pure.
 * @typedef {{at_ms: number, situation: string}} Band
 * @typedef {{from_ms: number, to_ms: number, situation: string}} Stretch
 */

/**
 * @param {Band[]} bands by time
 * @param {string} own situation of the film, "" for none
 * @param {number} ms
 * @returns {string} what the family does then
 */
export function situationAt(bands, own, ms) {
  return bandAt(bands, ms)?.situation ?? own;
}

/**
 * @param {Band[]} bands by time
 * @param {number} ms
 * @returns {Band | undefined} the one that goes on then
 */
export function bandAt(bands, ms) {
  return bands.findLast((band) => band.at_ms <= ms);
}

/**
 * @param {Band[]} bands by time
 * @param {string} own situation of the film
 * @param {number} durationMs
 * @returns {Stretch[]} the whole film in its situations, what nobody named left out; none without a band
 */
export function stretches(bands, own, durationMs) {
  if (!bands.length) return [];
  const all = bands[0]?.at_ms ? [{ at_ms: 0, situation: own }, ...bands] : bands;
  return all
    .map(({ at_ms, situation }, i) => ({ from_ms: at_ms, to_ms: all[i + 1]?.at_ms ?? durationMs, situation }))
    .filter((one) => one.situation);
}

/**
 * @param {Band[]} bands by time
 * @param {number} atMs
 * @param {string | null} situation null: none begins there any more
 * @returns {Band[]}
 */
export function withBand(bands, atMs, situation) {
  const rest = bands.filter((band) => band.at_ms !== atMs);
  const all = situation === null ? rest : [...rest, { at_ms: atMs, situation }];
  return all.sort((a, b) => a.at_ms - b.at_ms);
}
