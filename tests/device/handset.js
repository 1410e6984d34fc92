/** One browser of one person in a life: two tabs write, one worker syncs, and all of it can be killed. */

import { openStore } from '/near/t/store.js';
import { openSync } from '/near/t/sync.js';

export const CLOCKS = ['1996-01-01T00:00:00.000Z', '2026-11-24T09:10:00.000Z', '2076-01-01T00:00:00.000Z'];

/** A random source with a seed (mulberry32). @param {number} seed */
export function chances(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export class Handset {
  /** @param {Life} life @param {any} row */
  constructor(life, row) {
    Object.assign(this, row, { life, forms: [] });
    this.skew = CLOCKS[1];
    this.start();
  }

  /** The browser is opened, perhaps after it was killed: what was in memory is gone. */
  start() {
    const { life } = this;
    const tools = {
      fetch: life.line.fetch,
      locks: life.locks(),
      now: () => this.skew,
      zone: () => 'Europe/Berlin',
      seconds: 5,
    };
    this.store = openStore(indexedDB, `${this.id}`, null);
    this.store.person = this.person;
    this.tab = openStore(indexedDB, `${this.id}`, null);
    this.tab.person = this.person;
    this.sync = openSync(this.store, this.id, tools);
    this.other = openSync(this.tab, this.id, { ...tools, locks: life.chance() < 0.5 ? tools.locks : null });
  }

  /** From now on nothing of the old browser reads or writes; what it began is on the disk, or is not. */
  async kill() {
    for (const store of [this.store, this.tab]) {
      store.read = () => new Promise(() => {});
      store.write = store.read;
      await store.close();
    }
    this.start();
  }
}
