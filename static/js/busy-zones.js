/** Wall times of a calendar by the browser's own time zone data, for ical.js. The same rule as in the worker's clock.js. */

import ICAL from '../vendor/ical.js';

const DAY_S = 86_400;
/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** The name of the zone in the browser's data; some programs put their own before it. '' for none. @param {string} tzid */
export function nameOf(tzid) {
  const names = [tzid, tzid.split('/').slice(-2).join('/'), tzid.split('/').slice(-3).join('/')];
  return names.find((name) => /^[A-Z]/.test(name) && isKnown(name)) ?? '';
}

/** @param {string} name */
function isKnown(name) {
  try {
    return Boolean(format(name));
  } catch {
    return false;
  }
}

/** @param {string} name */
function format(name) {
  const known = formats.get(name) ?? new Intl.DateTimeFormat('en-US', {
    timeZone: name, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric',
    day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  formats.set(name, known);
  return known;
}

/** How far a clock of the zone is ahead of UTC, in seconds. @param {number} at seconds since 1970 @param {string} zone */
function offset(at, zone) {
  const shown = format(zone).format(at * 1_000).match(/\d+/g) ?? []; // 11/24/2026, 15:00:00
  const [month, day, year, hour, minute, second] = shown.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1_000 - at;
}

/**
 * The instant, in seconds since 1970, of a wall time in a zone. What is skipped in spring means the later of its two
 * readings, what comes twice in autumn the first (PEP 495, fold=0).
 * @param {{year: number, month: number, day: number, hour: number, minute: number, second: number}} wall
 * @param {string} zone
 */
export function instantOf({ year, month, day, hour, minute, second }, zone) {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second) / 1_000;
  const readings = [-DAY_S, DAY_S].map((away) => wall - offset(wall + away, zone));
  const right = readings.filter((at) => at + offset(at, zone) === wall);
  return right.length ? Math.min(...right) : Math.max(...readings);
}

/** Make a zone of the browser's known to ical.js, under the name that a file has for it. @param {string} tzid @param {string} zone */
export function register(tzid, zone) {
  const made = new ICAL.Timezone({ tzid });
  made.utcOffset = (/** @type {any} */ wall) => {
    const { year, month, day, hour, minute, second } = wall;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1_000 - instantOf(wall, zone);
  };
  ICAL.TimezoneService.register(made, tzid);
}
