/**
 * Saves on their way: serial per moment, fields of waiting saves folded together, sent again with
 * longer pauses while the server is gone. `keep` may write down what waits, `resume` takes it up again.
 * @typedef {"POST" | "PATCH" | "DELETE"} Verb
 * @typedef {{verb: Verb, fields: Record<string, unknown>, sent?: true}} Act `sent` it may have arrived: nothing is folded into it
 * @typedef {{status: number, version?: string, body?: any}} Answer
 * @typedef {"saved" | "saving" | "waiting"} SaveState
 * @typedef {{id: string, acts: Act[], version?: string}} Line acts on one moment, in order, and the version they were made on
 */

export const FIRST_PAUSE_MS = 1000;
export const LONGEST_PAUSE_MS = 30_000;
/** Signed out, or asked too often: the same act may pass later. */
const LATER = new Set([401, 429]);

export class Acts {
  /**
   * @param {{
   *   send: (id: string, act: Act, version: string | undefined) => Promise<Answer>,
   *   wait?: (ms: number) => Promise<void>,
   *   state?: (state: SaveState) => void,
   *   saved?: (id: string, act: Act, answer: Answer) => void,
   *   stale?: (id: string, act: Act, answer: Answer) => void,
   *   refused?: (id: string, act: Act, answer: Answer) => void,
   *   keep?: (lines: Line[]) => void,
   * }} hooks
   */
  constructor(hooks) {
    this.hooks = hooks;
    this.wait = hooks.wait ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    /** @type {Map<string, Act[]>} */
    this.waiting = new Map();
    /** @type {Map<string, string>} */
    this.versions = new Map();
    /** @type {Map<string, Promise<void>>} */
    this.running = new Map();
    /** @type {Map<string, Act>} sent, and not answered yet */
    this.flying = new Map();
    this.gone = 0;
  }

  /** @returns {boolean} nothing is on its way */
  get idle() {
    return this.running.size === 0;
  }

  /**
   * @param {string} id
   * @returns {number} the version that stands here, 0 when none is known
   */
  known(id) {
    return Number(this.versions.get(id)?.replaceAll('"', "")) || 0;
  }

  /** @returns {Line[]} all that was not answered yet, what is on its way first */
  get lines() {
    const ids = new Set([...this.flying.keys(), ...this.waiting.keys()]);
    return [...ids].flatMap((id) => {
      const flying = this.flying.get(id);
      const acts = [...(flying ? [flying] : []), ...(this.waiting.get(id) ?? [])];
      const version = this.versions.get(id);
      return acts.length ? [{ id, acts, ...(version ? { version } : {}) }] : [];
    });
  }

  /** @returns {number} acts that were not answered yet */
  get count() {
    return this.lines.reduce((sum, line) => sum + line.acts.length, 0);
  }

  /**
   * Take up what an earlier page left, before anything else is put on these moments.
   * @param {Line[]} lines
   */
  resume(lines) {
    for (const { id, acts, version } of lines) {
      const line = this.waiting.get(id) ?? [];
      this.waiting.set(id, line);
      line.unshift(...acts);
      if (version) this.versions.set(id, version);
      if (!this.running.has(id)) this.#run(id, line);
    }
    this.#tell();
  }

  /** Resolves when all is saved or refused. */
  async settled() {
    while (!this.idle) await Promise.all(this.running.values());
  }

  /**
   * @param {string} id moment
   * @param {Verb} verb
   * @param {Record<string, unknown>} [fields]
   */
  put(id, verb, fields = {}) {
    const line = this.waiting.get(id) ?? [];
    this.waiting.set(id, line);
    const last = line.at(-1);
    if (verb === "PATCH" && last && last.verb !== "DELETE" && !last.sent) Object.assign(last.fields, fields);
    else line.push({ verb, fields: { ...fields } });
    if (!this.running.has(id)) this.#run(id, line);
    this.#tell();
  }

  /**
   * @param {string} id
   * @param {Act[]} line
   */
  #run(id, line) {
    const work = this.#drain(id, line).finally(() => {
      this.running.delete(id);
      if (line.length) this.#run(id, line);
      this.#tell();
    });
    this.running.set(id, work);
  }

  /**
   * @param {string} id
   * @param {Act[]} line
   */
  async #drain(id, line) {
    for (let act = line.shift(); act; act = line.shift()) {
      act.sent = true;
      this.flying.set(id, act);
      this.#tell();
      const answer = arrivedBefore(act, await this.#deliver(id, act));
      this.flying.delete(id);
      if (answer.version) this.versions.set(id, answer.version);
      if (answer.status < 400 || isGone(act, answer)) this.hooks.saved?.(id, act, answer);
      else if (answer.status === 409 || answer.status === 412) this.hooks.stale?.(id, withLater(act, line), answer);
      else this.hooks.refused?.(id, act, answer);
      this.#tell();
    }
  }

  /**
   * @param {string} id
   * @param {Act} act
   * @returns {Promise<Answer>}
   */
  async #deliver(id, act) {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      try {
        const answer = await this.hooks.send(id, act, this.versions.get(id));
        if (answer.status < 500 && !LATER.has(answer.status)) return answer;
      } catch {
        // no answer at all: the server is gone, the act stays first in its line
      }
      this.gone += 1;
      this.#tell();
      await this.wait(pause);
      this.gone -= 1;
    }
  }

  #tell() {
    this.hooks.keep?.(this.lines);
    this.hooks.state?.(this.idle ? "saved" : this.gone ? "waiting" : "saving");
  }
}

/**
 * A save whose first answer was lost finds its own fields there the second time.
 * @param {Act} act
 * @param {Answer} answer
 * @returns {Answer}
 */
function arrivedBefore({ verb, fields }, answer) {
  const current = answer.status === 409 && verb === "PATCH" ? answer.body?.current : null;
  if (!current || !isSame(fields, current)) return answer;
  return { status: 200, version: `"${current.version}"`, body: current };
}

/**
 * @param {Record<string, unknown>} fields
 * @param {Record<string, unknown>} there
 * @returns {boolean} nothing would change
 */
export function isSame(fields, there) {
  /** @type {Record<string, unknown>} */
  const stands = { ...there, ...(there.who_began_set === false ? { who_began: null } : {}) };
  return Object.entries(fields).every(([name, value]) => JSON.stringify(value) === JSON.stringify(stands[name]));
}

/**
 * What she changed since on the same moment belongs to the same question, and the newest counts.
 * @param {Act} act
 * @param {Act[]} line waiting; what joins leaves it
 * @returns {Act}
 */
function withLater(act, line) {
  const fields = { ...act.fields };
  while (act.verb === "PATCH" && line[0]?.verb === "PATCH") Object.assign(fields, line.shift()?.fields);
  return { ...act, fields };
}

/**
 * A removal whose first answer was lost finds nothing the second time: that is what it wanted.
 * @param {Act} act
 * @param {Answer} answer
 */
function isGone(act, answer) {
  return act.verb === "DELETE" && answer.status === 404;
}
