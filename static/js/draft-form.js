/** What a form says: what is typed in it and where that is, what it came with, and whether a draft is for it. */

import { STANDS } from './draft-store.js';

/** @typedef {import('./draft-store.js').Draft} Draft */
/** @typedef {Record<string, string[]>} Typed name to values, in the order of the form */

/** What the server makes anew with each answer, `data-anew`: no other form has it, and over a new one it would be false. */
const ANEW = '[data-anew] *';

/** What a server writes in its own way when it sends it back: a zone by its name, a link with its beginning. */
const TIDIED = ['zone', 'link'];

/** Whether a field is what a person typed or chose. @param {any} field */
export const isKept = (field) => Boolean(field.name) && !STANDS.includes(field.name) && !field.matches(ANEW);

/** @param {HTMLFormElement} form @returns {Typed} */
export function typedIn(form) {
  /** @type {Typed} */
  const typed = {};
  const anew = [...form.querySelectorAll(ANEW)].map((field) => field.getAttribute('name'));
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !STANDS.includes(name) && !anew.includes(name)) (typed[name] ??= []).push(value);
  }
  return typed;
}

/** The same, to compare. @param {HTMLFormElement} form */
export const said = (form) => JSON.stringify(typedIn(form));

/** @param {HTMLFormElement} form @param {string} name @returns {string|null} */
export function hidden(form, name) {
  return form.querySelector(`input[type="hidden"][name="${name}"]`)?.getAttribute('value') ?? null;
}

/** Where a form is opened again; `data-draft-at` where its query says what it is for. @param {HTMLFormElement} form */
export function addressOf(form) {
  return form.dataset.draftAt ?? new URL(form.getAttribute('action') || location.href, location.href).pathname;
}

/** What the form came with, whatever was typed into it before this script was there. @param {HTMLFormElement} form */
export function asShown(form) {
  const shown = /** @type {HTMLFormElement} */ (form.cloneNode(true));
  shown.reset();
  return said(shown);
}

/**
 * Whether a draft was typed into this form, or into an earlier one for the same thing. Where the id of a record has a
 * meaning (`data-meaning`), two forms for new ones are two things.
 * @param {Draft} draft
 * @param {HTMLFormElement} form
 */
export function isFor(draft, form) {
  const anew = draft.base === '' && hidden(form, 'base') === '' && !form.hasAttribute('data-meaning');
  const sameThing = draft.record === hidden(form, 'record') || anew;
  return draft.form === addressOf(form) && draft.kind === form.dataset.draft && sameThing;
}

/**
 * The same form, sent back with its errors, shows what was typed: trimmed, and perhaps with a new question below it.
 * @param {Typed} typed @param {Typed} shown
 */
export function isShown(typed, shown) {
  const words = (/** @type {string[]} */ values) => (values ?? []).map((value) => value.split(/\s+/u).join(' ').trim()).join('\n');
  return Object.keys(typed).every((name) => TIDIED.includes(name) || words(typed[name]) === words(shown[name]));
}

/** Said once, not at every pause. @param {HTMLFormElement} form @param {''|'kept'|'full'} what */
export function say(form, what) {
  const place = /** @type {HTMLElement|null} */ (form.querySelector('[data-draft-state]'));
  if (!place || place.dataset.draftState === what) return;
  place.dataset.draftState = what;
  const words = {
    '': '',
    kept: ', not finished',
    full: 'No room on this device: this text stands on the screen and nowhere else.',
  }[what];
  place.replaceChildren(
    ...(what === 'kept' ? [span('if-phone', 'On this phone'), span('if-desktop', 'On this device')] : []),
    words,
  );
  offerCopy(form, place, what === 'full');
}

/** Where a form has a notice for it, what has no room can be copied. @param {HTMLFormElement} form @param {HTMLElement} place @param {boolean} isFull */
function offerCopy(form, place, isFull) {
  form.querySelector('[data-draft-room]')?.remove();
  const note = /** @type {HTMLTemplateElement|null} */ (form.querySelector('[data-draft-full]'));
  if (!note || !isFull) return;
  place.textContent = `Not kept since ${clock(new Date())}`;
  note.after(note.content.cloneNode(true));
  void import('./copy.js');
}

/** The hour, as the page writes them. @param {Date} at */
export const clock = (at) => wall(at).toISOString().slice(11, 16);

/**
 * What a clock shows in the zone in which the page writes hours, as if it were UTC; in the browser's own where that does
 * not know it: a draft comes back in any case.
 * @param {Date} at
 */
export function wall(at) {
  try {
    return wallIn(at, document.documentElement.dataset.zone || undefined);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return wallIn(at);
  }
}

/** @param {Date} at @param {string} [timeZone] */
function wallIn(at, timeZone) {
  const shown = at.toLocaleString('en-US', { timeZone, hourCycle: 'h23' }).match(/\d+/g) ?? []; // 11/24/2026, 15:00:00
  const [month, day, year, hour, minute] = shown.map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour, minute));
}

/** @param {string} name @param {string} text */
function span(name, text) {
  return Object.assign(document.createElement('span'), { className: name, textContent: text });
}
