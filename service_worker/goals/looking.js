// Looking at goals: which are open, which one to look back at, how they were rated. The twin of mentorlog/goals/looking.py.
import { dayParts, parts } from '../clock.js';
import * as forms from '../forms.js';
import { nameId } from '../ids.js';
import { problems } from '../kinds.js';
import { snippet } from '../prose.js';

export const MOST_OPEN = 3;
const NO_DAY = '9999';
const SNIPPET = 160;

/** @typedef {Record<string, any>} Fields */

/** @param {string} one @param {string} other */
const compared = (one, other) => Number(one > other) - Number(one < other);

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
  /** @type {any[]} */
  const found = (await ctx.records.shelf('goal')).reverse();
  const ids = await Promise.all(found.map(goal => ratingId(ctx, goal.id))), ratings = await ctx.records.many(ids);
  return found.map((goal, at) => ({ ...goal, rating: said(ratings.get(ids[at])) }));
}

/** The open goals among these, the one due first before the others; those without a day last. @param {any[]} found */
export const openOnes = found => found.filter(goal => !goal.rating && !goal.fields.waits)
  .toSorted((one, other) => compared(one.fields.due_on || NO_DAY, other.fields.due_on || NO_DAY));

/** The open goals, the one due first before the others; those without a day last, oldest first. @param {any} ctx */
export const unrated = async ctx => openOnes(await everything(ctx));

/** The rated goals among these, the one rated last first. @param {any[]} found */
export const ratedOnes = found => found.filter(goal => goal.rating)
  .toSorted((one, other) => compared(one.rating.at, other.rating.at)).reverse();

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

/** A goal with its value, 0 while nobody said. @param {any} goal */
export const summary = goal => ({ ...brief(goal), value: goal.rating ? goal.rating.fields.value : 0 });

/** The steps of a goal, with what one of them leaves out. @param {any} goal @returns {{id: string, text: string, done: boolean}[]} */
export const stepsOf = goal => (goal.fields.steps || []).map((/** @type {any} */ { id, text, done }) => ({ id, text: text || '', done: Boolean(done) }));

/** A goal as a list prints it. @param {any} ctx @param {any} goal @param {string} on */
export function item(ctx, goal, on) {
  const { fields } = goal, found = stepsOf(goal), day = fields.due_on || '';
  return {
    ...brief(goal), area: fields.area || '', earns: snippet(fields.earns || '', SNIPPET), steps: found,
    done: found.filter(step => step.done).length, today: day === on, ready: day <= on,
    far: Boolean(day) && day.slice(0, 4) !== on.slice(0, 4), opening: forms.opening(ctx, goal),
  };
}

/** What a goal says in full on a page of its own. @param {any} goal */
export const texts = ({ fields }) => ({ why: fields.why || '', earns: fields.earns || '' });

/** A rated goal as a list prints it. @param {any} goal @param {string} zone */
export const ratedItem = (goal, zone) => ({
  ...summary(goal), area: goal.fields.area || '', day: parts(goal.rating.at, zone),
  changed: history(goal.rating, zone).length - 1, waiting: goal.waiting || goal.rating.waiting,
});

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

/** The session that a goal is linked to. @param {any} ctx @param {string} id */
export async function linked(ctx, id) {
  const found = id ? (await ctx.records.many([id])).get(id) : null;
  return found && found.kind === 'session' ? found : null;
}

/** A session as a goal prints it. @param {any} session @param {string} zone */
export const meeting = (session, zone) => ({ id: session.id, start: parts(session.at, zone) });

/** The open goals beside this one, when one of them has to wait for it: three at a time. @param {any[]} found @param {string} id */
export function crowd(found, id) {
  const others = openOnes(found).filter(goal => goal.id !== id);
  return others.length >= MOST_OPEN ? others : [];
}
