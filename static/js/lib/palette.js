/**
 * One counselor's arrangement over the labels of a set. Pure: what she sees, and the change that makes it so.
 * @typedef {{words?: string, pinned?: boolean, hidden?: boolean, position?: number | null, key_code?: string | null,
 *   lead_ms?: number | null, lag_ms?: number | null, asked_lead?: boolean, asked_lag?: boolean}} Own
 * @typedef {{labels: Record<string, Own>, asks: boolean}} Palette
 * @typedef {{labels?: Record<string, Own>, asks?: boolean}} Change
 * @typedef {{tag: string, group: string, label: string, key_code: string, key: string, qwerty_key: string,
 *   lead_ms: number, lag_ms: number}} Given
 */
import { readsOf } from "./boards.js";

/** The commands whose key may be another one: label in the palette -> place. The server knows the same. */
export const MOVABLE = {
  "does/begin": "KeyI",
  "does/end": "KeyO",
  "does/loop": "KeyU",
  "does/choose": "KeyX",
  "does/whole": "Digit0",
};

/**
 * What she arranges is kept by a label's name in any version of its set, so that it outlives a new version.
 * @param {string} tag such as own.2/looks
 * @returns {string} own/looks
 */
export const bare = (tag) => tag.replace(/\.\d+\//, "/");

/** Places that a label may have. The server knows the same. */
const PLACE = /^(Key[A-Z]|Digit[0-9]|Semicolon|Quote|BracketLeft|BracketRight|Comma|Backquote|Backslash)$/;

/** @type {Required<Own>} */
export const BLANK = {
  words: "",
  pinned: false,
  hidden: false,
  position: null,
  key_code: null,
  lead_ms: null,
  lag_ms: null,
  asked_lead: false,
  asked_lag: false,
};

/**
 * @callback Front whether this label's key goes before those of the sets that are not shown
 * @param {{tag: string, group: string}} tag
 * @returns {boolean}
 */

/** @type {Front} */
const ALL = () => true;

/**
 * The labels as she has them, in her order within each group; `given` is the set's own.
 * @template {Given} T
 * @param {T[]} tags
 * @param {Palette} palette
 * @param {Front} [front]
 * @returns {(T & {given: T, pinned: boolean, hidden: boolean})[]}
 */
export function arranged(tags, palette, front = ALL) {
  const places = placesOf(tags, palette, front);
  const made = tags.map((tag, at) => {
    const own = { ...BLANK, ...palette.labels[bare(tag.tag)] };
    return {
      at: own.position ?? within(tags, tag),
      order: at,
      tag: asHers(tag, own, places.get(tag.tag) ?? ""),
    };
  });
  const groups = [...new Set(tags.map((tag) => tag.group))];
  return groups.flatMap((group) =>
    made
      .filter((one) => one.tag.group === group)
      .sort((a, b) => a.at - b.at || a.order - b.order)
      .map((one) => one.tag),
  );
}

/**
 * @template {Given} T
 * @param {T} tag
 * @param {Required<Own>} own
 * @param {string} code
 */
function asHers(tag, own, code) {
  const moved = code !== tag.key_code;
  return {
    ...tag,
    label: own.words || tag.label,
    key_code: code,
    key: moved ? readsOf(code, "azerty") : tag.key,
    qwerty_key: moved ? readsOf(code, "qwerty") : tag.qwerty_key,
    lead_ms: own.lead_ms ?? tag.lead_ms,
    lag_ms: own.lag_ms ?? tag.lag_ms,
    pinned: own.pinned,
    hidden: own.hidden,
    given: tag,
  };
}

/**
 * @param {Given[]} tags
 * @param {Given} tag
 * @returns {number} its place in its group as the set has it
 */
function within(tags, tag) {
  return tags.filter((one) => one.group === tag.group).indexOf(tag);
}

/**
 * Label or movable command -> place of its key. What is in front goes first, and of that what she chose herself; what
 * it was taken from has none.
 * @param {Given[]} tags
 * @param {Palette} palette
 * @param {Front} [front]
 * @returns {Map<string, string>}
 */
export function placesOf(tags, palette, front = ALL) {
  /** @type {Map<string, string>} */
  const given = new Map(
    /** @type {[string, string][]} */ ([
      ...Object.entries(MOVABLE),
      ...tags.map((tag) => [tag.tag, tag.key_code]),
    ]),
  );
  /** @type {Map<string, string>} */
  const places = new Map();
  const taken = new Set();
  const behind = new Set(tags.filter((tag) => !front(tag)).map((tag) => tag.tag));
  for (const [later, own] of [[false, true], [false, false], [true, true], [true, false]]) {
    for (const [label, code] of given) {
      const chosen = palette.labels[bare(label)]?.key_code ?? null;
      if ((chosen !== null) !== own || behind.has(label) !== later) continue;
      const place = chosen ?? code;
      places.set(label, taken.has(place) ? "" : place);
      if (place) taken.add(place);
    }
  }
  return places;
}

/**
 * @param {Given[]} tags
 * @param {Palette} palette
 * @param {Front} [front]
 * @returns {Map<string, string>} place -> command, of the commands that can move
 */
export function commandsOf(tags, palette, front = ALL) {
  const places = placesOf(tags, palette, front);
  const named = Object.keys(MOVABLE).map((name) => ({ place: places.get(name), name: name.slice("does/".length) }));
  return new Map(named.flatMap(({ place, name }) => (place ? [[place, name]] : [])));
}

/**
 * May this label have this key?
 * @param {string} code
 * @param {string} label
 * @param {Map<string, string>} places of all
 * @returns {{state: "free" | "same" | "reserved" | "taken", by?: string}}
 */
export function fits(code, label, places) {
  if (!PLACE.test(code)) return { state: "reserved" };
  if (places.get(label) === code) return { state: "same" };
  for (const [other, place] of places) if (place === code) return { state: "taken", by: other };
  return { state: "free" };
}

/**
 * @param {string} label
 * @param {string} other
 * @param {Map<string, string>} places of all
 * @returns {Change} each gets the other's key
 */
export function swapped(label, other, places) {
  return {
    labels: {
      [label]: { key_code: places.get(other) ?? "" },
      [other]: { key_code: places.get(label) ?? "" },
    },
  };
}

/**
 * @param {{tag: string}[]} group in her order
 * @param {string} label
 * @param {number} to its new place in the group
 * @returns {Change | null} null when nothing moves
 */
export function moved(group, label, to) {
  const order = group.map((tag) => tag.tag);
  const from = order.indexOf(label);
  const at = Math.max(0, Math.min(order.length - 1, to));
  if (from < 0 || at === from) return null;
  order.splice(at, 0, ...order.splice(from, 1));
  return { labels: Object.fromEntries(order.map((name, position) => [name, { position }])) };
}

/**
 * @param {Palette} palette
 * @param {Change} change
 * @returns {{palette: Palette, back: Change}} the palette after it, and the change that undoes it
 */
export function changed(palette, change) {
  const labels = { ...palette.labels };
  /** @type {Change} */
  const back = { labels: {} };
  for (const [named, fields] of Object.entries(change.labels ?? {})) {
    const label = bare(named);
    const before = { ...BLANK, ...labels[label] };
    back.labels = { ...back.labels, [label]: picked(before, Object.keys(fields)) };
    labels[label] = { ...labels[label], ...fields };
  }
  if (change.asks !== undefined) back.asks = palette.asks;
  return { palette: { labels, asks: change.asks ?? palette.asks }, back };
}

/**
 * @param {Required<Own>} own
 * @param {string[]} names
 * @returns {Own}
 */
function picked(own, names) {
  return Object.fromEntries(Object.entries(own).filter(([name]) => names.includes(name)));
}
