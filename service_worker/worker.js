// The worker's events, and nothing else. `respondWith` and `waitUntil` come before any `await`.
import { answer, belongsHere, hear } from './router.js';
import { onSync } from './background.js';
import { dropOldCaches, fillCache, fromCache, isKept } from './cache.js';
import { countVersion } from './device.js';
import { onClick, onPush, onSubscriptionChange } from './push.js';

const worker = /** @type {any} */ (self);

// No skipWaiting here: an open page must not get the parts of a newer version. The page asks for it.
worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(fillCache()));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(dropOldCaches().then(countVersion)));
worker.addEventListener('message', (/** @type {any} */ event) => event.waitUntil(hear(event)));
worker.addEventListener('sync', (/** @type {any} */ event) => event.waitUntil(onSync(event)));
worker.addEventListener('push', (/** @type {any} */ event) => event.waitUntil(onPush(event)));
worker.addEventListener('notificationclick', (/** @type {any} */ event) => event.waitUntil(onClick(event)));
worker.addEventListener('pushsubscriptionchange', (/** @type {any} */ event) => event.waitUntil(onSubscriptionChange(event)));

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (isKept(url)) return event.respondWith(fromCache(request));
  if (belongsHere(request, url)) event.respondWith(answer(request));
});
