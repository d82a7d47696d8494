/**
 * Which lane a bar lies on: by who, by group of labels or by goal, as the counselor chose. Pure.
 * @typedef {"who" | "group" | "goal"} By
 * @typedef {{key: string, text: string | null}} Lane `text` of a goal; the words of another stand in the page
 */

/** @type {By[]} */
export const WAYS = ["who", "group", "goal"];
const GROUPS = ["child", "follows", "leads", "threes", "fun", "moment"];

/**
 * @param {By} by
 * @param {{id: string, text: string}[]} goals of the family
 * @returns {Lane[]} top to bottom, at least one
 */
export function lanesOf(by, goals) {
  if (by === "goal")
    return [...goals.map((goal) => ({ key: goal.id, text: goal.text })), { key: "", text: null }];
  const keys = by === "group" ? GROUPS : ["child", "parent", "together"];
  return keys.map((key) => ({ key, text: null }));
}

/**
 * @param {By} by
 * @param {Lane[]} lanes
 * @param {{lane: string, group: string | null, goals: string[]}} bar
 * @returns {number[]} rows it lies on: one, or one for each goal of its moment
 */
export function rowsOf(by, lanes, { lane, group, goals }) {
  const row = (/** @type {string} */ key) => lanes.findIndex((one) => one.key === key);
  const last = lanes.length - 1;
  if (by === "goal") {
    const found = goals.map(row).filter((at) => at >= 0);
    return found.length ? found : [last];
  }
  const at = row(by === "group" ? (group ?? "moment") : lane);
  return [at < 0 ? last : at];
}
