// About how much went over the line: the bodies that were really sent and received, as packed as they were, by month.
import { bare } from './database.js';

/** What the bytes were for: the person's pages, asking for news when there was none, the app's own files and Flask's pages. */
/** @typedef {'pages'|'news'|'app'} Purpose */
/** @typedef {{up: number, down: number}} Bytes */
/** @typedef {Partial<Record<Purpose, Bytes>>} Spent */
/** @typedef {Record<string, Spent>} Months `2026-11` to what was used in it */

/** @type {Purpose[]} */
const PURPOSES = ['pages', 'news', 'app'];
const NONE = { up: 0, down: 0 };
const K = 1_000;

/** Bytes in words: `under 1 kB`, `1.5 kB`, `96 kB`, `0.4 MB`. @param {number} bytes */
export function size(bytes) {
  if (bytes < K) return bytes ? 'under 1 kB' : '0 kB';
  const [value, unit] = bytes < 0.1 * K * K ? [bytes / K, 'kB'] : [bytes / K / K, 'MB'];
  return `${value < 10 ? Math.round(10 * value) / 10 : Math.round(value)} ${unit}`;
}

/**
 * Add to what was used in a month; only that month and the one before it are kept, also when a clock was ahead.
 * @param {import('./store.js').Store} store @param {string} month `2026-11` @param {Spent} spent
 */
export async function add(store, month, spent) {
  await store.write('meta', async tx => {
    /** @type {Months} */
    const months = await tx.store.get('bytes') ?? {};
    const before = Object.keys(months).filter(name => name < month).sort().slice(-1);
    const kept = before.map(name => [name, months[name]]);
    bare(tx, 'meta').put(Object.fromEntries([...kept, [month, sum(months[month] ?? {}, spent)]]), 'bytes');
  });
}

/** @param {Spent} one @param {Spent} other @returns {Spent} */
export function sum(one, other) {
  return Object.fromEntries(PURPOSES.map(name => [name, plus(one[name], other[name])]));
}

/** @param {Bytes} [one] @param {Bytes} [other] @returns {Bytes} */
function plus(one = NONE, other = NONE) {
  return { up: one.up + other.up, down: one.down + other.down };
}

/**
 * What *Waiting* says of it: this month and the one before, in words; null before anything went over the line.
 * @param {Months|null} months @param {string} month `2026-11`
 */
export function told(months, month) {
  const before = Object.keys(months ?? {}).filter(name => name < month).sort().at(-1);
  if (!months || !(months[month] ?? before)) return null;
  const rows = PURPOSES.map(purpose => ({ purpose, size: size(both(months[month]?.[purpose])) }));
  const last = before ? { month: numberOf(before), all: inWords(months[before]).all } : null;
  return { month: numberOf(month), ...inWords(months[month]), rows, last };
}

/** The month of an instant, by UTC: a month that begins an hour late is near enough. @param {string} now */
export const monthOf = now => now.slice(0, 7);

/** @param {string} month */
const numberOf = month => Number(month.slice(5));

/** @param {Bytes} [bytes] */
const both = (bytes = NONE) => bytes.up + bytes.down;

/** @param {Spent} [spent] */
function inWords(spent = {}) {
  const { up, down } = Object.values(spent).reduce(plus, NONE);
  return { all: size(up + down), up: size(up), down: size(down) };
}
