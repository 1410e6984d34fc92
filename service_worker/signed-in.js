/** Who is signed in on this device, in its IndexedDB. */

import { Database } from './database.js';

/** @typedef {{person: string, device: string, whole: boolean, name: string}} SignedIn */

const SINGLE = 'now';

/** @param {IDBDatabase} db */
function makeDevice(db) {
  db.createObjectStore('signed_in');
}

/** Who is signed in on this device: `mentorlog-device`. */
export class Device extends Database {
  /** @param {IDBFactory} indexedDB */
  constructor(indexedDB) {
    super(indexedDB, 'mentorlog-device', makeDevice);
  }

  /** @returns {Promise<SignedIn|null>} */
  async get() {
    return this.read('signed_in', async (tx) => (await tx.store.get(SINGLE)) ?? null);
  }

  /** @param {SignedIn} who */
  async put(who) {
    await this.write('signed_in', (tx) => tx.store.put(who, SINGLE), 'strict');
  }

  /**
   * Change some of it, if somebody is signed in.
   * @param {Partial<SignedIn>} some
   */
  async update(some) {
    await this.write(
      'signed_in',
      async (tx) => {
        const who = await tx.store.get(SINGLE);
        if (who) await tx.store.put({ ...who, ...some }, SINGLE);
      },
      'strict',
    );
  }

  async clear() {
    await this.write('signed_in', (tx) => tx.store.delete(SINGLE), 'strict');
  }
}

/** @param {IDBFactory} indexedDB */
export function openDevice(indexedDB) {
  return new Device(indexedDB);
}
