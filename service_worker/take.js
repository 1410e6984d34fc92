/** A reply of the server, taken whole or not at all. */

import { bare } from './database.js';
import { at, pairOf } from './kinds.js';
import { forgetShown } from './showed.js';
import { VIEWED, overlay, put, rowOf, saidOf } from './view.js';

/** @typedef {import('./store.js').Change} Change */
/** @typedef {import('./store.js').Said} Said */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./wire.js').Asked} Asked */
/** @typedef {import('./wire.js').News} News */
/** @typedef {import('./wire.js').Outcome} Outcome */
/** @typedef {import('./wire.js').Told} Told */
/** @typedef {Map<string, Change[]>} ByRecord what waits on each record, in order */
/** @typedef {Map<string, Said|undefined>} Sayings */

const STORES = [...VIEWED, 'meta', 'used', 'notices'];
export const OLDER = 'older:'; // before the id of a record: where history/past.js keeps its earlier versions
const WORDS = {
  kept: 'Written in two places. Both versions are kept: see Waiting, Two versions.',
  withheld: 'On the server, for you alone: sharing it was taken back on another device.',
  binned: 'It had been put into the bin on another device. Your edit is in it, in the bin.',
};

/**
 * Take a reply: drop what was acknowledged, put the rows, set epoch, names and cursor, and rewrite the view, in one
 * transaction. Nothing is taken unless epoch and cursor are still those asked with.
 * @param {Store} store
 * @param {Asked} asked
 * @param {News} news
 * @returns {Promise<{moved: string[], doubt: boolean}|null>} the records that moved; `doubt`: an echo of what this
 *   device does not hold, so that everything is asked for anew; null when the reply came too late and was thrown away
 */
export async function take(store, asked, news) {
  return store.write(STORES, async (tx) => {
    const meta = tx.objectStore('meta');
    const [epoch, cursor, waiting] = await Promise.all([
      meta.get('epoch'),
      meta.get('cursor'),
      tx.objectStore('changes').getAll(),
    ]);
    if ((epoch ?? null) !== asked.epoch || (cursor ?? 0) !== asked.cursor) return null;
    const all = epoch && news.epoch !== epoch ? await changeEpoch(tx, waiting) : waiting;
    const before = await sayingsOf(tx, news, all);
    const told = new Set(news.records.map((row) => row.id));
    const { left, taken } = settleChanges(tx, all, news.outcomes, (id) => told.has(id) || Boolean(before.get(id)));
    const after = takeRows(tx, news.records, before, taken, store.person);
    const rows = bare(tx, 'records');
    for (const [id, said] of after) put(rows, id, rowOf(said, left.get(id) ?? [], store.person));
    const doubt = news.records.some((row) => row.echo && !isHeld(before.get(row.id), taken.get(row.id) ?? []));
    remember(tx, doubt ? { ...news, cursor: 0 } : news);
    say(tx, all, news.outcomes, before, after);
    return { moved: [...after.keys()], doubt };
  });
}

/**
 * Another server than yesterday: what the old one said is kept until it is compared. What waits tells what its author
 * saw, if that is known: the same rev can be another state there, joined with what came before it this time.
 * @param {any} tx
 * @param {Change[]} waiting
 * @returns {Promise<Change[]>}
 */
async function changeEpoch(tx, waiting) {
  const [rows, kept] = await Promise.all([tx.objectStore('snapshot').getAll(), tx.objectStore('former').getAllKeys()]);
  const [known, former, changes] = [new Set(kept), bare(tx, 'former'), bare(tx, 'changes')];
  for (const row of rows) {
    if (!known.has(row.id)) former.put(row);
    if (row.rev) note(bare(tx, 'used'), row.rev, { former: true }, row.id);
  }
  bare(tx, 'snapshot').clear();
  const ids = new Set(waiting.map((change) => change.id));
  const all = waiting.map((change) => (tellsAll(change, ids) ? { ...change, ask_was: true } : change));
  for (const change of all) changes.put(change);
  return all;
}

/** @param {Change} change @param {Set<string>} waiting */
function tellsAll({ base, after, fields, was }, waiting) {
  const onServer = after ? !waiting.has(after) : Boolean(base);
  return onServer && Object.keys(fields).every((name) => Object.hasOwn(was, name));
}

/** @param {any} tx @param {News} news */
function remember(tx, { epoch, names, home, cursor, more }) {
  const meta = bare(tx, 'meta');
  meta.put(epoch, 'epoch');
  meta.put(names, 'names');
  if (home) meta.put(home, 'home');
  meta.put(cursor, 'cursor');
  if (!more) meta.put(true, 'whole');
}

/**
 * Drop what the server has, keep the rest with its reason.
 * @param {any} tx
 * @param {Change[]} all
 * @param {Record<string, Outcome>} outcomes
 * @param {(record: string) => boolean} isKnown whether the server has ever said something of a record
 */
function settleChanges(tx, all, outcomes, isKnown) {
  /** @type {ByRecord} */
  const left = new Map();
  /** @type {ByRecord} */
  const taken = new Map();
  const box = bare(tx, 'changes');
  for (const change of all) {
    const outcome = outcomeOf(outcomes, change);
    const stays = outcome ? settled(change, outcome, isKnown(change.record)) : change;
    add(stays ? left : taken, stays ?? change);
    if (!outcome) continue;
    if (stays) box.put(stays);
    else box.delete(change.seq);
    if (outcome.outcome === 'merged' || outcome.outcome === 'kept') {
      note(bare(tx, 'used'), change.id, { joined: true }, change.record); // a form opened on it shows less
    }
  }
  return { left, taken };
}

/** @param {Record<string, Outcome>} outcomes @param {Change} change */
function outcomeOf(outcomes, change) {
  return Object.hasOwn(outcomes, change.id) ? outcomes[change.id] : null;
}

/** @param {ByRecord} map @param {Change} change */
function add(map, change) {
  const list = map.get(change.record);
  if (list) list.push(change);
  else map.set(change.record, [change]);
}

/**
 * @param {Change} change
 * @param {Outcome} outcome
 * @param {boolean} isKnown
 * @returns {Change|null} null when the server has it; the answer says that it has not, so it is not `tried` any more
 */
function settled(change, { outcome, why, field }, isKnown) {
  if (outcome === 'refused') return { ...change, state: 'refused', why: why ?? 'invalid', ...(field && { field }) };
  if (outcome === 'need_was' && !isKnown) {
    // the record went with the server's memory: it is made anew
    const { after, ask_was, ...rest } = change;
    return { ...rest, base: null, state: 'waiting' };
  }
  if (outcome === 'need_was') return { ...change, state: 'waiting', ask_was: true };
  if (outcome === 'behind') return { ...change, state: 'waiting' };
  return null;
}

/**
 * Note something of a change for the forms that were opened on it.
 * @param {IDBObjectStore} used
 * @param {string} id
 * @param {Partial<import('./changes.js').Used>} some
 * @param {string} record
 */
function note(used, id, some, record) {
  const request = used.get(id);
  request.onsuccess = () => used.put({ id, record, digest: '', at: '', ...request.result, ...some });
}

/**
 * What was said so far of every record that this reply moves.
 * @param {any} tx
 * @param {News} news
 * @param {Change[]} all
 * @returns {Promise<Sayings>}
 */
async function sayingsOf(tx, { records, outcomes }, all) {
  const ids = new Set(all.filter((change) => outcomeOf(outcomes, change)).map((change) => change.record));
  for (const row of records) if (row.echo) ids.add(row.id);
  /** @type {Sayings} */
  const said = new Map();
  const alone = (await tx.objectStore('former').count()) === 0; // as always but after a restore
  const snapshot = tx.objectStore('snapshot');
  const rows = await Promise.all([...ids].map((id) => (alone ? snapshot.get(id) : saidOf(tx, id))));
  [...ids].forEach((id, place) => said.set(id, rows[place]));
  return said;
}

/**
 * @param {any} tx
 * @param {Told[]} rows
 * @param {Sayings} before
 * @param {ByRecord} taken
 * @param {string} person
 * @returns {Sayings} what is said now of every record that moved
 */
function takeRows(tx, rows, before, taken, person) {
  const after = new Map(before);
  const [snapshot, former] = [bare(tx, 'snapshot'), bare(tx, 'former')];
  for (const row of rows) {
    if (row.gone) bare(tx, 'meta').delete(OLDER + row.id); // its earlier versions go, too
    if (row.gone) forgetShown(tx, row.id);
    if (row.gone && !row.rev) {
      // withdrawn from me: the content goes now
      snapshot.delete(row.id);
      former.delete(row.id);
      after.set(row.id, undefined);
      continue;
    }
    const said = row.echo ? fold(row, before.get(row.id), taken.get(row.id) ?? [], person) : row;
    snapshot.put(said);
    after.set(row.id, said);
  }
  return after;
}

/**
 * Whether an echo can be folded: the changes stand on what this device was told last. The server compares content, and
 * another device may have changed the record and changed it back.
 * @param {Said|undefined} said
 * @param {Change[]} mine
 */
function isHeld(said, [first]) {
  return Boolean(first.restore) || (first.after ?? first.base ?? null) === (said?.rev ?? null);
}

/**
 * An echo: the record is now what this device believes, so its own changes are folded in.
 * @param {Told} row
 * @param {Said|undefined} said
 * @param {Change[]} mine those that the server has just taken
 * @param {string} person
 * @returns {Said}
 */
function fold(row, said, mine, person) {
  const fields = overlay(said?.gone ? undefined : said, mine);
  const kind = said?.kind ?? mine[0].kind;
  const when = row.at ?? at(kind, fields, said?.at ?? mine[0].made_at ?? '');
  return { id: row.id, kind, owner: said?.owner ?? person, pair: pairOf(kind, fields), rev: row.rev, at: when, fields };
}

/**
 * What the person has to be told: both versions kept, sharing withheld, an edit that met the bin.
 * @param {any} tx
 * @param {Change[]} all
 * @param {Record<string, Outcome>} outcomes
 * @param {Sayings} before
 * @param {Sayings} after
 */
function say(tx, all, outcomes, before, after) {
  const notices = bare(tx, 'notices');
  for (const change of all) {
    const outcome = outcomeOf(outcomes, change);
    if (outcome?.kept?.length) notices.add({ text: WORDS.kept });
    if (outcome?.withheld) notices.add({ text: WORDS.withheld });
    const binned = after.get(change.record)?.fields?.binned_at && !before.get(change.record)?.fields?.binned_at;
    if (outcome?.outcome === 'merged' && binned && !change.fields.binned_at) notices.add({ text: WORDS.binned });
  }
}
