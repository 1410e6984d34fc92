// Served when the operator switched the worker off: it answers nothing, sends what waits, and then goes. While anything
// is unsent it stays, and pages say so.
import * as device from './device.js';

const worker = /** @type {any} */ (self);

async function goWhenEmpty() {
  const told = await device.sync(true).catch(() => ({ waiting: 1 }));
  if (!told || (!told.waiting && !told.drafts)) await worker.registration.unregister();
  return told;
}

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
