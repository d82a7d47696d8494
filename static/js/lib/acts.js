/**
 * Saves on their way: serial per moment, fields of waiting saves folded together, sent again with
 * longer pauses while the server is gone. Nothing pressed is lost while the page stays open.
 * @typedef {"POST" | "PATCH" | "DELETE"} Verb
 * @typedef {{verb: Verb, fields: Record<string, unknown>}} Act
 * @typedef {{status: number, version?: string, body?: any}} Answer
 * @typedef {"saved" | "saving" | "waiting"} SaveState
 */

export const FIRST_PAUSE_MS = 1000;
export const LONGEST_PAUSE_MS = 30_000;

export class Acts {
  /**
   * @param {{
   *   send: (id: string, act: Act, version: string | undefined) => Promise<Answer>,
   *   wait?: (ms: number) => Promise<void>,
   *   state?: (state: SaveState) => void,
   *   saved?: (id: string, act: Act, answer: Answer) => void,
   *   stale?: (id: string, act: Act, answer: Answer) => void,
   *   refused?: (id: string, act: Act, answer: Answer) => void,
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
    this.gone = 0;
  }

  /** @returns {boolean} nothing is on its way */
  get idle() {
    return this.running.size === 0;
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
    if (verb === "PATCH" && last && last.verb !== "DELETE") Object.assign(last.fields, fields);
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
      const answer = await this.#deliver(id, act);
      if (answer.version) this.versions.set(id, answer.version);
      if (answer.status < 400) this.hooks.saved?.(id, act, answer);
      else if (answer.status === 409 || answer.status === 412) this.hooks.stale?.(id, act, answer);
      else this.hooks.refused?.(id, act, answer);
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
        if (answer.status < 500 && answer.status !== 429) return answer;
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
    this.hooks.state?.(this.idle ? "saved" : this.gone ? "waiting" : "saving");
  }
}
