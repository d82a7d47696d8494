/** Heights of what a timeline shows, top to bottom, in pixels. */
export const RULER = 22;
/** The film's situations, where it has more than one. */
export const BAND = 16;
export const STRIP = 46;
export const WAVE = 36;
export const LANE = 27;
/** So many lanes are seen at once; more are scrolled to, for the film never gives up its size. */
export const LANES = 3;

/** @type {Record<string, string>} the ink of a bar, by whose it is */
export const COLOUR = {
  child: "--kind-solid",
  parent: "--ouder-solid",
  together: "--samen-solid",
  fun: "--plezier-solid",
};
