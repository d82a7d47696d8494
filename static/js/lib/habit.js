/**
 * What a counselor corrects of the begin and end that a press gave (craft 2). Knows the moments pressed here; of others
 * the marks tell where a press would have put the edges.
 * @typedef {import("./chain.js").Mark} Mark
 * @typedef {{tag: string, lead_ms: number, lag_ms: number}} Timed
 * @typedef {{label: string, edge: "begin" | "end", by_ms: number, time_ms: number}} Shift
 * @typedef {{id: string, start_ms: number, end_ms: number | null, marks: Mark[]}} Span
 */

export class Habit {
  constructor() {
    /** @type {Map<string, {first: Timed, last: Timed, start_ms: number, end_ms: number}>} */
    this.pressed = new Map();
    /** @type {Map<string, string>} what was told of a moment and edge, so that nothing is told twice */
    this.told = new Map();
  }

  /**
   * A press opened this moment or joined it.
   * @param {Span} span as the press left it
   * @param {Timed} tag
   */
  press(span, tag) {
    const first = this.pressed.get(span.id)?.first ?? tag;
    this.pressed.set(span.id, {
      first,
      last: tag,
      start_ms: span.start_ms,
      end_ms: span.end_ms ?? span.start_ms,
    });
  }

  /**
   * She is done with this moment: where its edges stand now, beside where the press put them.
   * @param {Span} span
   * @param {(tag: string) => Timed | undefined} tagOf
   * @param {number} durationMs
   * @returns {Shift[]} only what is new
   */
  left(span, tagOf, durationMs) {
    const made = this.pressed.get(span.id) ?? expected(span.marks, tagOf, durationMs);
    if (!made || span.end_ms === null) return [];
    /** @type {Shift[]} */
    const both = [
      {
        label: made.first.tag,
        edge: "begin",
        by_ms: span.start_ms - made.start_ms,
        time_ms: made.first.lead_ms,
      },
      { label: made.last.tag, edge: "end", by_ms: span.end_ms - made.end_ms, time_ms: made.last.lag_ms },
    ];
    return both.filter((shift) => this.#isNew(span.id, shift));
  }

  /**
   * @param {string} id
   * @param {Shift} shift
   */
  #isNew(id, shift) {
    const place = `${id} ${shift.edge}`;
    const before = this.told.get(place) ?? "0";
    this.told.set(place, String(shift.by_ms));
    return before !== String(shift.by_ms);
  }
}

/**
 * @param {Mark[]} marks
 * @param {(tag: string) => Timed | undefined} tagOf
 * @param {number} durationMs
 */
function expected(marks, tagOf, durationMs) {
  const inOrder = [...marks].sort((a, b) => a.at_ms - b.at_ms);
  const [begin, end] = [inOrder[0], inOrder.at(-1)];
  const [first, last] = [tagOf(begin?.tag ?? ""), tagOf(end?.tag ?? "")];
  if (!begin || !end || !first || !last) return null;
  return {
    first,
    last,
    start_ms: Math.max(0, begin.at_ms - first.lead_ms),
    end_ms: Math.min(durationMs, end.at_ms + last.lag_ms),
  };
}
