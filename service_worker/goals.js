// Goals: at most three open, each with steps and a day; rated 1 to 5, then the next. The twin of mentorlog/goals.
import { parts } from './clock.js';
import * as forms from './forms.js';
import * as looking from './goals/looking.js';
import * as planning from './goals/planning.js';

const PAGE = 50;

/** @typedef {Record<string, any>} Fields */

/** The day it is for this person. @param {any} ctx */
export const today = ctx => parts(ctx.now, ctx.zone).on;

/** @param {any} ctx */
export async function index(ctx) {
  const found = await looking.everything(ctx), on = today(ctx), still = looking.openOnes(found);
  const later = found.filter(goal => goal.fields.waits && !goal.rating);
  return ctx.show('goals/index.html', {
    open: still.map(goal => looking.item(ctx, goal, on)), rate: looking.due(still, on),
    later: later.map(goal => looking.item(ctx, goal, on)), ...listed(ctx, looking.ratedOnes(found)),
  });
}

/** The page of the rated goals that is asked for: 50 after the one named in `?after=`. @param {any} ctx @param {any[]} rated */
export function listed(ctx, rated) {
  const after = ctx.url.searchParams.get('after') ?? '', start = rated.findIndex(goal => goal.id === after) + 1;
  const found = rated.slice(start, start + PAGE).map(goal => looking.ratedItem(goal, ctx.zone));
  return { rated: found, older: rated.length > start + PAGE ? found[PAGE - 1].id : '', first: start === 0 };
}

/** @param {any} ctx */
async function create(ctx) {
  if (ctx.method === 'POST') return write(ctx, null, forms.typedOpening(ctx));
  const [near] = await planning.offered(ctx, ''), form = planning.shown({ session: near ? near.id : '' }, planning.slots([]));
  const data = await planned(ctx, '', forms.opening(ctx), form);
  return ctx.show('goals/form.html', { ...data, ...above(ctx, await looking.everything(ctx)) });
}
export { create as new };

/** What stands above the form of a new goal. @param {any} ctx @param {any[]} found */
export function above(ctx, found) {
  const still = looking.openOnes(found), after = ctx.url.searchParams.get('after') ?? '';
  const last = found.find(goal => goal.id === after), look = last ? null : looking.due(still, today(ctx)) ?? looking.newest(still);
  return { last: last ? looking.summary(last) : null, look, full: still.length >= looking.MOST_OPEN };
}

/** What the form shows. @param {any} ctx @param {string} id @param {any} opening @param {Fields} form @param {Fields} [errors] @param {any[]} [others] */
export const planned = async (ctx, id, opening, form, errors = {}, others = []) => ({
  id, opening, form, errors, sessions: await planning.offered(ctx, form.session), others: others.map(goal => looking.item(ctx, goal, today(ctx))),
});

/** Take the form, or show it again. @param {any} ctx @param {any} record @param {any} opening */
export async function write(ctx, record, opening) {
  const found = record ? [] : await looking.everything(ctx), session = await looking.linked(ctx, forms.line(ctx, 'session'));
  const slots = planning.typedSlots(ctx), typed = planning.typedSteps(slots, opening.change, record ? looking.stepsOf(record) : []);
  const fields = { ...planning.typed(ctx), ...planning.dated(session, ctx.zone), steps: typed };
  const errors = planning.wrong(fields, slots, session), others = looking.crowd(found, opening.record);
  const fine = !Object.keys(errors).length;
  if (fine && !planning.asks(ctx, others)) {
    const id = await forms.save(ctx, ...await planning.letting(ctx, forms.change('goal', fields, opening), others));
    return record ? ctx.seeOther('goals.show', { id }) : ctx.seeOther('goals.index');
  }
  const data = await planned(ctx, record ? record.id : '', opening, planning.shown(fields, slots), errors, fine ? others : []);
  return ctx.show('goals/form.html', { ...data, ...above(ctx, found) }, 422);
}

/** @param {any} ctx @param {{id: string}} args */
export const show = async (ctx, { id }) => ctx.show('goals/show.html', { goal: await whole(ctx, await ctx.records.find('goal', id)) });

/** A goal as its own page prints it. @param {any} ctx @param {any} goal */
export async function whole(ctx, goal) {
  const { fields } = goal, before = await looking.ratingOf(ctx, goal.id), session = await looking.linked(ctx, fields.session || '');
  const given = looking.said(before);
  return {
    ...looking.item(ctx, goal, today(ctx)), ...looking.texts(goal), set: parts(goal.at, ctx.zone),
    session: session ? looking.meeting(session, ctx.zone) : null, waits: Boolean(fields.waits), binned: Boolean(fields.binned_at),
    ratings: given ? looking.history(given, ctx.zone) : [], waiting: goal.waiting || (before ? before.waiting : 0),
  };
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const record = await ctx.records.find('goal', id);
  if (ctx.method === 'POST') return write(ctx, record, forms.typedOpening(ctx, record));
  const data = await planned(ctx, id, forms.opening(ctx, record), planning.shown(record.fields, planning.slots(looking.stepsOf(record))));
  return ctx.show('goals/form.html', { ...data, ...above(ctx, []) });
}

/** @param {any} ctx @param {{id: string}} args */
export async function steps(ctx, { id }) {
  const goal = await ctx.records.find('goal', id), ticked = ctx.form.getAll('done'), asked = ctx.form.getAll('step');
  const found = looking.stepsOf(goal).map(step => ({ ...step, done: asked.includes(step.id) ? ticked.includes(step.id) : step.done }));
  await forms.save(ctx, forms.change('goal', { steps: found }, forms.typedOpening(ctx, goal)));
  return ctx.partial && ['steps', 'goal'].includes(ctx.target) ? show(ctx, { id }) : ctx.seeOther('goals.show', { id });
}

/** @param {any} ctx @param {{id: string}} args */
export async function rating(ctx, { id }) {
  const goal = await ctx.records.find('goal', id), before = await looking.ratingOf(ctx, id), own = await looking.ratingId(ctx, id);
  if (ctx.method === 'POST') return rate(ctx, goal, before, { ...forms.typedOpening(ctx, before, own), record: own });
  const given = before ? before.fields : {}, form = { value: given.value ?? null, reason: given.reason || '' };
  return lookBack(ctx, goal, before, forms.opening(ctx, before, own), form);
}

/** Take a rating, then on to the next goal. @param {any} ctx @param {any} goal @param {any} before @param {any} opening */
export async function rate(ctx, goal, before, opening) {
  const form = { value: forms.number(ctx, 'value'), reason: forms.text(ctx, 'reason') }, errors = looking.unrateable(form);
  if (Object.keys(errors).length) return lookBack(ctx, goal, before, opening, form, errors);
  const back = before && before.fields.binned_at && !goal.fields.binned_at ? { binned_at: null } : {};
  await forms.save(ctx, forms.change('rating', { ...form, ...back, goal: goal.id }, opening));
  return then(ctx, goal.id);
}

/** Where to go with a rating that is kept. @param {any} ctx @param {string} id */
const then = (ctx, id) =>
  (forms.line(ctx, 'then') === 'stop' ? ctx.seeOther('goals.show', { id }) : ctx.seeOther('goals.new', { after: id }));

/** The form of a rating, beside what was planned. @param {any} ctx @param {any} goal @param {any} before @param {any} opening @param {Fields} form @param {Fields} [errors] */
export function lookBack(ctx, goal, before, opening, form, errors = {}) {
  const data = { ...looking.item(ctx, goal, today(ctx)), ...looking.texts(goal), rated: Boolean(looking.said(before)) };
  return ctx.show('goals/rating.html', { goal: data, opening, form, errors }, Object.keys(errors).length ? 422 : 200);
}

/** @param {any} ctx @param {{id: string}} args */
export async function waits(ctx, { id }) {
  const goal = await ctx.records.find('goal', id), waiting = forms.ticked(ctx, 'waits'), on = today(ctx);
  const opening = forms.typedOpening(ctx, goal), fits = waiting || !goal.fields.waits;
  const others = fits ? [] : looking.crowd(await looking.everything(ctx), id);
  if (planning.asks(ctx, others)) {
    const choices = others.map(one => looking.item(ctx, one, on));
    return ctx.show('goals/waits.html', { goal: looking.item(ctx, goal, on), opening, others: choices }, 422);
  }
  await forms.save(ctx, ...await planning.letting(ctx, forms.change('goal', { waits: waiting }, opening), others));
  if (waiting) await ctx.notice('It waits. Nothing of it is lost.', { undo: ctx.urlFor('goals.waits', { id }) });
  return ctx.seeOther('goals.index');
}

/** @param {any} ctx @param {{id: string}} args */
async function remove(ctx, { id }) {
  const goal = await ctx.records.find('goal', id), at = goal.fields.binned_at || ctx.now;
  await forms.save(ctx, ...await planning.binning(forms.typedOpening(ctx, goal), at, await looking.ratingOf(ctx, id)));
  await ctx.notice('Goal moved to the bin.', { undo: ctx.urlFor('goals.bring_back', { id }) });
  return ctx.seeOther('goals.index');
}
export { remove as delete };

/** @param {any} ctx @param {{id: string}} args */
export async function bring_back(ctx, { id }) {
  const goal = await ctx.records.find('goal', id);
  await forms.save(ctx, ...await planning.binning(forms.typedOpening(ctx, goal), null, await looking.ratingOf(ctx, id)));
  return ctx.seeOther('goals.show', { id });
}
