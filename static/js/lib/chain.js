/**
 * What is pressed within a few seconds belongs together (craft 1). Pure: no clock, no page.
 * @typedef {{tag: string, at_ms: number}} Mark
 * @typedef {"child" | "parent" | "together"} Who
 * @typedef {{tag: string, who: Who | null, group: string, lead_ms: number, lag_ms: number}} Tag
 * @typedef {{id: string, start_ms: number, end_ms: number, marks: Mark[], last_ms: number}} Open
 * @typedef {{join_ms: number, max_ms: number, duration_ms: number}} Rules
 */

/**
 * One press while the film runs: joins the open moment or opens a new one. It never removes.
 * @param {Open | null} open the moment of the press before, null after a jump
 * @param {Tag} tag
 * @param {number} nowMs the shown frame's time
 * @param {Rules} rules
 * @param {() => string} newId
 * @returns {{open: Open, opened: boolean}}
 */
export function press(open, tag, nowMs, rules, newId) {
  const end = Math.min(rules.duration_ms, nowMs + tag.lag_ms);
  if (open && joins(open, nowMs, end, rules)) {
    const marks = [...open.marks, ...markOf(tag, nowMs)];
    return { open: { ...open, marks, end_ms: Math.max(open.end_ms, end), last_ms: nowMs }, opened: false };
  }
  const start = Math.max(0, nowMs - tag.lead_ms);
  const made = { id: newId(), start_ms: start, end_ms: end, marks: markOf(tag, nowMs), last_ms: nowMs };
  return { open: made, opened: true };
}

/**
 * The moment of the press before as it stands by now: somebody may have moved its edges, or removed it.
 * @param {Open | null} open
 * @param {{start_ms: number, end_ms: number | null, marks: Mark[]} | undefined} moment
 * @returns {Open | null} null when there is nothing left to join
 */
export function asItStands(open, moment) {
  if (!open || !moment || moment.end_ms === null) return null;
  return { ...open, start_ms: moment.start_ms, end_ms: moment.end_ms, marks: moment.marks };
}

/**
 * @param {Open} open
 * @param {number} nowMs
 * @param {number} endMs where the moment would end
 * @param {Rules} rules
 */
function joins(open, nowMs, endMs, rules) {
  const silence = nowMs - open.last_ms;
  return silence >= 0 && silence < rules.join_ms && endMs - open.start_ms <= rules.max_ms;
}

/**
 * "Mooi moment" says only: here. It leaves no mark, a moment without label is complete.
 * @param {Tag} tag
 * @param {number} atMs
 * @returns {Mark[]}
 */
function markOf(tag, atMs) {
  return tag.group === "moment" ? [] : [{ tag: tag.tag, at_ms: atMs }];
}

/**
 * A press with a moment clicked open: it is added to that one, at the nearest time inside it.
 * @param {{start_ms: number, end_ms: number | null, marks: Mark[]}} moment
 * @param {Tag} tag
 * @param {number} nowMs
 * @returns {Mark[]} in time order
 */
export function added(moment, tag, nowMs) {
  const last = moment.end_ms === null ? moment.start_ms : moment.end_ms - 1;
  const at = Math.max(moment.start_ms, Math.min(last, nowMs));
  return [...moment.marks, ...markOf(tag, at)].sort((a, b) => a.at_ms - b.at_ms);
}

/**
 * @param {Mark[]} marks
 * @param {(tag: string) => Who | null} whoOf
 * @returns {Who | null} who pressed life into it first
 */
export function whoBegan(marks, whoOf) {
  for (const mark of inOrder(marks)) {
    const who = whoOf(mark.tag);
    if (who) return who;
  }
  return null;
}

/**
 * The first press of one person and the first answer of the other.
 * @param {Mark[]} marks
 * @param {(tag: string) => Who | null} whoOf
 * @returns {{first: Mark, answer: Mark} | null}
 */
export function pairOf(marks, whoOf) {
  const people = inOrder(marks).filter((mark) => isPerson(whoOf(mark.tag)));
  const first = people[0];
  const answer = first && people.find((mark) => whoOf(mark.tag) !== whoOf(first.tag));
  return first && answer ? { first, answer } : null;
}

/**
 * Bars to draw for a moment: each person's mark lasts until the next one's, the first from the
 * moment's begin, the last to its end. Everything else lies on the lane "together".
 * @param {{start_ms: number, end_ms: number | null, marks: Mark[]}} moment
 * @param {(tag: string) => {who: Who | null, group: string} | undefined} tagOf
 * @returns {{lane: "child" | "parent" | "together" | "fun", tag: string | null, from_ms: number, to_ms: number}[]}
 */
export function barsOf(moment, tagOf) {
  const end = moment.end_ms ?? moment.start_ms;
  const marks = inOrder(moment.marks);
  const people = marks.filter((mark) => isPerson(tagOf(mark.tag)?.who ?? null));
  /** @type {ReturnType<typeof barsOf>} */
  const bars = people.map((mark, i) => ({
    lane: tagOf(mark.tag)?.who === "child" ? "child" : "parent",
    tag: mark.tag,
    from_ms: i === 0 ? moment.start_ms : mark.at_ms,
    to_ms: people[i + 1]?.at_ms ?? end,
  }));
  for (const mark of marks) {
    const tag = tagOf(mark.tag);
    if (tag && isPerson(tag.who)) continue;
    const fun = tag?.group === "fun";
    bars.push({
      lane: fun ? "fun" : "together",
      tag: mark.tag,
      from_ms: fun ? mark.at_ms : moment.start_ms,
      to_ms: fun ? mark.at_ms : end,
    });
  }
  if (!bars.length) bars.push({ lane: "together", tag: null, from_ms: moment.start_ms, to_ms: end });
  return bars;
}

/**
 * @param {Who | null} who
 */
function isPerson(who) {
  return who === "child" || who === "parent";
}

/**
 * @param {Mark[]} marks
 */
function inOrder(marks) {
  return [...marks].sort((a, b) => a.at_ms - b.at_ms);
}
