// After signing in: everything is fetched onto this device before one goes on.
import { moveIn } from './move-in.js';

const place = /** @type {HTMLElement} */ (document.querySelector('[data-arrive]'));
/** The browser seems to have thrown away what stood here; the worker knows better. */
const isLost = 'lost' in place.dataset;
const progress = /** @type {HTMLProgressElement|null} */ (place.querySelector('progress'));

/** @returns {Promise<boolean>} true when everything is on this device and the page may go on, also where no worker takes it */
async function fetchAll() {
  const told = await moveIn(place.dataset, done => { if (progress) progress.value = done; });
  if (!told) return !isLost;
  if (isLost && !told.known) place.dataset.gone = '';
  return told.whole;
}

fetchAll().catch(() => false).then(whole => {
  if (whole && !('gone' in place.dataset)) location.replace(place.dataset.next ?? '/today');
  else place.dataset.state = whole ? 'whole' : 'later';
});
