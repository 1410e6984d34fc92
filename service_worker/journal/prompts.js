// The prompts of the editor: a goal is set while an entry is written, the last one is looked back at. One record, two
// doors: the entry only names them. The twin of mentorlog/journal/prompts.py.
import * as forms from '../forms.js';
import * as goals from '../goals/looking.js';
import * as planning from '../goals/planning.js';

const GOAL = 2; // the place of its change among those of the form; the entry's is the first
const NAMES = { session: 'session', goal: 'goal', rated: 'goal' }; // field of an entry to the kind of what it names
export const EMPTY = { next: '', value: null, reason: '' };
const GONE = 'This goal is not here any more. Copy your words into the text, and choose Not now.';
export const WHICH = 'Three goals are open already. Say below what waits, then choose Done once more.';

/** @typedef {Record<string, any>} Fields */
/** @typedef {Record<string, any>} Wishes what was typed at the prompts, and which goal the form asked about */

/** What was typed at the prompts. rate: the goal that was looked back at; base, after: on what its rating stood. @param {any} ctx @returns {Wishes} */
export function typed(ctx) {
  const [rate, base = '', after = ''] = forms.line(ctx, 'rate').split(':');
  return { next: forms.line(ctx, 'next'), value: forms.number(ctx, 'value'), reason: forms.text(ctx, 'reason'), rate, base, after };
}

/** The goal to look back at; null when there is none. @param {any} ctx @param {any[]} found @param {Fields} form @param {string} own @param {string} on */
export async function asked(ctx, found, form, own, on) {
  const named = form.rate, still = goals.openOnes(found).filter(goal => goal.id !== own);
  const known = found.find(goal => goal.id === named), [first] = still;
  const look = named ? known && goals.brief(known) : goals.due(still, on) ?? (first && goals.brief(first));
  if (!look) return named || form.value !== null ? { id: named, text: '', here: false, base: '', after: '' } : null;
  const fresh = forms.opening(ctx, await goals.ratingOf(ctx, look.id), await goals.ratingId(ctx, look.id));
  const { base, after } = named && 'base' in form ? form : fresh;
  return { id: look.id, text: look.text, here: true, base, after };
}

/** Field to words. A reason without a number is half a rating. @param {Wishes} wishes @param {any[]} found @returns {Record<string, string>} */
export function wrong({ next, value, reason, rate }, found) {
  const { text } = forms.problems('goal', { text: next }), here = found.some(goal => goal.id === rate);
  /** @type {Record<string, string>} */
  const errors = text ? { next: text } : {};
  if (value === null && !(here && reason)) return errors;
  return { ...errors, ...here ? goals.unrateable({ value, reason }) : { value: GONE } };
}

/** The change that sets the goal, which the entry then names. @param {any} first the entry's @param {Wishes} wishes @param {any} until the session it is for */
export async function setting(first, { next }, until) {
  if (!next) return null;
  const due = until ? { session: until.id, due_on: until.start.on } : {};
  const goal = await forms.anew(first, GOAL, 'goal', { text: next, ...due });
  first.fields.goal = goal.record;
  return goal;
}

/** The open goals beside a new one; the one that is rated here makes room. @param {any[]} found @param {Wishes} wishes @param {any} goal */
export function beside(found, { value, rate }, goal) {
  const rated = value === null ? '' : rate;
  return goal ? planning.beside(found.filter(one => one.id !== rated), goal.record) : [];
}

/** The change of the goal's rating, which stands on what the form showed; the entry then names the goal. @param {any} ctx @param {any} first @param {Wishes} wishes */
export async function rating(ctx, first, { value, reason, rate, base, after }) {
  if (value === null) return null;
  const shown = { id: await goals.ratingId(ctx, rate), rev: base, top: after };
  first.fields.rated = rate;
  return forms.further(first, 'rating', { value, reason, goal: rate, binned_at: null }, shown);
}

/** The changes of one form: the entry, the goal set in it and what waits for it, the rating. @param {any} ctx @param {any} first @param {any} goal @param {any[]} others @param {string[]} which @param {Wishes} wishes */
export async function changes(ctx, first, goal, others, which, wishes) {
  const given = await rating(ctx, first, wishes);
  return [first, ...goal ? await planning.opening(goal, others, which) : [], ...given ? [given] : []];
}

/** What an entry names. @param {any} ctx @param {Fields} fields */
export async function touches(ctx, fields) {
  const own = await goals.ratingId(ctx, fields.rated || ''), names = Object.entries(NAMES);
  const found = await ctx.records.many([...names.map(([name]) => fields[name] || ''), own]);
  const [session, goal, rated] = names.map(([name, kind]) => {
    const one = found.get(fields[name] || '');
    return one && one.kind === kind ? one : null;
  });
  const given = goals.said(found.get(own));
  return {
    session: session && goals.meeting(session, ctx.zone), set: goal && goals.brief(goal),
    rated: rated && { ...goals.brief(rated), value: given ? given.fields.value : 0 },
  };
}

/** What the reader prints of the prompts. @param {any} ctx @param {Fields} fields */
export const told = async (ctx, fields) => ({ lesson: fields.lesson || '', touches: await touches(ctx, fields) });
