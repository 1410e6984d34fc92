/** *Edit and send*: what waits, and was not accepted, is mended. */

import { bare } from './database.js';
import { WRITTEN, place, prepare, usedBefore } from './changes.js';
import { pick, same, seenBy, shownBy } from './seen.js';
import { noteShown } from './showed.js';
import { became, takeBack } from './settle.js';
import { rewrite, saidOf, waitingOn } from './view.js';

/** @typedef {import('./store.js').Change} Change */
/** @typedef {import('./store.js').Fields} Fields */

/**
 * A new change on what the old one stood on, and what stood on the old one stands on the new one. If the old one may be
 * on the server by now, or is not here any more, this is an ordinary change on top of it.
 * @param {import('./store.js').Store} store
 * @param {string} old id of the change
 * @param {import('./changes.js').Wish} wish all its fields as edited; its `base` or `after` does not count
 * @param {{now: string, draft?: string}} options as for `write`
 * @returns {Promise<import('./changes.js').Placed>}
 */
export async function editAndSend(store, old, wish, { now, draft }) {
  const plan = await prepare({ ...wish, base: undefined, after: old }, wish.id);
  const placed = await store.write(
    WRITTEN,
    async (tx) => {
      bare(tx, 'drafts').delete(draft ?? plan.id);
      const [used, change] = [await usedBefore(tx, plan.id), await tx.objectStore('changes').index('id').get(old)];
      if (used || !change || change.state === 'tried') return place(tx, plan, now, store.person);
      return replace(tx, change, plan, now, store.person);
    },
    'strict',
  );
  store.announce([placed.record]);
  return placed;
}

/**
 * @param {any} tx
 * @param {Change} change
 * @param {import('./changes.js').Plan} plan
 * @param {string} now when it is saved: what its form keeps as a draft just after has nothing new
 * @param {string} person
 * @returns {Promise<import('./changes.js').Placed>}
 */
async function replace(tx, change, { id, fields, digest }, now, person) {
  await keepAlive(tx, change, person);
  const { why, field, ask_was, ...rest } = change;
  const [said, mine] = await Promise.all([saidOf(tx, change.record), waitingOn(tx, change.record)]);
  const stood = said?.rev === change.after; // what it stands on is on the server by now
  const seen = stood ? said?.fields ?? {} : seenBy(change, said, mine);
  const asks = ask_was && hides(Object.keys(fields), fields, seen, change.was);
  const was = pick(fields, asks ? { ...seen, ...change.was } : { ...change.was, ...seen });
  bare(tx, 'changes').put({ ...rest, id, fields, was, state: 'waiting', ...(asks && { ask_was }) });
  for (const above of mine) if (above.after === change.id) bare(tx, 'changes').put({ ...above, after: id });
  await joinAbove(tx, { ...change, id, fields }, change.fields);
  await became(tx, change.id, { became: { after: id } });
  await noteShown(tx, change, shownBy({ after: change.id }, said, mine));
  bare(tx, 'used').put({ id, digest, record: change.record, at: now });
  await rewrite(tx, [change.record], person);
  return { change: id, record: change.record, moved: false, fresh: false };
}

/**
 * To mend is to want it: the record's deletion, made after the change, is taken back, or it ends what is typed now.
 * @param {any} tx @param {Change} change @param {string} person
 */
async function keepAlive(tx, change, person) {
  const mine = await waitingOn(tx, change.record);
  for (const above of mine.filter((one) => endsLater(change, one))) await takeBack(tx, { change: above, mine }, person);
}

/**
 * Whether a change deletes, after this one, what this one is of. It may have been sent with it: the server takes nothing
 * that stands on what it did not take.
 * @param {Change} change @param {Change} one
 */
export function endsLater(change, one) {
  return one.record === change.record && one.seq > change.seq && one.fields.deleted === true;
}

/**
 * What was written after a change, before that was mended, never saw the mended words: where it hides some, it is joined.
 * @param {any} tx
 * @param {Change} mended
 * @param {Fields} before its fields, until it was mended
 */
async function joinAbove(tx, mended, before) {
  const mine = await waitingOn(tx, mended.record);
  for (const name of Object.keys(mended.fields)) {
    const next = mine.find((one) => one.seq > mended.seq && Object.hasOwn(one.fields, name));
    if (next?.after && hides([name], next.fields, mended.fields, before)) bare(tx, 'changes').put({ ...next, ask_was: true });
  }
}

/**
 * Whether fields that are written over what is there hide a word that came with it, or another value than was seen.
 * @param {string[]} names
 * @param {Fields} fields
 * @param {Fields} there
 * @param {Fields} was what was seen
 */
function hides(names, fields, there, was) {
  return names.some((name) => {
    const [mine, theirs, seen] = [fields, there, was].map((some) => some[name]);
    if (![mine, theirs, seen].every((one) => typeof one === 'string')) return !same(theirs ?? null, seen ?? null);
    const known = new Set([...words(mine), ...words(seen)]);
    return words(theirs).some((word) => !known.has(word));
  });
}

/** @param {string} text */
const words = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
