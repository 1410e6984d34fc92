/** The view: what the server last said, overlaid by what waits. Rewritten with every write below it, only then. */

import { bare } from './database.js';
import { at, pairOf, shelf } from './kinds.js';

/** @typedef {import('./store.js').Fields} Fields */
/** @typedef {import('./store.js').Said} Said */
/** @typedef {import('./store.js').Change} Change */
/** @typedef {import('./store.js').Row} Row */
/** @typedef {Omit<Change, 'state'> & {state: 'waiting'|'tried'|'refused'|'behind'}} Waiting */

/**
 * How what waits of a record stands: '' nothing does; 'refused': the server did not accept some of it.
 * @typedef {''|'waiting'|'refused'} Unsent
 */

/** The stores that `rewrite` needs in its transaction. */
export const VIEWED = ['snapshot', 'former', 'changes', 'records'];

/** Whether a change stands on nothing: its author knew no such record. @param {Change} change */
export function isCreation(change) {
  return !change.base && !change.after && !change.restore;
}

/**
 * The fields a screen shows. Spread, not `Object.assign`: a field called `__proto__` stays a field.
 * @param {Said|undefined} said
 * @param {Change[]} mine in order
 * @returns {Fields}
 */
export function overlay(said, mine) {
  /** @type {Fields} */
  let fields = said?.fields ?? (said?.gone ? { deleted: true } : {});
  for (const change of mine) {
    const anew = fields.deleted && isCreation(change); // over a tombstone a creation begins anew
    fields = anew ? change.fields : { ...fields, ...change.fields };
  }
  return fields;
}

/**
 * @param {Said|undefined} said
 * @param {Change[]} mine in order
 * @param {string} person
 * @returns {Row|null} null when there is nothing to show
 */
export function rowOf(said, mine, person) {
  if (!mine.length && (!said || said.gone)) return null;
  const fields = overlay(said, mine);
  const kind = said?.kind ?? mine[0].kind;
  const owner = said?.owner ?? person;
  const pair = mine.length ? pairOf(kind, fields) : (said?.pair ?? null);
  return {
    id: said?.id ?? mine[0].record,
    kind,
    owner,
    pair,
    with: pair ?? (owner === person ? null : owner),
    at: mine.length ? at(kind, fields, said?.at ?? mine[0].made_at ?? '') : (said?.at ?? ''),
    fields,
    waiting: unsent(mine),
    top: mine.at(-1)?.id ?? null,
    rev: said?.rev ?? '',
    shelf: shelf(kind, fields),
  };
}

/** @param {Change[]} mine @returns {Unsent} */
function unsent(mine) {
  if (mine.some((change) => change.state === 'refused')) return 'refused';
  return mine.length ? 'waiting' : '';
}

/** How several records stand that are shown as one. @param {Unsent[]} all @returns {Unsent} */
export function worst(...all) {
  return all.includes('refused') ? 'refused' : all.find(Boolean) || '';
}

/**
 * What the server last said of a record; while a restored server is being asked, what it said before.
 * @param {any} tx
 * @param {string} record
 * @returns {Promise<Said|undefined>}
 */
export async function saidOf(tx, record) {
  return (await tx.objectStore('snapshot').get(record)) ?? tx.objectStore('former').get(record);
}

/** @param {any} tx @param {string} record @returns {Promise<Change[]>} what waits on a record, in order */
export async function waitingOn(tx, record) {
  const mine = await tx.objectStore('changes').index('record').getAll(record);
  return inOrder(mine);
}

/** @param {Change[]} changes */
export function inOrder(changes) {
  return changes.sort((one, other) => one.seq - other.seq);
}

/**
 * Bring the view of these records in line with the other stores, in the same transaction.
 * @param {any} tx
 * @param {Iterable<string>} records
 * @param {string} person
 */
export async function rewrite(tx, records, person) {
  const rows = bare(tx, 'records');
  await Promise.all(
    [...records].map(async (record) => {
      const [said, mine] = await Promise.all([saidOf(tx, record), waitingOn(tx, record)]);
      put(rows, record, rowOf(said, mine, person));
    }),
  );
}

/**
 * @param {IDBObjectStore} rows
 * @param {string} record
 * @param {Row|null} row
 */
export function put(rows, record, row) {
  if (row) rows.put(row);
  else rows.delete(record);
}

/**
 * The changes with what the person is told of each: what comes after a refused one on the same record is `behind`.
 * @param {Change[]} changes in order
 * @returns {Waiting[]}
 */
export function withStates(changes) {
  const stuck = new Set();
  return changes.map((change) => {
    if (change.state !== 'refused') return stuck.has(change.record) ? { ...change, state: 'behind' } : change;
    stuck.add(change.record);
    return change;
  });
}
