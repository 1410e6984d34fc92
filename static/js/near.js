/**
 * How near a session is, in its last two hours: `<span data-near="<instant>" hidden>`. Words that are right for a minute are
 * no server's: they would be false on a page that stays open, and where no script runs.
 */

const MINUTE_MS = 60_000;
const MOST = 120; // minutes
let nextMinute = 0;

/** By the minutes that clocks show, which have no halves; '' beyond two hours, and once it has begun. @param {string} start @param {number} now ms */
export function words(start, now) {
  const minutes = Math.floor(Date.parse(start) / MINUTE_MS) - Math.floor(now / MINUTE_MS);
  if (minutes < 0 || minutes > MOST) return '';
  if (!minutes) return 'now';
  return ['in', count(Math.floor(minutes / 60), 'hour'), count(minutes % 60, 'minute')].filter(Boolean).join(' ');
}

/** @param {number} n @param {string} unit */
const count = (n, unit) => (n ? `${n} ${unit}${n === 1 ? '' : 's'}` : '');

function look() {
  clearTimeout(nextMinute);
  const found = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-near]'));
  for (const one of found) {
    one.textContent = words(one.dataset.near ?? '', Date.now());
    one.hidden = !one.textContent;
  }
  if (found.length) nextMinute = window.setTimeout(look, MINUTE_MS - (Date.now() % MINUTE_MS));
}

for (const event of ['visibilitychange', 'htmx:after:swap']) document.addEventListener(event, look); // a phone slept, a part is new
look();
