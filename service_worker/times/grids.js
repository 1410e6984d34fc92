// Grids of a usual week: what an hour is, and painting. Twin: mentorlog/times/grids.py.
import { iso, parts } from '../clock.js';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const HOURS = Array.from({ length: 16 }, (_, number) => number + 6); // the last one ends at 22:00
export const GOOD = 'good';
export const POSSIBLE = 'possible';
export const PROTECTED = 'protected';
export const NEVER = 'never';
export const FITS = [GOOD, POSSIBLE, PROTECTED, NEVER];
export const STRICTEST_FIRST = [PROTECTED, POSSIBLE, GOOD]; // of a cell that two devices painted differently
const WORK = HOURS.filter(hour => hour >= 9 && hour < 18); // the hours of the first table; the others are folded
const CELLS = DAYS.flatMap(day => HOURS.map(hour => named(day, hour)));

/** @typedef {Record<string, any>} Fields */
/**
 * What each cell of a week is, on the clocks of a zone. `seen`: what was looked up; a session of 90 minutes asks six times
 * for the same quarter of an hour.
 * @typedef {{fits: Map<string, string>, zone: string, seen: Map<number, string>}} Grid
 */

/** @param {string} day @param {number} hour */
function named(day, hour) {
  return `${day}-${String(hour).padStart(2, '0')}`;
}

/** The grid of an hours record. @param {Fields} fields @param {string} zone where it names none @returns {Grid} */
export const grid = (fields, zone) => ({ fits: fitsOf(fields), zone: fields.zone || zone, seen: new Map() });

/** Cell to what it is; the strictest counts. @param {Fields} fields @returns {Map<string, string>} */
export const fitsOf = fields => new Map(STRICTEST_FIRST.toReversed().flatMap(
  fit => (fields[fit] || []).map((/** @type {string} */ cell) => /** @type {[string, string]} */ ([cell, fit]))));

/** Whether no hour of the week can be offered. @param {Grid} found */
export const isEmpty = found => ![...found.fits.values()].some(fit => [GOOD, POSSIBLE].includes(fit));

/** What the hour is in which a moment lies. @param {Grid} found @param {number} moment ms */
export function fitAt(found, moment) {
  const known = found.seen.get(moment);
  if (known) return known;
  const there = parts(iso(moment), found.zone), fit = found.fits.get(named(DAYS[there.weekday], there.hour)) ?? NEVER;
  found.seen.set(moment, fit);
  return fit;
}

/** The sets of a record, in the order of the week. @param {Map<string, string>} cells cell to what it is @returns {Fields} */
export const sortedOut = cells =>
  Object.fromEntries(STRICTEST_FIRST.map(fit => [fit, CELLS.filter(cell => cells.get(cell) === fit)]));

/** The sets after one tap. @param {Fields} fields @param {string} cell @param {string} brush */
export const painted = (fields, cell, brush) => sortedOut(new Map([...fitsOf(fields), [cell, brush]]));

/** The sets as the form holds them. @param {Fields} fields @returns {Fields} */
export function shown(fields) {
  const fits = sortedOut(fitsOf(fields));
  return Object.fromEntries(STRICTEST_FIRST.map(fit => [fit, fits[fit].join(' ')]));
}

/** The three tables of the editor. @param {Fields} fields */
export function tables(fields) {
  const fits = fitsOf(fields), work = [0, 1, 2, 3, 4];
  return [table(fits, 'week', work, WORK), table(fits, 'edges', work, HOURS.filter(hour => !WORK.includes(hour))),
    table(fits, 'weekend', [5, 6], HOURS)];
}

/** One of them. @param {Map<string, string>} fits @param {string} id @param {number[]} days @param {number[]} hours */
export function table(fits, id, days, hours) {
  const rows = hours.map(hour => ({ hour, cells: days.map(day => cell(fits, day, hour)) }));
  return { id, days, rows, drawn: rows.some(row => row.cells.some(one => one.fit !== NEVER)) };
}

/** An hour of a weekday, as its button prints it. @param {Map<string, string>} fits @param {number} day @param {number} hour */
export function cell(fits, day, hour) {
  const value = named(DAYS[day], hour);
  return { value, fit: fits.get(value) ?? NEVER, day };
}
