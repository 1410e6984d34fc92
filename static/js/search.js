/**
 * The search field: what is looked at is read before the first letter, arrow keys go through the hits, and the address
 * says what is searched, so that Back and a reload find it again.
 */

import { controller, tell } from './tell.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-search]'));
const field = /** @type {HTMLInputElement} */ (form.querySelector('input[type="search"]'));
const home = location.pathname === new URL(form.action).pathname ? form.action : location.href;
const said = /** @type {HTMLElement} */ (form.querySelector('[data-search-said]'));

/** @returns {HTMLElement[]} */
const hits = () => [...document.querySelectorAll(/** @type {'a'} */ ('#hits .leaf-title a, #hits a.list-row'))];

/** @param {KeyboardEvent} event */
function onKey(event) {
  const here = /** @type {HTMLElement} */ (event.target);
  const isField = here === field;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !(isField || here.closest('#hits'))) return;
  const goal = isField ? fromField(event.key) : fromHits(event.key, here);
  if (!goal) return;
  event.preventDefault();
  goal.focus();
}

/** Where a key leads from the field. @param {string} key */
function fromField(key) {
  if (key === 'ArrowDown') return hits()[0];
  if (key !== 'Escape' || !field.value) return null;
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return field;
}

/** Where a key leads from a hit, or from what stands around them. @param {string} key @param {HTMLElement} here */
function fromHits(key, here) {
  const all = hits();
  const at = all.indexOf(here);
  if (key === 'ArrowDown') return all[at + 1];
  return key === 'Escape' ? field : key === 'ArrowUp' ? (all[at - 1] ?? field) : null;
}

/** What was typed is answered: that is said aloud, and the address follows. @param {any} event */
function follow({ detail }) {
  const { sourceElement, target } = detail.ctx;
  if (target?.id !== 'hits') return;
  if (sourceElement !== target) said.textContent = document.querySelector('#hits [data-count]')?.textContent ?? '';
  if (document.querySelector('.panes[data-show="detail"]')) return;
  history.replaceState(history.state, '', document.getElementById('hits')?.dataset.live ?? home);
}

field.addEventListener('focus', () => void tell(controller(), { type: 'warm' }));
document.addEventListener('keydown', onKey);
document.addEventListener('htmx:after:swap', follow);
if (document.activeElement === field) void tell(controller(), { type: 'warm' });
