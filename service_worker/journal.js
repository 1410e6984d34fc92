// The journal: entries by month, reader, form. The twin of mentorlog/journal.
import * as carried from './carried.js';
import { parts } from './clock.js';
import * as forms from './forms.js';
import * as goals from './goals/looking.js';
import * as planning from './goals/planning.js';
import * as finding from './journal/finding.js';
import { beside, listed } from './journal/listing.js';
import * as looking from './journal/looking.js';
import * as meetings from './journal/meetings.js';
import * as prompts from './journal/prompts.js';
import * as writing from './journal/writing.js';
import { unsettled } from './pages.js';
import * as settings from './settings.js';

/** @typedef {Record<string, any>} Fields */

/** @param {any} ctx */
export const index = async ctx => ctx.show('journal/index.html', await listed(ctx));

/** @param {any} ctx */
export async function months(ctx) {
  const asked = finding.asked(ctx), found = await (await finding.shelf(ctx, asked)).months(ctx.zone);
  const address = (/** @type {any} */ more) => ctx.urlFor('journal.index', { ...finding.query(asked), ...more });
  const linked = found.map(one => ({ ...one, url: address({ month: one.name }) }));
  return ctx.show('journal/months.html', { years: finding.years(linked), month: finding.month(ctx, 'month'), back: address({}) });
}

/** @param {any} ctx */
export async function filter(ctx) {
  const asked = finding.asked(ctx), rows = await finding.entries(ctx);
  const count = finding.left(rows, asked, ctx.zone).length;
  return ctx.show('journal/filter.html', { asked, count, ...await finding.choices(ctx, rows) });
}

/** @param {any} ctx */
async function create(ctx) {
  if (ctx.method === 'POST') return write(ctx, null, forms.typedOpening(ctx));
  const opening = forms.opening(ctx), found = await around(ctx), answer = ctx.url.searchParams.get('answer') ?? '';
  const begun = await carried.entry(ctx, answer), named = await goals.linked(ctx, begun.session || (ctx.url.searchParams.get('session') ?? ''));
  const about = named ? named.id : meetings.atHand(ctx, found.past, found.near);
  const form = { ...writing.shown({ ...begun, session: about }), answer: Object.keys(begun).length ? answer : '' };
  return editor(ctx, null, opening, found, form);
}
export { create as new };

/** What an entry can be about: {goals: all, past: the last sessions, near: the next as {id, start}}. @param {any} ctx */
export const around = async ctx =>
  ({ goals: await goals.everything(ctx), past: await meetings.lately(ctx), near: await planning.offered(ctx, '') });

/** The form, with the list beside it on a desktop. @param {any} ctx @param {any} record @param {any} opening @param {any} found @param {Fields} typed @param {Fields} [errors] @param {any[]} [others] @param {number} [need] */
export async function editor(ctx, record, opening, found, typed, errors = {}, others = [], need = 0) {
  const { id, at, fields } = record ?? { id: '', at: ctx.now, fields: {} }, today = parts(ctx.now, ctx.zone).on;
  /** @type {Fields} */
  const form = { ...prompts.EMPTY, rate: ctx.url.searchParams.get('rate') ?? '', ...typed };
  const ask = await prompts.asked(ctx, found.goals, form, fields.goal || '', today);
  return ctx.show('journal/form.html', {
    id, opening, form, day: parts(at, ctx.zone), errors, ask,
    touches: await prompts.touches(ctx, fields), sessions: await meetings.choices(ctx, found.past, found.near, form.session),
    until: meetings.until(found.near, form.session), tags: await writing.familiar(ctx, form),
    others: planning.choices(ctx, others, need, today), need, ...await listed(ctx, id),
  }, Object.keys(errors).length ? 422 : 200);
}

/** Take the form, or show it again: with what is wrong, or to say which goal waits. @param {any} ctx @param {any} record @param {any} opened */
export async function write(ctx, record, opened) {
  const found = await around(ctx), wishes = prompts.typed(ctx), fields = writing.typed(ctx);
  const about = await goals.linked(ctx, fields.session || '');
  const errors = writing.inOrder({ ...writing.wrong(fields, about, record ? record.fields : {}), ...prompts.wrong(wishes, found.goals) });
  const first = forms.change('entry', fields, opened);
  const goal = await prompts.setting(first, wishes, meetings.until(found.near, about ? about.id : ''));
  const others = prompts.beside(found.goals, wishes, goal), need = planning.crowding(others, goal ? 1 : 0);
  const which = planning.chosen(ctx, need, [planning.NEW, ...others.map(one => one.id)]), fine = !Object.keys(errors).length;
  if (fine && which) {
    const changes = await prompts.changes(ctx, first, goal, others, which, wishes);
    return ctx.seeOther('journal.show', { id: await forms.save(ctx, ...changes) });
  }
  const typed = { ...writing.shownAgain(ctx, fields), ...wishes };
  return editor(ctx, record, opened, found, typed, fine ? { next: prompts.WHICH } : errors, fine ? others : [], need);
}

/** @param {any} ctx @param {{id: string}} args */
export async function show(ctx, { id }) {
  const record = await ctx.records.find('entry', id);
  const entry = { ...looking.whole(ctx, record, ctx.zone), ...await prompts.told(ctx, record.fields) };
  const size = ctx.urlFor('journal.size', { id, ...finding.query(finding.asked(ctx)) });
  const around = { beside: await beside(ctx, record), kept: await unsettled(ctx) };
  return ctx.show('journal/show.html', { entry, ...around, size, ...await listed(ctx, id) });
}

/** @param {any} ctx @param {{id: string}} args */
export async function size(ctx, { id }) {
  await ctx.records.find('entry', id);
  const { id: own, record } = await settings.own(ctx), fields = { text_size: forms.choice(ctx, 'text_size') };
  if (!Object.keys(forms.problems('settings', fields)).length) {
    await forms.save(ctx, forms.change('settings', fields, forms.typedOpening(ctx, record, own)));
  }
  return ctx.seeOther('journal.show', { id, _anchor: 'size', ...finding.query(finding.asked(ctx)) });
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const record = await ctx.records.find('entry', id);
  if (ctx.method === 'POST') return write(ctx, record, forms.typedOpening(ctx, record));
  return editor(ctx, record, forms.opening(ctx, record), await around(ctx), writing.shown(record.fields));
}

/** @param {any} ctx @param {{id: string}} args */
async function remove(ctx, { id }) {
  const record = await ctx.records.find('entry', id), fields = { binned_at: record.fields.binned_at || ctx.now };
  await forms.save(ctx, forms.change('entry', fields, forms.typedOpening(ctx, record)));
  await ctx.notice('Entry moved to the bin.', { undo: ctx.urlFor('journal.bring_back', { id }) });
  return ctx.seeOther('journal.index');
}
export { remove as delete };

/** @param {any} ctx @param {{id: string}} args */
export async function bring_back(ctx, { id }) {
  const record = await ctx.records.find('entry', id);
  await forms.save(ctx, forms.change('entry', { binned_at: null }, forms.typedOpening(ctx, record)));
  return ctx.seeOther('journal.show', { id });
}
