// Earlier versions on a device: what waits here, what the server last said, and what its history has of a record. That
// is asked for when somebody looks, and the last answer stays for a time with no network.
import { bare } from '../database.js';
import { parts } from '../clock.js';
import { testing } from '../generated/config.js';
import { within } from '../patience.js';
import { NoRoom } from '../store.js';
import { OLDER as COPY } from '../take.js';
import { isCreation, overlay, saidOf } from '../view.js';
import { collapsed, told } from './looking.js';

/** @typedef {import('./looking.js').Version} Version */
/** `rev`: of the record when the server was asked. @typedef {{at: string, rev: string, versions: Version[]}} Copy */

const MOST_COPIES = 20;
const PATIENCE_MS = testing ? 20_000 : 1_000; // a page is not kept waiting; a contract wants the whole answer
const SECONDS = 20;
const FRESH_MS = 10_000; // a page that is drawn anew because a late answer came does not ask again
const LATE = Symbol('late');
/** Record to when its late answer came, by `performance.now()`. @type {Map<string, number>} */
const lately = new Map();

/** What is known without asking, now included, the newest first. @param {any} ctx @param {any} record @returns {Promise<Version[]>} */
export async function known(ctx, record) {
  const [own, copy] = await Promise.all([here(ctx, record), ctx.records.meta(COPY + record.id)]);
  return collapsed(record.kind, [...own, ...copy?.versions ?? []]);
}

/**
 * The same, once the server was asked. how: `fresh` as from the server itself; `late`, it has
 * not answered yet; `signed_out`; `none`, no answer. as_of: when the older ones were loaded, null when they never were.
 * @param {any} ctx @param {any} record @returns {Promise<{versions: Version[], how: string, as_of: any}>}
 */
export async function versions(ctx, record) {
  const [own, { loaded, how, as_of }] = await Promise.all([here(ctx, record), older(ctx, record)]);
  return { versions: collapsed(record.kind, [...own, ...loaded]), how, as_of };
}

/** After each change that waits, and before them. @param {any} ctx @param {any} record @returns {Promise<Version[]>} */
async function here(ctx, { id, kind }) {
  const said = await ctx.records.read(['snapshot', 'former'], (/** @type {any} */ tx) => saidOf(tx, id));
  const waiting = (await ctx.records.pending()).filter((/** @type {any} */ change) => change.record === id);
  const common = { label: '', mine: true };
  const states = waiting.map((/** @type {any} */ change, /** @type {number} */ at) => ({
    ...common, change: change.id, at: change.made_at, here: true, first: !at && !said && isCreation(change),
    waiting: change.state === 'refused' ? 'refused' : 'waiting',
    fields: told(kind, overlay(said, waiting.slice(0, at + 1))),
  }));
  const stands = said?.fields ? [{ ...common, change: said.rev ?? '', at: null, here: false, waiting: '', first: false, fields: told(kind, said.fields) }] : [];
  return [...states.reverse(), ...stands];
}

/** What the server has, or had. @param {any} ctx @param {any} record */
async function older(ctx, { id, rev }) {
  /** @type {Copy|null} */
  const copy = await ctx.records.meta(COPY + id);
  if (!rev) return { loaded: [], how: 'fresh', as_of: null };
  if (copy && copy.rev === rev && performance.now() - (lately.get(id) ?? -Infinity) < FRESH_MS) return { loaded: copy.versions, how: 'fresh', as_of: null };
  const asking = ask(ctx, id, rev), answer = await Promise.race([asking, late()]);
  if (Array.isArray(answer)) return { loaded: answer, how: 'fresh', as_of: null };
  if (answer === LATE) asking.then(found => found && tellLate(ctx, id));
  const signedOut = await ctx.records.meta('trouble') === 'signed_out';
  return {
    loaded: copy?.versions ?? [], how: answer === LATE ? 'late' : signedOut ? 'signed_out' : 'none',
    as_of: copy ? parts(copy.at, ctx.zone) : null,
  };
}

/** @param {any} ctx @param {string} id */
function tellLate(ctx, id) {
  lately.set(id, performance.now());
  ctx.records.tell({ type: 'history:loaded', person: ctx.person.id, records: [id] });
}

/** @returns {Promise<symbol>} */
const late = () => new Promise(resolve => { setTimeout(resolve, PATIENCE_MS, LATE); });

/** The server's versions of a record; null for no answer, or one that is not ours. @param {any} ctx @param {string} id @param {string} rev @returns {Promise<Version[]|null>} */
async function ask(ctx, id, rev) {
  try {
    const reply = await fetch(ctx.urlFor('near.older', { id }), {
      redirect: 'error', cache: 'no-store', credentials: 'same-origin', signal: within(SECONDS),
    });
    const ours = reply.status === 200 && reply.headers.get('Content-Type')?.split(';')[0].trim() === 'application/json';
    const found = ours ? (await reply.json()).versions : null;
    if (!Array.isArray(found) || !found.length) return null;
    await keep(ctx, id, { at: ctx.now, rev, versions: found }).catch(onlyRoom);
    return found;
  } catch {
    return null;
  }
}

/** With no room left the answer is shown, and not kept. @param {unknown} error */
function onlyRoom(error) {
  if (!(error instanceof NoRoom)) throw error;
}

/** Keep the answer, and let the oldest of too many go. @param {any} ctx @param {string} id @param {Copy} copy */
async function keep(ctx, id, copy) {
  const all = IDBKeyRange.bound(COPY, `${COPY}\uffff`);
  await ctx.records.write('meta', async (/** @type {any} */ tx) => {
    const [keys, copies] = await Promise.all([tx.store.getAllKeys(all), tx.store.getAll(all)]);
    const meta = bare(tx, 'meta');
    meta.put(copy, COPY + id);
    const others = keys.map((/** @type {string} */ key, /** @type {number} */ at) => ({ key, at: copies[at].at }))
      .filter((/** @type {any} */ one) => one.key !== COPY + id)
      .sort((/** @type {any} */ one, /** @type {any} */ other) => (one.at < other.at ? 1 : -1));
    for (const { key } of others.slice(MOST_COPIES - 1)) meta.delete(key);
  });
}
