/** What is shown from a moment on: `<a hidden data-from="<instant>">`, also on a page that was opened before it. */

const LONGEST_MS = 86_400_000; // a page that stands open longer is drawn anew by then
/** @type {Set<number>} */
const timers = new Set();

/** @param {HTMLElement} one */
function wait(one) {
  const left = Date.parse(one.dataset.from ?? '') - Date.now();
  if (left <= 0) one.hidden = false;
  else if (left < LONGEST_MS) timers.add(window.setTimeout(look, left));
}

function look() {
  for (const timer of timers) clearTimeout(timer);
  timers.clear();
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-from]'))) wait(one);
}

document.addEventListener('htmx:after:swap', look);
document.addEventListener('visibilitychange', look); // a phone that slept fires no timer in time
look();
