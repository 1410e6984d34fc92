// Goals: at most three open, each with steps and a day; rated 1 to 5, then the next. The twin of mentorlog/goals.
import * as carried from './carried.js';
import { parts } from './clock.js';
import * as forms from './forms.js';
import * as chart from './goals/chart.js';
import * as course from './goals/course.js';
import * as looking from './goals/looking.js';
import * as month from './goals/month.js';
import * as planning from './goals/planning.js';
import { unsettled } from './pages.js';
import { worst } from './view.js';

const PAGE = 50;
const SHORT = 3; // goals looked back at, on the first page

/** @typedef {Record<string, any>} Fields */

/** @param {any} ctx */
export async function index(ctx) {
  const found = await looking.everything(ctx), on = looking.today(ctx), { zone } = ctx;
  const still = looking.openOnes(found), closed = looking.closedOnes(found);
  return ctx.show('goals/index.html', {
    open: still.map(goal => looking.item(ctx, goal, on)), rate: looking.due(still, on), over: planning.crowding(still, 0),
    later: looking.laterOnes(found).map(goal => looking.item(ctx, goal, on)),
    closed: closed.slice(0, SHORT).map(goal => looking.closedItem(ctx, goal)), count: closed.length,
    line: chart.line(closed, zone), areas: chart.areas(closed), month: month.last(found, await month.written(ctx, on), on, zone), sign: await sign(ctx, found),
  });
}

/** What asks whether it has run its course, '' for nothing. @param {any} ctx @param {any[]} found */
export const sign = async (ctx, found) =>
  (course.isQuiet(ctx.settings, looking.today(ctx)) ? '' : course.asked(found, await course.lately(ctx), ctx.zone));

/** @param {any} ctx */
export async function rated(ctx) {
  const closed = looking.closedOnes(await looking.everything(ctx)), areas = chart.areas(closed), asked = ctx.url.searchParams;
  const area = areas.find(one => one === asked.get('area')) ?? '', after = asked.get('after') ?? '';
  const found = closed.filter(goal => ['', chart.areaOf(goal)].includes(area)), start = found.findIndex(goal => goal.id === after) + 1;
  const shown = found.slice(start, start + PAGE).map(goal => looking.closedItem(ctx, goal));
  return ctx.show('goals/rated.html', {
    closed: shown, count: found.length, line: chart.line(found, ctx.zone), areas, area,
    older: found.length > start + PAGE ? shown[PAGE - 1].id : '', first: start === 0,
  });
}

/** @param {any} ctx */
async function create(ctx) {
  if (ctx.method === 'POST') return write(ctx, null, forms.typedOpening(ctx));
  const found = await looking.everything(ctx), stands = above(ctx, found), near = await planning.offered(ctx, '');
  const last = looking.named(found, ctx.url.searchParams.get('after') ?? '');
  const form = planning.beginning(near, last, stands.carry), why = await carried.goal(ctx, ctx.url.searchParams.get('answer') ?? '');
  return again(ctx, null, found, forms.opening(ctx), { ...form, ...why });
}
export { create as new };

/** What stands above the form of a new goal. @param {any} ctx @param {any[]} found */
export function above(ctx, found) {
  const still = looking.openOnes(found), asked = ctx.url.searchParams, last = looking.named(found, asked.get('after') ?? '');
  const carry = asked.get('carry') ?? '', closed = Boolean(last && looking.isClosed(last));
  return {
    last: last ? looking.summary(last) : null, closed,
    look: last ? null : looking.due(still, looking.today(ctx)) ?? looking.newest(still),
    carry: closed && [planning.GOAL, planning.STEPS].includes(carry) ? carry : '',
    undone: last ? looking.openSteps(last).length : 0, full: planning.crowding(still, 1) > 0,
  };
}

/** Take the form, or show it again. @param {any} ctx @param {any} record @param {any} opening */
export async function write(ctx, record, opening) {
  const found = record ? [] : await looking.everything(ctx), slots = planning.typedSlots(ctx, record ? looking.stepsOf(record) : []);
  const turned = forms.turned(ctx, slots), typed = { ...planning.typed(ctx), ...planning.hidden(ctx) };
  if (turned) return again(ctx, record, found, opening, planning.shown(typed, planning.filledUp(turned)));
  const session = await looking.linked(ctx, forms.line(ctx, 'session')), others = planning.beside(found, opening.record);
  const fields = planning.filled(ctx, record, found, session, slots, opening.change);
  const errors = planning.wrong(fields, slots, session, record), need = planning.crowding(others, record ? 0 : 1), fine = !Object.keys(errors).length;
  const chosen = planning.chosen(ctx, need, [planning.NEW, ...others.map(goal => goal.id)]);
  if (fine && chosen) return keep(ctx, record, fields, opening, others, chosen);
  return again(ctx, record, found, opening, planning.shown({ ...fields, ...planning.hidden(ctx) }, slots), errors, fine ? others : [], need);
}

/** Write the goal, and what waits for it. @param {any} ctx @param {any} record @param {Fields} fields @param {any} opening @param {any[]} others @param {string[]} chosen */
export async function keep(ctx, record, fields, opening, others, chosen) {
  const id = await forms.save(ctx, ...await planning.opening(forms.change('goal', fields, opening), others, chosen));
  return record ? ctx.seeOther('goals.show', { id }) : ctx.seeOther('goals.index');
}

/** The form of a goal, null for a new one. @param {any} ctx @param {any} record @param {any[]} found @param {any} opening @param {Fields} form @param {Fields} [errors] @param {any[]} [others] @param {number} [need] */
export async function again(ctx, record, found, opening, form, errors = {}, others = [], need = 0) {
  const data = {
    id: record ? record.id : '', opening, form, errors, sessions: await planning.offered(ctx, form.session), need,
    answer: ctx.url.searchParams.get('answer') ?? '',
    others: planning.choices(ctx, others, need, looking.today(ctx)),
  };
  return ctx.show('goals/form.html', { ...data, ...above(ctx, found) }, Object.keys(errors).length || others.length ? 422 : 200);
}

/** @param {any} ctx @param {{id: string}} args */
export const show = async (ctx, { id }) => ctx.show('goals/show.html',
  { goal: await whole(ctx, await ctx.records.find('goal', id)), kept: await unsettled(ctx) });

/** A goal as its own page prints it. @param {any} ctx @param {any} goal */
export async function whole(ctx, goal) {
  const { fields } = goal, before = await looking.ratingOf(ctx, goal.id), session = await looking.linked(ctx, fields.session || '');
  const given = looking.said(before);
  return {
    ...looking.item(ctx, goal, looking.today(ctx)), ...looking.texts(goal), ...await looking.kin(ctx, goal), set: parts(goal.at, ctx.zone),
    session: session ? looking.meeting(session, ctx.zone) : null, tied: await looking.tied(ctx, goal.id),
    waits: Boolean(fields.waits), binned: Boolean(fields.binned_at), ended: looking.ended(goal), ended_why: fields.ended_why || '',
    ended_on: fields.ended_at ? parts(fields.ended_at, ctx.zone) : null,
    ratings: given ? looking.history(given, ctx.zone) : [], rating: before?.id ?? '',
    waiting: worst(goal.waiting, before ? before.waiting : ''),
  };
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const record = await ctx.records.find('goal', id);
  if (ctx.method === 'POST') return write(ctx, record, forms.typedOpening(ctx, record));
  return again(ctx, record, [], forms.opening(ctx, record), planning.shown(record.fields, planning.slots(looking.stepsOf(record))));
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
  if (ctx.method === 'POST') return rate(ctx, goal, before, forms.typedOpening(ctx, before, own));
  const given = before ? before.fields : {}, form = { value: given.value ?? null, reason: given.reason || '' };
  return lookBack(ctx, goal, before, forms.opening(ctx, before, own), form);
}

/** Take a rating, then on to the next goal. @param {any} ctx @param {any} goal @param {any} before @param {any} opening */
export async function rate(ctx, goal, before, opening) {
  const form = { value: forms.number(ctx, 'value'), reason: forms.text(ctx, 'reason') }, errors = looking.unrateable(form);
  if (Object.keys(errors).length) return lookBack(ctx, goal, before, opening, form, errors);
  await forms.save(ctx, forms.change('rating', { ...form, ...looking.place(goal, before), goal: goal.id }, opening));
  return then(ctx, goal);
}

/** Where to go with a rating that is kept. @param {any} ctx @param {any} goal */
const then = (ctx, { id, fields }) =>
  (forms.line(ctx, 'then') === 'stop' || fields.binned_at ? ctx.seeOther('goals.show', { id }) : ctx.seeOther('goals.new', { after: id }));

/** The form of a rating, beside what was planned. @param {any} ctx @param {any} goal @param {any} before @param {any} opening @param {Fields} form @param {Fields} [errors] */
export async function lookBack(ctx, goal, before, opening, form, errors = {}) {
  const given = looking.said(before);
  const data = {
    ...looking.item(ctx, goal, looking.today(ctx)), ...looking.texts(goal),
    ratings: given ? looking.history(given, ctx.zone) : [], tied: await looking.tied(ctx, goal.id),
  };
  return ctx.show('goals/rating.html', { goal: data, opening, form, errors }, Object.keys(errors).length ? 422 : 200);
}

/** @param {any} ctx @param {{id: string}} args */
export async function waits(ctx, { id }) {
  const goal = await ctx.records.find('goal', id), waiting = forms.ticked(ctx, 'waits'), opening = forms.typedOpening(ctx, goal);
  const found = await looking.everything(ctx), others = planning.beside(found, id);
  const need = waiting || looking.named(looking.openOnes(found), id) ? 0 : planning.crowding(others, 1);
  const chosen = planning.chosen(ctx, need, others.map(one => one.id));
  if (!chosen) return askWhich(ctx, looking.item(ctx, goal, looking.today(ctx)), opening, others, need);
  const first = forms.change('goal', waiting ? { waits: true } : planning.GOING, opening);
  await forms.save(ctx, first, ...await planning.letting(first, others, chosen));
  if (waiting) await ctx.notice('It waits. Nothing of it is lost.', { undo: ctx.urlFor('goals.waits', { id }) });
  return ctx.seeOther('goals.index');
}

/** @param {any} ctx */
export async function which(ctx) {
  const still = looking.openOnes(await looking.everything(ctx)), need = planning.crowding(still, 0);
  const opening = ctx.form ? forms.typedOpening(ctx) : forms.opening(ctx);
  const chosen = planning.chosen(ctx, need, still.map(goal => goal.id));
  if (ctx.method === 'GET' || (need && !chosen)) return askWhich(ctx, null, opening, still, need);
  if (chosen?.length) {
    const [first, ...rest] = still.filter(goal => chosen.includes(goal.id));
    const change = forms.change('goal', { waits: true }, { ...forms.opening(ctx, first), change: opening.change });
    await forms.save(ctx, change, ...await planning.letting(change, rest, chosen));
  }
  return ctx.seeOther('goals.index');
}

/** The page that asks which goals wait. @param {any} ctx @param {any} goal the one that is taken up, or null @param {any} opening @param {any[]} others @param {number} need */
const askWhich = (ctx, goal, opening, others, need) => ctx.show('goals/which.html',
  { goal, opening, others: planning.choices(ctx, others, need, looking.today(ctx)), need }, ctx.method === 'POST' ? 422 : 200);

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
  return await looking.tooMany(ctx) ? ctx.seeOther('goals.which') : ctx.seeOther('goals.show', { id });
}

export { carry, let_go, split } from './goals/routes_ending.js';
export { look, run } from './goals/routes_review.js';
