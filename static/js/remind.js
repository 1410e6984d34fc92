// Reminders on this device: asked for by a tap only, after it is said what comes; tested, and stopped.
import { controller, tell } from './tell.js';

/** @typedef {'ask'|'on'|'lost'|'denied'|'impossible'} State */

const card = /** @type {HTMLElement} */ (document.querySelector('[data-remind]'));
const invitation = /** @type {HTMLElement|null} */ (card.closest('[data-remind-invitation]'));
const NOT_NOW = 'remind-not-now';
const LATE_MS = 15_000;
const SOON_MS = 1_000;
/** What became of a test that the push service did not take. @type {Record<string, string>} */
const REFUSED = {
  retry: 'The push service did not answer, or is busy. Try again in a minute.',
  ours: 'The push service refused our server, not this device, which is fine. Whoever runs the server must look: its log says why.',
  failed: 'The push service refused it. Tap Stop here, then Remind me, and test again.',
};
let sentAt = 0;
let late = 0;
let taken = false; // reminders were wanted here, and the permission was taken back

const worker = async () => controller() ?? (await navigator.serviceWorker?.getRegistration())?.active ?? null;

/** @param {string} want @returns {Promise<import('../../service_worker/push.js').Told|null>} */
const ask = async want => tell(await worker(), { type: 'push', want });

/** What this browser can do, before the worker is asked. */
function possible() {
  return 'Notification' in window && 'PushManager' in window && 'serviceWorker' in navigator;
}

/** @returns {Promise<State>} */
async function state() {
  if (!possible() || !await worker()) return 'impossible';
  const told = await ask('renew'); // without a permission the server is told to send nothing more
  taken = told?.state === 'taken';
  if (Notification.permission === 'denied') return 'denied';
  if (Notification.permission !== 'granted' || told?.state === 'off') return 'ask';
  return told?.state === 'on' ? 'on' : 'lost';
}

/** @param {State} now */
function show(now) {
  for (const part of card.querySelectorAll('[data-remind-state]')) {
    part.toggleAttribute('hidden', part.getAttribute('data-remind-state') !== now);
  }
  card.dataset.state = now;
  for (const part of card.querySelectorAll('[data-remind-later]')) part.toggleAttribute('hidden', !invitation);
  const matters = ['ask', 'lost'].includes(now) || (now === 'denied' && taken);
  recall();
  if (invitation) invitation.hidden &&= !matters || sessionStorage.getItem(NOT_NOW) !== null;
}

const place = card.querySelector('[data-remind-words]');

/** @param {string} words */
function say(words) {
  if (place) place.textContent = words;
}

/** What became of the last test here, as the server tells with the other devices: a page that is loaded anew knows of none. */
function recall() {
  const last = document.querySelector('[data-remind-last]')?.textContent;
  if (last && card.dataset.state === 'on' && !place?.textContent) say(last);
}

async function allow() {
  if (await Notification.requestPermission() !== 'granted') return show(await state());
  say('One moment …');
  const told = await ask('start');
  show(told?.state === 'on' ? 'on' : 'lost');
  say(told?.words ?? '');
}

async function stop() {
  await ask('stop');
  show('ask');
}

/** Send one to this device, and say when it is here. */
async function test() {
  say('Sending …');
  took(null);
  sentAt = performance.now();
  const reply = await fetch('/push/test', { method: 'POST', signal: AbortSignal.timeout(20_000) }).catch(() => null);
  const told = await reply?.json().catch(() => null);
  if (!reply || !told) return say('Not sent. A test needs the network, and the server did not answer.');
  if (told.error) return say(told.error);
  if (told.outcome === 'gone') return renewed();
  if (told.outcome !== 'sent') return say(REFUSED[told.outcome] ?? REFUSED.failed);
  took(told.at);
  if (sentAt) wait();
}

/** As pages write hours: in the person's zone, which need not be that of the browser. @param {Date} moment @param {Intl.DateTimeFormatOptions} [more] */
const hour = (moment, more) => moment.toLocaleTimeString('en-GB', {
  timeZone: card.dataset.zone, hour: '2-digit', minute: '2-digit', ...more });

/** When the push service took the test; null while it has not. @param {string|null} at */
function took(at) {
  const line = card.querySelector('[data-remind-took]'), when = line?.querySelector('[data-remind-when]');
  line?.toggleAttribute('hidden', !at);
  if (when && at) when.textContent = hour(new Date(at), { second: '2-digit' });
}

/** The address was dead: a new one is made, so that the next test can arrive. */
async function renewed() {
  const told = await ask('anew');
  say(told?.state === 'on' ? 'The old address of this device was dead. It has a new one now: send the test again.'
    : 'This device has no push service at the moment.');
}

function wait() {
  say('Waiting for it …');
  clearTimeout(late);
  late = window.setTimeout(() => say('It has not arrived here yet.'), LATE_MS);
}

function arrived() {
  if (!sentAt) return;
  clearTimeout(late);
  const seconds = Math.max(1, Math.round((performance.now() - sentAt) / 1000));
  sentAt = 0;
  say(`The test arrived at ${hour(new Date())}, ${seconds} second${seconds === 1 ? '' : 's'} after it was sent.`);
}

function notNow() {
  sessionStorage.setItem(NOT_NOW, '1');
  if (invitation) invitation.hidden = true;
}

/** They know that none comes here, and need not read it again. */
async function without() {
  notNow();
  await ask('stop');
}

const look = async () => show(await state());

/** Another permission. The part of a browser that subscribes can hear of it a little later than pages do. */
async function changed() {
  await look();
  if (card.dataset.state === 'lost') setTimeout(look, SOON_MS);
}

/** @type {Record<string, () => unknown>} */
const TAPS = { allow, stop, test, again: allow, 'not-now': notNow, without };
card.addEventListener('click', ({ target }) => {
  const tapped = /** @type {Element} */ (target).closest('[data-remind-tap]')?.getAttribute('data-remind-tap');
  if (tapped) TAPS[tapped]?.();
});
new BroadcastChannel('mentorlog').addEventListener('message', ({ data }) => {
  if (data.type === 'push:arrived' && data.tag === 'test') arrived();
  if (data.type === 'push:renewed') look();
});
document.addEventListener('htmx:after:swap', recall);
look();
// a permission that is given or taken back in the browser's settings shows here at once
navigator.permissions?.query({ name: 'notifications' }).then(one => one.addEventListener('change', changed), () => null);
