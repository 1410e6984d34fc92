// Background Sync: with no page open the browser asks us, where it has that at all.
import * as device from './device.js';

const NEXT_PAGE_MS = 1_000; // one page gives way to the next, which is the clock again
const { clients } = /** @type {any} */ (self);

/**
 * Send what waits, unless a page is there to ask for it.
 * @param {{tag: string, lastChance: boolean}} event
 * @throws {Error} it was not sent: the browser asks again, some minutes later
 */
export async function onSync({ tag, lastChance }) {
  if (tag !== 'send' || await isWatched()) return;
  const told = await device.sync();
  const again = told?.sendable && ['later', 'busy'].includes(told.sync);
  if (again && !lastChance) throw new Error('not sent yet');
}

async function isWatched() {
  await new Promise(resolve => { setTimeout(resolve, NEXT_PAGE_MS); });
  const pages = await clients.matchAll({ type: 'window' });
  return pages.some((/** @type {any} */ page) => page.visibilityState === 'visible');
}
