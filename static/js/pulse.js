/**
 * The visible page is the clock of the sync: it asks the worker at good moments, and again while something waits. When
 * nobody looks any more, Background Sync takes over, where the browser has it.
 */

import { controller, tell } from './tell.js';

/** @typedef {import('../../service_worker/sync.js').Message} Message */

const STEPS_S = [2, 4, 8, 16, 32, 60];
const LEAST_GAP_MS = 2_000; // a line that goes up and down makes no storm
const SILENT_MS = 5_000; // then it is time to see whether the worker is still at it
const AGAIN = new Set(['done', 'later', 'busy', 'no_room']);
const { person } = document.documentElement.dataset;
let timer = 0;
let tries = 0;
let lastAsk = -Infinity;
/** Whether anything is unsent, as far as this page knows. */
let left = document.getElementById('line')?.dataset.state !== 'sent';
/** Whether this page is about what may stand on the server and not here yet: it goes on asking; live.js looks again. */
const behind = Boolean(document.querySelector('a[data-again]'));
/** Background Sync, at hand beforehand: a page that closes waits for nothing. @type {any} */
let later = null;

/** @param {number} ms */
function askIn(ms) {
  clearTimeout(timer);
  timer = window.setTimeout(ask, ms);
}

/** At a good moment: at once, unless it was asked just now. */
function askSoon() {
  askIn(Math.max(0, lastAsk + LEAST_GAP_MS - performance.now()));
}

/** A worker that is at it holds a lock; one that was ended in the middle holds nothing, and says nothing. */
async function askUnlessAtIt() {
  const { held } = await navigator.locks.query();
  if (held?.some(({ name }) => name === `mentorlog-sync-${person}`)) timer = window.setTimeout(askUnlessAtIt, SILENT_MS);
  else void ask();
}

async function ask() {
  const worker = controller();
  if (document.hidden || !worker || !person) return;
  lastAsk = performance.now();
  clearTimeout(timer);
  timer = window.setTimeout(askUnlessAtIt, SILENT_MS);
  plan(await tell(worker, { type: 'sync' }));
}

/**
 * When to ask next: not before the server wants it, and only while something waits that can be sent, or to be looked for.
 * @param {Message|null} told
 */
function plan(told) {
  clearTimeout(timer);
  if (told) left = Boolean(told.sendable);
  if (!told?.sync || !AGAIN.has(told.sync) || !(told.sendable || behind)) {
    tries = 0;
    return;
  }
  const seconds = STEPS_S[Math.min(tries, STEPS_S.length - 1)] * (0.75 + Math.random() / 2);
  tries += 1;
  askIn(1_000 * Math.max(told.pause, seconds));
}

/** A page of the same person saved something. @param {MessageEvent} event */
function onWord({ data }) {
  if (data.type !== 'change:written' || data.person !== person) return;
  tries = 0;
  left = true;
  askSoon();
}

function onLook() {
  if (!document.hidden) askSoon();
  else if (left) later?.register('send').catch(() => {}); // switched off: the next page sends
}

new BroadcastChannel('mentorlog').addEventListener('message', onWord);
window.addEventListener('online', askSoon);
window.addEventListener('pageshow', askSoon);
document.addEventListener('visibilitychange', onLook);
navigator.serviceWorker?.addEventListener('controllerchange', askSoon);
askSoon();
void navigator.serviceWorker?.ready.then((found) => {
  later = /** @type {any} */ (found).sync ?? null;
});
