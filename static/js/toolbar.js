/** Markdown by a tap or by keys: bold, italic, heading, list, quote, link. Again takes it away. */

import { apply } from './area.js';
import { marked } from './marks.js';

const PROSE = 'textarea[data-prose]';
/** By letter, or with Shift by the place of the key: what a digit's key writes with Shift differs from layout to layout. */
const KEYS = new Map([
  ['b', 'bold'],
  ['i', 'italic'],
  ['k', 'link'],
  ['Shift Digit2', 'heading'],
  ['Shift Digit8', 'list'],
  ['Shift Digit9', 'quote'],
]);
/** The text that was written in last. @type {HTMLTextAreaElement|null} */
let last = null;

/** Without a script the buttons would do nothing. */
function show() {
  for (const bar of document.querySelectorAll('[data-toolbar]')) bar.removeAttribute('hidden');
}

/** @param {HTMLTextAreaElement} area @param {string} name */
function mark(area, name) {
  apply(area, marked(name, area.value, area.selectionStart, area.selectionEnd));
}

/** @param {KeyboardEvent} event */
function nameOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  if (ctrlKey === metaKey || altKey) return undefined;
  return KEYS.get(shiftKey ? `Shift ${code}` : key.toLowerCase());
}

/** While a word is being composed, keys belong to the input method. @param {KeyboardEvent} event */
function onKey(event) {
  const area = event.target;
  if (event.isComposing || !(area instanceof HTMLTextAreaElement)) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && area.closest('.editor')) {
    event.preventDefault();
    area.form?.requestSubmit();
  }
  const name = area.matches(PROSE) && nameOf(event);
  if (!name) return;
  event.preventDefault();
  mark(area, name);
}

/** A tap leaves the focus, and with it the keyboard, where it is. @param {MouseEvent} event */
function onPress(event) {
  if (/** @type {Element} */ (event.target).closest('[data-mark]')) event.preventDefault();
}

/** @param {MouseEvent} event */
function onClick(event) {
  const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest('[data-mark]'));
  const form = button?.closest('form');
  if (!button || !form) return;
  const area = last && form.contains(last) ? last : form.querySelector(PROSE);
  if (area instanceof HTMLTextAreaElement) mark(area, button.dataset.mark ?? '');
}

/** @param {FocusEvent} event */
function onFocus({ target }) {
  if (target instanceof HTMLTextAreaElement && target.matches(PROSE)) last = target;
}

show();
if (document.activeElement?.matches(PROSE)) last = /** @type {HTMLTextAreaElement} */ (document.activeElement);
document.addEventListener('keydown', onKey);
document.addEventListener('mousedown', onPress);
document.addEventListener('click', onClick);
document.addEventListener('focusin', onFocus);
document.addEventListener('htmx:after:swap', show);
