// A new version waits until the person takes it: offered, never forced, and what is typed becomes a draft first.
import { controller, tell } from './tell.js';

const SEEN = 'new-version';
const SILENT_MS = 1_000;
const STUCK_MS = 5_000;

/** @param {ServiceWorkerRegistration} registration */
function offer(registration) {
  const toasts = document.querySelector('.toasts');
  if (!toasts || toasts.querySelector(`[data-toast="${SEEN}"]`)) return;
  const toast = document.createElement('div');
  toast.className = 'toast';
  toast.role = 'status';
  toast.dataset.toast = SEEN;
  const words = document.createElement('span');
  words.textContent = 'New version';
  const button = document.createElement('button');
  button.className = 'button';
  button.type = 'button';
  button.textContent = 'Refresh';
  button.addEventListener('click', () => refresh(registration));
  toast.append(words, button);
  toasts.append(toast);
}

/**
 * Take the version that waits now, which may be newer than the one that was offered. `pagehide` keeps what is typed as a
 * draft before the page goes.
 * @param {ServiceWorkerRegistration} registration
 */
async function refresh({ waiting }) {
  if (!waiting) return location.reload(); // another tab took it
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  // The old one goes when nothing of it is under way; Chromium does not tell it to while it is only being started.
  await Promise.race([tell(controller(), { type: 'give-way' }), later(SILENT_MS)]);
  waiting.postMessage({ type: 'skip-waiting' });
  await later(STUCK_MS);
  location.reload(); // a page that goes has Chromium look again
}

/** @param {number} ms */
const later = ms => new Promise(resolve => { setTimeout(resolve, ms); });

/** @param {ServiceWorkerRegistration} registration */
function follow(registration) {
  const worker = registration.installing;
  worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(registration);
  });
}

/** @param {ServiceWorkerRegistration} registration */
function watch(registration) {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration);
  follow(registration); // one that was being installed when this page came
  registration.addEventListener('updatefound', () => follow(registration));
  new BroadcastChannel('mentorlog').addEventListener('message', ({ data }) => {
    if (data.sync === 'upgrade') registration.update().catch(() => {}); // the server takes nothing from this version
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {});
  });
}

navigator.serviceWorker?.getRegistration().then(registration => registration && watch(registration));
