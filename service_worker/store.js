/** One database for each person in the IndexedDB of this device. Screens read only `records`. */

import { Database, bare } from './database.js';
import { kinds } from './generated/kinds.js';
import { withStates } from './view.js';

export { NoRoom } from './database.js';

/** @typedef {Record<string, any>} Fields flat JSON, as a kind describes it */
/**
 * A record as the server last said it. `rev` only for those who may write it; `gone`: deleted, and mine.
 * @typedef {{id: string, kind: string, owner?: string, pair?: string|null, at?: string, rev?: string, fields?: Fields,
 *   gone?: boolean}} Said
 */
/**
 * What one person did to one record in one save. It stands on exactly one of `base`, `after`, `restore`; `was` is what
 * its author saw, and is sent in their place (`ask_was`) once the server asked for it, or where it would take something
 * else for seen. `over`: the rev of the record when the change was written. `tried_at`: when it was sent first.
 * @typedef {{seq: number, id: string, kind: string, record: string, fields: Fields, made_at: string|null,
 *   base?: string|null, after?: string, restore?: string, was: Fields, ask_was?: boolean, over?: string|null,
 *   group: string, state: 'waiting'|'tried'|'refused', tried_at?: string, why?: string, field?: string}} Change
 */
/**
 * A record as screens see it: what the server said, overlaid by what waits. `top` is the id of the last waiting change;
 * `rev` is '' for a reader, and before the server has it; `with` is the pair or the person who sees it, too.
 * @typedef {{id: string, kind: string, owner: string, pair: string|null, with: string|null, at: string, fields: Fields,
 *   waiting: import('./view.js').Unsent, top: string|null, rev: string, shelf: string}} Row
 */
/** @typedef {{change: string, record: string, kind: string, after?: string, base?: string, form: string,
 *   fields: Record<string, string[]>, at: string, again?: 'typed'|'sent'}} Draft typed, not saved; written by
 *   static/js/draft.js. `again`: typed after its form had been sent, and that was perhaps sent, too */
/**
 * @typedef {{state: 'sent'|'waiting'|'refused', waiting: number, refused: number, drafts: number,
 *   sendable: number}} Line
 */

/** There is no such record, or none for this person. */
export class Missing extends Error {
  name = 'Missing';
}

const FIRST = '';
const LAST = '\uffff';

/**
 * `used` remembers the id of every change made here, for good, so that *Back* and a second tap are seen (sync.md, "A
 * change stands on what its form showed").
 * @param {IDBDatabase} db
 */
function makePerson(db) {
  for (const name of ['snapshot', 'former']) db.createObjectStore(name, { keyPath: 'id' });
  const changes = db.createObjectStore('changes', { keyPath: 'seq' });
  changes.createIndex('record', 'record');
  changes.createIndex('id', 'id');
  const records = db.createObjectStore('records', { keyPath: 'id' });
  records.createIndex('shelf', ['shelf', 'at', 'id']);
  records.createIndex('with', 'with'); // only what is not of one person alone
  db.createObjectStore('drafts', { keyPath: 'change' });
  db.createObjectStore('notices', { autoIncrement: true });
  db.createObjectStore('used', { keyPath: 'id' });
  db.createObjectStore('meta');
}

/** Everything of one person on this device: `mentorlog-<person>`. */
export class Store extends Database {
  /**
   * @param {IDBFactory} indexedDB
   * @param {string} person
   * @param {Pick<BroadcastChannel, 'postMessage'>|null} channel to the pages
   */
  constructor(indexedDB, person, channel) {
    super(indexedDB, `mentorlog-${person}`, makePerson);
    this.person = person;
    this.channel = channel;
    /** Hears which records moved, before the pages do: memory.js. @type {((records: string[]) => void)|null} */
    this.follower = null;
    /** When pages were last told that records moved: ms since 1970, for those that were not listening yet. */
    this.movedAt = 0;
  }

  /** Tell the pages what was written here, once it is on the disk. @param {string[]} records */
  announce(records) {
    this.tell({ type: 'change:written', person: this.person, records });
  }

  /** @param {{type: string, records: string[]} & Record<string, any>} message */
  tell(message) {
    if (message.records.length) this.movedAt = Date.now();
    this.follower?.(message.records);
    this.channel?.postMessage(message);
  }

  /**
   * @param {string} kind
   * @param {string} id
   * @returns {Promise<Row>}
   * @throws {Missing} no such record, of another kind, or deleted
   */
  async find(kind, id) {
    const row = await this.read('records', (tx) => tx.store.get(id));
    if (!row || row.kind !== kind || isGone(row)) throw new Missing(kind);
    return row;
  }

  /**
   * @param {string[]} ids
   * @returns {Promise<Map<string, Row>>} those that there are, deleted ones left out
   */
  async many(ids) {
    const rows = await this.read('records', (tx) => Promise.all(ids.map((id) => tx.store.get(id))));
    return new Map(rows.filter((row) => row && !isGone(row)).map((row) => [row.id, row]));
  }

  /**
   * One shelf, newest first, then by id downwards.
   * @param {string} name a kind, or kind + '/bin'
   * @param {{after?: Row|null, limit?: number|null}} [page] `after`: the last one already shown
   * @returns {Promise<Row[]>}
   */
  async shelf(name, { after = null, limit = null } = {}) {
    const end = after ? [name, after.at, after.id] : [name, LAST, LAST];
    const range = IDBKeyRange.bound([name, FIRST, FIRST], end, false, true);
    return this.read('records', async (tx) => {
      const index = tx.store.index('shelf');
      return limit === null ? (await index.getAll(range)).reverse() : lastOf(index, range, limit);
    });
  }

  /** What stands in a shelf from a moment on, newest first. @param {string} name @param {string} at @returns {Promise<Row[]>} */
  async since(name, at) {
    const range = IDBKeyRange.bound([name, at, FIRST], [name, LAST, LAST]);
    return this.read('records', async (tx) => (await tx.store.index('shelf').getAll(range)).reverse());
  }

  /** What stands just before a row in a shelf. @param {string} name @param {{at: string, id: string}} than */
  async newer(name, { at, id }) {
    const range = IDBKeyRange.bound([name, at, id], [name, LAST, LAST], true);
    return this.read('records', async (tx) => (await tx.store.index('shelf').getAll(range, 1))[0] ?? null);
  }

  /**
   * How many stand in a shelf, of a stretch of time: from `since` on, before `before`.
   * @param {string} name @param {string} [since] @param {string} [before] @returns {Promise<number>}
   */
  async count(name, since = FIRST, before = LAST) {
    if (since >= before) return 0;
    const range = IDBKeyRange.bound([name, since, FIRST], [name, before, FIRST], false, true);
    return this.read('records', (tx) => tx.store.index('shelf').count(range));
  }

  /** @returns {Promise<Row[]>} all that is in the bins, in no order */
  async binned() {
    return this.read('records', async (tx) => {
      const index = tx.store.index('shelf');
      const rows = await Promise.all(Object.keys(kinds).map((kind) => index.getAll(wholeShelf(`${kind}/bin`))));
      return rows.flat();
    });
  }

  /**
   * Every record by its id, a batch at a time; bins and deleted ones among them.
   * @param {string} after the last id of the batch before, '' for the first @param {number} size @returns {Promise<Row[]>}
   */
  async batch(after, size) {
    return this.read('records', (tx) => tx.store.getAll(IDBKeyRange.lowerBound(after, true), size));
  }

  /** @returns {Promise<Row[]>} every record in no order, also what is in the bins; without the deleted */
  async withBins() {
    const rows = await this.read('records', (tx) => tx.store.getAll());
    return rows.filter((/** @type {Row} */ row) => !isGone(row));
  }

  /** @returns {Promise<import('./view.js').Waiting[]>} everything that waits, in the order of writing */
  async pending() {
    return this.read('changes', async (tx) => withStates(await tx.store.getAll()));
  }

  /** @returns {Promise<Change[]>} as they are stored */
  async changes() {
    return this.read('changes', (tx) => tx.store.getAll());
  }

  /**
   * All that a file of this device's copy holds, of one moment: what is saved meanwhile is in it as a draft or as a
   * change.
   * @returns {Promise<{records: Row[], changes: Change[], drafts: Draft[]}>} without the deleted records
   */
  async copy() {
    const [records, changes, drafts] = await this.read(['records', 'changes', 'drafts'], (tx) =>
      Promise.all(['records', 'changes', 'drafts'].map((name) => tx.objectStore(name).getAll())),
    );
    return { records: records.filter((/** @type {Row} */ row) => !isGone(row)), changes, drafts };
  }

  /**
   * What the sync line says: `sent` only when no change is left. Drafts are counted beside it: they wait for the
   * person.
   * @returns {Promise<Line>}
   */
  async line() {
    const changes = await this.pending();
    const drafts = await this.read('drafts', (tx) => tx.store.count());
    const of = (/** @type {string[]} */ ...states) => changes.filter((change) => states.includes(change.state)).length;
    const refused = of('refused');
    const state = refused ? 'refused' : changes.length ? 'waiting' : 'sent';
    return { state, waiting: changes.length, refused, drafts, sendable: of('waiting', 'tried') };
  }

  /** @param {string} name epoch, names, home, cursor, whole, contact, zone, trouble, pause, bytes, copy, undo @returns {Promise<any>} null when not known */
  async meta(name) {
    return this.read('meta', async (tx) => (await tx.store.get(name)) ?? null);
  }

  /** @param {Record<string, any>} values */
  async setMeta(values) {
    await this.write('meta', async (tx) => {
      const meta = bare(tx, 'meta');
      for (const [name, value] of Object.entries(values)) meta.put(value, name);
    });
  }

  /** @returns {Promise<Draft[]>} */
  async drafts() {
    return this.read('drafts', (tx) => tx.store.getAll());
  }

  /** @param {string} change the id of the change that the text was to become */
  async dropDraft(change) {
    await this.write('drafts', (tx) => tx.store.delete(change), 'strict');
  }

  /**
   * Keep something to be said once, on the next page.
   * @param {{text: string, change?: string|null, undo?: string|null}} notice
   */
  async say(notice) {
    await this.write('notices', (tx) => tx.store.add(notice));
  }

  /** @returns {Promise<{text: string, change?: string|null, undo?: string|null}[]>} each is given out once */
  async takeNotices() {
    return this.write('notices', async (tx) => {
      const said = await tx.store.getAll();
      if (said.length) bare(tx, 'notices').clear();
      return said;
    });
  }
}

/** @param {string} name */
export function wholeShelf(name) {
  return IDBKeyRange.bound([name, FIRST, FIRST], [name, LAST, LAST]);
}

/** @param {Row} row */
export function isGone(row) {
  return row.shelf.endsWith('/gone');
}

/**
 * @param {any} index
 * @param {IDBKeyRange} range
 * @param {number} limit
 */
async function lastOf(index, range, limit) {
  const rows = [];
  let cursor = limit > 0 ? await index.openCursor(range, 'prev') : null;
  while (cursor) {
    rows.push(cursor.value);
    cursor = rows.length < limit ? await cursor.continue() : null;
  }
  return rows;
}

/**
 * @param {IDBFactory} indexedDB
 * @param {string} person
 * @param {Pick<BroadcastChannel, 'postMessage'>|null} [channel]
 */
export function openStore(indexedDB, person, channel = new BroadcastChannel('mentorlog')) {
  return new Store(indexedDB, person, channel);
}
