/** Parts of the page that follow the store: fetched anew when records moved, never under somebody's hands. */

import { controller, tell } from './tell.js';

const LINE = '/waiting/line';
const GATHER_MS = 50; // a sync of many pages is one refresh
const { person } = document.documentElement.dataset;
/** @type {Set<string>} ids of parts that could not be touched yet */
const late = new Set();
let timer = 0;
let moved = false;

/** @param {Element} part @param {string} address */
function fetchAnew(part, address) {
  const { htmx } = /** @type {any} */ (globalThis);
  // outerMorph: a part comes with its root, and the root's attributes are news too
  void htmx.ajax('GET', address, { source: part, target: part, swap: 'outerMorph' });
}

/** @param {HTMLFormElement} form */
function isDirty(form) {
  return [.../** @type {Iterable<any>} */ (form.elements)].some((field) => {
    if (field.options)
      return [...field.options].some((one) => one.selected !== one.defaultSelected && one.defaultSelected);
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
    return field.type !== 'hidden' && 'defaultValue' in field && field.value !== field.defaultValue;
  });
}

/** @param {Element} part */
function isBusy(part) {
  const around = part.closest('form');
  const forms = [...part.querySelectorAll('form'), ...(around ? [around] : [])];
  return part.contains(document.activeElement) || forms.some(isDirty);
}

function refreshLine() {
  const line = document.getElementById('line');
  if (line) fetchAnew(line, LINE);
}

/**
 * No worker is left to fill the line. It was switched off by the operator, and the server's own line is right again; or
 * the browser threw all of it away, and everything is fetched anew. A form that was refused stays where it is.
 */
async function forgetWorker() {
  if (await navigator.serviceWorker?.getRegistration()) return;
  const isSwitchedOff = !navigator.serviceWorker || document.getElementById('line')?.textContent?.trim();
  if (!isSwitchedOff && document.querySelector('[aria-invalid="true"]')) return;
  document.cookie = 'worker=; path=/; max-age=0; samesite=lax';
  if (isSwitchedOff) refreshLine();
  else location.replace(`/arrive?${new URLSearchParams({ lost: '1', next: location.pathname + location.search })}`);
}

/** @param {Iterable<Element>} parts */
function refresh(parts) {
  for (const part of parts) {
    if (isBusy(part)) late.add(part.id);
    else {
      late.delete(part.id);
      fetchAnew(part, part.getAttribute('data-live') || location.pathname + location.search);
    }
  }
}

function refreshAll() {
  refreshLine();
  if (moved) refresh(document.querySelectorAll('[data-live]'));
  moved = false;
}

/** @param {boolean} records whether records moved, or only the line */
function soon(records) {
  moved ||= records;
  clearTimeout(timer);
  timer = window.setTimeout(refreshAll, GATHER_MS);
}

/** What the worker says, of this person. @param {MessageEvent} event */
function onWord({ data }) {
  if (data.person === person) soon(data.records.length > 0 || Boolean(document.querySelector('[data-live-line]')));
}

/** What moved after this page was asked for and before it listened. */
async function catchUp() {
  const [made] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  const since = Date.now() - (performance.now() - (made?.fetchStart ?? 0)); // the clock may have been set meanwhile
  if (await tell(controller(), { type: 'moved', since })) soon(true);
}

/** Whether a field has the focus, or holds what is not saved. */
function isTyping() {
  return document.activeElement?.matches('input, textarea, select') || [...document.forms].some(isDirty);
}

/**
 * What a part showed was deleted or withdrawn: it goes at once, and the page with it once nobody types.
 * @param {Event} event
 */
function onGone(event) {
  const { target, detail } = /** @type {any} */ (event);
  if (!target.matches('[data-live]') || detail?.ctx?.response?.status !== 404) return;
  target.replaceChildren();
  if (isTyping()) late.add(target.id);
  else location.reload();
}

/** The hands are elsewhere now. */
function onLeave() {
  window.setTimeout(() => refresh([...late].flatMap((id) => document.getElementById(id) ?? [])), 0);
}

if (person) {
  new BroadcastChannel('mentorlog').addEventListener('message', onWord);
  document.addEventListener('focusout', onLeave);
  document.addEventListener('htmx:response:error', onGone);
  void catchUp();
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) soon(true);
  }); // it heard nothing while away
  if (document.getElementById('line')?.dataset.state === 'unknown')
    if (navigator.serviceWorker?.controller) refreshLine();
    else void forgetWorker();
}
