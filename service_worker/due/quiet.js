// When nothing may be said: the quiet hours and the focus hours of a person. The twin of mentorlog/due/quiet.py.
import { instant as instantOf, iso, parse, parts } from '../clock.js';

const DAY = 86_400_000; // ms, as are these two
const MOST_AHEAD = 4 * 3_600_000; // of its own moment: no lead is longer that somebody can choose
const MARGIN = 5 * 60_000; // in which it is out before they begin, also when it is tried again
const TURNS = 4; // the end of a focus hour can lie in quiet hours, and their end in a focus hour again
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']; // in the names of cells of a week such as `mon-09`

/** @typedef {{fields: Record<string, any>, week: Record<string, any>, zone: string}} Wishes of settings and usual week; where their hours are */

/**
 * The moment at which something is said outside protected hours; null where never. Instants are as iso() writes them.
 * @param {Wishes} wishes @param {string} instant @param {string} expiresAt @param {boolean} mayBeEarlier where it would be too late after them
 */
export function outside(wishes, instant, expiresAt, mayBeEarlier) {
  const later = heldBack(wishes, instant, expiresAt) ?? instant;
  if (later < expiresAt) return later;
  return mayBeEarlier ? broughtForward(wishes, instant) : null;
}

/** Until when a message of this instant has to wait; null where it may be said at once. @param {Wishes} wishes @param {string} instant @param {string} expiresAt */
export function heldBack(wishes, instant, expiresAt) {
  let until = instant;
  for (let turn = 0; turn < TURNS; turn++) {
    const free = quietEnd(wishes.fields, wishes.zone, until) ?? focusEnd(wishes, until, expiresAt);
    if (!free) break;
    until = free;
  }
  return until > instant ? until : null;
}

/** When to say before protected hours what would be of no use after them; null where that is too long before. @param {Wishes} wishes @param {string} instant */
export function broughtForward(wishes, instant) {
  let earlier = instant;
  for (let turn = 0; turn < TURNS; turn++) {
    const begun = quietStart(wishes.fields, wishes.zone, earlier) ?? focusStart(wishes, earlier);
    if (!begun) return earlier;
    earlier = iso(parse(begun < earlier ? begun : earlier) - MARGIN);
    if (parse(instant) - parse(earlier) > MOST_AHEAD) break;
  }
  return null;
}

/** The end of the quiet hours in which an instant lies; null where it lies in none. @param {any} fields @param {string} zone @param {string} instant */
export function quietEnd(fields, zone, instant) {
  const here = insideQuiet(fields, zone, instant), end = fields.quiet_until;
  if (!here) return null;
  const until = instantOf(here.time < end ? here.on : dayBeside(here.on, 1), end, zone);
  return until > instant ? until : null;
}

/** The beginning of the quiet hours in which an instant lies; null where it lies in none. @param {any} fields @param {string} zone @param {string} instant */
export function quietStart(fields, zone, instant) {
  const here = insideQuiet(fields, zone, instant), start = fields.quiet_from;
  return here && instantOf(here.time >= start ? here.on : dayBeside(here.on, -1), start, zone);
}

/** What a clock shows at an instant; null where that is in no quiet hours. @param {any} fields @param {string} zone @param {string} instant */
export function insideQuiet(fields, zone, instant) {
  const { quiet_from: start, quiet_until: end } = fields;
  if (!start || !end || start === end) return null;
  const here = parts(instant, zone);
  const quiet = start < end ? start <= here.time && here.time < end : here.time >= start || here.time < end;
  return quiet ? here : null;
}

/** When the focus hours are over in which an instant lies; null where it lies in none. @param {Wishes} wishes @param {string} instant @param {string} expiresAt */
export function focusEnd(wishes, instant, expiresAt) {
  const found = insideFocus(wishes, instant);
  if (!found) return null;
  const { zone, here, hours } = found;
  let stretch = here.hour + 1;
  while (hours.has(stretch)) stretch++;
  const last = instantOf(here.on, hour(Math.max(...hours) + 1), zone);
  return last < expiresAt ? last : instantOf(here.on, hour(stretch), zone);
}

/** When the stretch of focus hours began in which an instant lies; null where it lies in none. @param {Wishes} wishes @param {string} instant */
export function focusStart(wishes, instant) {
  const found = insideFocus(wishes, instant);
  if (!found) return null;
  let first = found.here.hour;
  while (found.hours.has(first - 1)) first--;
  return instantOf(found.here.on, hour(first), found.zone);
}

/** Zone, what a clock shows there, and the focus hours of that day; null where an instant lies in none of them. @param {Wishes} wishes @param {string} instant */
export function insideFocus(wishes, instant) {
  if (!wishes.week.protected?.length) return null;
  const zone = wishes.week.zone || wishes.zone, here = parts(instant, zone);
  const hours = focusHours(wishes.week, here.weekday);
  return hours.has(here.hour) ? { zone, here, hours } : null;
}

/** The focus hours of a weekday, 0 = Monday, each by the hour at which it begins. @param {any} week @param {number} weekday @returns {Set<number>} */
export const focusHours = (week, weekday) => new Set(
  (week.protected ?? []).filter((/** @type {string} */ cell) => cell.slice(0, 3) === DAYS[weekday]).map((/** @type {string} */ cell) => Number(cell.slice(4))));

/** The day so many days after another one, before it where they are negative. @param {string} on @param {number} days */
export const dayBeside = (on, days) => new Date(Date.parse(`${on}T00:00:00.000Z`) + days * DAY).toISOString().slice(0, 10);

/** @param {number} number */
const hour = number => `${String(number).padStart(2, '0')}:00`;
