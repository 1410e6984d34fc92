// The screens of a goal that goes another way: carried over, split, let go. The twin of mentorlog/goals/routes_ending.py.
import * as forms from '../forms.js';
import * as ending from './ending.js';
import * as looking from './looking.js';
import * as planning from './planning.js';

const RATED_MEANWHILE = 'It was rated meanwhile. Both stand here: the rating, and what you chose now.';
const SPLIT_MEANWHILE = 'It was split already, elsewhere or from another page. Its parts stand on its own page.';

/** @typedef {Record<string, any>} Fields */

/** The goal with its rating, null while nobody said how it went. @param {any} ctx @param {string} id */
export async function told(ctx, id) {
  return { ...await ctx.records.find('goal', id), rating: looking.said(await looking.ratingOf(ctx, id)) };
}

/** @param {any} ctx @param {{id: string}} args */
export async function carry(ctx, { id }) {
  const goal = await told(ctx, id);
  if (ctx.method === 'POST') return carryOver(ctx, goal, forms.typedOpening(ctx, goal));
  if (looking.isClosed(goal)) return ctx.seeOther('goals.new', { after: id, carry: planning.GOAL });
  const near = await planning.offered(ctx, '');
  const form = { session: ending.nextOf(goal, near), due_on: '', due_before: goal.fields.due_on || '' };
  return anotherDate(ctx, goal, forms.opening(ctx, goal), form);
}

/** Take the new date, or say what is wrong with it. @param {any} ctx @param {any} goal @param {any} opening */
export async function carryOver(ctx, goal, opening) {
  const session = await looking.linked(ctx, forms.line(ctx, 'session')), typed = planning.typedWhen(ctx);
  const fields = { ...typed, ...planning.dated(session, ctx.zone) }, errors = ending.wrongDate(fields, session);
  if (Object.keys(errors).length) {
    const form = { due_on: typed.due_on || '', session: typed.session || '', due_before: forms.line(ctx, 'due_before') };
    return anotherDate(ctx, goal, opening, form, errors);
  }
  await forms.save(ctx, forms.change('goal', { ...fields, ...planning.datedAnew(ctx, goal, fields.due_on) }, opening));
  if (goal.rating) await ctx.notice(RATED_MEANWHILE);
  return ctx.seeOther('goals.show', { id: goal.id });
}

/** The form of a new date. @param {any} ctx @param {any} goal @param {any} opening @param {Fields} form @param {Fields} [errors] */
export const anotherDate = async (ctx, goal, opening, form, errors = {}) => {
  const sessions = await planning.offered(ctx, form.session), shown = looking.item(ctx, goal, looking.today(ctx));
  return ctx.show('goals/carry.html', { goal: shown, opening, form, errors, sessions }, Object.keys(errors).length ? 422 : 200);
};

/** @param {any} ctx @param {{id: string}} args */
export async function let_go(ctx, { id }) {
  const goal = await told(ctx, id);
  if (ctx.method === 'GET') {
    const opening = forms.opening(ctx, goal), why = goal.fields.ended_why || '';
    return goal.rating ? ctx.seeOther('goals.show', { id }) : farewell(ctx, goal, opening, why);
  }
  const opening = forms.typedOpening(ctx, goal), why = forms.text(ctx, 'reason'), errors = ending.wrongReason(why);
  if (Object.keys(errors).length) return farewell(ctx, goal, opening, why, errors);
  await forms.save(ctx, ending.ending(ctx, goal, ending.LET_GO, why, opening));
  await ctx.notice(goal.rating ? RATED_MEANWHILE : 'It is let go.', { undo: ctx.urlFor('goals.waits', { id }) });
  return ctx.seeOther('goals.index');
}

/** The form of letting go. @param {any} ctx @param {any} goal @param {any} opening @param {string} why @param {Fields} [errors] */
export const farewell = (ctx, goal, opening, why, errors = {}) => ctx.show('goals/let_go.html',
  { goal: looking.item(ctx, goal, looking.today(ctx)), opening, form: { reason: why }, errors }, Object.keys(errors).length ? 422 : 200);

/** @param {any} ctx @param {{id: string}} args */
export async function split(ctx, { id }) {
  const goal = await told(ctx, id);
  if (ctx.method === 'POST') return takeApart(ctx, goal, ending.typedSplit(ctx, goal), forms.typedOpening(ctx, goal));
  if (looking.isClosed(goal)) return ctx.seeOther('goals.show', { id });
  const near = await planning.offered(ctx, '');
  return two(ctx, goal, forms.opening(ctx, goal), ending.splitting(goal, near));
}

/** Take the form of a split; or show it again: with what is wrong, or to say which goals wait. @param {any} ctx @param {any} goal @param {Fields} form @param {any} opening */
export async function takeApart(ctx, goal, form, opening) {
  const session = await looking.linked(ctx, form.session || ''), made = ending.parts(ctx, goal, form, session);
  const others = ending.beside(await looking.everything(ctx), goal), need = planning.crowding(others, made[1].waits ? 1 : 2);
  const chosen = planning.chosen(ctx, need, [planning.NEW, ...others.map(one => one.id)]), errors = ending.wrongSplit(form, session);
  if (await ending.isSplitElsewhere(ctx, goal, opening)) errors.text1 = SPLIT_MEANWHILE;
  const fine = !Object.keys(errors).length;
  if (fine && chosen) return keepParts(ctx, goal, form, made, opening, chosen, others);
  return two(ctx, goal, opening, form, errors, fine ? others : [], need);
}

/** Write the two goals, how the old one ended, and what waits. @param {any} ctx @param {any} goal @param {Fields} form @param {Fields[]} made @param {any} opening @param {string[]} chosen @param {any[]} others */
export async function keepParts(ctx, goal, form, made, opening, chosen, others) {
  made[1].waits = made[1].waits || chosen.includes(planning.NEW);
  const rating = { id: await looking.ratingId(ctx, goal.id), rev: '' }; // as its form showed it
  const [first, ...rest] = await ending.changes(ctx, goal, form, made, rating, opening);
  await forms.save(ctx, first, ...rest, ...await planning.letting(first, others, chosen));
  if (goal.rating && form.value === null) await ctx.notice(RATED_MEANWHILE);
  return ctx.seeOther('goals.index');
}

/** The form of a split. @param {any} ctx @param {any} goal @param {any} opening @param {Fields} form @param {Fields} [errors] @param {any[]} [others] @param {number} [need] */
export async function two(ctx, goal, opening, form, errors = {}, others = [], need = 0) {
  const shown = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value || '']));
  return ctx.show('goals/split.html', {
    goal: looking.item(ctx, goal, looking.today(ctx)), opening, form: { ...shown, value: form.value, parts: form.parts },
    steps: looking.openSteps(goal), errors, need, sessions: await planning.offered(ctx, form.session || ''),
    others: planning.choices(ctx, others, need, looking.today(ctx)),
  }, Object.keys(errors).length || others.length ? 422 : 200);
}
