// The journal: entries by month, reader, form, bin. The twin of mentorlog/journal.py.
import { parts } from './clock.js';
import * as forms from './forms.js';
import { SPACE, snippet } from './prose.js';

const PAGE = 50;
const SNIPPET = 160;

/** An entry as a list prints it. @param {any} record @param {string} zone */
export function item(record, zone) {
  const { fields } = record;
  return {
    id: record.id, day: parts(record.at, zone), title: fields.title || '',
    snippet: snippet(fields.text || '', SNIPPET), tags: fields.tags || [],
    session: Boolean(fields.session), waiting: record.waiting,
  };
}

/** The items of a page by the month in which they were written, newest first. @param {any[]} items */
export function months(items) {
  /** @type {any[]} */
  const groups = [];
  for (const one of items) {
    const name = `${one.day.year}-${String(one.day.month).padStart(2, '0')}`;
    if (groups.at(-1)?.name !== name) groups.push({ name, year: one.day.year, month: one.day.month, entries: [] });
    groups.at(-1).entries.push(one);
  }
  return groups;
}

/** Tags as they were typed, between commas or spaces, without `#`, each once, in order. @param {string} typed */
export const splitTags = typed => [...new Set(typed.replace(SPACE, ' ').split(/[ ,#]/).filter(Boolean))];

/** The fields of the entry form. @param {any} ctx */
export const typed = ctx =>
  ({ title: forms.line(ctx, 'title'), text: forms.text(ctx, 'text'), tags: splitTags(forms.text(ctx, 'tags')) });

/** The fields of an entry as its form shows them. @param {any} fields */
export const shown = fields =>
  ({ title: fields.title || '', text: fields.text || '', tags: (fields.tags || []).join(' ') });

/** Field to words. An entry without a word is none. @param {any} fields */
export function wrong(fields) {
  const found = forms.problems('entry', fields);
  if (!Object.keys(found).length && !fields.title && !fields.text.replace(SPACE, '')) found.text = 'Write something first. One word is enough.';
  return found;
}

/** The page of the list that is asked for: 50 entries after the one named in `?after=`. @param {any} ctx */
export async function listed(ctx) {
  const id = ctx.url.searchParams.get('after') ?? '', start = (await ctx.records.many([id])).get(id) ?? null;
  const found = await ctx.records.shelf('entry', { after: start, limit: PAGE + 1 });
  const items = found.slice(0, PAGE).map((/** @type {any} */ record) => item(record, ctx.zone));
  return { months: months(items), older: found.length > PAGE ? items.at(-1).id : '', first: start === null };
}

/** @param {any} ctx */
export const index = async ctx => ctx.show('journal/index.html', await listed(ctx));

/** @param {any} ctx */
async function create(ctx) {
  if (ctx.method === 'GET') {
    return ctx.show('journal/form.html', { id: '', opening: forms.opening(ctx), form: shown({}), errors: {} });
  }
  return write(ctx, 'journal/form.html', '', forms.typedOpening(ctx));
}
export { create as new };

/** @param {any} ctx @param {string} template @param {string} id @param {any} opened */
export async function write(ctx, template, id, opened) {
  const fields = typed(ctx), errors = wrong(fields);
  if (!Object.keys(errors).length) {
    return ctx.seeOther('journal.show', { id: await forms.save(ctx, forms.change('entry', fields, opened)) });
  }
  const form = { ...shown(fields), tags: forms.text(ctx, 'tags') };
  return ctx.show(template, { id, opening: opened, form, errors }, 422);
}

/** @param {any} ctx */
export async function bin(ctx) {
  const found = await ctx.records.shelf('entry/bin', { limit: PAGE });
  return ctx.show('journal/bin.html', { entries: found.map((/** @type {any} */ record) => binned(ctx, record, ctx.zone)) });
}

/** @param {any} ctx @param {any} record @param {string} zone */
export function binned(ctx, record, zone) {
  const since = parts(record.fields.binned_at, zone);
  return { ...item(record, zone), binned: since, opening: forms.opening(ctx, record) };
}

/** @param {any} ctx @param {{id: string}} args */
export async function show(ctx, { id }) {
  const record = await ctx.records.find('entry', id);
  return ctx.show('journal/show.html', { entry: whole(ctx, record, ctx.zone), ...await listed(ctx) });
}

/** @param {any} ctx @param {any} record @param {string} zone */
export function whole(ctx, record, zone) {
  const { fields } = record;
  return { ...item(record, zone), text: fields.text || '', binned: Boolean(fields.binned_at), opening: forms.opening(ctx, record) };
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const record = await ctx.records.find('entry', id);
  if (ctx.method === 'GET') {
    return ctx.show('journal/form.html', { id, opening: forms.opening(ctx, record), form: shown(record.fields), errors: {} });
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
