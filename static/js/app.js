// What a page of the app runs. Everything works without it but drafts, and knowing at once what was sent.

/** Wherever somebody is signed in. */
const ALWAYS = ['./draft.js', './live.js', './pulse.js', './update.js'];
/** Only where the page has use for it, so that other pages stay light. @type {[string, string][]} */
const ONLY_WITH = [
  ['form[data-hx-post]', './trouble.js'],
  ['[data-copy]', './copy.js'],
  ['input[data-zone]', './zone.js'],
  ['[data-zones]', './zones.js'],
  ['[data-aim]', './aim.js'],
  ['[data-swipe]', './keep.js'],
  ['[data-swipe]', './turn.js'],
  ['[data-awake]', './awake.js'],
  ['[data-arrive]', './arrive.js'],
  ['[data-lines]', './lines.js'],
  ['[data-slots]', './slots.js'],
  ['[data-paint]', './paint.js'],
  ['[data-calendar]', './calendar.js'],
  ['[data-search]', './search.js'],
  ['[data-opens]', './opens.js'],
  ['[data-there]', './there.js'],
  ['[data-near]', './near.js'],
  ['[data-wait]', './wait.js'],
  ['[data-print]', './print.js'],
  ['[data-left], [data-leaving]', './leave.js'],
  ['[data-remind]', './remind.js'],
  ['[data-install], [data-kept]', './install.js'],
  ['.toast', './toasts.js'],
  ['dialog', './over.js'],
  ['[data-toolbar]', './toolbar.js'],
  ['[data-prose]', './carry-on.js'],
  ['[data-next]', './next.js'],
  ['[data-prompts]', './prompts.js'],
  ['[data-tags]', './tags.js'],
  ['[data-words]', './words.js'],
  ['[data-said]', './said.js'],
  ['[data-press]', './press.js'],
  ['.editor-bar', './keyboard.js'],
];

const LATEST_MS = 3_000;
const MOST_TURNS = 50; // of pages with a transition, in one tab: several tabs can have one process
const root = document.documentElement;
/** Where a key is a letter of somebody's text. */
const TYPED_INTO = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]';

/** The browser's offer to install, while it can be taken. @type {{event: any}} */
export const offer = { event: null };

/** A part for a page that another version made would not fit it: the request says for which one. @param {any} event */
function tellVersion({ detail }) {
  detail.ctx.request.headers['X-Page-Version'] = root.dataset.version;
}

function load() {
  for (const [selector, script] of ONLY_WITH) if (document.querySelector(selector)) import(script);
}

/** Transitions are an addition, and one that does not last: see still.js. */
function countTurns() {
  sessionStorage.turns = Number(sessionStorage.turns ?? 0) + 1;
  if (Number(sessionStorage.turns) > MOST_TURNS) import('./still.js').then(({ turnStill }) => turnStill());
}

/** Somebody is signed in and no worker was brought here, as when they went on early: it comes now, behind the page. */
function bring() {
  if (!root.dataset.device || document.querySelector('[data-arrive], [data-leaving]')) return;
  import('./move-in.js').then(({ moveIn }) => moveIn(root.dataset)).catch(() => null); // the next page tries again
}

/** Whether a click means the link where it stands, and no tab or window of its own. @param {MouseEvent} event */
export const isPlain = (event) => !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/** *Something came up* opens over the page. @param {MouseEvent} event */
function onClick(event) {
  const link = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (event.target).closest('a[data-sheet]'));
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  import('./came-up.js').then(({ open }) => open(link)).catch(() => location.assign(link.href));
}

/** A key by itself, where the person left them on and types nothing. @param {KeyboardEvent} event */
function onKey(event) {
  const { key, target } = event;
  const isFree = 'keys' in root.dataset && !event.defaultPrevented && !event.repeat && !document.querySelector('dialog[open]');
  if (!isFree || key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (/** @type {Element} */ (target).closest(TYPED_INTO)) return;
  if (key === '/') event.preventDefault(); // Firefox looks through the page with it
  import('./keys.js').then(({ press }) => press(key));
}

/** Not in the browser's own time, but where the page says what it is good for. @param {any} event */
function onOffer(event) {
  event.preventDefault();
  offer.event = event;
  document.dispatchEvent(new CustomEvent('install:offered'));
}

/** The app was opened while it is open. @param {{targetURL?: string}} launch */
function onLaunch({ targetURL }) {
  if (targetURL) import('./launch.js').then(({ go }) => go(targetURL));
}

document.addEventListener('htmx:config:request', tellVersion);
document.addEventListener('click', onClick);
document.addEventListener('keydown', onKey);
if (new URLSearchParams(location.search).has('reminder') && !document.querySelector('[data-missing]')) import('./snooze.js');
if (history.state?.over) import('./over.js');
if (root.dataset.person) {
  for (const script of ALWAYS) import(script);
  load();
  bring();
  countTurns();
  document.addEventListener('htmx:after:swap', load); // what comes later may have use for more
  window.addEventListener('beforeinstallprompt', onOffer);
  /** @type {any} */ (window).launchQueue?.setConsumer(onLaunch);
  if (location.hash === '#q') document.getElementById('q')?.focus();
  if (['granted', 'denied'].includes(globalThis.Notification?.permission)) import('./renew.js');
} else if (document.querySelector('[data-left]')) {
  load(); // nothing of whoever has left may stay until somebody looks
} else {
  new PerformanceObserver(load).observe({ type: 'paint', buffered: true }); // nothing of it is in a cache yet
  setTimeout(load, LATEST_MS); // where paints are not told
}
