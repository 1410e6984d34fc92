/**
 * Parts of the page that follow the store: fetched anew when records moved, never under somebody's hands or eyes; and the
 * clock: those that say until when they are right, `data-until="<instant>"`, once that has passed, also after a sleep.
 */

import { controller, tell } from './tell.js';

const LINE = '/waiting/line';
const GATHER_MS = 50; // a sync of many pages is one refresh
const SEEN = 'main :is(h1, h2, h3, p, li)';
/** What is typed or chosen in: it may not go from under a hand, whatever the hour. */
const FIELD = 'input, textarea, select, [contenteditable]';
const GONE = 'This is not here any more: deleted, or taken back by the one who showed it.';
const MINUTE_MS = 60_000; // a look at the clock: a phone that slept, or whose clock was set, fires no timer in time
const SET_MS = 1_000; // a clock that runs true goes back by less
const { person } = document.documentElement.dataset;
/** @type {Set<string>} ids of parts that could not be touched yet */
const late = new Set();
let timer = 0;
let leaving = 0;
let moved = false;
let next = 0;
let asked = -Infinity; // for what the clock made past, on the clock that nobody sets
let ahead = Date.now() - performance.now();
let isBack = false;

/** @param {Element} part @param {string} address */
function fetchAnew(part, address) {
  const { htmx } = /** @type {any} */ (globalThis);
  // outerMorph: a part comes with its root, and the root's attributes are news too
  void htmx.ajax('GET', address, { source: part, target: part, swap: 'outerMorph' });
}

/** Whether something in a form is not as it was shown. @param {HTMLFormElement} form */
export function isDirty(form) {
  return [.../** @type {Iterable<any>} */ (form.elements)].some((field) => {
    if (field.options)
      return [...field.options].some((one) => one.selected !== one.defaultSelected && one.defaultSelected);
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
    return field.type !== 'hidden' && 'defaultValue' in field && field.value !== field.defaultValue;
  });
}

/** Whether the instant has passed until which it is right. @param {Element} part */
const isPast = (part) => Date.parse(part.getAttribute('data-until') ?? '') <= Date.now();

/** Whether the focus is in it; on a link or button of what is past already, such as *Join*, it keeps nothing. @param {Element} part */
function isHeld(part) {
  const { activeElement: held } = document;
  return part.contains(held) && Boolean(!isPast(part) || held?.matches(FIELD));
}

/** Whether somebody types, stands, reads out of a sheet, or marks words in it. @param {Element} part */
function isBusy(part) {
  const around = part.closest('form');
  const forms = [...part.querySelectorAll('form'), ...(around ? [around] : [])];
  const sheet = part.querySelector('dialog[open]') || part.closest('dialog[open]');
  return isHeld(part) || Boolean(sheet) || isMarked(part) || forms.some(isDirty);
}

/** @param {Element} part */
function isMarked(part) {
  const marked = document.getSelection();
  return Boolean(marked && !marked.isCollapsed && marked.containsNode(part, true));
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

/** @param {Iterable<Element>} parts those that somebody is busy in wait until they are left */
function refresh(parts) {
  for (const part of parts) {
    if (isBusy(part)) late.add(part.id);
    else {
      late.delete(part.id);
      fetchAnew(part, part.getAttribute('data-live') || location.pathname + location.search);
    }
  }
}

/** Somebody came into the part while its news were on their way. @param {any} event */
function holdBack(event) {
  const { sourceElement: part, target, swap } = event.detail.ctx;
  if (part !== target || swap !== 'outerMorph' || !part.matches('[data-live]')) return;
  if (!isBusy(part)) return noteSight(part);
  event.preventDefault();
  late.add(part.id);
}

/**
 * What is looked at while something comes in above it: where it stood, in what scrolls.
 * @type {{element: Element|undefined, top: number, scroller: HTMLElement}|null}
 */
let looked = null;

/** Browsers do not all hold the page still by themselves (Safari never, Chromium not here), so we do. @param {Element} part */
function noteSight(part) {
  const scroller = /** @type {HTMLElement} */ (scrollerOf(part) ?? document.scrollingElement);
  const things = scroller.scrollTop > 0 ? [part, document].flatMap((from) => [...from.querySelectorAll(SEEN)]) : [];
  const element = things.find(isSeen);
  looked = { element, top: element?.getBoundingClientRect().top ?? 0, scroller };
  scroller.style.overflowAnchor = 'none';
}

/** @param {Element|null} one @returns {Element|null} null: the page itself scrolls */
function scrollerOf(one) {
  while (one && one !== document.body) {
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(styleOf(one).overflowY)) return one;
    one = one.parentElement;
  }
  return null;
}

/** On the screen, and moving with what scrolls. @param {Element} one */
function isSeen(one) {
  const { top, height } = one.getBoundingClientRect();
  return top >= 0 && top < window.innerHeight && height > 0 && !isStuck(one);
}

/** @param {Element|null} one @returns {boolean} */
function isStuck(one) {
  return Boolean(one) && (/sticky|fixed/.test(styleOf(one).position) || isStuck(one?.parentElement ?? null));
}

/** @param {Element|null} one */
function styleOf(one) {
  return window.getComputedStyle(/** @type {Element} */ (one));
}

function keepSight() {
  if (!looked) return;
  const { element, top, scroller } = looked;
  if (element?.isConnected) scroller.scrollTop += element.getBoundingClientRect().top - top;
  scroller.style.overflowAnchor = '';
  looked = null;
}

/** What a part showed is gone, or withdrawn: it goes from the screen too. @param {any} event */
function takeAway({ target, detail }) {
  if (detail?.ctx?.response?.status !== 404 || !target.matches?.('[data-live]')) return;
  const words = Object.assign(document.createElement('p'), { className: 'quiet', role: 'status', textContent: GONE });
  target.replaceChildren(words);
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

/** What could not be looked for on the server may be here now; what is typed into the page stays. @param {string|null} sync */
function lookAgain(sync) {
  const again = /** @type {HTMLAnchorElement|null} */ (document.querySelector('a[data-again]'));
  if (again && sync === 'done' && ![...document.forms].some(isDirty)) location.replace(again.href);
}

/** What the worker says, of this person. @param {MessageEvent} event */
function onWord({ data }) {
  if (data.person !== person) return;
  lookAgain(data.sync);
  soon(data.records.length > 0 || Boolean(document.querySelector('[data-live-line]')));
}

/** What moved after this page was asked for and before it listened. */
async function catchUp() {
  const [made] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  const since = Date.now() - (performance.now() - (made?.fetchStart ?? 0)); // the clock may have been set meanwhile
  if (await tell(controller(), { type: 'moved', since })) soon(true);
}

/** The hands or the eyes are elsewhere now. */
function onLeave() {
  if (!late.size) return;
  clearTimeout(leaving);
  leaving = window.setTimeout(() => refresh([...late].flatMap((id) => document.getElementById(id) ?? [])), 0);
}

/** Whether the clock was set back: what is shown may be of a time that is still to come. */
function wasSetBack() {
  const was = ahead;
  ahead = Date.now() - performance.now();
  return was - ahead > SET_MS;
}

/** In how many ms to look at the clock again. @param {HTMLElement[]} parts */
function wait(parts) {
  const left = parts.filter((part) => !isPast(part)).map((part) => Date.parse(part.dataset.until ?? '') - Date.now());
  return Math.max(Math.min(MINUTE_MS, ...left), asked + MINUTE_MS - performance.now(), 0);
}

/** Look at the clock; one that is wrong, or was set, has parts fetched once a minute at most. */
function lookAtClock() {
  clearTimeout(next);
  const parts = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-live][data-until]'))];
  isBack ||= wasSetBack();
  const due = isBack ? parts : parts.filter(isPast);
  if (due.length && !document.hidden && performance.now() - asked >= MINUTE_MS) {
    asked = performance.now();
    isBack = false;
    refresh(due);
  }
  if (parts.length) next = window.setTimeout(lookAtClock, wait(parts)); // what a swap brings is looked at then
}

if (person) {
  for (const event of ['htmx:after:swap', 'visibilitychange']) document.addEventListener(event, lookAtClock);
  for (const event of ['focus', 'pageshow']) window.addEventListener(event, lookAtClock);
  lookAtClock();
  new BroadcastChannel('mentorlog').addEventListener('message', onWord);
  for (const left of ['focusout', 'selectionchange', 'reset']) document.addEventListener(left, onLeave);
  document.addEventListener('close', onLeave, { capture: true }); // of a sheet; it does not bubble
  document.addEventListener('htmx:before:swap', holdBack);
  document.addEventListener('htmx:finally:swap', keepSight);
  document.addEventListener('htmx:response:error', takeAway);
  void catchUp();
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) soon(true);
  }); // it heard nothing while away
  if (document.getElementById('line')?.dataset.state === 'unknown')
    if (navigator.serviceWorker?.controller) refreshLine();
    else void forgetWorker();
}
