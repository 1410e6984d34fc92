// Web push on the device: something is shown for every push, a tap leads to it, a lost subscription is made anew.
import * as device from './device.js';
import { kept } from './generated/config.js';
import { within } from './patience.js';

const worker = /** @type {any} */ (self);
const PATIENCE_SECONDS = 20;
const TODAY = '/today';
const NOT_PUT_OFF = {
  unreached: 'It could not be put off: the server was not reached. It stays here.',
  out: 'It could not be put off: you are signed out on this device. Sign in again. It stays here.',
  failed: 'It could not be put off: the server answered, but could not do it. Try again in a minute. It stays here.',
};
/** When a push cannot be read: one that shows nothing costs the subscription. */
const UNREADABLE = { title: 'You have something in mentorlog', tag: 'unreadable' };

/** @typedef {{state: 'on'|'off'|'taken'|'later'|'refused', words?: string}} Told */

// -- what is shown -----------------------------------------------------------------------------------------------------

/** @param {any} event */
export async function onPush(event) {
  const shown = read(event.data);
  try {
    await show(shown);
  } catch {
    await show(UNREADABLE);
  }
  new BroadcastChannel('mentorlog').postMessage({ type: 'push:arrived', tag: shown.tag });
  // what it speaks of may have been planned elsewhere: a tap must find it
  await Promise.all([sayArrived(shown.data?.test), device.sync().catch(console.warn)]);
}

/** A test is there, which who sent it reads on another device; with no network or no sign-in it stays unsaid. @param {string} [id] */
const sayArrived = id => id && ask('POST', `/push/test/${encodeURIComponent(id)}/arrived`).catch(() => null);

/** The notification in a push: declarative web push, as `reminders/words.py` makes it. @param {any} data */
function read(data) {
  try {
    const { title, ...rest } = data.json().notification;
    return title ? { title: String(title), ...rest } : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

/**
 * The same again takes the place of the first without a sound; due at another moment it is news. Firefox does not know
 * `renotify` and would sound each time, so that it is said as `silent`, too.
 * @param {any} notification
 */
async function show({ title, navigate = TODAY, tag = 'mentorlog', data = {}, body = '', lang = 'en', dir = 'ltr', actions = [] }) {
  const before = await worker.registration.getNotifications({ tag });
  const renotify = before.some((/** @type {any} */ one) => one.data?.due !== data.due);
  const silent = before.length > 0 && !renotify;
  const possible = actions.slice(0, most());
  await worker.registration.showNotification(title, {
    ...LOOK(), body, lang, dir, tag, renotify, silent,
    actions: possible.map((/** @type {any} */ one) => ({ action: one.action, title: one.title })),
    data: { ...data, path: pathOf(navigate), actions: possible.map(
      (/** @type {any} */ one) => ({ ...one, navigate: pathOf(one.navigate ?? TODAY) })) },
  });
}

/** What every notification of ours has. */
const LOOK = () => ({ icon: file('icons/any-192.png'), badge: file('icons/badge-96.png') });

/** How many actions a notification can have here. That they are drawn is not said: the page offers the same. */
const most = () => /** @type {any} */ (Notification).maxActions ?? 0;

/** @param {string} name */
const file = name => kept.find((/** @type {string} */ url) => url.endsWith(name));

/** A page of ours: whatever site a push names, only its path counts. @param {string} navigate */
function pathOf(navigate) {
  const url = new URL(navigate, worker.location.origin);
  return url.pathname + url.search;
}

/** A tap on a notification, or on one of its actions. @param {any} event */
export async function onClick({ notification, action }) {
  const { path, reminder, actions = [] } = notification.data ?? {};
  if (action === 'snooze' && reminder) return snooze(notification);
  notification.close();
  return lead(actions.find((/** @type {any} */ one) => one.action === action)?.navigate ?? path ?? TODAY);
}

/**
 * Ask the server to say it again in ten minutes; until it agrees the notification stays. It stays, too, and quietly, where it
 * comes later than that: nobody would know. Whatever is said, the way out that stood there stays.
 * @param {any} notification
 */
async function snooze(notification) {
  const { words, later } = await putOff(notification.data.reminder);
  if (!words) return notification.close();
  const { title, tag, lang, dir, data } = notification;
  const offered = data.actions.filter((/** @type {any} */ one) => !later || one.action !== 'snooze');
  await worker.registration.showNotification(title, {
    ...LOOK(), body: [words, data.otherwise].filter(Boolean).join(' '), lang, dir, tag, data, renotify: !later, silent: later,
    actions: offered.map((/** @type {any} */ one) => ({ action: one.action, title: one.title })),
  });
}

/** What is to be said of it, '' where it comes as asked or nothing is left to say. @param {string} reminder @returns {Promise<{words: string, later: boolean}>} later: the server agreed, for a later hour */
async function putOff(reminder) {
  try {
    const reply = await ask('POST', `/reminders/${encodeURIComponent(reminder)}/snooze`);
    const { error, words, later } = reply.ok || reply.status === 422 ? await reply.json() : {};
    if (later) return { words, later };
    const why = reply.type === 'opaqueredirect' ? NOT_PUT_OFF.out : NOT_PUT_OFF.failed; // to the page of signing in
    return { words: error ?? (reply.ok || reply.status === 404 ? '' : why), later: false };
  } catch {
    return { words: NOT_PUT_OFF.unreached, later: false };
  }
}

/** Focus a window of the app and lead it there, or open one. @param {string} path */
async function lead(path) {
  const url = new URL(path, worker.location.origin).href;
  const open = await worker.clients.matchAll({ type: 'window' });
  const window = open.find((/** @type {any} */ one) => one.url === url) ?? open[0];
  if (!window) return worker.clients.openWindow(url);
  await window.focus();
  return window.url === url ? window : window.navigate(url);
}

// -- the subscription --------------------------------------------------------------------------------------------------

/**
 * A page asks: `start` (a person tapped), `anew` (the old one is dead), `renew` (each start of the app), `stop`.
 * One at a time: two that subscribe at once get two addresses, and the server might keep the wrong one.
 * @param {{want: string}} asked @returns {Promise<Told>}
 */
export const hear = asked => navigator.locks.request('push', () => settle(asked.want));

/** @param {string} want @returns {Promise<Told>} */
async function settle(want) {
  const here = await device.opened();
  if (!here) return { state: want === 'start' ? 'later' : 'off' };
  const wanted = await here.store.meta('remind');
  if (want === 'renew' && !wanted) return { state: 'off' };
  if (want === 'stop' || Notification.permission !== 'granted') return stop(here.store, want === 'stop');
  const told = await subscribe(want === 'anew');
  if (want === 'start' && told.state === 'on') await here.store.setMeta({ remind: true });
  return told;
}

/** The browser lost or replaced the subscription, or has just let us have one again. @param {any} _event */
export async function onSubscriptionChange(_event) {
  await hear({ want: 'renew' });
  new BroadcastChannel('mentorlog').postMessage({ type: 'push:renewed' });
}

/** Subscribe with the server's present key, and tell the server where. @param {boolean} anew @returns {Promise<Told>} */
async function subscribe(anew) {
  try {
    const { key } = await (await ask('GET', '/push/key')).json();
    const subscription = await current(key, anew);
    const reply = await ask('POST', '/push/subscribe', { ...subscription.toJSON(), key, anew });
    if (reply.status === 410 && !anew) return subscribe(true); // the browser need not know that its address is dead
    return reply.ok ? { state: 'on' } : { state: 'refused', words: (await reply.json()).error };
  } catch (error) {
    console.warn('no subscription', error);
    return { state: await worker.registration.pushManager.getSubscription() ? 'on' : 'later' };
  }
}

/** The subscription made with this key; one that was made with another is given up first. @param {string} key @param {boolean} anew */
async function current(key, anew) {
  const { pushManager } = worker.registration;
  const old = await pushManager.getSubscription();
  if (old && !anew && encoded(old.options.applicationServerKey) === key) return old;
  await old?.unsubscribe();
  return inTime(pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: decoded(key) }));
}

/** A push service that never answers must not hold up whoever asks next. @template T @param {Promise<T>} promise @returns {Promise<T>} */
const inTime = promise => Promise.race([promise, new Promise((_, reject) => {
  within(PATIENCE_SECONDS).addEventListener('abort', () => reject(new Error('no answer of the push service')));
})]);

/** No reminders here: because the person said so, or because the permission was taken back. @param {any} store @param {boolean} said */
async function stop(store, said) {
  if (said) await store.setMeta({ remind: false });
  await (await worker.registration.pushManager.getSubscription())?.unsubscribe();
  await ask('POST', '/push/forget').catch(() => null); // the push service tells the server too: 410
  return /** @type {Told} */ ({ state: said ? 'off' : 'taken' });
}

/** No page that it leads to is followed: `ok` is false then. @param {string} method @param {string} path @param {any} [body] */
const ask = (method, path, body) => fetch(path, {
  method, redirect: 'manual',
  signal: method === 'GET' ? within(PATIENCE_SECONDS) : AbortSignal.timeout(1_000 * PATIENCE_SECONDS),
  ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
});

/** base64url without padding. @param {ArrayBuffer|null} buffer */
const encoded = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0))))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** @param {string} text */
const decoded = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
