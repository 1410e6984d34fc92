// Signing out: first what waits is said and can be sent; afterwards nothing of the person is left on this device.
import { controller, tell } from './tell.js';

const leaving = /** @type {HTMLElement|null} */ (document.querySelector('[data-leaving]'));
const left = /** @type {HTMLElement|null} */ (document.querySelector('[data-left]'));

/** @returns {Promise<ServiceWorker|null>} */
const worker = async () => controller() ?? (await navigator.serviceWorker?.getRegistration())?.active ?? null;

/** @param {number} count @param {string} noun */
const counted = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Say what waits here. @param {any} told what the worker's sync says */
function show(told) {
  const waits = Boolean(told && (told.waiting || told.drafts));
  for (const part of document.querySelectorAll('[data-waits]')) part.toggleAttribute('hidden', !waits);
  for (const part of document.querySelectorAll('[data-none]')) part.toggleAttribute('hidden', waits);
  const count = document.querySelector('[data-count]');
  if (!waits || !count) return;
  const parts = [told.waiting && counted(told.waiting, 'change'), told.drafts && counted(told.drafts, 'unfinished text')];
  count.textContent = parts.filter(Boolean).join(' and ');
}

async function look() {
  show(await tell(await worker(), { type: 'line' }));
}

/** The person asks: a pause that the server wished for does not count. */
async function send() {
  const told = await tell(await worker(), { type: 'sync', tapped: true });
  if (told) show(told);
}

async function forgetPush() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

/** @param {string} person @param {boolean} empty only if nothing waits here */
async function wipe(person, empty) {
  const found = await worker(), gone = await tell(found, { type: 'leave', person, empty });
  if (!found) for (const name of [`mentorlog-${person}`, 'mentorlog-device']) indexedDB.deleteDatabase(name);
  if (gone === false) return location.reload(); // a draft came after the page was made
  await forgetPush();
}

if (leaving) {
  look();
  document.querySelector('[data-send]')?.addEventListener('click', send);
  new BroadcastChannel('mentorlog').addEventListener('message', look); // it may have been sent by itself meanwhile
}
if (left?.dataset.left) wipe(left.dataset.left, left.dataset.empty !== undefined);
