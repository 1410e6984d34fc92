/** What is typed and not saved stays on this device: kept at every pause, put back when the form is opened again. */

import { addressOf, asShown, hidden, isFor, isShown, said, say, typedIn } from './draft-form.js';
import { forget, forgetTaken, got, isOpen, reading, wasSaved, writing } from './draft-store.js';

/** @typedef {import('./draft-store.js').Draft} Draft */
/**
 * `quiet`: sent or dropped, nothing more to keep. `returned`: sent back with what was typed as what it shows, so that it
 * stands nowhere else. `submitted`: what stood in it when it was sent last. `before`: it may have been taken then, saying
 * something else. `shared`: another page goes on with its draft, so what is typed here is one of its own.
 * @typedef {{shown: string, timer: number, quiet: boolean, returned: boolean, submitted: string, before: boolean,
 *   shared: boolean}} State
 */

const PAUSE_MS = 1_000;
const FORMS = 'form[data-draft]';
/** @type {WeakMap<HTMLFormElement, State>} */
const states = new WeakMap();
/** The changes that this page sent: a new form of one of them came back. @type {Set<string|null>} */
const sent = new Set();
/** What stood in the form of a request of htmx. @type {WeakMap<object, string>} */
const asked = new WeakMap();
/** To the other pages: a draft was put back into a form of this one, or dropped. */
const pages = new BroadcastChannel('mentorlog-drafts');

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
    ...againOf(form),
    at: new Date().toISOString(),
  };
}

/** What was typed after the form was sent is not in what was taken. @param {HTMLFormElement} form @returns {Pick<Draft, 'again'>} */
function againOf(form) {
  const { submitted, before } = stateOf(form);
  if (said(form) === submitted) return before ? { again: 'sent' } : {};
  return submitted || before ? { again: 'typed' } : {};
}

/** @param {HTMLFormElement} form @returns {State} */
function stateOf(form) {
  const known = states.get(form);
  if (known) return known;
  const state = { shown: asShown(form), timer: 0, quiet: false, returned: false, submitted: '', before: false, shared: false };
  states.set(form, state);
  return state;
}

/** Keep what stands in the form now; what is as it was shown needs no draft. @param {HTMLFormElement} form */
async function keep(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = 0;
  if (state.shared) makeOwn(form);
  const draft = draftOf(form);
  if (!draft.change) return;
  const same = !state.returned && said(form) === state.shown;
  try {
    await writing((drafts) => (same ? drafts.delete(draft.change) : drafts.put(draft)));
    say(form, same || !isOpen() ? '' : 'kept');
  } catch {
    say(form, 'full');
  }
}

/** Two pages with one draft would write over each other, and a save of one would delete it under the other. @param {HTMLFormElement} form */
function makeOwn(form) {
  form.querySelector('input[type="hidden"][name="change"]')?.setAttribute('value', crypto.randomUUID());
  Object.assign(stateOf(form), { shared: false, before: false });
}

/** @param {MessageEvent<{change: string, fields: string, dropped?: boolean}>} event */
function onOtherPage({ data: { change, fields, dropped } }) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(FORMS))) {
    if (hidden(form, 'change') !== change) continue;
    stateOf(form).shared = true;
    if (fields !== said(form)) void keep(form);
    else if (dropped) say(form, '');
  }
}

/** @param {HTMLFormElement} form */
async function restore(form) {
  const state = stateOf(form);
  const { shown } = state;
  const drafts = await reading('drafts');
  const mine = drafts ? (await got(drafts.getAll())).filter((/** @type {Draft} */ draft) => isFor(draft, form)) : [];
  // Its own, where it was sent back; the one asked for on Waiting; then the newest.
  const isOwn = (/** @type {Draft} */ draft) => draft.change === hidden(form, 'change');
  const isAsked = (/** @type {Draft} */ draft) => location.hash === `#draft-${draft.change}`;
  const rank = (/** @type {Draft} */ draft) => (isOwn(draft) ? '2' : isAsked(draft) ? '1' : '0') + draft.at;
  mine.sort((/** @type {Draft} */ one, /** @type {Draft} */ other) => (rank(one) < rank(other) ? 1 : -1));
  for (const draft of mine) {
    state.returned ||= isOwn(draft);
    if (isOwn(draft) && isShown(draft.fields, JSON.parse(shown))) {
      state.before = Boolean(draft.again);
      return say(form, 'kept');
    }
    const same = JSON.stringify(draft.fields) === shown;
    if (!same && !(await wasSaved(draft))) {
      const { bringBack, putBack } = await import('./back.js'); // few pages have a draft to bring back
      if (said(form) !== shown) return;
      state.before = Boolean(draft.again);
      putBack(form, draft);
      pages.postMessage({ change: draft.change, fields: said(form) });
      return bringBack(form, draft.fields);
    }
    await forget(draft.change);
  }
}

/** Keep everything unsaved now: before the page is left for a new version. */
export async function keepAll() {
  const forms = [...document.querySelectorAll(FORMS)].map((form) => /** @type {HTMLFormElement} */ (form));
  await Promise.all(forms.filter(isUnkept).map(keep));
}

/** What was kept since the form was sent may be gone again: its save took the draft along. @param {HTMLFormElement} form */
function isUnkept(form) {
  const { timer, quiet, submitted } = stateOf(form);
  return !quiet && Boolean(timer || (submitted && submitted !== said(form)));
}

/** New forms get their drafts back, and what was taken is forgotten. @param {ParentNode} part */
async function look(part) {
  const taken = [...part.querySelectorAll('[data-change]')].map((said) => said.getAttribute('data-change'));
  await Promise.all(taken.map((change) => change && forgetTaken(change)));
  for (const form of /** @type {Iterable<HTMLFormElement>} */ (part.querySelectorAll(FORMS))) {
    if (states.has(form)) continue;
    if (said(form) !== stateOf(form).shown) keepSoon(form);
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
  const state = stateOf(form);
  state.before ||= Boolean(state.submitted) && state.submitted !== said(form);
  state.submitted = said(form);
  void keep(form);
  sent.add(hidden(form, 'change'));
  state.quiet = true;
}

/** @param {any} event */
function onRequest({ target, detail }) {
  if (target.matches?.(FORMS)) asked.set(detail.ctx, said(target));
}

/**
 * What was typed after the form was sent is not taken from under the hands: it stays, for the next save. With an error
 * the form comes back and gets it back.
 * @param {any} event
 */
function onAnswer({ detail: { ctx, tasks } }) {
  const form = ctx.sourceElement;
  if (!asked.has(ctx)) return;
  if (said(form) === asked.get(ctx)) return clearTimeout(stateOf(form).timer);
  void keep(form);
  const main = tasks.findIndex((/** @type {{type: string}} */ task) => task.type === 'main');
  if (ctx.response.status < 400 && main >= 0) tasks.splice(main, 1);
}

/** @param {MouseEvent} event */
async function onClick(event) {
  const button = /** @type {Element} */ (event.target).closest('[data-draft-keep], [data-draft-drop]');
  const form = button?.closest('form');
  if (!button || !form) return;
  button.closest('[data-draft-notice]')?.remove();
  if (!button.matches('[data-draft-drop]')) return;
  stateOf(form).quiet = true;
  const change = hidden(form, 'change') ?? '';
  await forget(change);
  pages.postMessage({ change, fields: said(form), dropped: true });
  location.replace(location.pathname + location.search);
}

pages.addEventListener('message', onOtherPage);
document.addEventListener('input', onTyping);
document.addEventListener('change', onTyping);
document.addEventListener('submit', onSubmit, { capture: true });
document.addEventListener('click', onClick);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) void keepAll();
});
window.addEventListener('pagehide', () => void keepAll());
document.addEventListener('htmx:config:request', onRequest);
document.addEventListener('htmx:before:swap', onAnswer);
document.addEventListener('htmx:after:swap', () => void look(document));
void look(document);
