/** What a browser that does not play everything may play: picture codecs, each by an ordinary film of full HD. */
const KINDS = {
  hevc: 'video/mp4; codecs="hvc1.1.6.L120.90"',
  vp9: 'video/mp4; codecs="vp09.00.40.08"',
  av1: 'video/mp4; codecs="av01.0.08M.08"',
};
const ORDINARY = { width: 1920, height: 1080, bitrate: 10_000_000, framerate: 30 };

/**
 * @typedef {{
 *   decodingInfo?: (what: MediaDecodingConfiguration) => Promise<{supported: boolean, smooth: boolean}>,
 *   canPlayType: (kind: string) => string,
 * }} Browser
 */

/** @returns {Browser} the one this runs in */
function here() {
  const media = navigator.mediaCapabilities;
  return {
    decodingInfo: media && ((what) => media.decodingInfo(what)),
    canPlayType: (kind) => document.createElement("video").canPlayType(kind),
  };
}

/**
 * Whether this browser says it plays films of a codec (hevc, vp9, av1) smoothly. Of any other: no.
 * @param {string} codec
 * @param {Browser} [browser]
 * @returns {Promise<boolean>}
 */
export async function plays(codec, browser = here()) {
  const kind = Object.hasOwn(KINDS, codec) ? KINDS[/** @type {keyof typeof KINDS} */ (codec)] : "";
  if (!kind) return false;
  const told = await browser
    .decodingInfo?.({ type: "file", video: { contentType: kind, ...ORDINARY } })
    .catch(() => null);
  return told ? told.supported && told.smooth : browser.canPlayType(kind) === "probably";
}

/**
 * All that this browser says it plays, as an upload tells it: `vp9,av1`.
 * @param {Browser} [browser]
 * @returns {Promise<string>}
 */
export async function played(browser = here()) {
  const codecs = Object.keys(KINDS);
  const answers = await Promise.all(codecs.map((codec) => plays(codec, browser)));
  return codecs.filter((_, at) => answers[at]).join(",");
}
