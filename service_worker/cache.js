// The only caches: the static files of this version and of the one before it.
import { kept, version } from './generated/config.js';

const PREFIX = 'static-';
const CACHE = PREFIX + version;
const VERSIONS = 2;

/** Fetch every file that a start with no network needs; all of them or the install fails and the old version goes on. */
export async function fillCache() {
  const known = await caches.has(CACHE), cache = await caches.open(CACHE);
  try {
    await cache.addAll(kept.map(url => new Request(url, { cache: 'reload' })));
  } catch (error) {
    if (!known) await caches.delete(CACHE); // an empty one would count as the version before
    throw error;
  }
}

/** Keep the newest two: a page of the version before may still be open. */
export async function dropOldCaches() {
  const names = (await caches.keys()).filter(name => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.slice(0, Math.max(0, names.length - VERSIONS + 1)).map(name => caches.delete(name)));
}

/** @param {Request} request a file under /static/ @returns {Promise<Response>} */
export async function fromCache(request) {
  return await caches.match(request) ?? fetch(request);
}
