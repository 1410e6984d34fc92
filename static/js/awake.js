/** The screen stays on while people talk from it, where the browser can do that. */

async function stay() {
  if (document.visibilityState !== 'visible') return;
  await navigator.wakeLock?.request('screen').catch(() => null); // a low battery may forbid it
}

document.addEventListener('visibilitychange', () => void stay());
void stay();
