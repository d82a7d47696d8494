/**
 * What waits for a connection, sealed in this browser: AES-GCM under a key that no script can read out, one per person.
 * Another person's key and lines are wiped when the vault opens. Needs a secure context (https or localhost).
 */

const NAME = "vbg-waiting";
/** @typedef {{place: string, nonce: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer}} Kept */
/** @typedef {{owner: string, key: CryptoKey}} Owned */

export class Vault {
  /**
   * @param {IDBDatabase} database
   * @param {CryptoKey} key
   */
  constructor(database, key) {
    this.database = database;
    this.key = key;
    /** @type {Map<string, unknown>} the newest value of each place, not written yet */
    this.dirty = new Map();
    /** @type {Promise<void> | null} */
    this.writing = null;
  }

  /**
   * @param {string} place a film and a page, no names
   * @param {unknown} value anything JSON holds; null wipes the place
   * @returns {Promise<void>} written, and everything put before it too
   */
  put(place, value) {
    this.dirty.set(place, value);
    this.writing ??= this.#write().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  async #write() {
    for (let [next] = this.dirty; next; [next] = this.dirty) {
      const [place, value] = next;
      this.dirty.delete(place);
      if (value === null) await done(this.#lines("readwrite").delete(place));
      else {
        const kept = await seal(this.key, place, value);
        await done(this.#lines("readwrite").put(kept));
      }
    }
  }

  /**
   * @param {string} beginning of the places
   * @returns {Promise<{place: string, value: any}[]>} what opens; what does not is wiped
   */
  async under(beginning) {
    /** @type {Kept[]} */
    const all = await done(this.#lines("readonly").getAll());
    const found = [];
    for (const kept of all.filter((one) => one.place.startsWith(beginning))) {
      const value = await unseal(this.key, kept).catch(() => null);
      if (value === null) await this.put(kept.place, null);
      else found.push({ place: kept.place, value });
    }
    return found;
  }

  /**
   * @param {IDBTransactionMode} mode
   */
  #lines(mode) {
    return this.database.transaction("lines", mode).objectStore("lines");
  }
}

/**
 * @param {string} owner the signed-in person's id
 * @returns {Promise<Vault | null>} null where this browser or this address cannot seal
 */
export async function openVault(owner) {
  if (!owner || !globalThis.isSecureContext || !globalThis.indexedDB) return null;
  try {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("keys", { keyPath: "owner" });
      asked.result.createObjectStore("lines", { keyPath: "place" });
    };
    const database = await done(asked);
    database.onversionchange = () => database.close();
    return new Vault(database, await keyOf(database, owner));
  } catch {
    return null;
  }
}

/**
 * @param {IDBDatabase} database
 * @param {string} owner
 * @returns {Promise<CryptoKey>}
 */
async function keyOf(database, owner) {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const change = database.transaction(["keys", "lines"], "readwrite");
  const keys = change.objectStore("keys");
  /** @type {Owned[]} */
  const all = await done(keys.getAll());
  const own = all.find((one) => one.owner === owner);
  if (own && all.length === 1) return own.key;
  keys.clear();
  change.objectStore("lines").clear();
  await done(keys.put({ owner, key: fresh }));
  return fresh;
}

/** At sign-out: nobody's lines stay behind. */
export function wipe() {
  globalThis.indexedDB?.deleteDatabase(NAME);
}

/**
 * @param {CryptoKey} key
 * @param {string} place bound to what is sealed, so that it cannot be put elsewhere
 * @param {unknown} value
 * @returns {Promise<Kept>}
 */
export async function seal(key, place, value) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(place);
  const text = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, text);
  return { place, nonce, sealed };
}

/**
 * @param {CryptoKey} key
 * @param {Kept} kept
 * @returns {Promise<any>}
 */
export async function unseal(key, { place, nonce, sealed }) {
  const additionalData = new TextEncoder().encode(place);
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, sealed);
  return JSON.parse(new TextDecoder().decode(text));
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
