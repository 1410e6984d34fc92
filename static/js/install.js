/**
 * Installing: offered once, after something was written, where the browser can; how it is done by hand is a page. And
 * whether the browser keeps what stands here when room gets short.
 */

import { offer } from './app.js';

/** `button`: the browser installs at a tap. `steps`: by hand. `here`: this is the installed app. @typedef {'button'|'steps'|'here'|''} Way */

const NOT_NOW = 'install-not-now';
const ASKED = 'kept-asked';
const INSTALLED = ['standalone', 'window-controls-overlay', 'minimal-ui', 'fullscreen'];
const KEPT = {
  yes: 'Yes: the browser keeps it until you remove it.',
  no: 'Not promised. The browser may throw it away; what is on the server comes back by itself.',
  refused: 'The browser does not promise it yet. It often does for an installed app.',
};
const card = /** @type {HTMLElement|null} */ (document.querySelector('[data-install]'));
const words = document.querySelector('[data-kept]');

const isInstalled = () => INSTALLED.some((mode) => matchMedia(`(display-mode: ${mode})`).matches) || 'standalone' in navigator && navigator.standalone === true;

/** By hand it goes in Safari, and in what is Safari under another name; an iPad says that it is a Macintosh. */
const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

/** Firefox asks the person; the others decide by themselves, so that nobody is interrupted. */
const wouldAsk = () => CSS.supports('-moz-appearance', 'none');

/** @returns {Way} */
function way() {
  if (isInstalled()) return 'here';
  if (offer.event) return 'button';
  return isApple() ? 'steps' : '';
}

function show() {
  const now = way(), asks = card?.dataset.install === 'asks';
  for (const part of document.querySelectorAll('[data-install-way]')) {
    part.toggleAttribute('hidden', part.getAttribute('data-install-way') !== now);
  }
  const taken = asks && localStorage.getItem(NOT_NOW) !== null;
  if (card) card.hidden = taken || (now !== 'button' && !(asks && now === 'steps'));
}

function notNow() {
  localStorage.setItem(NOT_NOW, '1');
  show();
}

async function install() {
  const { event } = offer;
  offer.event = null; // it can be used once
  await event?.prompt();
  const { outcome } = (await event?.userChoice) ?? {};
  if (outcome === 'accepted') await keep();
  notNow();
}

/** Ask the browser to keep what stands here. */
async function keep() {
  localStorage.setItem(ASKED, '1');
  await navigator.storage?.persist?.().catch(() => false);
  await say();
}

/** The browser's answer, in words. */
async function say() {
  const kept = await navigator.storage?.persisted?.();
  if (!words || kept === undefined) return;
  words.textContent = kept ? KEPT.yes : localStorage.getItem(ASKED) ? KEPT.refused : KEPT.no;
  document.querySelector('[data-install-tap="keep"]')?.toggleAttribute('hidden', kept);
}

/** There is something to keep now: it is asked for once, and at each start of the installed app until it is granted. */
async function keepOnce() {
  const again = isInstalled() || !localStorage.getItem(ASKED);
  if (card?.dataset.install === 'asks' && again && !wouldAsk() && !(await navigator.storage?.persisted?.())) await keep();
}

/** @type {Record<string, () => unknown>} */
const TAPS = { install, 'not-now': notNow, keep };
document.addEventListener('click', ({ target }) => {
  const tapped = /** @type {Element} */ (target).closest('[data-install-tap]')?.getAttribute('data-install-tap');
  if (tapped) TAPS[tapped]?.();
});
document.addEventListener('install:offered', show);
document.querySelector('[data-address]')?.append(location.origin);
show();
void say();
void keepOnce();
