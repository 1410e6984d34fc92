/** The hour that it is elsewhere, on a page that stays open: `<time data-there="<zone>">`. */

const MINUTE_MS = 60_000;
let nextMinute = 0;

/** @param {HTMLElement} one of a zone that this browser does not know it stays as the server wrote it, and the others go on */
function show(one) {
  const timeZone = one.dataset.there;
  try {
    one.textContent = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    one.removeAttribute('data-there');
  }
}

function look() {
  clearTimeout(nextMinute);
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-there]'))) show(one);
  nextMinute = window.setTimeout(look, MINUTE_MS - (Date.now() % MINUTE_MS));
}

document.addEventListener('visibilitychange', look); // a phone that slept fires no nextMinute in time
nextMinute = window.setTimeout(look, MINUTE_MS - (Date.now() % MINUTE_MS)); // the page says the minute in which it was made
