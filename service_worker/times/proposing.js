// Three times from two usual weeks, and why these. Twin: mentorlog/times/proposing.py.
import { beside, dayParts, instant, iso, parse, parts } from '../clock.js';
import * as grids from './grids.js';

const DAYS_AHEAD = 21; // the first is tomorrow: nobody answers a message for today
const BEFORE = 7; // days before a session that looks for another hour, from which on one is proposed for it
const LATEST = '2099-12-11'; // the first of the last of these days
const BY_DAY = ['08:00', '18:00']; // on a clock there, while the hours of somebody are not known
const FREE_DAYS = [5, 6]; // weekdays, 0 = Monday
export const SHORTEST = 15; // minutes
export const LONGEST = 90;
const MINUTE = 60_000; // ms
const QUARTER = 15 * MINUTE;
const DAY = 1440 * MINUTE;
const WEEK = 7 * DAY;
export const MOST = 3;
const NOT_OFFERED = 3; // after every rank
const PAUSE = 'pause';

/**
 * What is asked for; see the twin.
 * @typedef {{mine: import('./grids.js').Grid|null, theirs: import('./grids.js').Grid|null, zone: string, there: string, minutes: number,
 *   taken: import('./busy.js').Span[], near: string, pause: [number, number]|null, reach: number|null}} Ask
 */
/**
 * @typedef {{on: string, at: string, start: number, end: number, mine: string, theirs: string, why: string,
 *   rank: number|null, away: number, night: boolean}} Slot
 */

/** The day so many days after another one. @param {string} on @param {number} days */
export const later = (on, days) => new Date(Date.parse(`${on}T00:00:00.000Z`) + days * DAY).toISOString().slice(0, 10);

/** The days on which something can be proposed: from tomorrow on, or from a week before the session that moves; none before the end of a pause. @param {Ask} ask @param {string} moment */
export function days(ask, moment) {
  const tomorrow = later(parts(moment, ask.zone).on, 1), before = ask.near ? later(ask.near, -BEFORE) : '';
  const after = ask.pause ? parts(iso(ask.pause[1]), ask.zone).on : '';
  const first = [tomorrow, ...[before, after].map(one => (one < LATEST ? one : LATEST))].sort()[2];
  return Array.from({ length: DAYS_AHEAD }, (_, number) => later(first, number));
}

/** Every hour of these days as the best start in it, in order of time. @param {Ask} ask @param {string} moment @returns {Slot[]} */
export const offered = (ask, moment) => days(ask, moment).flatMap(on => grids.HOURS.map(hour => best(ask, on, hour)));

/** The best start in an hour: at its beginning, or where an hour of theirs begins. @param {Ask} ask @param {string} on @param {number} hour */
export function best(ask, on, hour) {
  const begins = String(hour).padStart(2, '0'), first = slot(ask, on, `${begins}:00`);
  const minute = ask.theirs && first.rank !== 0 ? parts(iso(first.start), ask.there).minute : 0;
  const other = minute ? slot(ask, on, `${begins}:${String(60 - minute).padStart(2, '0')}`) : first;
  return rank(other) < rank(first) ? other : first;
}

/** A start. @param {Ask} ask @param {string} on @param {string} at @returns {Slot} */
export function slot(ask, on, at) {
  const start = parse(instant(on, at, ask.zone)), end = start + ask.minutes * MINUTE;
  const [mine, theirs, against] = judged(ask, start);
  const here = parts(iso(start), ask.zone), there = here.on === on && here.time === at;
  const why = there ? against : grids.NEVER;
  const rank = why ? null : [mine, theirs].filter(fit => fit === grids.POSSIBLE).length;
  const away = ask.near ? weeksBetween(on, ask.near) : 0;
  return { on, at, start, end, mine, theirs, why, rank, away, night: isNight(ask, start, end) };
}

/** What a start is to either of the two, '' where nothing is known, and what speaks against it. @param {Ask} ask @param {number} start */
export function judged(ask, start) {
  const quarters = Array.from({ length: Math.ceil(ask.minutes / 15) }, (_, number) => start + number * QUARTER);
  const [mine, theirs] = [ask.mine, ask.theirs].map(found => (found ? worst(found, quarters) : ''));
  return [mine, theirs, against(ask, start, start + ask.minutes * MINUTE, mine, theirs)];
}

/** How many weeks, Monday to Sunday, lie between the weeks of two days. @param {string} on @param {string} other */
export function weeksBetween(on, other) {
  const [one, two] = [on, other].map(day => Date.parse(`${later(day, -dayParts(day).weekday)}T00:00:00.000Z`));
  return Math.abs(one - two) / WEEK;
}

/** Whether hours that nobody has drawn for them lie outside a usual working day on a clock that is not mine. @param {Ask} ask @param {number} start @param {number} end */
export function isNight(ask, start, end) {
  if (ask.theirs || ask.there === ask.zone) return false;
  const since = parts(iso(start), ask.there), until = parts(iso(end), ask.there);
  const inside = since.on === until.on && since.time >= BY_DAY[0] && until.time <= BY_DAY[1];
  return FREE_DAYS.includes(since.weekday) || !inside;
}

/** The rank, after all others where it is not offered. @param {Slot} one */
export const rank = one => one.rank ?? NOT_OFFERED;

/** The worst of the hours in which these moments lie. @param {import('./grids.js').Grid} found @param {number[]} quarters */
export const worst = (found, quarters) =>
  grids.FITS[Math.max(...quarters.map(moment => grids.FITS.indexOf(grids.fitAt(found, moment))))];

/** What speaks against a start. @param {Ask} ask @param {number} start @param {number} end @param {string} mine @param {string} theirs */
export function against(ask, start, end, mine, theirs) {
  if (ask.pause && start < ask.pause[1] && end > ask.pause[0]) return PAUSE;
  if ([mine, theirs].includes(grids.PROTECTED)) return grids.PROTECTED;
  if ([mine, theirs].includes(grids.NEVER)) return grids.NEVER;
  return ask.taken.find(([since, until]) => start < until && end > since)?.[2] ?? '';
}

/** Whether a calendar was read, and says nothing about what ends then. @param {Ask} ask @param {number} end */
export const isBeyond = (ask, end) => ask.reach !== null && end > ask.reach;

/** The three to propose, in order of time: the best first; among them other days, other weekdays, other hours. @param {Slot[]} slots */
export function three(slots) {
  /** @type {Slot[]} */
  const chosen = [];
  let left = slots.filter(one => one.rank !== null);
  while (left.length && chosen.length < MOST) {
    const next = left.reduce((one, other) => (isBefore(before(other, chosen), before(one, chosen)) ? other : one));
    chosen.push(next);
    left = left.filter(one => !overlaps(one, next));
  }
  return chosen.sort((one, other) => one.start - other.start);
}

/** The three to offer for a session that begins at `at`: in its own week, or the first after it that has any. @param {Ask} ask @param {Slot[]} slots @param {number} at */
export function instead(ask, slots, at) {
  const free = slots.filter(one => one.rank !== null && one.start !== at && (one.on >= ask.near || !one.away));
  return three(free.filter(one => one.away === free[0].away));
}

/** What decides which start is proposed next; the smallest first. @param {Slot} one @param {Slot[]} chosen @returns {number[]} */
export function before(one, chosen) {
  const count = (/** @type {(other: Slot) => any} */ of) => chosen.filter(other => of(other) === of(one)).length;
  return [one.away, Number(one.night), rank(one), count(({ on }) => on), count(({ on }) => dayParts(on).weekday), count(({ at }) => at), one.start];
}

/** @param {number[]} one @param {number[]} other */
function isBefore(one, other) {
  const place = one.findIndex((value, at) => value !== other[at]);
  return place >= 0 && one[place] < other[place];
}

/** Whether two starts share a minute. @param {Slot} one @param {Slot} other */
export const overlaps = (one, other) => one.start < other.end && one.end > other.start;

/** The starts that a person picked, in order of time. @param {Slot[]} slots @param {string[]} wanted */
export const picked = (slots, wanted) => slots.filter(one => one.rank !== null && wanted.includes(name(one)));

/** How an address names a start. @param {Slot} one */
export const name = one => `${one.on}T${one.at}`;

/** The parts of a moment on their clock; null where it shows what mine does. @param {Ask} ask @param {number} moment */
export function theirClock(ask, moment) {
  const [here, there] = [ask.zone, ask.there].map(zone => parts(iso(moment), zone));
  return here.on === there.on && here.time === there.time ? null : there;
}

/** Whether the clocks of a zone change in the week, Monday to Sunday, of a day. @param {string} on @param {string} zone */
export function clocksChange(on, zone) {
  const monday = later(on, -dayParts(on).weekday);
  const [since, until] = [monday, later(monday, 7)].map(one => parse(instant(one, '00:00', zone)));
  return until - since !== WEEK;
}

/** A proposal as pages print it. @param {Ask} ask @param {Slot} one */
export function item(ask, one) {
  const moment = iso(one.start), theirs = theirClock(ask, one.start);
  const zones = [['mine', ask.zone], ...ask.there === ask.zone ? [] : [['theirs', ask.there]]];
  return {
    name: name(one), on: one.on, at: one.at, start: parts(moment, ask.zone), theirs,
    day: theirs ? beside(theirs.on, one.on) : 'same', fits: [one.mine, one.theirs],
    changes: zones.filter(([, of]) => clocksChange(one.on, of)).map(([whose]) => whose), beyond: isBeyond(ask, one.end),
  };
}
