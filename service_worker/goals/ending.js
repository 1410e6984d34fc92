// How a goal goes another way: carried over to a new date, split in two, or let go. The twin of mentorlog/goals/ending.py.
import * as forms from '../forms.js';
import { nameId } from '../ids.js';
import { ended, openSteps } from './looking.js';
import * as planning from './planning.js';

const SPLIT = 'split';
export const LET_GO = 'let_go';
const LATER = 'later'; // the second part waits
const SAME = ['why', 'area']; // what both parts have of the goal

/** @typedef {Record<string, any>} Fields */

/** The session to which a goal is carried over unless another one is chosen. @param {any} goal @param {{id: string}[]} near */
export const nextOf = (goal, near) => near.find(one => one.id !== (goal.fields.session ?? null))?.id ?? '';

/** What is wrong with the date to which a goal is carried over. @param {Fields} fields @param {any} session @returns {Fields} */
export function wrongDate(fields, session) {
  const errors = forms.problems('goal', fields);
  if (fields.session && !session) errors.session = planning.NOT_OFFERED;
  else if (!fields.due_on) errors.due_on = 'Choose a session or a day. A goal without one can wait instead.';
  return Object.fromEntries(['session', 'due_on'].filter(name => errors[name]).map(name => [name, errors[name]]));
}

/** What is wrong with the reason for letting go. @param {string} why @returns {Fields} */
export function wrongReason(why) {
  const about = forms.problems('goal', { ended_why: why });
  return about.ended_why ? { reason: about.ended_why } : {};
}

/** The change that ends a goal without a rating. A second tap says the same moment. @param {any} ctx @param {any} goal @param {string} how @param {string} why @param {any} opening */
export function ending(ctx, goal, how, why, opening) {
  const at = ended(goal) === how ? goal.fields.ended_at : null;
  return forms.change('goal', { ended: how, ended_at: at || ctx.now, ended_why: why }, opening);
}

/** The empty form of a split. @param {any} goal @param {{id: string}[]} near @returns {Fields} */
export const splitting = (goal, near) => ({
  text1: goal.fields.text || '', text2: '', session: planning.soonest(near), due_on: '', second: LATER, value: null,
  reason: goal.fields.ended_why || '',
  parts: openSteps(goal).map(() => '1'),
});

/** The form of a split as it came. @param {any} ctx @param {any} goal @returns {Fields} */
export function typedSplit(ctx, goal) {
  const to = ctx.form.getAll('part').map(String);
  const went = new Map(ctx.form.getAll('step').slice(0, to.length).map((/** @type {any} */ id, /** @type {number} */ at) => [id, to[at]]));
  return {
    ...planning.typedWhen(ctx), text1: forms.line(ctx, 'text1'), text2: forms.line(ctx, 'text2'), second: forms.line(ctx, 'second'),
    value: forms.number(ctx, 'value'), reason: forms.text(ctx, 'reason'), parts: openSteps(goal).map(step => went.get(step.id) ?? ''),
  };
}

/** Field to words. @param {Fields} form @param {any} session @returns {Fields} */
export function wrongSplit(form, session) {
  /** @type {Fields} */
  const found = {};
  for (const name of ['text1', 'text2']) {
    found[name] = forms.problems('goal', { text: form[name] }).text ?? (form[name] ? '' : 'Write each part in one sentence.');
  }
  const when = forms.problems('goal', { due_on: form.due_on, session: form.session });
  found.session = form.session && !session ? planning.NOT_OFFERED : when.session;
  found.due_on = when.due_on;
  const about = forms.problems('rating', { value: form.value, reason: form.reason });
  [found.value, found.reason] = [about.value, about.reason];
  return Object.fromEntries(Object.entries(found).filter(([, words]) => words));
}

/** The open goals beside one that is split; a second tap does not count its parts. @param {any[]} found @param {any} goal */
export const beside = (found, goal) => planning.beside(found, goal.id).filter(one => one.fields.follows !== goal.id);

/** The fields of the two goals that one becomes. @param {any} ctx @param {any} goal @param {Fields} form @param {any} session @returns {Fields[]} */
export function parts(ctx, goal, form, session) {
  const both = {
    ...Object.fromEntries(SAME.filter(name => goal.fields[name]).map(name => [name, goal.fields[name]])),
    follows: goal.id, due_on: form.due_on, session: form.session, ...planning.dated(session, ctx.zone),
  };
  const steps = openSteps(goal), of = (/** @type {string} */ part) => steps.filter((_, at) => form.parts[at] === part);
  return [{ ...both, text: form.text1, steps: of('1') },
    { ...both, text: form.text2, steps: of('2'), waits: form.second === LATER }];
}

/** The changes of a split. @param {any} ctx @param {any} goal @param {Fields} form @param {Fields[]} made @param {any} rating {id, rev: ''}, as the form showed it @param {any} opening */
export async function changes(ctx, goal, form, made, rating, opening) {
  const rated = form.value !== null, first = ending(ctx, goal, SPLIT, rated ? '' : form.reason, opening);
  const fields = { goal: goal.id, value: form.value, reason: form.reason };
  const parted = await Promise.all(made.map((part, at) => forms.anew(first, at + 2, 'goal', part)));
  return [first, ...parted, ...(rated ? [await forms.further(first, 'rating', fields, rating)] : [])];
}

/** Whether a goal was split by another form than this one, of which this may be the second tap. @param {any} ctx @param {any} goal @param {any} opening */
export async function isSplitElsewhere(ctx, goal, opening) {
  const own = await nameId(opening.change, 'record 2');
  return ended(goal) === SPLIT && !(await ctx.records.many([own])).has(own);
}
