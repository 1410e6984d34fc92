// The screens of sets of one's own. The twin of mentorlog/questions/own.py.
import * as forms from '../forms.js';
import { MOST_QUESTIONS } from './arranging.js';
import * as editing from './editing.js';
import * as sets from './sets.js';

/** @typedef {Record<string, any>} Fields */

/** Make a set of one's own out of nothing. @param {any} ctx */
export const makeSet = ctx => written(
  ctx, ctx.urlFor('questions.new'), { href: ctx.urlFor('questions.index', { time: 'own' }), words: 'Questions' }, editing.shown({}, []), null);

/** Make a set of one's own out of another one. @param {any} ctx @param {{set: string}} args */
export async function copySet(ctx, { set }) {
  const one = await sets.find(ctx, set), back = { href: ctx.urlFor('questions.set_page', { set }), words: 'The set' };
  return written(ctx, ctx.urlFor('questions.copy', { set }), back, editing.of(one), null);
}

/** Change a set of one's own. @param {any} ctx @param {{id: string}} args */
export async function editSet(ctx, { id }) {
  const record = await ctx.records.find('set', id), back = { href: ctx.urlFor('questions.set_page', { set: id }), words: 'The set' };
  return written(ctx, ctx.urlFor('questions.edit', { id }), back, editing.of(sets.ofPerson(record)), record);
}

/** Show the form of a set, or take it. @param {any} ctx @param {string} address @param {Fields} back @param {Fields} form @param {any} record */
async function written(ctx, address, back, form, record) {
  const before = form.questions.length, page = { address, back, is_new: record === null, many: before > MOST_QUESTIONS };
  if (ctx.method === 'GET') return ctx.show('questions/set.html', { ...page, opening: forms.opening(ctx, record), form, errors: {} });
  const opened = forms.typedOpening(ctx, record);
  const typed = editing.typed(ctx, new Map(form.questions.map((/** @type {any} */ one) => [one.id, one])));
  const moved = editing.arranged(ctx, typed);
  if (moved) return ctx.show('questions/set.html', { ...page, opening: opened, form: moved, errors: {} });
  const made = await editing.madeIn(ctx, typed, opened.record), errors = editing.wrong(typed, made, before);
  if (Object.keys(errors).length) return ctx.show('questions/set.html', { ...page, opening: opened, form: typed, errors }, 422);
  const fields = editing.fieldsOf(typed, made);
  const id = editing.isNews(record, fields) ? await forms.save(ctx, forms.change('set', fields, opened)) : opened.record;
  return ctx.seeOther('questions.set_page', { set: id });
}

/** @param {any} ctx @param {{id: string}} args */
export async function deleteSet(ctx, { id }) {
  const record = await ctx.records.find('set', id), fields = { binned_at: record.fields.binned_at || ctx.now };
  await forms.save(ctx, forms.change('set', fields, forms.typedOpening(ctx, record)));
  await ctx.notice('Set moved to the bin.', { undo: ctx.urlFor('questions.bring_back_set', { id }) });
  return ctx.seeOther('questions.index', { time: 'own' });
}

/** @param {any} ctx @param {{id: string}} args */
export async function bringBackSet(ctx, { id }) {
  const record = await ctx.records.find('set', id);
  await forms.save(ctx, forms.change('set', { binned_at: null }, forms.typedOpening(ctx, record)));
  return ctx.seeOther('questions.set_page', { set: id });
}
