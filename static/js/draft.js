/** What is typed and not saved stays on this device: kept at every pause, put back when the form is opened again. */

import { clock, say } from './draft-state.js';

/** @typedef {import('../../service_worker/store.js').Draft} Draft */
/** @typedef {Record<string, string[]>} Typed name to values, in the order of the form */
/** @typedef {{shown: string, timer: number, quiet: boolean}} State `quiet`: sent or dropped, nothing more to keep */

const PAUSE_MS = 1_000;
const STANDS = ['change', 'record', 'base', 'after'];
const FORMS = 'form[data-draft]';
/** @type {WeakMap<HTMLFormElement, State>} */
const states = new WeakMap();
/** @type {IDBDatabase|null} */
let open = null;

/** @param {IDBRequest} request @returns {Promise<any>} */
function got(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The person's database, made by the worker; null where there is none. @returns {Promise<IDBDatabase|null>} */
async function database() {
  const { person } = document.documentElement.dataset;
  if (open || !person || !globalThis.indexedDB) return open;
  const request = indexedDB.open(`mentorlog-${person}`);
  request.onupgradeneeded = () => request.transaction?.abort();
  const db = await got(request).catch(() => null);
  if (!db) return null;
  db.onversionchange = () => {
    db.close();
    open = null;
  };
  db.onclose = () => {
    open = null;
  };
  open = db;
  return db;
}

/** @param {string} name @returns {Promise<IDBObjectStore|null>} */
async function reading(name) {
  return (await database())?.transaction(name).objectStore(name) ?? null;
}

/**
 * Write to the drafts; with the database open, the transaction begins before this returns.
 * @param {(drafts: IDBObjectStore) => void} work
 * @returns {Promise<void>} when it is on the disk
 */
async function writing(work) {
  const db = open ?? (await database());
  if (!db) return;
  const tx = db.transaction('drafts', 'readwrite', { durability: 'strict' });
  work(tx.objectStore('drafts'));
  tx.commit(); // now, not when its requests have answered: the page may be gone by then
  await new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = () => reject(tx.error);
  });
}

/** @param {HTMLFormElement} form @returns {Typed} */
function typedIn(form) {
  /** @type {Typed} */
  const typed = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !STANDS.includes(name)) (typed[name] ??= []).push(value);
  }
  return typed;
}

/** @param {HTMLFormElement} form @param {string} name @returns {string|null} */
function hidden(form, name) {
  return form.querySelector(`input[type="hidden"][name="${name}"]`)?.getAttribute('value') ?? null;
}

/** Where a form is opened again; `data-draft-at` where its query says what it is for. @param {HTMLFormElement} form */
function addressOf(form) {
  return form.dataset.draftAt ?? new URL(form.getAttribute('action') || location.href, location.href).pathname;
}

/** @param {HTMLFormElement} form @returns {Draft} */
function draftOf(form) {
  const [after, base] = [hidden(form, 'after'), hidden(form, 'base')];
  return {
    change: hidden(form, 'change') ?? '',
    record: hidden(form, 'record') ?? '',
    kind: form.dataset.draft ?? '',
    ...(after ? { after } : { base: base ?? '' }),
    form: addressOf(form),
    fields: typedIn(form),
    at: new Date().toISOString(),
  };
}

/** What the form came with, whatever was typed into it before this script was there. @param {HTMLFormElement} form */
function asShown(form) {
  const shown = /** @type {HTMLFormElement} */ (form.cloneNode(true));
  shown.reset();
  return JSON.stringify(typedIn(shown));
}

/** @param {HTMLFormElement} form @returns {State} */
function stateOf(form) {
  const known = states.get(form);
  if (known) return known;
  const state = { shown: asShown(form), timer: 0, quiet: false };
  states.set(form, state);
  return state;
}

/** Keep what stands in the form now; what is as it was shown needs no draft. @param {HTMLFormElement} form */
async function keep(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = 0;
  const draft = draftOf(form);
  if (!draft.change) return;
  const same = JSON.stringify(draft.fields) === state.shown;
  try {
    await writing((drafts) => (same ? drafts.delete(draft.change) : drafts.put(draft)));
    say(form, same || !open ? '' : 'kept');
  } catch {
    say(form, 'full');
  }
}

/** @param {HTMLFormElement} form @param {Typed} typed */
function fill(form, typed) {
  /** @type {Record<string, number>} */
  const seen = {};
  for (const field of /** @type {Iterable<any>} */ (form.elements)) {
    if (!field.name || STANDS.includes(field.name) || field.type === 'file') continue;
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
function putBack(form, draft) {
  fill(form, draft.fields);
  for (const name of STANDS) form.querySelector(`input[type="hidden"][name="${name}"]`)?.remove();
  for (const name of STANDS) {
    const value = draft[/** @type {'change'} */ (name)];
    if (value !== undefined)
      form.prepend(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  const note = /** @type {HTMLTemplateElement|null} */ (form.querySelector('[data-draft-back]'));
  const shown = /** @type {DocumentFragment|undefined} */ (note?.content.cloneNode(true));
  const time = Object.assign(document.createElement('time'), { dateTime: draft.at, textContent: clock(new Date(draft.at)) });
  shown?.querySelector('[data-draft-time]')?.replaceChildren(time);
  if (shown && note) note.after(shown);
  say(form, 'kept');
}

/**
 * Whether a draft was typed into this form, or into an earlier one for the same thing. Where the id of a record has a
 * meaning (`data-meaning`), two forms for new ones are two things.
 * @param {Draft} draft
 * @param {HTMLFormElement} form
 */
function isFor(draft, form) {
  const anew = draft.base === '' && hidden(form, 'base') === '' && !form.hasAttribute('data-meaning');
  const sameThing = draft.record === hidden(form, 'record') || anew;
  return draft.form === addressOf(form) && draft.kind === form.dataset.draft && sameThing;
}

/** The save of a form deletes its draft; one written just after that has nothing new. @param {Draft} draft */
async function wasSaved(draft) {
  const used = await reading('used');
  const save = used && (await got(used.get(draft.change)));
  return Boolean(save && save.at >= draft.at);
}

/**
 * The same form, sent back with its errors, shows what was typed: trimmed, and perhaps with a new question below it.
 * @param {Typed} typed @param {Typed} shown
 */
function isShown(typed, shown) {
  const said = (/** @type {string[]} */ values) => (values ?? []).map((value) => value.split(/\s+/u).join(' ').trim()).join('\n');
  return Object.keys(typed).every((name) => said(typed[name]) === said(shown[name]));
}

/** @param {HTMLFormElement} form */
async function restore(form) {
  const { shown } = stateOf(form);
  const drafts = await reading('drafts');
  const mine = drafts ? (await got(drafts.getAll())).filter((/** @type {Draft} */ draft) => isFor(draft, form)) : [];
  const asked = (/** @type {Draft} */ draft) => location.hash === `#draft-${draft.change}`; // from its row on Waiting
  mine.sort((/** @type {Draft} */ one, /** @type {Draft} */ other) => (one.at < other.at ? 1 : -1));
  mine.sort((/** @type {Draft} */ one, /** @type {Draft} */ other) => Number(asked(other)) - Number(asked(one)));
  for (const draft of mine) {
    if (draft.change === hidden(form, 'change') && isShown(draft.fields, JSON.parse(shown))) return;
    const same = JSON.stringify(draft.fields) === shown;
    if (!same && !(await wasSaved(draft))) {
      const { bringBack } = await import('./back.js'); // few pages have a draft to bring back
      if (JSON.stringify(typedIn(form)) !== shown) return;
      putBack(form, draft);
      return bringBack(form, draft.fields);
    }
    await forget(draft.change);
  }
}

/** @param {string} change */
async function forget(change) {
  await writing((drafts) => drafts.delete(change));
}

/** Keep everything unsaved now: before the page is left for a new version. */
export async function keepAll() {
  const forms = [...document.querySelectorAll(FORMS)].map((form) => /** @type {HTMLFormElement} */ (form));
  await Promise.all(forms.filter((form) => stateOf(form).timer && !stateOf(form).quiet).map(keep));
}

/** New forms get their drafts back, and what was taken is forgotten. @param {ParentNode} part */
async function look(part) {
  const taken = [...part.querySelectorAll('[data-change]')].map((said) => said.getAttribute('data-change'));
  await Promise.all(taken.map((change) => change && forget(change)));
  for (const form of /** @type {Iterable<HTMLFormElement>} */ (part.querySelectorAll(FORMS))) {
    if (states.has(form)) continue;
    if (JSON.stringify(typedIn(form)) !== stateOf(form).shown) keepSoon(form);
    await restore(form);
  }
}

/** @param {Event} event @returns {HTMLFormElement|null} */
function formOf(event) {
  const target = /** @type {any} */ (event.target);
  const form = target?.form ?? target?.closest?.('form');
  return form?.matches(FORMS) ? form : null;
}

/** @param {Event} event */
function onTyping(event) {
  const form = formOf(event);
  if (form) keepSoon(form);
}

/** @param {HTMLFormElement} form */
function keepSoon(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.quiet = false;
  state.timer = window.setTimeout(keep, PAUSE_MS, form);
}

/** The last keys are kept before the form goes; after that its draft is the server's to delete. @param {Event} event */
function onSubmit(event) {
  const form = formOf(event);
  if (!form) return;
  void keep(form);
  stateOf(form).quiet = true;
}

/** @param {MouseEvent} event */
async function onClick(event) {
  const button = /** @type {Element} */ (event.target).closest('[data-draft-keep], [data-draft-drop]');
  const form = button?.closest('form');
  if (!button || !form) return;
  button.closest('[data-draft-notice]')?.remove();
  if (!button.matches('[data-draft-drop]')) return;
  stateOf(form).quiet = true;
  await forget(hidden(form, 'change') ?? '');
  location.replace(location.pathname + location.search);
}

document.addEventListener('input', onTyping);
document.addEventListener('change', onTyping);
document.addEventListener('submit', onSubmit, { capture: true });
document.addEventListener('click', onClick);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) void keepAll();
});
window.addEventListener('pagehide', () => void keepAll());
document.addEventListener('htmx:after:swap', () => void look(document));
void look(document);
