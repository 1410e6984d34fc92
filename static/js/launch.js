/** The app was opened anew while it is open: by its icon, a shortcut or a link. What is being typed comes first. */

import { isDirty } from './live.js';

const OPENING_MS = 5_000;

/** The window that was made for this launch, or loaded anew, is where it should be. */
function isBegun() {
  const [made] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  return performance.now() < OPENING_MS && (history.length === 1 || made?.type === 'reload');
}

/** Forms that hold something which was not sent. What is asked of a page (a search, a filter) is nothing of anybody's. */
const written = () =>
  [.../** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[method="post"]'))].filter(isDirty);

/** @param {string} address @param {boolean} isKept whether all that was typed has a draft */
function offer(address, isKept) {
  const link = Object.assign(document.createElement('a'), { className: 'button', href: address, textContent: 'Go there' });
  const toast = Object.assign(document.createElement('div'), { className: 'toast', role: 'status' });
  toast.dataset.toast = 'launch';
  const textContent = isKept ? 'You are writing here. It is kept as a draft.' : 'Something here is not sent yet.';
  toast.append(Object.assign(document.createElement('span'), { textContent }), link);
  document.querySelector('[data-toast="launch"]')?.remove();
  document.getElementById('toasts')?.append(toast);
}

/** @param {string} address where the launch leads */
export function go(address) {
  const { origin, pathname, search } = new URL(address, location.href);
  const isHere = pathname + search === location.pathname + location.search;
  if (origin !== location.origin || isHere || isBegun()) return;
  const forms = written();
  if (forms.length) offer(address, forms.every((form) => 'draft' in form.dataset));
  else location.assign(address);
}
