/** What is typed and not saved stays on this device: kept at every pause, put back when the form is opened again. */

import { say } from './draft-state.js';
import { addressOf, asShown, hidden, isFor, isShown, typedIn } from './draft-form.js';
import { forget, got, isOpen, reading, wasSaved, writing } from './draft-store.js';

/** @typedef {import('./draft-store.js').Draft} Draft */
/**
 * `quiet`: sent or dropped, nothing more to keep. `returned`: sent back with what was typed as what it shows, so that it
 * stands nowhere else.
 * @typedef {{shown: string, timer: number, quiet: boolean, returned: boolean}} State
 */

const PAUSE_MS = 1_000;
const FORMS = 'form[data-draft]';
/** @type {WeakMap<HTMLFormElement, State>} */
const states = new WeakMap();
/** The changes that this page sent: a new form of one of them came back. @type {Set<string|null>} */
const sent = new Set();

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

/** @param {HTMLFormElement} form @returns {State} */
function stateOf(form) {
  const known = states.get(form);
  if (known) return known;
  const state = { shown: asShown(form), timer: 0, quiet: false, returned: false };
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
  const same = !state.returned && JSON.stringify(draft.fields) === state.shown;
  try {
    await writing((drafts) => (same ? drafts.delete(draft.change) : drafts.put(draft)));
    say(form, same || !isOpen() ? '' : 'kept');
  } catch {
    say(form, 'full');
  }
}

/** @param {HTMLFormElement} form */
async function restore(form) {
  const state = stateOf(form);
  const { shown } = state;
  const drafts = await reading('drafts');
  const mine = drafts ? (await got(drafts.getAll())).filter((/** @type {Draft} */ draft) => isFor(draft, form)) : [];
  const asked = (/** @type {Draft} */ draft) => location.hash === `#draft-${draft.change}`; // from its row on Waiting
  mine.sort((/** @type {Draft} */ one, /** @type {Draft} */ other) => (one.at < other.at ? 1 : -1));
  mine.sort((/** @type {Draft} */ one, /** @type {Draft} */ other) => Number(asked(other)) - Number(asked(one)));
  for (const draft of mine) {
    state.returned ||= draft.change === hidden(form, 'change');
    if (draft.change === hidden(form, 'change') && isShown(draft.fields, JSON.parse(shown))) return say(form, 'kept');
    const same = JSON.stringify(draft.fields) === shown;
    if (!same && !(await wasSaved(draft))) {
      const { bringBack, putBack } = await import('./back.js'); // few pages have a draft to bring back
      if (JSON.stringify(typedIn(form)) !== shown) return;
      putBack(form, draft);
      return bringBack(form, draft.fields);
    }
    await forget(draft.change);
  }
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
    if (sent.has(hidden(form, 'change'))) await keepReturned(form);
  }
}

/** @param {HTMLFormElement} form */
async function keepReturned(form) {
  stateOf(form).returned = true;
  await keep(form);
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
  sent.add(hidden(form, 'change'));
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
