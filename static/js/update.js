// A new version waits until the person takes it: offered, never forced, and what is typed becomes a draft first.
const SEEN = 'new-version';

/** @param {ServiceWorker} worker */
function offer(worker) {
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
  button.addEventListener('click', () => refresh(worker));
  toast.append(words, button);
  toasts.append(toast);
}

/** `pagehide` keeps what is typed as a draft before the page goes. @param {ServiceWorker} worker */
function refresh(worker) {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  worker.postMessage({ type: 'skip-waiting' });
}

/** @param {ServiceWorkerRegistration} registration */
function watch(registration) {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker);
    });
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {});
  });
}

navigator.serviceWorker?.getRegistration().then(registration => registration && watch(registration));
