// The journal: entries by month, reader, form, bin. The twin of mentorlog/journal.
import * as forms from './forms.js';
import * as looking from './journal/looking.js';
import * as writing from './journal/writing.js';

const PAGE = 50;

/** The page of the list that is asked for: 50 entries after the one named in `?after=`. @param {any} ctx */
export async function listed(ctx) {
  const id = ctx.url.searchParams.get('after') ?? '', start = (await ctx.records.many([id])).get(id) ?? null;
  const found = await ctx.records.shelf('entry', { after: start, limit: PAGE + 1 });
  const items = found.slice(0, PAGE).map((/** @type {any} */ record) => looking.item(record, ctx.zone));
  return { months: looking.months(items), older: found.length > PAGE ? items.at(-1).id : '', first: start === null };
}

/** @param {any} ctx */
export const index = async ctx => ctx.show('journal/index.html', await listed(ctx));

/** @param {any} ctx */
async function create(ctx) {
  if (ctx.method === 'GET') {
    return ctx.show('journal/form.html', { id: '', opening: forms.opening(ctx), form: writing.shown({}), errors: {} });
  }
  return write(ctx, 'journal/form.html', '', forms.typedOpening(ctx));
}
export { create as new };

/** @param {any} ctx @param {string} template @param {string} id @param {any} opened */
export async function write(ctx, template, id, opened) {
  const fields = writing.typed(ctx), errors = writing.wrong(fields);
  if (!Object.keys(errors).length) {
    return ctx.seeOther('journal.show', { id: await forms.save(ctx, forms.change('entry', fields, opened)) });
  }
  const form = { ...writing.shown(fields), tags: forms.text(ctx, 'tags') };
  return ctx.show(template, { id, opening: opened, form, errors }, 422);
}

/** @param {any} ctx */
export async function bin(ctx) {
  const found = await ctx.records.shelf('entry/bin', { limit: PAGE });
  return ctx.show('journal/bin.html', { entries: found.map((/** @type {any} */ record) => looking.binned(ctx, record, ctx.zone)) });
}

/** @param {any} ctx @param {{id: string}} args */
export async function show(ctx, { id }) {
  const record = await ctx.records.find('entry', id);
  return ctx.show('journal/show.html', { entry: looking.whole(ctx, record, ctx.zone), ...await listed(ctx) });
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const record = await ctx.records.find('entry', id);
  if (ctx.method === 'GET') {
    return ctx.show('journal/form.html', { id, opening: forms.opening(ctx, record), form: writing.shown(record.fields), errors: {} });
  }
  return write(ctx, 'journal/form.html', id, forms.typedOpening(ctx, record));
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
