// Planning a goal: what its form shows, what was typed, and what changes follow. The twin of mentorlog/goals/planning.py.
import * as forms from '../forms.js';
import { linked, meeting } from './looking.js';

const MOST_STEPS = 6;
const MOST_SLOTS = 60; // fields for steps in one form; versions of two devices can join to more than six
const AHEAD = 100; // sessions read at once
const OFFERED = 3; // sessions to choose from
const [NEW, NONE] = ['new', 'none']; // which goal waits: the one of the form, or none of them
const ORDER = ['text', 'earns', 'session', 'due_on', 'area', 'why', 'steps'];

/** @typedef {Record<string, any>} Fields */
/** @typedef {{id: string, text: string}[]} Slots the fields for steps, empty ones too; id: '' for a new one */

/** The next sessions, soonest first, after the one that is chosen already and is none of them. @param {any} ctx @param {string} chosen */
export async function offered(ctx, chosen) {
  /** @type {any[]} */
  const found = await ctx.records.shelf('session', { limit: AHEAD });
  const ahead = found.filter(one => one.at >= ctx.now && [null, 'planned'].includes(one.fields.state ?? null));
  const near = ahead.reverse().slice(0, OFFERED);
  const own = near.some(one => one.id === chosen) ? null : await linked(ctx, chosen);
  return (own ? [own, ...near] : near).map(one => meeting(one, ctx.zone));
}

/** A field for each step that there is, and room for more. @param {Slots} found @returns {Slots} */
export const slots = found => [
  ...found.map(({ id, text }) => ({ id, text })),
  ...Array.from({ length: Math.max(0, MOST_STEPS - found.length) }, () => ({ id: '', text: '' })),
];

/** The fields for steps as they came. @param {any} ctx @returns {Slots} */
export const typedSlots = ctx => Array.from({ length: MOST_SLOTS }, (_, at) => `step${at + 1}`).filter(name => ctx.form.has(name))
  .map(name => ({ id: forms.line(ctx, `${name}_id`), text: forms.line(ctx, name) }));

/** The steps that were typed. @param {Slots} found @param {string} change @param {{id: string, done: boolean}[]} before */
export function typedSteps(found, change, before) {
  const done = new Map(before.map(step => [step.id, step.done]));
  return found.map(({ id, text }, at) => ({ id: id || `${change}-${at + 1}`, text })).filter(step => step.text)
    .map(step => ({ ...step, done: done.get(step.id) ?? false }));
}

/** The fields of the form, without the steps. @param {any} ctx @returns {Fields} */
export const typed = ctx => ({
  text: forms.line(ctx, 'text'), why: forms.text(ctx, 'why'), earns: forms.text(ctx, 'earns'),
  due_on: forms.choice(ctx, 'due_on'), area: forms.choice(ctx, 'area'), session: forms.choice(ctx, 'session'),
});

/** The day of a goal that is to be done by a session. @param {any} session @param {string} zone */
export const dated = (session, zone) => (session ? { due_on: meeting(session, zone).start.on } : {});

/** The fields of a goal as its form shows them. @param {Fields} fields @param {Slots} found @returns {Fields} */
export const shown = (fields, found) => ({ ...Object.fromEntries(ORDER.map(name => [name, fields[name] || ''])), steps: found });

/** Field to words. @param {Fields} fields @param {Slots} found @param {any} session */
export function wrong(fields, found, session) {
  const errors = forms.problems('goal', fields);
  if (!fields.text) errors.text = 'Write the goal in one sentence. Nothing else you typed here is lost.';
  if (fields.session && !session) errors.session = 'Choose one of the sessions offered, or another date.';
  const long = found.map(({ text }, at) => [`step${at + 1}`, forms.problems('goal', { text }).text]).filter(([, why]) => why);
  const kept = ORDER.filter(name => errors[name] && !(name === 'steps' && long.length));
  return Object.fromEntries([...kept.map(name => [name, errors[name]]), ...long]);
}

/** Whether the form has yet to say which goal waits. @param {any} ctx @param {any[]} others */
export const asks = (ctx, others) =>
  others.length > 0 && ![NEW, NONE, ...others.map(goal => goal.id)].includes(forms.line(ctx, 'which'));

/** The changes of a form that opens a goal. @param {any} ctx @param {any} first @param {any[]} others */
export async function letting(ctx, first, others) {
  const which = others.length ? forms.line(ctx, 'which') : NONE;
  if (which === NEW) first.fields.waits = true;
  const waiting = others.filter(goal => goal.id === which);
  return [first, ...await Promise.all(waiting.map(goal => forms.further(first, 2, 'goal', { waits: true }, goal)))];
}

/** The changes that put a goal and its rating into the bin; at null: that take both out. @param {any} opening @param {string|null} at @param {any} before */
export async function binning(opening, at, before) {
  const first = forms.change('goal', { binned_at: at }, opening);
  return before ? [first, await forms.further(first, 2, 'rating', { binned_at: at }, before)] : [first];
}
