/** Wall times and instants by the browser's own time zone data. Twin: mentorlog/clock.py. */

/** @typedef {{year: number, month: number, day: number, weekday: number, on: string}} DayParts weekday 0 = Monday */
/** @typedef {DayParts & {iso: string, hour: number, minute: number, time: string}} Parts */

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
/** The fields of what begins at an hour. */
export const WALL = ['starts_on', 'starts_time', 'zone'];
const DAY = 86_400_000;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ON = /^\d{4}-\d\d-\d\d$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
// A browser takes +01:00, any case and the names of old Java as well; tzdata does not.
const NOT_OURS = /^[^A-Z]|^SystemV|^(?!CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)[A-Z]{3}$/;

/** @type {Map<string, Intl.DateTimeFormat>} making one takes a hundred times as long as using it */
const formats = new Map();

/**
 * The moment as Python's clock.iso writes it: 2026-11-24T15:00:00.000Z. Throws RangeError outside 1900 to 2199.
 * @param {number} moment milliseconds since 1970
 */
export function iso(moment) {
  const text = new Date(moment).toISOString();
  inRange(text);
  return text;
}

/**
 * The moment that iso() wrote, in milliseconds since 1970. Throws RangeError for any other text.
 * @param {string} text
 */
export function parse(text) {
  const moment = ISO.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(moment) || new Date(moment).toISOString() !== text) throw new RangeError('not an instant');
  inRange(text);
  return moment;
}

/** Whether this is a moment as `iso` writes it. @param {string} text */
export function isInstant(text) {
  try {
    return Number.isFinite(parse(text));
  } catch {
    return false;
  }
}

/** @param {string} text */
export function isDay(text) {
  try {
    return Boolean(dayParts(text));
  } catch {
    return false;
  }
}

/** Whether no clock anywhere leaves the calendar on this day: not its first and not its last one. @param {string} on */
export const inside = (on) => on > `${FIRST_YEAR}-01-01` && on < `${LAST_YEAR}-12-31`;

/** @param {string} text */
export const isTime = (text) => TIME.test(text);

/**
 * Whether this browser knows the zone. The server's list is longer and is the one that counts.
 * @param {string} name
 */
export function isZone(name) {
  try {
    return Boolean(format(name));
  } catch {
    return false;
  }
}

/**
 * The moment at which a clock in the zone shows this day and time, as iso() writes it. A time that is skipped in
 * spring means the later of its two readings, one that comes twice in autumn the first (PEP 495, fold=0).
 * Throws RangeError: not a day, time or zone.
 * @param {string} on
 * @param {string} time
 * @param {string} zone
 */
export function instant(on, time, zone) {
  if (!TIME.test(time)) throw new RangeError('not a wall time');
  dayParts(on);
  const wall = Date.parse(`${on}T${time}:00.000Z`);
  const readings = [-DAY, DAY].map((away) => wall - offset(wall + away, zone));
  const right = readings.filter((moment) => moment + offset(moment, zone) === wall);
  return iso(right.length ? Math.min(...right) : Math.max(...readings));
}

/**
 * Day, time and zone of what begins at an hour, as `instant` takes them; null where one is missing.
 * @param {Record<string, any>} fields
 * @returns {[string, string, string]|null}
 */
export function wall(fields) {
  const found = /** @type {[string, string, string]} */ (WALL.map((name) => fields[name]));
  return found.every(Boolean) ? found : null;
}

/** The same in one line, as a form carries what it showed; '' where one is missing. @param {Record<string, any>} fields */
export const wallLine = (fields) => (wall(fields) ?? []).join(' ');

/**
 * The fields of which `wallLine` wrote; null for anything else.
 * @param {string} line
 * @returns {Record<string, string>|null}
 */
export function readWall(line) {
  const [on, time, zone, ...more] = line.split(' ');
  if (zone === undefined || more.length) return null;
  return isDay(on) && isTime(time) && isZone(zone) && inside(on) ? { starts_on: on, starts_time: time, zone } : null;
}

/**
 * What a template prints of a moment: the parts a clock in the zone shows, which may be a day more than the calendar
 * has. Throws RangeError: no such moment or zone.
 * @param {string} moment as iso() writes it
 * @param {string} zone
 * @returns {Parts}
 */
export function parts(moment, zone) {
  const at = parse(moment);
  const local = new Date(at + offset(at, zone)).toISOString();
  const time = local.slice(11, 16);
  const [hour, minute] = time.split(':').map(Number);
  return { iso: moment, ...partsOf(local.slice(0, 10)), hour, minute, time };
}

/**
 * What a template prints of a day. Throws RangeError: not a day.
 * @param {string} on
 * @returns {DayParts}
 */
export function dayParts(on) {
  const day = new Date(ON.test(on) ? `${on}T00:00:00.000Z` : NaN);
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(on)) throw new RangeError('not a day');
  inRange(on);
  return partsOf(on);
}

/** @param {string} on @returns {DayParts} */
function partsOf(on) {
  const [year, month, day] = on.split('-').map(Number);
  return { year, month, day, weekday: (new Date(on).getUTCDay() + 6) % 7, on };
}

/** The moment at which the next day begins in the zone. @param {string} moment @param {string} zone */
export function midnight(moment, zone) {
  const today = Date.parse(parts(moment, zone).on);
  const [first, second] = [1, 2].map((days) => instant(new Date(today + days * DAY).toISOString().slice(0, 10), '00:00', zone));
  return first > moment ? first : second;
}

/** A day beside another one, in a word: same, tomorrow or yesterday; else another. @param {string} on @param {string} day */
export function beside(on, day) {
  const away = (Date.parse(on) - Date.parse(day)) / DAY;
  return new Map([[0, 'same'], [1, 'tomorrow'], [-1, 'yesterday']]).get(away) ?? 'another';
}

/** The zone in which hours are shown: the chosen one where this browser knows it, else the device's. @param {string|null|undefined} chosen */
export function zoneOf(chosen) {
  return chosen && isZone(chosen) ? chosen : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * How far a clock in the zone is ahead of UTC at a moment, in milliseconds.
 * @param {number} moment
 * @param {string} zone
 */
function offset(moment, zone) {
  const shown = format(zone).format(moment).match(/\d+/g) ?? []; // 11/24/2026, 15:00:00
  const [month, day, year, hour, minute, second] = shown.map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(moment / 1000) * 1000;
}

/** @param {string} zone */
function format(zone) {
  let made = formats.get(zone);
  if (!made) {
    if (NOT_OURS.test(zone)) throw new RangeError('not a zone');
    made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric',
      day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
    const known = made.resolvedOptions().timeZone;
    if (known !== zone && known.toLowerCase() === zone.toLowerCase()) throw new RangeError('not a zone');
    formats.set(zone, made);
  }
  return made;
}

/** @param {string} text */
function inRange(text) {
  const year = text[4] === '-' ? Number(text.slice(0, 4)) : NaN; // a sign comes before a year of six digits
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) throw new RangeError('a year outside 1900 to 2199');
}
