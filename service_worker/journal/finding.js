// Finding entries: the page that an address asks for, by month, narrowed by what they are about.
// The twin of mentorlog/journal/finding.py.
import { instant, isDay, parts } from '../clock.js';
import { isId } from '../ids.js';
import * as memory from '../memory.js';
import { clean } from '../prose.js';

/**
 * @typedef {{session: string, tags: string[], lesson: boolean, waiting: boolean, since: string, until: string}} Asked
 * @typedef {{at: string, id: string}} Place
 * @typedef {{name: string, year: number, month: number, count: number}} Month
 * @typedef {{page: (start: Place|null, limit: number) => Promise<any[]>, newer: (than: Place) => Promise<any>,
 *   count: (since: string, before: string) => Promise<number>, months: (zone: string) => Promise<Month[]>}} Shelf
 */

export const ANY = 'any'; // of the sessions; else the id of one
export const NONE = 'none';
const MOST_TAGS = 20;
const LAST = '9'; // comes after every `at`

/** What narrows the list; `?about=` is a session. What is no answer counts as not asked. @param {any} ctx @returns {Asked} */
export function asked(ctx) {
  const given = ctx.url.searchParams, session = given.get('about') ?? '';
  const tags = given.getAll('tag').filter(Boolean).map(clean);
  return {
    session: [ANY, NONE].includes(session) || isId(session) ? session : '',
    tags: [...new Set(/** @type {string[]} */ (tags))].slice(0, MOST_TAGS), lesson: given.get('lesson') === '1',
    waiting: given.get('waiting') === '1', since: month(ctx, 'since'), until: month(ctx, 'until'),
  };
}

/** A month of the address, as 2026-11; '' for anything else. @param {any} ctx @param {string} name */
export function month(ctx, name) {
  const given = ctx.url.searchParams.get(name) ?? '';
  return isDay(`${given}-01`) ? given : '';
}

/** The same as arguments of an address. @param {Asked} asked */
export const query = ({ session, tags, lesson, waiting, since, until }) => ({
  about: session || null, tag: tags, lesson: lesson ? '1' : null, waiting: waiting ? '1' : null, since: since || null,
  until: until || null,
});

/** Whether anything narrows the list. @param {Asked} asked */
export const isNarrow = ({ session, tags, lesson, waiting, since, until }) =>
  Boolean(session || tags.length || lesson || waiting || since || until);

/** Where the page begins, as an argument of its address and as what stands before it. @param {any} ctx @returns {Promise<{place: Record<string, string>, start: any}>} */
export async function place(ctx) {
  const after = ctx.url.searchParams.get('after') ?? '', start = (await ctx.records.many([after])).get(after);
  if (start) return { place: { after }, start };
  const name = month(ctx, 'month');
  return name ? { place: { month: name }, start: { at: endOf(name, ctx.zone), id: '' } } : { place: {}, start: null };
}

/** 2026-11. @param {number} year @param {number} month */
export const nameOf = (year, month) => `${year}-${String(month).padStart(2, '0')}`;

/** When a month begins, as `at` is written; '' when that is before all years. @param {string} name @param {string} zone */
export function startOf(name, zone) {
  try {
    return instant(`${name}-01`, '00:00', zone);
  } catch {
    return '';
  }
}

/** When the month after this one begins; LAST when that is after all years. @param {string} name @param {string} zone */
export function endOf(name, zone) {
  const year = Number(name.slice(0, 4)), number = Number(name.slice(5));
  return startOf(nameOf(year + Math.floor(number / 12), (number % 12) + 1), zone) || LAST;
}

/** How many of these moments, newest first, lie in each month. @param {string[]} moments @param {string} zone */
export function tally(moments, zone) {
  /** @type {Month[]} */
  const found = [];
  let begins = LAST;
  for (const at of moments) {
    if (at < begins) {
      found.push(monthOf(at, zone));
      begins = startOf(found[found.length - 1].name, zone);
    }
    found[found.length - 1].count += 1;
  }
  return found;
}

/** @param {string} at @param {string} zone @returns {Month} */
function monthOf(at, zone) {
  const day = parts(at, zone);
  return { name: nameOf(day.year, day.month), year: day.year, month: day.month, count: 0 };
}

/** Months, newest first, by year. @param {Month[]} months */
export function years(months) {
  /** @type {{year: number, months: Month[]}[]} */
  const found = [];
  for (const one of months) {
    if (found.at(-1)?.year !== one.year) found.push({ year: one.year, months: [] });
    found[found.length - 1].months.push(one);
  }
  return found;
}

/** All entries of a person. @param {any} store @returns {Shelf} */
const everything = store => ({
  page: (start, limit) => store.shelf('entry', { after: start, limit }),
  newer: than => store.newer('entry', than),
  count: (since, before) => store.count('entry', since, before),
  months: zone => hop(store, zone),
});

/**
 * How many there are in each month, without reading them: down the index, from the newest of a month to the month before.
 * @param {any} store @param {string} zone @returns {Promise<Month[]>}
 */
const hop = (store, zone) => store.read('records', async (/** @type {any} */ tx) => {
  const index = tx.store.index('shelf'), found = [], counts = [];
  let cursor = await index.openKeyCursor(IDBKeyRange.bound(['entry', ''], ['entry', LAST]), 'prev');
  while (cursor) {
    const one = monthOf(cursor.key[1], zone), begins = startOf(one.name, zone);
    counts.push(index.count(IDBKeyRange.bound(['entry', begins], ['entry', endOf(one.name, zone)])));
    found.push(one);
    cursor = begins && await cursor.continue(['entry', begins]);
  }
  const counted = await Promise.all(counts);
  return found.map((one, place) => ({ ...one, count: counted[place] }));
});

/** Those that a filter leaves. @param {any} store @param {memory.Row[]} rows @returns {Shelf} */
function narrowed(store, rows) {
  const read = async (/** @type {string[]} */ ids) => {
    const found = await store.many(ids);
    return ids.flatMap(id => found.get(id) ?? []);
  };
  return {
    page: (start, limit) =>
      read((start ? rows.filter(row => isOlder(row, start)) : rows).slice(0, limit).map(row => row.id)),
    newer: async than => (await read(rows.filter(row => isOlder(than, row)).slice(-1).map(row => row.id)))[0] ?? null,
    count: async (since, before) => rows.filter(({ at }) => since <= at && at < before).length,
    months: async zone => tally(rows.map(row => row.at), zone),
  };
}

/** @param {Place} one @param {Place} other */
const isOlder = (one, other) => one.at < other.at || (one.at === other.at && one.id < other.id);

/** The entries to choose from. @param {any} ctx @param {Asked} asked @returns {Promise<Shelf>} */
export const shelf = async (ctx, asked) =>
  (isNarrow(asked) ? narrowed(ctx.records, left(await entries(ctx), asked, ctx.zone)) : everything(ctx.records));

/** A row for each entry, newest first. @param {any} ctx */
export const entries = async ctx => (await memory.rows(ctx.records)).filter(row => row.kind === 'entry');

/** The rows that a filter leaves. @param {memory.Row[]} rows @param {Asked} asked @param {string} zone */
export function left(rows, asked, zone) {
  const since = asked.since ? startOf(asked.since, zone) : '', before = asked.until ? endOf(asked.until, zone) : LAST;
  return rows.filter(row => since <= row.at && row.at < before && fits(row, asked));
}

/** Whether an entry is about what is asked for. @param {memory.Row} row @param {Asked} asked */
export function fits(row, { session, tags, lesson, waiting }) {
  if (session === ANY ? !row.session : session === NONE ? row.session : session && row.session !== session) return false;
  return tags.every(tag => row.tags.includes(tag)) && (row.lesson || !lesson) && (row.waiting || !waiting);
}

/** What is asked most, and all that is asked now. @param {any} ctx @param {Asked} asked @param {any} meeting the day of the session that is asked for */
export function chips(ctx, asked, meeting) {
  const chip = (/** @type {string} */ name, /** @type {any} */ value, /** @type {boolean} */ on, /** @type {any} */ changed) =>
    ({ name, value, on, url: ctx.urlFor('journal.index', query({ ...asked, ...changed })) });
  const { session, tags, lesson, waiting } = asked, met = session === ANY;
  const found = [chip('lesson', null, lesson, { lesson: !lesson }), chip('session', null, met, { session: met ? '' : ANY })];
  if (session === NONE) found.push(chip('alone', null, true, { session: '' }));
  else if (session && !met) found.push(chip('meeting', meeting, true, { session: '' }));
  for (const tag of tags) found.push(chip('tag', tag, true, { tags: tags.filter(one => one !== tag) }));
  if (waiting) found.push(chip('waiting', null, true, { waiting: false }));
  if (asked.since) found.push(chip('since', monthParts(asked.since), true, { since: '' }));
  if (asked.until) found.push(chip('until', monthParts(asked.until), true, { until: '' }));
  return found;
}

/** What a template prints of a month. @param {string} name */
export const monthParts = name => ({ year: Number(name.slice(0, 4)), month: Number(name.slice(5)) });

/** What there is to choose. @param {any} ctx @param {memory.Row[]} rows */
export async function choices(ctx, rows) {
  const tags = counts(rows.flatMap(row => row.tags)), sessions = counts(rows.flatMap(row => row.session || []));
  const known = await ctx.records.many([...sessions.keys()]);
  const met = [...known.values()].filter(one => one.kind === 'session').sort((one, other) => (isOlder(one, other) ? 1 : -1));
  return {
    tags: [...tags].map(([tag, count]) => ({ tag, count })).sort((one, other) => other.count - one.count),
    sessions: met.map(({ id, at }) => ({ id, day: parts(at, ctx.zone), count: sessions.get(id) })),
    months: tally(rows.map(row => row.at), ctx.zone),
  };
}

/** @param {string[]} values */
function counts(values) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}
