// The week that a person picks from. Twin: mentorlog/times/weeks.py.
import { dayParts, instant, parse } from '../clock.js';
import { HOURS } from './grids.js';
import * as proposing from './proposing.js';

/** @typedef {import('./proposing.js').Ask} Ask */
/** @typedef {import('./proposing.js').Slot} Slot */

/** The Monday of the week of a day. @param {string} on */
export const monday = on => proposing.later(on, -dayParts(on).weekday);

/** The weeks in which something could be proposed, each by its Monday. @param {Slot[]} slots */
export const mondays = slots => [...new Set(slots.map(one => monday(one.on)))].sort();

/** The week to show: the one that is asked for, else the one of the first pick, else the first. @param {Slot[]} slots @param {string} wanted @param {Slot[]} picks */
export function chosen(slots, wanted, picks) {
  const every = mondays(slots);
  if (every.includes(wanted)) return wanted;
  return picks.length ? monday(picks[0].on) : every[0];
}

/** A week as its table prints it. @param {Ask} ask @param {Slot[]} slots @param {string} start its Monday @param {Slot[]} picks */
export function week(ask, slots, start, picks) {
  const every = mondays(slots), by = new Map(slots.map(one => [`${one.on} ${Number(one.at.slice(0, 2))}`, one]));
  const dates = Array.from({ length: 7 }, (_, number) => proposing.later(start, number));
  const full = dates.map(on => slots.some(one => one.on === on && one.rank !== null));
  const shown = full[5] || full[6] ? dates : dates.slice(0, 5);
  const names = picks.map(proposing.name), place = every.indexOf(start), days = shown.map(dayParts);
  return {
    monday: start, first: days[0], last: days[days.length - 1], days,
    rows: trimmed(HOURS.map(hour => row(ask, by, shown, hour, names))),
    beyond: proposing.isBeyond(ask, parse(instant(proposing.later(shown[shown.length - 1], 1), '00:00', ask.zone))),
    before: every[place - 1] ?? '', after: every[place + 1] ?? '',
  };
}

/** An hour of the week. @param {Ask} ask @param {Map<string, Slot>} by @param {string[]} days @param {number} hour @param {string[]} names */
export const row = (ask, by, days, hour, names) => ({
  time: `${hour}:00`, theirs: theirHour(ask, days, hour),
  cells: days.map((on, number) => cell(by.get(`${on} ${hour}`), number, names)),
});

/** What their clock shows at an hour of mine, if that is the same on all of these days and not what mine shows. @param {Ask} ask @param {string[]} days @param {number} hour */
export function theirHour(ask, days, hour) {
  const at = `${String(hour).padStart(2, '0')}:00`;
  const clocks = days.map(on => proposing.theirClock(ask, parse(instant(on, at, ask.zone))));
  const found = new Set(clocks.map(there => (there ? `${there.hour}:${String(there.minute).padStart(2, '0')}` : '')));
  return found.size === 1 ? [...found][0] : '';
}

/** An hour of a day. @param {Slot|undefined} one @param {number} day @param {string[]} names */
export function cell(one, day, names) {
  if (!one || one.rank === null) {
    const why = one ? one.why : 'never';
    return { name: '', at: '', fit: why === 'protected' ? 'protected' : 'never', why, picked: 0, day };
  }
  const name = proposing.name(one);
  return { name, at: one.at, fit: one.rank ? 'possible' : 'good', why: '', picked: names.indexOf(name) + 1, day };
}

/** The rows from the first to the last one in which something is offered, or kept for focus. @param {any[]} rows */
export function trimmed(rows) {
  const full = rows.map(one => one.cells.some((/** @type {any} */ each) => each.fit !== 'never'));
  return full.includes(true) ? rows.slice(full.indexOf(true), full.lastIndexOf(true) + 1) : [];
}
