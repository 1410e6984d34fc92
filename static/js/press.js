/**
 * The button of a session's form says what its press does, while somebody chooses. Once or by a rhythm is a matter of the
 * style sheet; without this file the button says of shown days what holds for any number of ticks.
 */

/** @param {FormData} data @param {string} name */
const typed = (data, name) => String(data.get(name) ?? '').trim();

/** What decides the days, in the line that the server wrote when it showed them: see askedFor of sessions/series.js. @param {FormData} data */
const askedFor = (data) => [
  ...['starts_on', 'starts_time', 'zone', 'minutes', 'how'].map((name) => typed(data, name)),
  Number(typed(data, 'weeks')) || 1, Number(typed(data, 'count'))].join(' ');

/** How many days are planned by a press, where those that stand there are still the ones that are asked for. @param {FormData} data @param {string} otherwise */
function days(data, otherwise) {
  if (askedFor(data) !== typed(data, 'seen')) return 'Show the days';
  const count = data.getAll('day').length;
  return count > 1 ? `Plan ${count} sessions` : count ? 'Plan one session' : otherwise;
}

function show() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-press] > .if-often'))) {
    const form = place.closest('form'), before = (place.dataset.before ??= place.textContent ?? '');
    if (form) place.textContent = days(new FormData(form), before);
  }
}

show();
for (const heard of ['input', 'change', 'draft:restored', 'htmx:after:swap']) document.addEventListener(heard, show);
