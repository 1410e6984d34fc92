/**
 * *Something came up* over any page: its form in a sheet. Filed there, one stays where one was; closed, what was typed
 * stays in it.
 */

import './over.js';
import './toasts.js';

/** @type {HTMLDialogElement|null} */
let dialog = null;

function make() {
  const made = document.createElement('dialog');
  made.className = 'sheet';
  made.setAttribute('aria-labelledby', 'sheet-h');
  made.setAttribute('closedby', 'any');
  made.append(Object.assign(document.createElement('div'), { id: 'sheet' }));
  document.body.append(made);
  return made;
}

/** Fetch a new form into the sheet. @param {string} address @throws {Error} none came */
async function fill(address) {
  const place = document.getElementById('sheet');
  await /** @type {any} */ (globalThis).htmx.ajax('GET', address, { source: place, target: place, swap: 'outerHTML' });
  if (!dialog?.querySelector('[name="text"]')) throw new Error('no form');
}

/** The field of the page itself, where it has one; else the sheet. @param {HTMLAnchorElement} link to the form as a page */
export async function open({ href }) {
  const field = /** @type {HTMLElement|null} */ (document.querySelector('#came_up [name="text"]'));
  if (field) return field.focus();
  dialog ??= make();
  if (!dialog.querySelector('[name="text"]')) await fill(href);
  if (!dialog.open) dialog.showModal();
}

/** The word about a line that is filed stands on the page; the sheet goes, and has a new form the next time. */
function onSwap() {
  const toast = dialog?.querySelector('.toast');
  if (!dialog || !toast) return;
  document.getElementById('toasts')?.append(toast);
  document.getElementById('sheet')?.replaceChildren();
  dialog.close();
}

document.addEventListener('htmx:after:swap', onSwap);
