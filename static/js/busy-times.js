/** When a calendar is busy: the text of an .ics file becomes from-until times, and nothing else of it goes any further. */

import ICAL from '../vendor/ical.js';
import { bare } from './busy-lines.js';
import { instantOf, nameOf, register } from './busy-zones.js';

const WEEKS = 8;
const MINUTE_S = 60;
const MOST_OF_ONE = 25_000; // steps of one event that repeats: a daily one since 1970 has as many
const MOST_IN_ALL = 200_000;

/** @typedef {{from: number, until: number, zone: string}} Frame seconds since 1970, and the zone of what names none */
/**
 * `spans`: `2026-12-07T08:00Z/90`. `strange`: zones that nobody knows, read as one's own; `endless`: events that repeat too
 * often; `broken`: events that say no time.
 * @typedef {{spans: string[], until: string, strange: number, endless: number, broken: number}} Read
 */

/**
 * @param {string} text of the file
 * @param {{now: string, zone: string}} here
 * @returns {Read}
 * @throws {import('./busy-lines.js').Unreadable} with words for the person
 */
export function read(text, { now, zone }) {
  const from = Date.parse(now) / 1_000, frame = { from, until: from + WEEKS * 7 * 86_400, zone };
  const found = bare(text), whole = sound(found.text);
  const calendars = [ICAL.parse(whole.text)].flatMap((one) => (typeof one[0] === 'string' ? [one] : one)).map((one) => new ICAL.Component(one));
  const told = { strange: knowZones(found.zones, calendars, zone), endless: 0, broken: whole.broken, left: MOST_IN_ALL };
  const times = calendars.flatMap((calendar) => [...timesOf(calendar, frame, told), ...given(calendar, frame)]);
  const { strange, endless, broken } = told, until = new Date(frame.until * 1_000).toISOString();
  return { spans: joined(times).map(piece), until, strange, endless, broken };
}

/** The calendars without the events that no program could read; one of these does not spoil the others. @param {string} text */
function sound(text) {
  if (isSound(text)) return { text, broken: 0 };
  let broken = 0;
  const kept = text.replace(/BEGIN:VEVENT\r\n[^]*?END:VEVENT\r\n/g, (one) => {
    const isFine = isSound(`BEGIN:VCALENDAR\r\n${one}END:VCALENDAR`);
    broken += Number(!isFine);
    return isFine ? one : '';
  });
  return { text: kept, broken };
}

/** @param {string} text */
function isSound(text) {
  try {
    return Boolean(ICAL.parse(text));
  } catch {
    return false;
  }
}

/** How many of the zones neither the browser knows nor the file explains. @param {string[]} named @param {any[]} calendars @param {string} here */
function knowZones(named, calendars, here) {
  const strange = named.filter((tzid) => !nameOf(tzid) && !calendars.some((one) => one.getTimeZoneByID(tzid)));
  for (const tzid of named) if (nameOf(tzid) || strange.includes(tzid)) register(tzid, nameOf(tzid) || here);
  return strange.length;
}

/** @param {any} calendar @param {Frame} frame @param {any} told @returns {[number, number][]} */
function timesOf(calendar, frame, told) {
  const events = calendar.getAllSubcomponents('vevent');
  /** @type {Map<string, any[]>} those that stand in for one day of another, by the name of it */
  const instead = new Map();
  for (const one of events.filter(isInstead)) instead.set(uid(one), [...instead.get(uid(one)) ?? [], one]);
  return events.flatMap((/** @type {any} */ one) => {
    try {
      return isInstead(one) ? alone(new ICAL.Event(one), frame) : all(one, instead.get(uid(one)) ?? [], frame, told);
    } catch {
      told.broken += 1;
      return [];
    }
  });
}

/** The times that a calendar says without their events (RFC 5545, 3.6.4). @param {any} calendar @param {Frame} frame @returns {[number, number][]} */
const given = (calendar, frame) => calendar.getAllSubcomponents('vfreebusy')
  .flatMap((/** @type {any} */ part) => part.getAllProperties('freebusy'))
  .filter((/** @type {any} */ line) => String(line.getParameter('fbtype')).toUpperCase() !== 'FREE')
  .flatMap((/** @type {any} */ line) => line.getValues())
  .flatMap((/** @type {any} */ period) => within(period.start, period.getEnd(), frame));

/** @param {any} component */
const isInstead = (component) => component.hasProperty('recurrence-id');

/** @param {any} component @returns {string} */
const uid = (component) => String(component.getFirstPropertyValue('uid') ?? '');

/** An event, on all its days, or where one that stands in for a day says. @param {any} component @param {any[]} instead @param {Frame} frame @param {any} told */
function all(component, instead, frame, told) {
  const event = new ICAL.Event(component, { exceptions: instead });
  if (!event.isRecurring()) return alone(event, frame);
  if (!component.hasProperty('rrule')) component.addPropertyWithValue('rdate', event.startDate); // ical.js leaves out that one
  const days = event.iterator();
  /** @type {[number, number][]} */
  const found = [];
  for (let steps = 0, day = days.next(); day; day = days.next(), steps += 1) {
    if (at(day, frame.zone) >= frame.until) return found;
    if (steps >= MOST_OF_ONE || told.left <= 0) {
      told.endless += 1;
      return found;
    }
    told.left -= 1;
    const { startDate, endDate, item } = event.getOccurrenceDetails(day);
    if (takesTime(item)) found.push(...within(startDate, endDate, frame));
  }
  return found;
}

/** @param {any} event @param {Frame} frame */
const alone = (event, frame) => (takesTime(event) ? within(event.startDate, event.endDate, frame) : []);

/** @param {any} event */
function takesTime({ component }) {
  const [state, shows] = ['status', 'transp'].map((name) => String(component.getFirstPropertyValue(name) ?? '').toUpperCase());
  return state !== 'CANCELLED' && shows !== 'TRANSPARENT';
}

/** The minutes of these weeks that it takes. @param {any} start @param {any} end @param {Frame} frame @returns {[number, number][]} */
function within(start, end, { from, until, zone }) {
  const [begins, ends] = [at(start, zone), at(end, zone)];
  const length = ends > begins ? ends - begins : end.subtractDate(start).toSeconds(); // it began in an hour that was skipped
  const since = Math.max(Math.floor(begins / MINUTE_S), Math.floor(from / MINUTE_S));
  const to = Math.min(Math.ceil((begins + length) / MINUTE_S), Math.ceil(until / MINUTE_S));
  return since < to ? [[since, to]] : [];
}

/** Seconds since 1970. What names no zone, or a whole day, is meant on one's own clocks. @param {any} time @param {string} zone */
function at(time, zone) {
  const seconds = time.isDate || time.zone === ICAL.Timezone.localTimezone ? instantOf(time, zone) : time.toUnixTime();
  if (!Number.isFinite(seconds)) throw new RangeError('no time');
  return seconds;
}

/** Times that touch are one. @param {[number, number][]} times in minutes since 1970 */
function joined(times) {
  /** @type {[number, number][]} */
  const found = [];
  for (const [since, to] of times.sort(([one], [other]) => one - other)) {
    const last = found[found.length - 1];
    if (last && since <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([since, to]);
  }
  return found;
}

/** @param {[number, number]} time */
const piece = ([since, to]) => `${new Date(since * 60_000).toISOString().slice(0, 16)}Z/${to - since}`;
