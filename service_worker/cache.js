// The only caches: the static files of this version and of the one before it.
import { kept, scripts, version, weight } from './generated/config.js';

const PREFIX = 'static-';
const CACHE = PREFIX + version;
const COUNTED = '/counted'; // in the cache of a version whose bytes were told
const SCRIPT = { 'Content-Type': 'text/javascript', 'X-Content-Type-Options': 'nosniff' };
const TAKEN = '/taken'; // in the cache of each version that has answered pages: when it began to, in ms since 1970

/**
 * Fetch every file that a start with no network needs; all of them or the install fails and the old version goes on. What
 * the first page has fetched is asked about, and not sent again: the server says whether it is what it sent.
 */
export async function fillCache() {
  const known = await caches.has(CACHE), cache = await caches.open(CACHE);
  try {
    await cache.addAll(kept.map(url => new Request(url, { cache: 'no-cache' })));
    await unpackScripts(cache);
  } catch (error) {
    if (!known) await caches.delete(CACHE); // an empty one would count as the version before
    throw error;
  }
}

/** The scripts of the pages come in one file; each stands under its own address here. @param {Cache} cache */
async function unpackScripts(cache) {
  const all = await /** @type {Response} */ (await cache.match(scripts)).json();
  await Promise.all(Object.entries(all).map(([url, source]) => cache.put(url, new Response(source, { headers: SCRIPT }))));
}

/** Keep the version before as well: a page of it may still be open. One that was offered and never taken had none. */
export async function dropOldCaches() {
  const names = (await caches.keys()).filter(name => name.startsWith(PREFIX) && name !== CACHE);
  const taken = await Promise.all(names.map(takenAt));
  const before = names[taken.lastIndexOf(Math.max(...taken))];
  await Promise.all(names.filter(name => name !== before).map(name => caches.delete(name)));
  await (await caches.open(CACHE)).put(TAKEN, new Response(String(Date.now())));
}

/** @param {string} name of a cache @returns {Promise<number>} 0 for one that never answered */
async function takenAt(name) {
  const note = await (await caches.open(name)).match(TAKEN);
  return note ? Number(await note.text()) : 0;
}

/** About how many bytes it took to fetch this version, files and modules, packed as they came; 0 once that was told. */
export async function uncounted() {
  const cache = await caches.open(CACHE);
  if (await cache.match(COUNTED)) return 0;
  const files = await cache.matchAll();
  await cache.put(COUNTED, new Response());
  return files.reduce((sum, { headers }) => sum + (Number(headers.get('Content-Length')) || 0), weight);
}

/** Whether a file is the same for everybody, so that a cache may answer. @param {URL} url */
export const isKept = ({ pathname }) => pathname.startsWith('/static/') || kept.includes(pathname);

/** @param {Request} request a file that is kept @returns {Promise<Response>} */
export async function fromCache(request) {
  return await caches.match(request, { cacheName: CACHE }) ?? await caches.match(request) ?? fetch(request);
}
