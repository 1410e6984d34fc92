/** Keys for those who like them, one at a time; never while something is typed (WCAG 2.1.4: they can be switched off). */

import './over.js';

const PAIR_MS = 2_000;
/** After g. @type {Record<string, [string, string]>} key to address and words */
const PLACES = {
  t: ['/today', 'Today'], j: ['/journal', 'Journal'], g: ['/goals', 'Goals'], q: ['/questions', 'Questions'], s: ['/sessions', 'Sessions'],
};
/** @type {Record<string, [() => void, string]>} */
const KEYS = {
  n: [() => location.assign('/journal/new'), 'New entry'],
  c: [() => /** @type {HTMLElement|null} */ (document.querySelector('a[data-sheet]'))?.click(), 'Something came up'],
  '/': [find, 'Search'],
  '?': [list, 'These keys'],
};
let since = -Infinity; // when g was pressed

/** The field of the page, or the page of the field. */
function find() {
  const field = /** @type {HTMLElement|null} */ (document.querySelector('input[type="search"]'));
  if (field?.checkVisibility()) field.focus();
  else location.assign('/search#q');
}

/** @param {string} key */
export function press(key) {
  const place = performance.now() - since < PAIR_MS && PLACES[key];
  since = key === 'g' && !place ? performance.now() : -Infinity;
  if (place) location.assign(place[0]);
  else KEYS[key]?.[0]();
}

/** @param {string} name @param {Record<string, unknown>} given @param {(Node|string)[]} children */
function made(name, given, ...children) {
  const element = Object.assign(document.createElement(name), given);
  element.append(...children);
  return element;
}

/** The sign to close, as a template prints it. */
function cross() {
  const [sign, use] = ['svg', 'use'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  sign.setAttribute('class', 'icon');
  sign.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', '#i-close');
  sign.append(use);
  return sign;
}

/** @param {string[]} keys @param {string} what */
const row = (keys, what) => [made('dt', {}, ...keys.flatMap((key) => [made('kbd', {}, key), ' '])), made('dd', {}, what)];

function list() {
  const old = document.getElementById('keys');
  const rows = [
    ...Object.entries(KEYS).map(([key, [, what]]) => row([key], what)),
    ...Object.entries(PLACES).map(([key, [, what]]) => row(['g', key], what)),
    row(['Esc'], 'Close what lies over the page'),
  ];
  const dialog = /** @type {HTMLDialogElement} */ (old ?? made('dialog', { id: 'keys', className: 'sheet' },
    made('div', { className: 'sheet-head' }, made('h2', { id: 'keys-h' }, 'Keys'),
      made('form', { method: 'dialog' }, made('button', { className: 'icon-button', type: 'submit', ariaLabel: 'Close' }, cross()))),
    made('dl', { className: 'facts' }, ...rows.flat()),
    made('p', { className: 'hint' }, 'They rest while you type. ', made('a', { href: '/settings/look' }, 'Settings'), ' can switch them off.')));
  dialog.setAttribute('aria-labelledby', 'keys-h');
  dialog.setAttribute('closedby', 'any');
  if (!old) document.body.append(dialog);
  dialog.showModal();
}
