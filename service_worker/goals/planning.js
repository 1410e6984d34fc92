// Planning a goal: what its form shows, what was typed, and what changes follow. The twin of mentorlog/goals/planning.py.
import { isDay } from '../clock.js';
import * as forms from '../forms.js';
import { MOST_OPEN, item, linked, meeting, named, openOnes, openSteps } from './looking.js';

const MOST_STEPS = 6;
const MOST_DATES = 20;
const MOST_SLOTS = 60; // fields for steps in one form; versions of two devices can join to more than six
const OFFERED = 3; // sessions to choose from
export const NEW = 'new'; // which goal waits: the one of the form
const [GOAL, STEPS] = ['goal', 'steps']; // what is carried over from the last goal
export { GOAL, STEPS };
export const GOING = { waits: false, ended: null, ended_at: null }; // a goal that is taken up again
export const NOT_OFFERED = 'Choose one of the sessions offered, or another date.';
const ORDER = ['text', 'earns', 'session', 'due_on', 'area', 'why', 'steps'];

/** @typedef {Record<string, any>} Fields */
/** @typedef {{id: string, text: string, done: string}[]} Slots the fields for steps, empty ones too; id: '' for a new one, done: '1' or '' */

/** The next sessions, soonest first, after the one that is chosen already and is none of them. @param {any} ctx @param {string} chosen */
export async function offered(ctx, chosen) {
  /** @type {any[]} */
  const found = await ctx.records.since('session', ctx.now);
  const near = found.filter(one => [null, 'planned'].includes(one.fields.state ?? null)).reverse().slice(0, OFFERED);
  const own = near.some(one => one.id === chosen) ? null : await linked(ctx, chosen);
  return (own ? [own, ...near] : near).map(one => meeting(one, ctx.zone));
}

/** The id of the first of the sessions that are offered, '' when there is none. @param {{id: string}[]} near */
export const soonest = near => (near.length ? near[0].id : '');

/** A field for each step that there is, and room for more. @param {{id: string, text: string, done: boolean}[]} found @returns {Slots} */
export const slots = found => filledUp(found.map(({ id, text, done }) => ({ id, text, done: done ? '1' : '' })));

/** The fields for steps with room for more. @param {Slots} found @returns {Slots} */
export const filledUp = found =>
  [...found, ...Array.from({ length: Math.max(0, MOST_STEPS - found.length) }, () => ({ id: '', text: '', done: '' }))];

/** The fields for steps as they came. @param {any} ctx @param {{id: string, done: boolean}[]} before @returns {Slots} */
export function typedSlots(ctx, before) {
  const done = new Map(before.map(step => [step.id, step.done ? '1' : '']));
  const names = Array.from({ length: MOST_SLOTS }, (_, at) => `step${at + 1}`).filter(name => ctx.form.has(name));
  return names.map(name => {
    const id = forms.line(ctx, `${name}_id`), told = ctx.form.has(`${name}_done`);
    return { id, text: forms.line(ctx, name), done: told ? forms.line(ctx, `${name}_done`) : done.get(id) ?? '' };
  });
}

/** The steps that were typed. Each keeps its id and tick. @param {Slots} found @param {string} change */
export const typedSteps = (found, change) =>
  found.map(({ id, text, done }, at) => ({ id: id || `${change}-${at + 1}`, text, done: Boolean(done) })).filter(step => step.text);

/** The fields of the form, without the steps. @param {any} ctx @returns {Fields} */
export const typed = ctx => ({
  text: forms.line(ctx, 'text'), why: forms.text(ctx, 'why'), earns: forms.text(ctx, 'earns'), area: forms.choice(ctx, 'area'),
  ...typedWhen(ctx),
});

/** By when, as it was typed. @param {any} ctx @returns {Fields} */
export const typedWhen = ctx => ({ due_on: forms.choice(ctx, 'due_on'), session: forms.choice(ctx, 'session') });

/** What the form carries along, to be shown in it again. @param {any} ctx @returns {Fields} */
export const hidden = ctx => ({ follows: forms.line(ctx, 'follows'), due_before: forms.line(ctx, 'due_before') });

/** The fields of the change. @param {any} ctx @param {any} record @param {any[]} found @param {any} session @param {Slots} slots @param {string} change @returns {Fields} */
export function filled(ctx, record, found, session, slots, change) {
  const fields = { ...typed(ctx), ...dated(session, ctx.zone), steps: typedSteps(slots, change) };
  if (record) return { ...fields, ...datedAnew(ctx, record, fields.due_on) };
  return { ...fields, follows: named(found, forms.line(ctx, 'follows'))?.id ?? null };
}

/** The day of a goal that is to be done by a session. @param {any} session @param {string} zone */
export const dated = (session, zone) => (session ? { due_on: meeting(session, zone).start.on } : {});

/** The fields of a goal as its form shows them. due_before: its day when the form was opened. @param {Fields} fields @param {Slots} found @returns {Fields} */
export const shown = (fields, found) => ({
  ...Object.fromEntries([...ORDER, 'follows'].map(name => [name, fields[name] || ''])),
  due_before: fields.due_before ?? (fields.due_on || ''), steps: found,
});

/** Field to words. @param {Fields} fields @param {Slots} found @param {any} session @param {any} record */
export function wrong(fields, found, session, record) {
  const errors = forms.problems('goal', fields, record?.fields);
  if (!fields.text) errors.text = 'Write the goal in one sentence. Nothing else you typed here is lost.';
  if (fields.session && !session) errors.session = NOT_OFFERED;
  const long = found.map(({ text }, at) => [`step${at + 1}`, forms.problems('goal', { text }).text]).filter(([, why]) => why);
  const kept = ORDER.filter(name => errors[name] && !(name === 'steps' && long.length));
  return Object.fromEntries([...kept.map(name => [name, errors[name]]), ...long]);
}

/** How many have to wait when so many more are to be open beside these: three at a time. @param {any[]} others @param {number} more */
export const crowding = (others, more) => Math.max(0, others.length + more - MOST_OPEN);

/** The open goals among these without this one. @param {any[]} found @param {string} id */
export const beside = (found, id) => openOnes(found).filter(goal => goal.id !== id);

/** Which of those offered wait, by the form; null when it has yet to say so. @param {any} ctx @param {number} need @param {string[]} offered @returns {string[]|null} */
export function chosen(ctx, need, offered) {
  const asked = ctx.form?.getAll('which') ?? [], which = offered.filter(id => asked.includes(id)).slice(0, need);
  return which.length === need ? which : null;
}

/** The goals to choose those from that wait. @param {any} ctx @param {any[]} others @param {number} need @param {string} on */
export const choices = (ctx, others, need, on) => others.map((goal, n) => ({ ...item(ctx, goal, on), ticked: n >= others.length - need }));

/** The changes of a goal that is opened: its own, and of those that wait for it. @param {any} first @param {any[]} others @param {string[]} which */
export async function opening(first, others, which) {
  if (which.includes(NEW)) first.fields.waits = true;
  return [first, ...await letting(first, others, which)];
}

/** The changes that let goals wait for another one. @param {any} first @param {any[]} others @param {string[]} which */
export const letting = (first, others, which) => Promise.all(others.filter(goal => which.includes(goal.id))
  .map(goal => forms.further(first, 'goal', { waits: true }, goal)));

/** The days by which a goal was due before, with the one that its form showed when it gives way. @param {any} ctx @param {any} goal @param {string|null|undefined} dueOn @returns {Fields} */
export function datedAnew(ctx, goal, dueOn) {
  const old = forms.choice(ctx, 'due_before');
  return !old || old === dueOn || !isDay(old) ? {} : gaveWay(goal, old, dueOn);
}

/** The days by which a goal was due before, once it is due on another one. @param {any} goal @param {string} old @param {string|null|undefined} dueOn @returns {Fields} */
export function gaveWay(goal, old, dueOn) {
  const kept = (goal.fields.dates || []).filter((/** @type {any} */ day) => ![old, dueOn].includes(day.id));
  return { dates: [...kept, { id: old }].slice(-MOST_DATES) };
}

/** The form of a new goal, with what is carried over from the last one. @param {{id: string}[]} near @param {any} last @param {string} carry */
export function beginning(near, last, carry) {
  const fields = { session: soonest(near) };
  if (!last || !carry) return shown(fields, slots([]));
  const { text, earns, area, why } = last.fields, words = { text, earns, area, why, follows: last.id };
  return shown({ ...fields, ...carry === GOAL ? words : {} }, slots(openSteps(last).map(step => ({ ...step, id: '' }))));
}

/** The changes that put a goal and its rating into the bin; at null: that take both out. @param {any} opening @param {string|null} at @param {any} before */
export async function binning(opening, at, before) {
  const first = forms.change('goal', { binned_at: at }, opening);
  return before ? [first, await forms.further(first, 'rating', { binned_at: at }, before)] : [first];
}
