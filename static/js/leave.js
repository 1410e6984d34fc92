// Signing out: first what waits is said and can be sent; afterwards nothing of the person is left on this device, or only
// what they did not want to discard.
import { got, openOf } from './draft-store.js';
import { controller, tell } from './tell.js';

const leaving = /** @type {HTMLFormElement|null} */ (document.querySelector('[data-leaving]'));
const left = /** @type {HTMLElement|null} */ (document.querySelector('[data-left]'));
const ALONE = ['changes', 'drafts'];
const PATIENCE_MS = 3_000;

/** @returns {Promise<ServiceWorker|null>} */
const worker = async () => controller() ?? (await navigator.serviceWorker?.getRegistration())?.active ?? null;

/** @param {number} count @param {string} noun */
const counted = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Say what waits here. @param {any} told its numbers @returns {boolean} whether anything does */
function show(told) {
  const waits = Boolean(told.waiting || told.drafts), count = document.querySelector('[data-count]');
  const parts = [told.waiting && counted(told.waiting, 'change'), told.drafts && counted(told.drafts, 'unfinished text')];
  if (waits && count) count.textContent = parts.filter(Boolean).join(' and ');
  for (const part of document.querySelectorAll('[data-waits]')) part.toggleAttribute('hidden', !waits);
  for (const part of document.querySelectorAll('[data-none]')) part.toggleAttribute('hidden', waits);
  return waits;
}

/**
 * What stands here alone, of whoever it is, also where no worker is left that could say so.
 * @param {string} person @returns {Promise<{waiting: number, drafts: number}>} @throws nobody can say, or not soon
 */
async function held(person) {
  const late = new Promise((_, reject) => { setTimeout(reject, PATIENCE_MS, new Error('late')); });
  return Promise.race([late, counts(person)]);
}

/** @param {string} person */
async function counts(person) {
  const db = await openOf(person);
  if (!db) return { waiting: 0, drafts: 0 };
  const tx = db.transaction(ALONE), [waiting, drafts] = await Promise.all(ALONE.map(name => got(tx.objectStore(name).count())));
  db.close();
  return { waiting, drafts };
}

/** Where nobody can say what waits, one can leave: what waits is not discarded unasked. @param {HTMLFormElement} form */
const look = async form => show(await held(form.dataset.leaving ?? '').catch(() => ({})));

/** What was typed in another tab meanwhile is not gone before it was said. @param {SubmitEvent} event */
async function onSubmit(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (/** @type {HTMLButtonElement|null} */ (event.submitter)?.name === 'discard') return;
  event.preventDefault();
  if (!await look(form)) return form.submit();
  /** @type {HTMLElement|null} */ (form.querySelector('[data-send]'))?.focus();
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

/** @param {string} person @param {boolean} empty only if nothing waits here @returns {Promise<boolean>} whether it went */
async function wipe(person, empty) {
  localStorage.removeItem('wait'); // which session was waited for
  const isGone = await tell(await worker(), { type: 'leave', person, empty });
  if (isGone !== null) return isGone;
  if (empty && await waits(person)) return false;
  for (const name of [`mentorlog-${person}`, 'mentorlog-device']) indexedDB.deleteDatabase(name);
  return true;
}

/** Whether anything does, or may. @param {string} person */
const waits = person => held(person).then(({ waiting, drafts }) => waiting + drafts > 0, () => true);

/** @param {string} person @param {boolean} empty */
async function leave(person, empty) {
  // Between the two looks the last of it may have been sent.
  const isGone = await wipe(person, empty) || (!await waits(person) && await wipe(person, empty));
  if (!isGone && !document.querySelector('[data-waits]')) return location.reload(); // a draft came after the page was made
  if (isGone) show({});
  else {
    await tell(await worker(), { type: 'close', person });
    await held(person).then(show, () => {}); // where nobody can say, nothing is said
  }
  await forgetPush();
}

if (leaving) {
  look(leaving);
  leaving.addEventListener('submit', onSubmit);
  document.querySelector('[data-send]')?.addEventListener('click', send);
  new BroadcastChannel('mentorlog').addEventListener('message', () => look(leaving)); // it may have been sent by itself meanwhile
}
if (left?.dataset.left) leave(left.dataset.left, left.dataset.empty !== undefined);
