/**
 * The button of a session's form says what its press does, while somebody chooses; an hour that is offered stands in its
 * fields at once. Once or by a rhythm is a matter of the style sheet; without this file the button says of shown days what
 * holds for any number of ticks.
 */

/** @param {FormData} data @param {string} name */
const typed = (data, name) => String(data.get(name) ?? '').trim();

/** What decides the days, in the line that the server wrote when it showed them: see askedFor of sessions/series.js. @param {FormData} data */
const askedFor = (data) => [
  ...['starts_on', 'starts_time', 'zone', 'minutes', 'partner', 'how'].map((name) => typed(data, name) || '-'),
  Number(typed(data, 'weeks')) || 1, Number(typed(data, 'count'))].join(' ');

/** How many days are planned by a press, where those that stand there are still the ones that are asked for. @param {FormData} data @param {string} otherwise */
function days(data, otherwise) {
  if (askedFor(data) !== typed(data, 'seen')) return 'Show the days';
  const count = data.getAll('day').length;
  return count > 1 ? `Plan ${count} sessions` : count ? 'Plan one session' : otherwise;
}

/** A day as the button says it: Tue 8 December; with its year where the day before was of another. @param {string} on @param {string} was */
function dayOf(on, was) {
  /** @type {Intl.DateTimeFormatOptions} */
  const shape = { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC', ...on.slice(0, 4) === was.slice(0, 4) ? {} : { year: 'numeric' } };
  return new Date(`${on}T00:00:00Z`).toLocaleDateString('en-GB', shape).replace(',', '');
}

/**
 * An hour on the person's own clock, and on their mentor's where that shows another one, as #clocks has been told of it;
 * until it is, the hour as it stands in the form, with the zone where that was not the person's own so far.
 * @param {string} on @param {string} time @param {string} zone @param {string} was
 */
function hourOf(on, time, zone, was) {
  const { of = '', mine = of.slice(0, 16), theirs, who } = document.getElementById('clocks')?.dataset ?? {};
  if (of !== `${on} ${time} ${zone}`) return `${dayOf(on, was)}, ${time}${of === `${mine} ${zone}` ? '' : ` (${zone})`}`;
  const [day, hour] = mine.split(' '), [otherDay, otherHour] = theirs?.split(' ') ?? [];
  const other = otherHour ? ` · ${otherDay === day ? '' : `${dayOf(otherDay, was)}, `}${otherHour} for ${who}` : '';
  return `${dayOf(day, was)}, ${hour}${other}`;
}

/** Where a session moves to by a press, with how many after it. @param {FormData} data @param {DOMStringMap} about @param {string} otherwise */
function move(data, { move: was = '', after = '' }, otherwise) {
  const [on, time, zone] = ['starts_on', 'starts_time', 'zone'].map((name) => typed(data, name));
  if (!on || !time || `${on} ${time} ${zone}` === was) return otherwise;
  const hour = hourOf(on, time, zone, was);
  return typed(data, 'which') === 'after' ? `Move ${Number(after) + 1} sessions, this one to ${hour}` : `Move it to ${hour}`;
}

/** What stood in day, hour and zone before an hour that is offered took their place. @type {string[]|null} */
let before = null;

/** An hour that is offered goes into the fields; *Another time* has again what stood there. @param {Event} event */
function take({ target }) {
  if (!(target instanceof HTMLInputElement) || target.name !== 'slot') return;
  const fields = ['starts_on', 'starts_time', 'zone'].map((name) => /** @type {HTMLInputElement} */ (document.getElementById(`f-${name}`)));
  const isOther = target.value === 'other', now = fields.map(({ value }) => value), next = isOther ? before ?? now : target.value.split(' ');
  before = isOther ? null : before ?? now;
  for (const [at, field] of fields.entries()) field.value = next[at];
  fields[0].dispatchEvent(new Event('change', { bubbles: true }));
}

function show() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-press] > :is(.if-often, [data-move])'))) {
    const form = place.closest('form'), { before = place.textContent ?? '' } = place.dataset;
    place.dataset.before = before;
    if (form) place.textContent = 'move' in place.dataset ? move(new FormData(form), place.dataset, before) : days(new FormData(form), before);
  }
}

document.addEventListener('change', take);
show();
for (const heard of ['input', 'change', 'draft:restored', 'htmx:after:swap']) document.addEventListener(heard, show);
