/**
 * A draft is put back into its form, and is in sight there: folds open, and what has no field of its own any more stands
 * in another.
 */

import { clock, isKept, say, wall } from './draft-form.js';
import { STANDS } from './draft-store.js';

/** @typedef {import('./draft-store.js').Draft} Draft */
/** @typedef {import('./draft-form.js').Typed} Typed */

const DAY_MS = 86_400_000;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The hour of today, else with its day, as macros/dates.html has it: Mon 23 Nov, 15:00. @param {Date} at */
function when(at) {
  const there = wall(at), [day, today] = [there, wall(new Date())].map((one) => Math.floor(one.getTime() / DAY_MS));
  if (day === today) return clock(at);
  return `${DAYS[there.getUTCDay()]} ${there.getUTCDate()} ${MONTHS[there.getUTCMonth()]}, ${clock(at)}`;
}

/** @param {HTMLFormElement} form @param {Typed} typed */
function fill(form, typed) {
  /** @type {Record<string, number>} */
  const seen = {};
  for (const field of /** @type {Iterable<any>} */ (form.elements)) {
    if (!isKept(field) || field.type === 'file') continue;
    const values = typed[field.name] ?? [];
    if (isOfAnother(field, values)) continue;
    if (field.type === 'radio' && !values.length) continue; // none was chosen, or there was nothing to choose yet
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = values.includes(field.value);
    else if (field.type === 'select-multiple')
      for (const one of field.options) one.selected = values.includes(one.value);
    else field.value = values[(seen[field.name] = (seen[field.name] ?? -1) + 1)] ?? field.value;
  }
}

/**
 * A hidden field that says what others of the form are about, and the draft was about something else.
 * @param {HTMLInputElement} field @param {string[]} values
 */
function isOfAnother({ dataset: { about } }, [value]) {
  return about !== undefined && value?.split(':')[0] !== about;
}

/**
 * Put a draft back: it goes on standing on what its own form showed, not on today's.
 * @param {HTMLFormElement} form
 * @param {Draft} draft
 */
export function putBack(form, draft) {
  fill(form, draft.fields);
  for (const name of STANDS) form.querySelector(`input[type="hidden"][name="${name}"]`)?.remove();
  for (const name of STANDS) {
    const value = draft[/** @type {'change'} */ (name)];
    if (value !== undefined)
      form.prepend(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  const note = /** @type {HTMLTemplateElement|null} */ (form.querySelector('[data-draft-back]'));
  const shown = /** @type {DocumentFragment|undefined} */ (note?.content.cloneNode(true));
  const time = Object.assign(document.createElement('time'), { dateTime: draft.at, textContent: when(new Date(draft.at)) });
  shown?.querySelector('[data-draft-time]')?.replaceChildren(time);
  if (shown && note) note.after(shown);
  say(form, 'kept');
}

/** @param {any} field */
function isChanged(field) {
  if (field.type === 'hidden') return false;
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked && !field.defaultChecked;
  return field.value !== field.defaultValue;
}

/** @param {HTMLFormElement} form */
function openFolds(form) {
  for (const fold of form.querySelectorAll('details')) {
    if ([...fold.querySelectorAll('input, textarea')].some(isChanged)) fold.open = true;
  }
}

/** Whether a field of this name can hold this value. @param {HTMLFormElement} form @param {string} name @param {string} value */
function hasPlace(form, name, value) {
  const fields = [...form.querySelectorAll(`[name="${name}"]`)].map((field) => /** @type {any} */ (field));
  return fields.some((field) => !['checkbox', 'radio'].includes(field.type) || field.value === value);
}

/** `data-rest`: the names of fields whose words this one takes up when they are not there. @param {HTMLFormElement} form @param {Typed} typed */
function takeUp(form, typed) {
  for (const field of /** @type {NodeListOf<any>} */ (form.querySelectorAll('[data-rest]'))) {
    const names = field.dataset.rest.split(' ');
    const left = names.flatMap((/** @type {string} */ name) => (typed[name] ?? []).filter((value) => value && !hasPlace(form, name, value)));
    if (left.length) field.value = [field.value, ...left].filter(Boolean).join(field.tagName === 'TEXTAREA' ? '\n\n' : ' ');
  }
}

/**
 * `data-asks`: names for which the address can ask, each with the fields for which it matters (`rate:value:reason`). What
 * the draft is about, and this form is not, is asked for once.
 * @param {HTMLFormElement} form @param {Typed} typed
 */
function ask(form, typed) {
  const address = new URL(location.href);
  for (const [name, ...needs] of (form.dataset.asks?.split(' ') ?? []).map((word) => word.split(':'))) {
    const [wanted] = (typed[name]?.[0] ?? '').split(':');
    const about = form.querySelector(`[name="${name}"][data-about]`)?.getAttribute('data-about') ?? null;
    const isHere = about === null ? hasPlace(form, name, wanted) : about === wanted;
    const isNeeded = needs.length === 0 || needs.some((need) => typed[need]?.some(Boolean));
    if (wanted && isNeeded && !isHere) address.searchParams.set(name, wanted);
  }
  if (address.href !== location.href) location.replace(address);
}

/** @param {HTMLFormElement} form @param {Typed} typed what stood in the draft */
export function bringBack(form, typed) {
  openFolds(form);
  takeUp(form, typed);
  form.dispatchEvent(new Event('draft:restored', { bubbles: true }));
  ask(form, typed);
}
