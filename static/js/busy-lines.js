/** The lines of a calendar file that say when something is; no title, place, name or note goes any further. */

import { nameOf } from './busy-zones.js';

/** What is kept of each part of a file (RFC 5545, 3.6). @type {Map<string, string[]>} */
const KEPT = new Map(Object.entries({
  VCALENDAR: [],
  VEVENT: ['DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID', 'UID', 'STATUS', 'TRANSP'],
  VFREEBUSY: ['FREEBUSY'],
  VTIMEZONE: ['TZID'],
  STANDARD: ['DTSTART', 'RRULE', 'RDATE', 'TZOFFSETFROM', 'TZOFFSETTO'],
  DAYLIGHT: ['DTSTART', 'RRULE', 'RDATE', 'TZOFFSETFROM', 'TZOFFSETTO'],
}));
export const NO_CALENDAR = 'This is no calendar file. Nothing was changed.';
export const CUT_OFF = 'This file ends in the middle: the rest of it is missing. Nothing was changed. Save it anew, and choose it again.';

/** Words for the person: the file cannot be taken. */
export class Unreadable extends Error {}

/**
 * The calendars of a file without their words, and the zones that they name.
 * @param {string} text
 * @returns {{text: string, zones: string[]}}
 * @throws {Unreadable}
 */
export function bare(text) {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  if (!/^BEGIN:VCALENDAR\s*$/i.test(lines.find((line) => line.trim()) ?? '')) throw new Unreadable(NO_CALENDAR);
  /** @type {string[][]} */
  const [parts, kept] = [[], []];
  for (const line of lines) step(line.trim(), parts, kept);
  if (parts.length) throw new Unreadable(CUT_OFF);
  const named = kept.flatMap((line) => /;TZID="?([^":;]+)/i.exec(line.split(':')[0])?.[1] ?? []);
  return { text: withoutKnown(kept).join('\r\n'), zones: [...new Set(named)] };
}

/** @param {string} line @param {string[]} parts the parts of the file that are open, the innermost last @param {string[]} kept */
function step(line, parts, kept) {
  const [, edge, part] = /^(BEGIN|END):([A-Z-]+)$/i.exec(line) ?? [];
  if (edge?.toUpperCase() === 'BEGIN') parts.push(part.toUpperCase());
  const isKnown = parts.every((one) => KEPT.has(one));
  if (edge) {
    if (isKnown) kept.push(line.toUpperCase());
    if (edge.toUpperCase() === 'END' && parts.pop() !== part.toUpperCase()) throw new Unreadable(CUT_OFF);
  } else if (isKnown && KEPT.get(parts[parts.length - 1] ?? '')?.includes(/^[A-Z-]*/i.exec(line)?.[0].toUpperCase() ?? '')) {
    kept.push(line);
  }
}

/** Zones that the browser knows go by its data, which is newer than what a file brings. @param {string[]} lines */
function withoutKnown(lines) {
  /** @type {string[]} */
  const kept = [];
  let begins = -1;
  for (const line of lines) {
    if (line === 'BEGIN:VTIMEZONE') begins = kept.length;
    kept.push(line);
    if (line !== 'END:VTIMEZONE') continue;
    const name = kept.slice(begins).find((one) => /^TZID/i.test(one)) ?? '';
    if (nameOf(name.slice(name.indexOf(':') + 1))) kept.length = begins;
  }
  return kept;
}
