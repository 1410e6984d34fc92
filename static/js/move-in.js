// Bring the worker onto this device and hand it the person: it fetches everything of theirs, and answers from then on.
import { tell } from './tell.js';

const YEAR = 31_536_000;

/** @returns {Promise<ServiceWorker|null>} */
async function ready() {
  if (!navigator.serviceWorker) return null;
  await navigator.serviceWorker.register('/sw.js', { type: 'module', updateViaCache: 'none' });
  return (await navigator.serviceWorker.ready).active;
}

/** The row that this device held before is ended, so that the list of devices stays true. @param {string} former */
async function endFormer(former) {
  await fetch('/arrive', { method: 'POST', body: new URLSearchParams({ former }) });
}

/**
 * @param {{person?: string, device?: string, name?: string}} who ids, and what the person is called
 * @param {(done: number) => void} [progress]
 * @returns {Promise<{whole: boolean, known: boolean}|null>} null where no worker can be
 */
export async function moveIn({ person, device, name }, progress) {
  const told = await tell(await ready(), { type: 'arrive', person, device, name }, progress);
  if (!told) return null;
  if (told.whole) document.cookie = `worker=1; path=/; max-age=${YEAR}; samesite=lax`;
  if (told.former) await endFormer(told.former);
  return told;
}
