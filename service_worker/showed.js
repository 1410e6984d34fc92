/** What a change showed before it was mended: forms that were opened on it until then are measured against that. */

import { bare } from './database.js';

const SHOWED = 'showed:'; // before the id of a record, in `meta`: the words go when the record goes

/** @typedef {import('./store.js').Fields} Fields */

/**
 * Note what forms opened on a change show, just before another one takes its place.
 * @param {any} tx
 * @param {{id: string, record: string}} change
 * @param {Fields} fields
 */
export async function noteShown(tx, { id, record }, fields) {
  const known = await tx.objectStore('meta').get(SHOWED + record);
  bare(tx, 'meta').put({ ...known, [id]: fields }, SHOWED + record);
}

/** @param {any} tx @param {string} record @param {string} change one that was mended @returns {Promise<Fields|undefined>} */
export async function shownUntil(tx, record, change) {
  return (await tx.objectStore('meta').get(SHOWED + record))?.[change];
}

/** The record is gone, and so are these words. @param {any} tx @param {string} record */
export function forgetShown(tx, record) {
  bare(tx, 'meta').delete(SHOWED + record);
}
