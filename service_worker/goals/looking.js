// Looking at goals: which are open, how they ended, what they hang together with. The twin of mentorlog/goals/looking.py.
import { dayParts, isDay, parts } from '../clock.js';
import * as forms from '../forms.js';
import { nameId } from '../ids.js';
import { problems } from '../kinds.js';
import { snippet } from '../prose.js';
import { worst } from '../view.js';

export const MOST_OPEN = 3;
const NO_DAY = '9999';
const SNIPPET = 160;
const MOST_KIN = 20; // goals that one carries on, one after the other
const TIED = 100; // entries among which those about a goal are looked for

/** @typedef {Record<string, any>} Fields */

/** @param {string} one @param {string} other */
const compared = (one, other) => Number(one > other) - Number(one < other);

/** The day it is for this person. @param {any} ctx */
export const today = ctx => parts(ctx.now, ctx.zone).on;

/** The id of the one rating of a goal. @param {any} ctx @param {string} goal */
export const ratingId = (ctx, goal) => nameId(ctx.names, `rating:${goal}`);

/** The rating of a goal, also from the bin. @param {any} ctx @param {string} goal @returns {Promise<any>} */
export async function ratingOf(ctx, goal) {
  const id = await ratingId(ctx, goal);
  return (await ctx.records.many([id])).get(id) ?? null;
}

/** The rating, if it says anything. @param {any} rating */
export const said = rating => (rating && rating.fields.value && !rating.fields.binned_at ? rating : null);

/** All goals, the oldest first, each with `rating`: how it went, null while nobody said. @param {any} ctx @returns {Promise<any[]>} */
export async function everything(ctx) {
  /** @type {any[][]} */
  const [rated, found] = [await ctx.records.shelf('rating'), await ctx.records.shelf('goal')];
  const ratings = new Map(rated.map(one => [one.fields.goal, one]));
  return found.reverse().map(goal => ({ ...goal, rating: said(ratings.get(goal.id)) }));
}

/** `split` or `let_go`, '' for a goal that did not end so. One that is rated as well counts as rated. @param {any} goal @returns {string} */
export const ended = goal => goal.fields.ended || '';

/** Whether a goal was rated, split or let go. @param {any} goal */
export const isClosed = goal => Boolean(goal.rating || ended(goal));

/** The goal of this id among these. @param {any[]} found @param {string} id */
export const named = (found, id) => found.find(goal => goal.id === id) ?? null;

/** The open goals among these, the one due first before the others; those without a day last. @param {any[]} found */
export const openOnes = found => found.filter(goal => !isClosed(goal) && !goal.fields.waits)
  .toSorted((one, other) => compared(one.fields.due_on || NO_DAY, other.fields.due_on || NO_DAY));

/** The open goals, the one due first before the others; those without a day last, oldest first. @param {any} ctx */
export const unrated = async ctx => openOnes(await everything(ctx));

/** Whether more goals are open than there should be. @param {any} ctx */
export const tooMany = async ctx => (await unrated(ctx)).length > MOST_OPEN;

/** The goals among these that wait. @param {any[]} found */
export const laterOnes = found => found.filter(goal => goal.fields.waits && !isClosed(goal));

/** The goals among these that were rated, split or let go, the last one first. @param {any[]} found */
export const closedOnes = found => found.filter(isClosed)
  .toSorted((one, other) => compared(closedAt(one), closedAt(other))).reverse();

/** When a goal was rated first, or when it ended without. @param {any} goal @returns {string} */
export const closedAt = goal => (goal.rating ? goal.rating.at : goal.fields.ended_at || goal.at);

/** The open goal to look back at on this day: the first whose day has come, or that has none. @param {any[]} found @param {string} on */
export function due(found, on) {
  const ready = found.find(goal => (goal.fields.due_on || on) <= on);
  return ready ? brief(ready) : null;
}

/** The goal that was set last. @param {any[]} found */
export const newest = found => (found.length ? brief(found.reduce((one, other) => (other.at > one.at ? other : one))) : null);

/** A goal as a single row prints it. @param {any} goal */
export const brief = ({ id, fields, waiting }) =>
  ({ id, text: fields.text || '', waiting, due: fields.due_on ? dayParts(fields.due_on) : null });

/** A goal with its value, 0 while nobody said, and how it ended without one. @param {any} goal */
export const summary = goal =>
  ({ ...brief(goal), value: goal.rating ? goal.rating.fields.value : 0, ended: ended(goal), waits: Boolean(goal.fields.waits) });

/** The steps of a goal, with what one of them leaves out. @param {any} goal @returns {{id: string, text: string, done: boolean}[]} */
export const stepsOf = goal => (goal.fields.steps || []).map((/** @type {any} */ { id, text, done }) => ({ id, text: text || '', done: Boolean(done) }));

/** The steps that are not done. @param {any} goal */
export const openSteps = goal => stepsOf(goal).filter(step => !step.done);

/** A goal as a list prints it. @param {any} ctx @param {any} goal @param {string} on */
export function item(ctx, goal, on) {
  const { fields } = goal, found = stepsOf(goal), day = fields.due_on || '';
  return {
    ...brief(goal), area: fields.area || '', earns: snippet(fields.earns || '', SNIPPET), steps: found,
    done: found.filter(step => step.done).length, today: day === on, ready: day <= on,
    far: Boolean(day) && day.slice(0, 4) !== on.slice(0, 4), dates: dates(goal), opening: forms.opening(ctx, goal),
  };
}

/** The days by which a goal was to be done before it was carried over, the first one first. @param {any} goal */
export const dates = goal => (goal.fields.dates || []).map((/** @type {any} */ one) => one.id).filter(isDay).map(dayParts);

/** What a goal says in full on a page of its own. @param {any} goal */
export const texts = ({ fields }) => ({ why: fields.why || '', earns: fields.earns || '' });

/** A goal that was rated, split or let go, as a list prints it. @param {any} ctx @param {any} goal */
export function closedItem({ now, zone }, goal) {
  const { rating, fields } = goal, day = parts(closedAt(goal), zone);
  return {
    ...summary(goal), area: fields.area || '', day, far: day.year !== parts(now, zone).year,
    changed: rating ? history(rating, zone).length - 1 : 0, waiting: worst(goal.waiting, rating ? rating.waiting : ''),
  };
}

/** What a goal carries on, the last one first, and what carries it on or is a part of it. @param {any} ctx @param {any} goal */
export async function kin(ctx, goal) {
  /** @type {Map<string, any>} */
  const found = new Map((await ctx.records.shelf('goal')).map((/** @type {any} */ one) => [one.id, one])), before = [];
  for (let id = goal.fields.follows; found.has(id) && before.length < MOST_KIN; id = found.get(id).fields.follows) before.push(found.get(id));
  const after = [...found.values()].filter(one => one.fields.follows === goal.id).reverse();
  const ids = await Promise.all([...before, ...after].map(one => ratingId(ctx, one.id)));
  const ratings = [...(await ctx.records.many(ids)).values()];
  const rated = new Map(ratings.map(one => [one.fields.goal, said(one)]));
  const told = (/** @type {any} */ one) => summary({ ...one, rating: rated.get(one.id) ?? null });
  return { before: before.map(told), after: after.map(told) };
}

/** The entries among the newest ones in which a goal was set, or looked back at. @param {any} ctx @param {string} id */
export async function tied(ctx, id) {
  /** @type {any[]} */
  const found = await ctx.records.shelf('entry', { limit: TIED });
  return found.filter(({ fields }) => [fields.goal, fields.rated].includes(id)).map(one =>
    ({ id: one.id, day: parts(one.at, ctx.zone), title: one.fields.title || snippet(one.fields.text || '', SNIPPET) }));
}

/** Every value that a rating had, the newest first. @param {any} rating @param {string} zone */
export function history(rating, zone) {
  const { fields } = rating, rows = [];
  let since = rating.at;
  for (const one of [...(fields.earlier || []).filter(isEarlier), fields]) {
    rows.push({ value: one.value, reason: one.reason || '', at: parts(since, zone) });
    since = one.until;
  }
  return rows.reverse();
}

/** Whether a row of `earlier` is as the join writes it; after a restore it is what a device handed back. @param {any} row */
export function isEarlier({ value = null, reason = '', until = null }) {
  const alike = { value, reason, binned_at: until };
  return !Object.values(alike).includes(null) && !Object.keys(problems('rating', alike)).length;
}

/** Field of a rating's form to words. @param {Fields} fields */
export function unrateable(fields) {
  const found = forms.problems('rating', fields);
  if (fields.value === null) found.value = 'Choose a number from 1 to 5. There is no right one.';
  return Object.fromEntries(['value', 'reason'].filter(name => found[name]).map(name => [name, found[name]]));
}

/** Where a rating that is given stands: with its goal, in the bin or out of it. @param {any} goal @param {any} before @returns {Fields} */
export function place(goal, before) {
  const at = goal.fields.binned_at ?? null;
  return at || before?.fields.binned_at ? { binned_at: at } : {};
}

/** The session that a goal is linked to. @param {any} ctx @param {string} id */
export async function linked(ctx, id) {
  const found = id ? (await ctx.records.many([id])).get(id) : null;
  return found && found.kind === 'session' ? found : null;
}

/** A session as a goal prints it. @param {any} session @param {string} zone */
export const meeting = (session, zone) => ({ id: session.id, start: parts(session.at, zone) });
