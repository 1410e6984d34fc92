/**
 * Parts that say until when they are right, `<div data-live data-until="<instant>">`, are fetched anew once it has passed,
 * also after a sleep. A clock that is wrong here, or was set, makes it look at most once a minute.
 */

import { isPast, refresh } from './live.js';

const MINUTE_MS = 60_000; // a look at the clock: a phone that slept, or whose clock was set, fires no timer in time
const SET_MS = 1_000; // a clock that runs true goes back by less
let timer = 0;
let looked = -Infinity; // on the clock that nobody sets
let ahead = Date.now() - performance.now();
let isBack = false;

/** Whether the clock was set back: what is shown may be of a time that is still to come. */
function wasSetBack() {
  const was = ahead;
  ahead = Date.now() - performance.now();
  return was - ahead > SET_MS;
}

/** When to look at the clock again, in ms. @param {HTMLElement[]} parts */
function next(parts) {
  const left = parts.filter((part) => !isPast(part)).map((part) => Date.parse(part.dataset.until ?? '') - Date.now());
  return Math.max(Math.min(MINUTE_MS, ...left), looked + MINUTE_MS - performance.now(), 0);
}

function look() {
  clearTimeout(timer);
  const parts = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-live][data-until]'))];
  isBack ||= wasSetBack();
  const due = isBack ? parts : parts.filter(isPast);
  if (due.length && !document.hidden && performance.now() - looked >= MINUTE_MS) {
    looked = performance.now();
    isBack = false;
    refresh(due);
  }
  timer = window.setTimeout(look, next(parts));
}

for (const event of ['htmx:after:swap', 'visibilitychange']) document.addEventListener(event, look);
for (const event of ['focus', 'pageshow']) window.addEventListener(event, look);
look();
