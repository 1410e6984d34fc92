/** Sheets that stand on a page: `<a data-opens="<part>">` shows its page's part in the one of that name. Else it is a link. */

import { isPlain } from './app.js';
import './over.js';

/** @param {MouseEvent} event */
function onClick(event) {
  const link = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (event.target).closest('a[data-opens]'));
  const sheet = link && /** @type {HTMLDialogElement|null} */ (document.getElementById(`sheet-${link.dataset.opens}`));
  if (!sheet || !isPlain(event)) return;
  event.preventDefault();
  open(link, sheet).catch(() => location.assign(link.href));
}

/** @param {HTMLAnchorElement} link @param {HTMLDialogElement} sheet @throws {Error} nothing came */
async function open(link, sheet) {
  const place = document.getElementById(link.dataset.opens ?? '');
  await /** @type {any} */ (globalThis).htmx.ajax('GET', link.href, { source: place, target: place, swap: 'outerHTML' });
  if (place?.isConnected) throw new Error('nothing came');
  if (!sheet.open) sheet.showModal();
}

document.addEventListener('click', onClick);
