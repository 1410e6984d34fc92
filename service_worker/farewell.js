// Served when the operator switched the worker off: it sends what waits, and then goes. While anything is unsent it stays,
// pages say so, and it answers only what no server can: what waits here, and the file of it.
import * as device from './device.js';
import { answer, belongsHere } from './router.js';
import { match } from './urls.js';

const worker = /** @type {any} */ (self);

async function goWhenEmpty() {
  const told = await device.sync({ tapped: true }).catch(() => ({ waiting: 1 }));
  if (!told || (!told.waiting && !told.drafts)) await worker.registration.unregister();
  return told;
}

/** @param {{endpoint: string}|null} found */
const isOfDevice = found => found && (found.endpoint.startsWith('waiting.') || found.endpoint === 'settings.copy');

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== worker.location.origin || !belongsHere(request, url)) return;
  if (isOfDevice(match(request.method, url.pathname))) event.respondWith(answer(request));
});
worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(worker.clients.claim().then(goWhenEmpty)));
/** @type {Record<string, (said: any) => any>} */
const HEARD = {
  sync: goWhenEmpty, line: device.line,
  leave: ({ person, empty }) => device.leave(person, empty), close: ({ person }) => device.close(person),
};
worker.addEventListener('message', (/** @type {any} */ event) => {
  const { type, ...said } = event.data ?? {};
  const told = Promise.resolve(HEARD[type]?.(said) ?? null).catch(() => null);
  event.waitUntil(told.then(value => event.ports[0]?.postMessage(value)));
});
