// Who is signed in on this device, their store and their sync: opened once for each start of the worker.
import * as badge from './badge.js';
import { uncounted } from './cache.js';
import * as memory from './memory.js';
import * as meter from './meter.js';
import { holdsAlone } from './settle.js';
import { openDevice } from './signed-in.js';
import { openStore } from './store.js';
import { openSync } from './sync.js';

const BEHIND_SECONDS = 3; // for which a page waits before it says that nothing is there
const device = openDevice(indexedDB);
/** @typedef {{who: any, store: any, names: string, sync: any}} Here */
/** @type {Here|null} */
let here = null;

/** One for each person: a sync that is under way when they leave must not make their database anew. @type {Map<string, any>} */
const stores = new Map();

/** @param {string} person */
function storeOf(person) {
  const store = stores.get(person) ?? openStore(indexedDB, person);
  stores.set(person, store);
  return store;
}

/** @param {any} who @returns {Here} */
function open(who) {
  const { person, device: id } = here?.who ?? {};
  if (here && person === who.person && id === who.device) return here;
  const store = storeOf(who.person), opened = { who, store, names: '', sync: openSync(store, who.device) };
  here = opened;
  return opened;
}

/** The person whose screens this device answers: only once everything of theirs is here and their store opens. */
export async function opened() {
  try {
    const who = here?.names ? here.who : await device.get();
    if (!who?.whole) return null;
    const found = open(who);
    found.names ||= await found.store.meta('names') ?? '';
    return found.names ? found : null;
  } catch (error) {
    console.error(error);
    return null;
  }
}

/**
 * Somebody has signed in: fetch everything of theirs. `known`: they were signed in here
 * before. `former`: the row of this device that is to be ended.
 * @param {{person: string, device: string, name: string}} who @param {(done: number) => void} progress
 */
export async function arrive({ person, device: id, name }, progress) {
  const before = await device.get(), same = before?.person === person;
  await device.put({ person, device: id, name, whole: same && before.whole });
  here = null;
  memory.forget();
  let pages = 0;
  const { sync } = open({ person, device: id, name, whole: false });
  const { sync: state } = await sync.run({ tapped: true, waits: true, progress: () => progress(1 - 1 / (2 + pages++)) });
  await countVersion();
  const whole = state === 'done' || (same && before.whole);
  if (whole) await device.update({ whole: true });
  here = null;
  return { whole, known: same, former: same && before.device !== id ? before.device : '' };
}

/** Somebody has signed out: nobody's screens are shown. What is theirs stays for when they sign in again. @param {string} person */
export async function close(person) {
  const who = await device.get();
  if (who?.person === person) await device.clear();
  if (here?.who.person === person) here = null;
  memory.forget();
  await badge.put(0);
}

/**
 * Somebody has signed out: their database goes.
 * @param {string} person @param {boolean} [empty] only if nothing stands here alone
 * @returns {Promise<boolean>} whether it went
 */
export async function leave(person, empty = false) {
  const store = storeOf(person);
  if (empty && await holdsAlone(store)) return false;
  await close(person);
  stores.delete(person);
  await store.forget();
  return true;
}

/**
 * Send and fetch, if somebody is signed in here.
 * @param {{tapped?: boolean, waits?: boolean}} [how] see Sync.run @returns {Promise<any>}
 */
export async function sync(how = {}) {
  const who = here?.who ?? await device.get();
  if (!who) return null;
  const told = await open(who).sync.run(how);
  if (told.sync === 'done' && !who.whole) {
    await device.update({ whole: true });
    here = null;
  }
  await count();
  return told;
}

/** Ask the server now, and no longer than a moment: whether something of theirs may stand there that is not here yet. */
export async function isBehind() {
  const late = new Promise(resolve => { setTimeout(resolve, 1_000 * BEHIND_SECONDS); });
  const told = await Promise.race([sync({ waits: true }).catch(console.warn), late]);
  return told?.sync !== 'done';
}

/** Note what came over the line beside the sync, for whoever is signed in here. @param {number} down bytes */
export async function spend(down) {
  try {
    const who = down && (here?.who ?? await device.get());
    if (who) await meter.add(open(who).store, meter.monthOf(new Date().toISOString()), { app: { up: 0, down } });
  } catch (error) {
    console.warn(error); // a count is worth no page
  }
}

/** Note what it took to fetch this version, once, as soon as somebody is signed in here. */
export async function countVersion() {
  if (await device.get().catch(() => null)) await spend(await uncounted());
}

/** The number on the app's icon: at each contact, and when a push has come. */
export async function count() {
  const found = await opened();
  if (found) await badge.show(found).catch(console.warn);
}

/** Read what search looks at before the first letter is typed. */
export async function warm() {
  const found = await opened();
  if (found) await memory.rows(found.store);
}

/** What waits here, without asking the server. @returns {Promise<any>} */
export async function line() {
  const who = here?.who ?? await device.get();
  return who && open(who).store.line();
}

/** Whether records moved since a page was asked for. @param {number} since ms since 1970 */
export const movedSince = since => (here?.store.movedAt ?? 0) >= since;

/** True when somebody's screens should be answered here and their store does not open. */
export async function isBlind() {
  const who = await device.get().catch(() => ({ whole: true }));
  return Boolean(who?.whole);
}
