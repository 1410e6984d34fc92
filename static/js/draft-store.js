/** Where drafts are: in the person's database on this device, which the worker makes. */

/** @typedef {import('../../service_worker/store.js').Draft} Draft */

/** The hidden fields that say what a form is about, and on what it stands. */
export const STANDS = ['change', 'record', 'base', 'after'];
/** @type {IDBDatabase|null} */
let open = null;

/** Whether there is one, as far as this page has seen. */
export const isOpen = () => open !== null;

/** @param {IDBRequest} request @returns {Promise<any>} */
export function got(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * A person's database, made by the worker; null where there is none, and none is made.
 * @param {string} person
 * @returns {Promise<IDBDatabase|null>}
 * @throws {DOMException} it cannot be opened, so nobody knows what is in it
 */
export function openOf(person) {
  const request = indexedDB.open(`mentorlog-${person}`);
  let isNone = false;
  request.onupgradeneeded = () => {
    isNone = true;
    request.transaction?.abort();
  };
  return got(request).catch((error) => {
    if (isNone) return null;
    throw error;
  });
}

/** The database of who is signed in. @returns {Promise<IDBDatabase|null>} */
async function database() {
  const { person } = document.documentElement.dataset;
  if (open || !person || !globalThis.indexedDB) return open;
  const db = await openOf(person).catch(() => null);
  if (!db) return null;
  db.onversionchange = () => {
    db.close();
    open = null;
  };
  db.onclose = () => {
    open = null;
  };
  open = db;
  return db;
}

/** @param {string} name @returns {Promise<IDBObjectStore|null>} */
export async function reading(name) {
  return (await database())?.transaction(name).objectStore(name) ?? null;
}

/**
 * Write to the drafts; with the database open, the transaction begins before this returns.
 * @param {(drafts: IDBObjectStore) => void} work
 * @returns {Promise<void>} when it is on the disk
 */
export async function writing(work) {
  const db = open ?? (await database());
  if (!db) return;
  const tx = db.transaction('drafts', 'readwrite', { durability: 'strict' });
  work(tx.objectStore('drafts'));
  tx.commit(); // now, not when its requests have answered: the page may be gone by then
  await new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = () => reject(tx.error);
  });
}

/** The save of a form deletes its draft; one written just after that has nothing new. @param {Draft} draft */
export async function wasSaved(draft) {
  if (draft.again) return false; // whatever the clock said then and says now
  const used = await reading('used');
  const save = used && (await got(used.get(draft.change)));
  return Boolean(save && save.at >= draft.at);
}

/** @param {string} change */
export async function forget(change) {
  await writing((drafts) => drafts.delete(change));
}

/** It was taken; what was typed after it had been sent was not. @param {string} change */
export async function forgetTaken(change) {
  const drafts = await reading('drafts');
  const draft = drafts && (await got(drafts.get(change)));
  if (draft?.again !== 'typed') await forget(change);
}
