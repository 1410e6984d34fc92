/** What is typed into a question is kept when it is left: when another one is aimed at, or something else is touched. */

import { isDirty } from './live.js';

const LATER_MS = 200; // a button of the same form sends it by itself
const first = document.querySelector('form.question[data-current]')?.id ?? '';
/** @type {WeakMap<HTMLFormElement, number>} when a form was sent last */
const sent = new WeakMap();

/** @param {HTMLFormElement} form */
function keep(form) {
  const justNow = Date.now() - (sent.get(form) ?? 0) < 2 * LATER_MS;
  if (form.isConnected && isDirty(form) && !justNow) form.requestSubmit(form.querySelector('[name="go"]'));
}

/** @param {Event} event @returns {HTMLFormElement|null} */
const questionOf = ({ target }) => /** @type {Element} */ (target).closest('form.question');

/** @param {FocusEvent} event */
function onFocusOut(event) {
  const form = questionOf(event);
  if (!form) return;
  setTimeout(() => {
    if (document.hasFocus() && !form.contains(document.activeElement)) keep(form);
  }, LATER_MS);
}

/** @param {HashChangeEvent} event */
function onAim({ oldURL }) {
  const left = document.getElementById(new URL(oldURL).hash.slice(1) || first);
  if (left?.matches('form.question:not(:target)')) keep(/** @type {HTMLFormElement} */ (left));
}

document.addEventListener('submit', (event) => {
  const form = questionOf(event);
  if (form) sent.set(form, Date.now());
}, { capture: true });
document.addEventListener('focusout', onFocusOut);
window.addEventListener('hashchange', onAim);
