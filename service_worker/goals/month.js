// A look back at one month, put together from one's own records: nothing of it is stored or sent. The twin of
// mentorlog/goals/month.py.
import { dayParts, instant, isDay, parts } from '../clock.js';
import { snippet } from '../prose.js';
import { closedAt, closedItem, closedOnes, ended, isClosed } from './looking.js';

const PAGE = 100; // entries read at once
const [MOST_LESSONS, MOST_GOALS] = [20, 50];
const LONGEST = 300; // of a lesson in the list
const HELD = 'held';
const FIRST = '1900-01'; // a part of it is in 1899 somewhere

/** Whether this is a month, written 2026-11, that has begun in every zone. @param {string} name */
export const isMonth = name => isDay(`${name}-01`) && name > FIRST;

/** The month that comes so many after this one. @param {string} name @param {number} more */
function moved(name, more) {
  const months = Number(name.slice(0, 4)) * 12 + Number(name.slice(5)) - 1 + more;
  return `${Math.floor(months / 12)}-${String(months % 12 + 1).padStart(2, '0')}`;
}

/** The next month. @param {string} name */
const after = name => moved(name, 1);

/** The month before. @param {string} name */
export const before = name => moved(name, -1);

/** The instant at which a month begins. @param {string} name @param {string} zone */
const begins = (name, zone) => instant(`${name}-01`, '00:00', zone);

/** The month in which a moment was. @param {string} at @param {string} zone */
const monthOf = (at, zone) => parts(at, zone).on.slice(0, 7);

/** The month before this day, as the list of goals offers it; null where nothing was written in it. @param {any[]} found @param {string} wrote see `written` @param {string} on @param {string} zone */
export function last(found, wrote, on, zone) {
  const name = before(on.slice(0, 7)), start = begins(name, zone), end = begins(on.slice(0, 7), zone);
  const set = found.filter(goal => start <= goal.at && goal.at < end).length;
  const closed = found.filter(goal => isClosed(goal) && start <= closedAt(goal) && closedAt(goal) < end).length;
  return set || closed || wrote >= start ? { name, day: dayParts(`${name}-01`), set, closed } : null;
}

/** When the last entry before the month of this day was made; '' where there is none. @param {any} ctx @param {string} on @returns {Promise<string>} */
export async function written(ctx, on) {
  const [entry] = await ctx.records.shelf('entry', { after: { at: begins(on.slice(0, 7), ctx.zone), id: '' }, limit: 1 });
  return entry?.at ?? '';
}

/** The entries between two instants, newest first. @param {any} ctx @param {string} start @param {string} end @returns {Promise<any[]>} */
async function entries(ctx, start, end) {
  const found = [];
  for (let edge = { at: end, id: '' }; ;) {
    /** @type {any[]} */
    const page = await ctx.records.shelf('entry', { after: edge, limit: PAGE });
    found.push(...page.filter(entry => entry.at >= start));
    if (page.length < PAGE || page[page.length - 1].at < start) return found;
    edge = page[page.length - 1];
  }
}

/** What was learnt, with the entry in which it stands. @param {any} entry @param {string} zone */
const lesson = ({ id, at, fields }, zone) => ({ id, text: snippet(fields.lesson, LONGEST), day: parts(at, zone) });

/** The mean of ratings rounded to a half, in whole numbers; null where there are none. @param {number[]} values */
function middle(values) {
  if (!values.length) return null;
  const sum = values.reduce((one, other) => one + other, 0), twice = Math.floor((4 * sum + values.length) / (2 * values.length));
  return { low: Math.floor(twice / 2), high: Math.floor((twice + 1) / 2) };
}

/** The look back. @param {any} ctx @param {string} name @param {any[]} found all goals @param {any[]} sessions all of them */
export async function of(ctx, name, found, sessions) {
  const { zone } = ctx, start = begins(name, zone), end = begins(after(name), zone);
  const within = (/** @type {string} */ at) => start <= at && at < end;
  const closed = closedOnes(found).filter(goal => within(closedAt(goal)));
  const values = closed.filter(goal => goal.rating).map(goal => goal.rating.fields.value);
  const written = await entries(ctx, start, end), lessons = written.filter(entry => entry.fields.lesson);
  return {
    day: dayParts(`${name}-01`), set: found.filter(goal => within(goal.at)).length,
    rated: values.length, middle: middle(values), entries: written.length,
    held: sessions.filter(one => one.fields.state === HELD && within(one.at)).length,
    let_go: closed.filter(goal => !goal.rating && ended(goal) === 'let_go').length,
    count: closed.length, goals: closed.slice(0, MOST_GOALS).map(goal => closedItem(ctx, goal)),
    learnt: lessons.length, lessons: lessons.slice(0, MOST_LESSONS).map(entry => lesson(entry, zone)),
  };
}

/** How often each month comes. @param {string[]} names @returns {Map<string, number>} */
function counted(names) {
  const found = new Map();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

/** The other months in which something was, newest first. @param {any} ctx @param {string} name @param {any[]} found @param {any[]} sessions */
export async function others(ctx, name, found, sessions) {
  const { zone } = ctx, set = counted(found.map(goal => monthOf(goal.at, zone)));
  const closed = counted(found.filter(isClosed).map(goal => monthOf(closedAt(goal), zone)));
  const held = counted(sessions.filter(one => one.fields.state === HELD).map(one => monthOf(one.at, zone)));
  /** @type {any[]} */
  const wrote = await ctx.records.shelf('entry', { after: { at: begins(name, zone), id: '' }, limit: 1 });
  const names = new Set([...set.keys(), ...closed.keys(), ...held.keys(), ...wrote.map(entry => monthOf(entry.at, zone))]);
  names.delete(name);
  return [...names].sort().reverse().map(one =>
    ({ name: one, day: dayParts(`${one}-01`), held: held.get(one) ?? 0, set: set.get(one) ?? 0, closed: closed.get(one) ?? 0 }));
}
