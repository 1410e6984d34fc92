/** How a person settles what waits: discard, send again, set aside; mending.js mends. Nothing stays behind for ever. */

import { bare } from './database.js';
import { WRITTEN, place, prepare } from './changes.js';
import { nameId } from './ids.js';
import { wholeOf } from './kinds.js';
import { pick } from './seen.js';
import { forgetShown } from './showed.js';
import { VIEWED, rewrite, rowOf, saidOf, waitingOn } from './view.js';
import { Missing } from './store.js';

/** @typedef {import('./store.js').Change} Change */
/** @typedef {import('./store.js').Row} Row */
/** @typedef {import('./store.js').Store} Store */

/** The change may be on the server already, so it cannot be taken back. */
export class Tried extends Error {
  name = 'Tried';
}

/** What a change leaves without a whole is something else by now. */
export class Moved extends Error {
  name = 'Moved';
}

/**
 * Whether anything here is nowhere else: asked before signing out, updating, or wiping a revoked device.
 * @param {Store} store
 */
export async function holdsAlone(store) {
  const { waiting, drafts } = await store.line();
  return waiting + drafts > 0;
}

/**
 * *Discard*: the change goes, and what stood on it takes over what it stood on.
 * @param {Store} store
 * @param {string} id of the change
 * @returns {Promise<string>} the record
 * @throws {Tried} it may be on the server already
 * @throws {Missing} nothing of that id waits
 */
export async function discard(store, id) {
  const record = await store.write(WRITTEN, async (tx) => takeBack(tx, await untried(tx, id), store.person), 'strict');
  store.announce([record]);
  return record;
}

/**
 * *Discard* a change with the parts that have no whole any more without it; something is written in their place.
 * @param {Store} store
 * @param {string} id of the change
 * @param {{parts: Row[], instead: import('./changes.js').Wish[], now: string}} left as `orphans` found them
 * @returns {Promise<string>} the record
 * @throws {Moved} something else is left by now: nothing was done
 * @throws {Tried} it may be on the server already
 * @throws {Missing} nothing of that id waits
 */
export async function discardWhole(store, id, { parts, instead, now }) {
  const plans = await Promise.all(instead.map((wish) => prepare(wish, instead[0].id)));
  const ends = await Promise.all(parts.map((part) => ending(part, id)));
  const record = await store.write(
    WRITTEN,
    async (tx) => {
      const found = await untried(tx, id), { change } = found;
      if (statesOf(await orphansIn(tx, change, store.person)) !== statesOf(parts)) throw new Moved(id);
      await takeBack(tx, found, store.person);
      for (const plan of plans) await place(tx, plan, now, store.person);
      for (const [at, part] of parts.entries()) await endPart(tx, part, ends[at], now, store.person);
      return change.record;
    },
    'strict',
  );
  store.announce([record, ...parts.map((part) => part.id), ...plans.map((plan) => plan.record)]);
  return record;
}

/** @param {any} tx @param {Found} found @param {string} person @returns {Promise<string>} its record */
export async function takeBack(tx, { change, mine }, person) {
  const { id } = change;
  await takeAway(tx, change);
  for (const above of mine) if (above.after === id) bare(tx, 'changes').put(onto(above, change));
  await rewrite(tx, [change.record], person);
  if (mine.length === 1) forgetShown(tx, change.record); // no form can stand on words that are mended any more
  return change.record;
}

/** Which records these are, and of which state. @param {Row[]} rows in any order */
function statesOf(rows) {
  return String(rows.map(({ id, rev, top }) => `${id} ${rev} ${top}`).sort());
}

/**
 * The parts that would have no page any more, were this change discarded: with it goes the whole that it makes, or the
 * question that it asks.
 * @param {Store} store
 * @param {{id: string, record: string}} change
 * @returns {Promise<Row[]>} in no order; what is in a bin has a place there
 */
export async function orphans(store, change) {
  return store.read(VIEWED, (tx) => orphansIn(tx, change, store.person));
}

/** @param {any} tx @param {{id: string, record: string}} change @param {string} person @returns {Promise<Row[]>} */
async function orphansIn(tx, { id, record }, person) {
  const [said, mine] = await Promise.all([saidOf(tx, record), waitingOn(tx, record)]);
  const left = mine.filter((one) => one.id !== id);
  if (left.length === mine.length) return [];
  const [before, after] = [mine, left].map((some) => rowOf(said, some, person));
  /** @type {Row[]} */
  const rows = await tx.objectStore('records').getAll();
  const parts = rows.filter((row) => row.shelf === row.kind && wholeOf(row) === record);
  return after ? parts.filter((part) => asks(before, part) && !asks(after, part)) : parts;
}

/** Whether a worksheet has the question of this answer. @param {Row|null} whole @param {Row} part @returns {boolean} */
function asks(whole, { fields }) {
  return (whole?.fields.questions ?? []).some((/** @type {any} */ one) => one.id === fields.question);
}

/** @param {Row} part @param {string} discarded */
async function ending({ id: record, kind, top, rev }, discarded) {
  const stands = top ? { after: top } : { base: rev };
  const id = await nameId(discarded, `end ${record}`);
  return prepare({ id, kind, record, fields: { deleted: true }, ...stands }, id);
}

/**
 * What was never sent of a part is taken away; what the server has, or may have, is deleted.
 * @param {any} tx
 * @param {Row} part as its words were taken over
 * @param {import('./changes.js').Plan} plan
 * @param {string} now
 * @param {string} person
 */
async function endPart(tx, { id }, plan, now, person) {
  const [said, mine] = await Promise.all([saidOf(tx, id), waitingOn(tx, id)]);
  if (said || mine.some((change) => change.state === 'tried')) {
    await place(tx, plan, now, person);
    return;
  }
  for (const change of mine) await takeAway(tx, change);
  forgetShown(tx, id);
  await rewrite(tx, [id], person);
}

/** @param {any} tx @param {Change} change */
async function takeAway(tx, change) {
  bare(tx, 'changes').delete(change.seq);
  await became(tx, change.id, { became: standsOn(change), discarded: true });
}

/**
 * Send a refused change once more as it is: a refusal is not remembered, and the server may be another by now.
 * @param {Store} store
 * @param {string} id
 */
export async function sendAgain(store, id) {
  const record = await store.write(
    VIEWED,
    async (tx) => {
      const change = await tx.objectStore('changes').index('id').get(id);
      if (change?.state !== 'refused') return null;
      const { why, field, ...rest } = change;
      bare(tx, 'changes').put({ ...rest, state: 'waiting' });
      await rewrite(tx, [change.record], store.person);
      return change.record;
    },
    'strict',
  );
  if (record) store.announce([record]);
}

/** @param {Change} change */
function standsOn({ base, after }) {
  return after ? { after } : { base: base ?? null };
}

/**
 * A change that stands where the one below it stood. Of a field which that one set, its author saw what was there
 * before, as far as the device knows.
 * @param {Change} above
 * @param {Change} below
 * @returns {Change}
 */
function onto(above, below) {
  const { base, after, restore, ...rest } = above;
  const kept = Object.entries(above.was).filter(([name]) => !Object.hasOwn(below.fields, name));
  const was = { ...Object.fromEntries(kept), ...pick(above.fields, below.was) };
  const stands = below.restore ? { restore: below.restore } : standsOn(below);
  return { ...rest, ...stands, was, ...(below.ask_was && { ask_was: true }) };
}

/**
 * Put a change aside that the server cannot take: it stands on *Waiting* with its reason.
 * @param {Store} store
 * @param {string} id
 * @param {string} why
 */
export async function setAside(store, id, why) {
  await store.write(VIEWED, async (tx) => {
    const change = await tx.objectStore('changes').index('id').get(id);
    if (!change) return;
    bare(tx, 'changes').put({ ...change, state: 'refused', why });
    await rewrite(tx, [change.record], store.person);
  });
}

/** @typedef {{change: Change, mine: Change[]}} Found `mine`: all that waits on its record, in order */

/** @param {any} tx @param {string} id @returns {Promise<Found>} */
async function untried(tx, id) {
  /** @type {Change|undefined} */
  const change = await tx.objectStore('changes').index('id').get(id);
  if (!change) throw new Missing('change');
  if (change.state === 'tried') throw new Tried('may be on the server already');
  return { change, mine: await waitingOn(tx, change.record) };
}

/**
 * Forms opened on a change that is no more find here on what to stand instead.
 * @param {any} tx
 * @param {string} id
 * @param {Partial<import('./changes.js').Used>} news
 */
export async function became(tx, id, news) {
  const used = await tx.objectStore('used').get(id);
  if (used) bare(tx, 'used').put({ ...used, ...news });
}
