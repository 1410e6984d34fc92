// How much of everything stands on this device, without reading the texts.
import { isGone, wholeShelf } from '../store.js';

/** @typedef {import('../store.js').Row} Row */
/** @typedef {import('../store.js').Store} Store */

/** What a pair sees or somebody else shows, also from the bins, in no order. @param {Store} store @returns {Promise<Row[]>} */
export async function shared(store) {
  /** @type {Row[]} */
  const rows = await store.read('records', tx => {
    const isOld = !tx.store.indexNames.contains('with'); // a database from before it: all are looked at
    return isOld ? tx.store.getAll() : tx.store.index('with').getAll();
  });
  return rows.filter(row => !isGone(row) && (row.pair || row.owner !== store.person));
}

/**
 * How many stand in each shelf, and when the oldest is of.
 * @param {Store} store @param {string[]} names @param {Row[]} without not counted
 * @returns {Promise<{count: number, oldest: string|undefined}[]>} in the order of `names`
 */
export async function tally(store, names, without) {
  const out = new Map(without.map(row => [row.id, row.shelf]));
  return store.read('records', tx => Promise.all(names.map(async name => {
    const [index, range] = [tx.store.index('shelf'), wholeShelf(name)];
    const count = await index.count(range) - [...out.values()].filter(shelf => shelf === name).length;
    let first = await index.openKeyCursor(range);
    while (first && out.has(first.primaryKey)) first = await first.continue();
    return { count, oldest: first?.key[1] };
  })));
}
