/** Writing: one save is one change, frozen from birth, and it stands on what its form showed (sync.md). */

import { bare } from './database.js';
import { isId, nameId } from './ids.js';
import { hasMeaning } from './kinds.js';
import { canonical, changed, isOther, pick, seenBy, shownBy } from './seen.js';
import { shownUntil } from './showed.js';
import { VIEWED, rewrite, saidOf, waitingOn } from './view.js';

/** @typedef {import('./store.js').Fields} Fields */
/** @typedef {import('./store.js').Said} Said */
/** @typedef {import('./store.js').Change} Change */
/** @typedef {import('./store.js').Row} Row */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {{base: string} | {after: string}} Stands '' as a base: the form was for a new record */
/** @typedef {{change: string, record: string} & Stands} Opening what a form's hidden fields hold */
/** @typedef {{id: string, kind: string, record: string, fields: Fields, base?: string, after?: string}} Wish */
/** @typedef {Wish & {group: string, digest: string, otherwise: string, fresh: string, seq?: number}} Plan */
/**
 * What became of a form. `again`: all of it was here already. `moved`: something changed elsewhere meanwhile, both
 * versions go to the server. `fresh`: it went to a new record, because its own was taken. `records`: the records
 * written, in the order of the form's changes; the first one is where to go next.
 * @typedef {{again: boolean, moved: boolean, fresh: boolean, records: string[], changes: string[]}} Written
 */

/** The stores of a transaction that writes changes. */
export const WRITTEN = [...VIEWED, 'used', 'drafts', 'meta'];

/** A form came with ids that are none, or without what says on which state its change stands. */
export class Malformed extends Error {
  name = 'Malformed';
}

/**
 * What the hidden fields of a form hold: it is fixed when the form is rendered.
 * @param {{id: string, top?: string|null, rev: string}|null} record as the screen shows it; null for a new one
 * @param {() => string} newId
 * @param {string} [id] of a new record, when it has a meaning
 * @returns {Opening}
 */
export function opening(record, newId, id) {
  const change = newId();
  if (!record) return { change, record: id ?? newId(), base: '' };
  if (record.top) return { change, record: record.id, after: record.top };
  return { change, record: record.id, base: record.rev };
}

/**
 * A further change of the same form, about a record that is there. Its id follows from the form's and the record's, so
 * that a second tap does not make it anew, whatever else was chosen before.
 * @param {Wish} first the form's own change
 * @param {string} kind
 * @param {Fields} fields
 * @param {Opening} where the id of its change does not count
 * @returns {Promise<Wish>}
 */
export async function further(first, kind, fields, { change, ...stands }) {
  return { id: await nameId(first.id, stands.record), kind, fields, ...stands };
}

/**
 * A further change of the same form, about a new record.
 * @param {Wish} first the form's own change
 * @param {number|string} name tells the record from the other new ones of the form
 * @param {string} kind
 * @param {Fields} fields
 * @returns {Promise<Wish>}
 */
export async function anew(first, name, kind, fields) {
  const [id, record] = await Promise.all([String(name), `record ${name}`].map((of) => nameId(first.id, of)));
  return { id, kind, record, fields, base: '' };
}

/**
 * Write the changes of one form, and delete its draft, in one transaction that is on the disk when this resolves.
 * @param {Store} store
 * @param {Wish[]} wishes in order; the first has the form's id
 * @param {{now: string, draft?: string}} options `draft`: the change id of the draft, if it is not the form's
 * @returns {Promise<Written>}
 * @throws {import('./store.js').NoRoom} nothing was written
 * @throws {Malformed} nothing was written
 */
export async function write(store, wishes, { now, draft }) {
  const plans = await Promise.all(wishes.map((wish) => prepare(wish, wishes[0].id)));
  const written = await store.write(
    WRITTEN,
    async (tx) => {
      bare(tx, 'drafts').delete(draft ?? wishes[0].id);
      return placeAll(tx, plans, now, store.person);
    },
    'strict',
  );
  store.announce(written.map((one) => one.record));
  return {
    again: written.every((one) => one.change === null),
    moved: written.some((one) => one.moved),
    fresh: written.some((one) => one.fresh),
    records: written.map((one) => one.record),
    changes: written.flatMap((one) => one.change ?? []),
  };
}

/** Everything that would end the transaction if it were awaited in there. @param {Wish} wish @param {string} group */
export async function prepare(wish, group) {
  if (!isWell(wish)) throw new Malformed(wish.kind);
  const digest = await nameId('content', canonical([wish.kind, wish.record, wish.fields]));
  const [otherwise, fresh] = await Promise.all([nameId(wish.id, digest), nameId(wish.id, 'fresh')]);
  return { ...wish, group, digest, otherwise, fresh };
}

/** @param {Wish} wish */
function isWell({ id, record, base, after }) {
  const stands = after === undefined ? base === '' || isId(base) : isId(after) && base === undefined;
  return isId(id) && isId(record) && stands;
}

/** @typedef {{change: string|null, record: string, moved: boolean, fresh: boolean}} Placed */
/** @typedef {{id: string, digest: string, record: string, at: string, joined?: boolean, former?: boolean,
 *   became?: {base?: string|null, after?: string}, discarded?: boolean}} Used */

/**
 * All changes of a form at a time, as a year of sessions would wait half a second for one another; those of one record
 * one after the other. The order of what waits is that of the plans.
 * @param {any} tx
 * @param {Plan[]} plans
 * @param {string} now
 * @param {string} person
 * @returns {Promise<Placed[]>}
 */
async function placeAll(tx, plans, now, person) {
  const first = await nextSeq(tx);
  /** @type {Map<string, Promise<any>>} */
  const last = new Map();
  return Promise.all(
    plans.map((plan, n) => {
      const before = last.get(plan.record) ?? Promise.resolve();
      const placed = before.then(() => place(tx, { ...plan, seq: first + n }, now, person));
      last.set(plan.record, placed);
      return placed;
    }),
  );
}

/** @param {any} tx @returns {Promise<number>} the place after all that waits */
async function nextSeq(tx) {
  const last = await tx.objectStore('changes').openKeyCursor(null, 'prev');
  return Math.max(last?.key ?? 0, 0) + 1;
}

/**
 * @param {any} tx
 * @param {Plan} plan
 * @param {string} now
 * @param {string} person
 * @returns {Promise<Placed>}
 */
export async function place(tx, plan, now, person) {
  const used = await usedBefore(tx, plan.id);
  if (used?.digest === plan.digest) return { change: null, record: used.record, moved: false, fresh: false };
  if (used) return placeAnother(tx, plan, used, now, person);
  const [said, mine] = await Promise.all([saidOf(tx, plan.record), waitingOn(tx, plan.record)]);
  if (plan.base === '') {
    const row = await tx.objectStore('records').get(plan.record);
    if (row && !row.fields.deleted) return placeOver(tx, plan, row, now, person);
    return put(tx, { ...plan, base: undefined }, { was: {}, over: said?.rev ?? null }, now, person, false);
  }
  const { showed, ...stands } = await standing(tx, plan);
  const shown = showed ?? shownBy(stands, said, mine);
  const fields = changed(plan.kind, plan.fields, shown);
  if (!Object.keys(fields).length) return { change: null, record: plan.record, moved: false, fresh: false };
  const moved = Boolean(showed) || (await movedOn(tx, stands, said, mine));
  const tells = isOther(fields, shown, seenBy(stands, said, mine)) || (await isFormer(tx, stands, said));
  const saw = { was: pick(fields, shown), over: said?.rev ?? null, ...(tells && { ask_was: true }) };
  return put(tx, { ...plan, ...stands, fields }, saw, now, person, moved);
}

/**
 * The form was saved before, and says something else now: a new change on that one (*Back*, then *Save*). Its id
 * follows from what it says, so that five taps are one.
 * @param {any} tx
 * @param {Plan} plan
 * @param {Used} used
 * @param {string} now
 * @param {string} person
 * @returns {Promise<Placed>}
 */
async function placeAnother(tx, plan, used, now, person) {
  const after = plan.id;
  return place(tx, { ...plan, id: plan.otherwise, record: used.record, base: undefined, after }, now, person);
}

/**
 * The form was for a new record, and there is one of that id.
 * @param {any} tx
 * @param {Plan} plan
 * @param {Row} row
 * @param {string} now
 * @param {string} person
 * @returns {Promise<Placed>}
 */
async function placeOver(tx, plan, row, now, person) {
  const isSame = row.kind === plan.kind && !Object.keys(changed(plan.kind, plan.fields, row.fields)).length;
  if (isSame) return { change: null, record: row.id, moved: false, fresh: false };
  if (row.kind === plan.kind && hasMeaning(plan.kind, plan.fields)) {
    return put(tx, { ...plan, base: undefined }, { was: {}, over: row.rev || null }, now, person, true);
  }
  const fresh = { ...plan, record: plan.fresh, base: undefined };
  const placed = await put(tx, fresh, { was: {}, over: null }, now, person, false);
  return { ...placed, fresh: true };
}

/**
 * @param {any} tx
 * @param {Plan} plan
 * @param {{was: Fields, over: string|null, ask_was?: boolean}} saw
 * @param {string} at
 * @param {string} person
 * @param {boolean} moved
 * @returns {Promise<Placed>}
 */
async function put(tx, plan, saw, at, person, moved) {
  const { id, kind, record, fields, group, digest, after } = plan;
  const stands = after ? { after } : { base: plan.base || null };
  bare(tx, 'changes').put({
    seq: plan.seq ?? (await nextSeq(tx)),
    id,
    kind,
    record,
    fields,
    ...stands,
    ...saw,
    group,
    made_at: at,
    state: 'waiting',
  });
  bare(tx, 'used').put({ id, digest, record, at });
  await rewrite(tx, [record], person);
  return { change: id, record, moved, fresh: false };
}

/** @param {any} tx @param {string} id @returns {Promise<Used|null>} null for an id that may be used */
export async function usedBefore(tx, id) {
  const used = await tx.objectStore('used').get(id);
  return used && !used.discarded ? used : null;
}

/**
 * On what a form stands now: the change it showed may have been edited or discarded since.
 * @param {any} tx
 * @param {{base?: string, after?: string}} plan
 * @param {Fields} [showed]
 * @returns {Promise<{base?: string, after?: string, showed?: Fields}>} `showed`: what it showed of a change whose words
 *   were edited. Of one that was discarded nothing counts: its words are to be gone.
 */
async function standing(tx, { base, after }, showed) {
  const used = after && (await tx.objectStore('used').get(after));
  if (!used?.became) return after ? { after, base: undefined, showed } : { base, after: undefined, showed };
  const first = used.discarded ? undefined : (showed ?? (await shownUntil(tx, used.record, /** @type {string} */ (after))));
  return standing(tx, { after: used.became.after, base: used.became.base ?? '' }, first);
}

/**
 * Whether a form is from before the server was restored: its base can be another state there, so that nothing is known.
 * @param {any} tx
 * @param {{base?: string}} stands
 * @param {Said|undefined} said
 * @returns {Promise<boolean>}
 */
async function isFormer(tx, { base }, said) {
  if (!base || base === said?.rev) return false;
  return Boolean((await tx.objectStore('used').get(base))?.former);
}

/**
 * Whether the view is no longer what the form showed.
 * @param {any} tx
 * @param {{base?: string, after?: string}} stands
 * @param {Said|undefined} said
 * @param {Change[]} mine
 */
async function movedOn(tx, { base, after }, said, mine) {
  if (!after) return mine.length > 0 || base !== (said?.rev ?? '');
  if (mine.length) return mine.at(-1)?.id !== after;
  if (said?.rev !== after) return true;
  return Boolean((await tx.objectStore('used').get(after))?.joined);
}
