// After signing in: hand person and device to the worker, which fetches everything, then go on.
import { tell } from './tell.js';

const YEAR = 31_536_000;
const place = /** @type {HTMLElement} */ (document.querySelector('[data-arrive]'));
/** The browser seems to have thrown away what stood here; the worker knows better. */
const isLost = 'lost' in place.dataset;
const progress = /** @type {HTMLProgressElement|null} */ (place.querySelector('progress'));

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

/** @returns {Promise<boolean>} true when everything is on this device and the page may go on, also where no worker takes it */
async function fetchAll() {
  const worker = await ready();
  const { person, device, name } = place.dataset;
  const told = await tell(worker, { type: 'arrive', person, device, name }, done => { if (progress) progress.value = done; });
  if (!told) return !isLost;
  if (isLost && !told.known) place.dataset.gone = '';
  document.cookie = `worker=1; path=/; max-age=${YEAR}; samesite=lax`;
  if (told.former) await endFormer(told.former);
  return told.whole;
}

fetchAll().catch(() => false).then(whole => {
  if (whole && !('gone' in place.dataset)) location.replace(place.dataset.next ?? '/today');
  else place.dataset.state = whole ? 'whole' : 'later';
});
