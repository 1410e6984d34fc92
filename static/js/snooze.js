// A notification led here: the page offers to put it off, and what to do when it isn't working. Its own buttons are not drawn everywhere, and no browser says
// where: Firefox counts two of them also where a desktop shows none.
export const WORDS = {
  offered: 'You were reminded of this.',
  gone: 'It was moved meanwhile, or is done.',
  unreached: 'It could not be put off: the server was not reached.',
  out: 'It could not be put off: you are signed out on this device.',
  failed: 'It could not be put off: the server answered, but could not do it. Try again in a minute.',
};

/** @type {HTMLElement|null} */
let shown = null;
/** To join is said so long before a session at most: four hours, if so chosen, and where that falls into quiet or focus
 * hours up to four more (MOST_AHEAD in due/quiet.py), and a clock can be slow. To prepare mostly comes earlier: no way out yet. */
const SOON_MS = 8 * 3_600_000 + 5 * 60_000;
const url = new URL(location.href), id = url.searchParams.get('reminder') ?? '';

/** Whether the notification may have had the same button. */
const doubled = /** @type {any} */ (globalThis.Notification)?.maxActions > 0;

/** @param {string} text @param {HTMLElement[]} rest */
function say(text, ...rest) {
  const words = document.createElement('span'), toast = document.createElement('div');
  words.textContent = text;
  toast.className = 'toast';
  toast.setAttribute('role', 'status');
  if (rest.length) toast.dataset.toast = 'snooze'; // an offer stays
  toast.append(words, ...rest);
  shown?.remove();
  shown = toast;
  document.getElementById('toasts')?.append(toast);
  return toast;
}

async function snooze() {
  const way = `/reminders/${encodeURIComponent(id)}/snooze`;
  const reply = await fetch(way, { method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(20_000) }).catch(() => null);
  const told = await reply?.json().catch(() => null);
  if (reply?.status === 404) return say(WORDS.gone);
  if (reply?.type === 'opaqueredirect') return say(WORDS.out, signIn());
  if (told?.words || told?.error) return say(told.words ?? told.error);
  say(reply ? WORDS.failed : WORDS.unreached, button());
}

/** The way back in, and from there to this page. */
function signIn() {
  const made = document.createElement('a');
  made.className = 'button';
  made.href = `/sign-in?${new URLSearchParams({ next: url.pathname + url.search })}`;
  made.textContent = 'Sign in';
  return made;
}

function button() {
  const made = document.createElement('button');
  made.className = 'button';
  made.type = 'button';
  made.textContent = 'Snooze 10 minutes';
  made.addEventListener('click', snooze);
  return made;
}

/** The way out of a session that begins soon; the page's own button stands there shortly before alone. */
function wayOut() {
  const own = /** @type {HTMLAnchorElement|null} */ (document.querySelector('a[data-opens="fallback"][hidden]'));
  if (!own || Date.parse(own.dataset.from ?? '') - Date.now() > SOON_MS) return [];
  const made = /** @type {HTMLAnchorElement} */ (own.cloneNode(true));
  made.hidden = false;
  return [made];
}

url.searchParams.delete('reminder'); // a reload does not ask again
history.replaceState(history.state, '', url);
const offer = say(WORDS.offered, button(), ...wayOut());
document.addEventListener('htmx:after:swap', () => { // what was planned elsewhere comes a moment later
  if (offer.isConnected && !offer.querySelector('a')) offer.append(...wayOut());
});
if (doubled) delete offer.dataset.toast; // it goes like any word, and is not in the way for long
