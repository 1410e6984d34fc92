// The worker's events, and nothing else. `respondWith` and `waitUntil` come before any `await`.
import { answer, belongsHere, hear } from './router.js';
import { dropOldCaches, fillCache, fromCache } from './cache.js';
import { onClick, onPush, onSubscriptionChange } from './push.js';

const worker = /** @type {any} */ (self);

// No skipWaiting here: an open page must not get the parts of a newer version. The page asks for it.
worker.addEventListener('install', event => event.waitUntil(fillCache()));
worker.addEventListener('activate', event => event.waitUntil(Promise.all([dropOldCaches(), worker.clients.claim()])));
worker.addEventListener('message', event => event.waitUntil(hear(event)));
worker.addEventListener('push', event => event.waitUntil(onPush(event)));
worker.addEventListener('notificationclick', event => event.waitUntil(onClick(event)));
worker.addEventListener('pushsubscriptionchange', event => event.waitUntil(onSubscriptionChange(event)));
worker.addEventListener('sync', event => event.waitUntil(hear({ data: { type: 'sync' }, ports: [] })));

worker.addEventListener('fetch', event => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (url.pathname.startsWith('/static/')) return event.respondWith(fromCache(request));
  if (belongsHere(request, url)) event.respondWith(answer(request, event));
});
