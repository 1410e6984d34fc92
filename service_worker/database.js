/** One IndexedDB database: opened when needed, transactions whole or not at all, no room as an error of its own. */

import { unwrap, wrap } from './vendor/idb.js';

/** There is no room left on the device; nothing of the transaction was written. */
export class NoRoom extends Error {
  name = 'NoRoom';
}

/** One database: opened when first needed, and again after the browser closed it, until it is forgotten. */
export class Database {
  /** @type {Promise<any>|null} */
  #opening = null;
  #forgotten = false;

  /**
   * @param {IDBFactory} indexedDB
   * @param {string} name
   * @param {(db: IDBDatabase) => void} make
   */
  constructor(indexedDB, name, make) {
    this.indexedDB = indexedDB;
    this.name = name;
    this.make = make;
  }

  /** @returns {Promise<any>} */
  async open() {
    if (this.#forgotten) throw new Error(`${this.name} was deleted`);
    return (this.#opening ??= this.#connect().catch((error) => {
      this.#opening = null;
      throw error;
    }));
  }

  async #connect() {
    const request = this.indexedDB.open(this.name, 1);
    request.onupgradeneeded = () => this.make(request.result);
    const db = await wrap(request);
    const closed = () => {
      this.#opening = null;
    };
    db.addEventListener('close', closed);
    db.addEventListener('versionchange', () => {
      db.close();
      closed();
    });
    return db;
  }

  async close() {
    const db = await this.#opening?.catch(() => null);
    db?.close();
    this.#opening = null;
  }

  /** Delete the whole database; what is still under way here cannot make it anew. Other connections close by themselves. */
  async forget() {
    this.#forgotten = true;
    await this.close();
    await wrap(this.indexedDB.deleteDatabase(this.name));
  }

  /**
   * @param {string|string[]} stores
   * @param {IDBTransactionMode} mode
   * @param {IDBTransactionOptions} [options]
   */
  async #begin(stores, mode, options) {
    try {
      return (await this.open()).transaction(stores, mode, options);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      this.#opening = null; // closed behind our back
      return (await this.open()).transaction(stores, mode, options);
    }
  }

  /**
   * @template T
   * @param {string|string[]} stores
   * @param {(tx: any) => Promise<T>} work awaits nothing but IndexedDB, or the transaction ends
   * @returns {Promise<T>}
   */
  async read(stores, work) {
    return work(await this.#begin(stores, 'readonly'));
  }

  /**
   * All of it or nothing. Resolves when it is on the disk, if `durability` is 'strict'.
   * @template T
   * @param {string|string[]} stores
   * @param {(tx: any) => Promise<T>} work awaits nothing but IndexedDB, or the transaction ends
   * @param {IDBTransactionDurability} [durability]
   * @returns {Promise<T>}
   * @throws {NoRoom} quota arrives as an abort of the transaction, not as an error of a request
   */
  async write(stores, work, durability = 'relaxed') {
    const tx = await this.#begin(stores, 'readwrite', { durability });
    const done = tx.done.then(
      () => null,
      (/** @type {unknown} */ error) => error,
    );
    let result;
    try {
      result = await work(tx);
    } catch (error) {
      abort(tx);
      throw asNoRoom(await done) ?? asNoRoom(error) ?? error;
    }
    const failed = await done;
    if (failed) throw asNoRoom(failed) ?? failed;
    return result;
  }
}

/** @param {any} tx */
function abort(tx) {
  try {
    tx.abort();
  } catch {
    // it has ended by itself
  }
}

/** @param {unknown} error */
function asNoRoom(error) {
  const full = error instanceof Error && error.name === 'QuotaExceededError';
  return full ? new NoRoom('no room on this device', { cause: error }) : null;
}

/**
 * A store for writing many rows without a promise for each: an error of one still ends the whole transaction.
 * @param {any} tx
 * @param {string} name
 * @returns {IDBObjectStore}
 */
export function bare(tx, name) {
  return unwrap(tx).objectStore(name);
}
