import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnOf, FIRST, PAGE, readAll, windowsOf } from "../../static/js/lib/outline.js";
import { Shelf } from "../../static/js/lib/shelf.js";

const STEP = 100;

/** @param {number} many moments of 8 s, one to begin every 700 ms, as a server has them */
function film(many) {
  return Array.from({ length: many }, (_, i) => ({
    id: `m${String(i).padStart(5, "0")}`,
    start_ms: i * 700,
    end_ms: i % 9 ? i * 700 + 8000 : null,
    marks: i % 2 ? [{ tag: "house/looks", at_ms: i * 700 + 300 }] : [],
    goals: i % 3 ? ["g"] : [],
    words: `Kijk ${i}`,
    who_began: null,
    chosen: i % 10 === 0,
    version: 1,
  }));
}

/** @param {ReturnType<typeof film>} moments */
function columnsOf(moments) {
  const steps = moments.map((one) => Math.floor(one.start_ms / STEP));
  return {
    step_ms: STEP,
    tags: ["house/looks"],
    goals: ["g"],
    kind: [
      [[], 0],
      [[0], 0],
      [[], 1],
      [[0], 1],
    ],
    starts: steps.map((at, i) => at - (steps[i - 1] ?? 0)),
    lengths: moments.map((one, i) => (one.end_ms === null ? -1 : Math.floor(one.end_ms / STEP) - steps[i])),
    kinds: moments.map((one) => (one.goals.length ? 1 : 0) + (one.chosen ? 2 : 0)),
    marks: moments.map((one) => one.marks.length),
    labels: moments.flatMap((one) => one.marks.map(() => 0)),
    ats: moments.flatMap((one, i) => one.marks.map((mark) => Math.floor(mark.at_ms / STEP) - steps[i])),
  };
}

/** A page that reads a film; `lost` answers do not come the first time. */
async function read(moments, { now = 0, lost = 0, shelf = new Shelf() } = {}) {
  const asked = [];
  let left = lost;
  const page = ({ from_ms = 0, to_ms = Infinity, cursor = "", limit = 500 }) => {
    if (left-- > 0) return null;
    const all = moments.filter(
      (one) => one.start_ms < to_ms && (one.end_ms ?? one.start_ms + 1) > from_ms && one.id > cursor,
    );
    return { items: all.slice(0, limit), next: all.length > limit ? all[limit - 1].id : null };
  };
  await readAll({
    page: async (window) => {
      asked.push(window);
      return page(window);
    },
    outline: async () => columnsOf(moments),
    found: (items) => shelf.put(...items.filter((one) => !shelf.get(one.id))),
    expect: (drawn) => shelf.expect(drawn),
    arrived: (from, to) => shelf.arrived(from, to),
    now: () => now,
    quiet: async () => {
      asked.push("quiet");
    },
    wait: async () => {},
    late: () => asked.push("late"),
  });
  return { shelf, asked };
}

test("what is drawn of a moment is where it lies, what it bears and whether it is chosen", () => {
  const moments = film(30);
  const drawn = drawnOf(columnsOf(moments));
  for (const [i, one] of moments.entries()) {
    const { start_ms, end_ms, marks, goals, chosen } = drawn[i];
    assert.deepEqual({ start_ms, end_ms, marks, goals, chosen }, {
      start_ms: one.start_ms,
      end_ms: one.end_ms,
      marks: one.marks,
      goals: one.goals,
      chosen: one.chosen,
    });
  }
});

test("an ordinary film is read in one request, and nothing is drawn that is not read", async () => {
  const { shelf, asked } = await read(film(FIRST));
  assert.deepEqual(asked, [{ limit: FIRST }]);
  assert.equal(shelf.sorted.length, FIRST);
});

test("5,000 moments are drawn whole at once and read once each, the near ones first", async () => {
  const moments = film(5000);
  const now = 2_000_000;
  const { shelf, asked } = await read(moments, { now });
  assert.deepEqual(
    shelf.sorted.map((one) => one.id),
    moments.map((one) => one.id),
  );
  assert.deepEqual([shelf.ahead.length, shelf.count, shelf.chosen], [0, 5000, 500]);
  assert.equal(asked[1], "quiet");
  const first = asked[2];
  assert.ok(first.from_ms <= now && now < first.to_ms);
  assert.ok(asked.filter((one) => one.from_ms !== undefined).length <= 5000 / PAGE + 1);
});

test("what was taken from the line leaves it: the map counts every moment once, also halfway", async () => {
  const shelf = new Shelf();
  const moments = film(900);
  shelf.put(...moments.slice(0, 200));
  shelf.expect(drawnOf(columnsOf(moments)).slice(200));
  assert.deepEqual([shelf.count, shelf.chosen], [900, 90]);
  shelf.put(...moments.slice(200, 500));
  shelf.arrived(200 * 700, 500 * 700);
  assert.deepEqual([shelf.count, shelf.chosen, shelf.ahead.length], [900, 90, 400]);
  const counted = shelf
    .drain()
    .reduce((sum, { before, after }) => sum + Number(Boolean(after)) - Number(Boolean(before)), 0);
  assert.equal(counted, 900);
});

test("an answer that does not come is asked for again, and it is said once", async () => {
  const { shelf, asked } = await read(film(1000), { lost: 3 });
  assert.equal(shelf.sorted.length, 1000);
  assert.equal(asked.filter((one) => one === "late").length, 1);
});

test("windows hold every time of the film exactly once, also where thousands begin together", () => {
  const together = Array.from({ length: 2000 }, () => ({ start_ms: 500 }));
  const drawn = [...together, { start_ms: 900 }];
  const windows = windowsOf(drawn, 0).sort((a, b) => a.from_ms - b.from_ms);
  assert.equal(windows[0].from_ms, 500);
  for (const [i, one] of windows.entries()) assert.equal(one.to_ms, windows[i + 1]?.from_ms ?? Infinity);
});
