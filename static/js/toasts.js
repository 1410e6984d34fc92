/** A toast goes after eight seconds; not under the pointer, not with the focus in it, not while nobody looks. */

export const STAYS_MS = 8_000;
const GOES = '.toast[role="status"]:not([data-toast])'; // what went wrong stays, and so does an offer
const place = document.getElementById('toasts');
/** @type {WeakSet<Element>} */
const known = new WeakSet();

/** @param {Element} toast */
function end(toast) {
  if (document.hidden || toast.matches(':hover, :focus-within')) window.setTimeout(end, STAYS_MS, toast);
  else toast.remove();
}

function look() {
  for (const toast of place?.querySelectorAll(GOES) ?? []) {
    if (known.has(toast)) continue;
    known.add(toast);
    window.setTimeout(end, STAYS_MS, toast);
  }
}

if (place) new MutationObserver(look).observe(place, { childList: true });
look();
