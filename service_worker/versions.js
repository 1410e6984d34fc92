// The screens of two versions. The twin of mentorlog/versions.
import * as forms from './forms.js';
import * as pages from './pages.js';
import * as search from './search.js';
import { Missing } from './store.js';
import * as looking from './versions/looking.js';
import * as settling from './versions/settling.js';

const SAID = new Map(Object.entries({
  this: 'Settled. The other version stays in the bin for 30 days.',
  that: 'Settled. What stood there stays in the history for 30 days.',
  both: 'Settled. Both are kept.',
  apart: 'Settled. Both are kept, each on its own.',
  anew: 'Kept as an entry of its own.',
  join: 'Settled.',
  before: 'That was settled already.',
}));

/** A kept text with what it belongs to, and what else is kept of that. @param {any} ctx @param {string} id */
export async function found(ctx, id) {
  const kept = await ctx.records.find('kept', id), of = kept.fields.of || '';
  const others = (await ctx.records.shelf('kept')).filter((/** @type {any} */ one) => one.fields.of === of && one.id !== id);
  return settling.caseOf(kept, (await ctx.records.many([of])).get(of), [kept, ...others]);
}

/** @param {any} ctx @param {{id: string}} args */
export async function show(ctx, { id }) {
  const about = await found(ctx, id);
  return ctx.method === 'POST' ? choose(ctx, about, forms.line(ctx, 'keep')) : screen(ctx, about);
}

/** The page; with the hidden fields of a form that could not be taken. @param {any} ctx @param {settling.Case} about @param {any} [opened] @param {string} [error] */
export function screen(ctx, about, opened = null, error = '') {
  const data = looking.page(ctx, about);
  return ctx.show('versions/show.html', { ...data, ...opened && { opening: opened }, error }, error ? 422 : 200);
}

/** Settle; what is settled already, here or on another device, is not settled again. @param {any} ctx @param {settling.Case} about @param {string} choice */
export async function choose(ctx, about, choice) {
  if (about.kept.fields.binned_at) return done(ctx, about, 'before');
  const opened = forms.typedOpening(ctx, about.record);
  if (!Object.hasOwn(settling.choices(about), choice)) {
    return screen(ctx, about, opened, 'Choose one of the answers offered. They may have changed meanwhile.');
  }
  return done(ctx, about, choice, await forms.save(ctx, ...await settling.changes(ctx, about, choice, opened)));
}

/** To what is still to be settled of the same record, else to where it is read. @param {any} ctx @param {settling.Case} about @param {string} choice @param {string} [id] of the entry that was made */
export async function done(ctx, about, choice, id = '') {
  const ended = choice === 'anew' ? settling.homeless(about) : [about.kept], left = about.others.filter(one => !ended.includes(one));
  await ctx.notice(SAID.get(choice));
  if (left.length) return ctx.seeOther('versions.show', { id: left[0].id });
  if (choice === 'anew') return ctx.seeOther('journal.show', { id });
  return pages.seeOther(ctx, about.record ? search.address(about.record) : ctx.urlFor('waiting.index'));
}

/** @param {any} ctx @param {{id: string}} args */
export async function join(ctx, { id }) {
  const about = await found(ctx, id);
  if (about.type !== 'text') throw new Missing('kept');
  if (ctx.method === 'GET') return editor(ctx, about, forms.opening(ctx, about.record), settling.joined(about), '');
  return putTogether(ctx, about, forms.typedOpening(ctx, about.record));
}

/** The form with both texts. @param {any} ctx @param {settling.Case} about @param {any} opened @param {string} text @param {string} error */
export function editor(ctx, { kept, record, field }, opened, text, error) {
  const data = { id: kept.id, field, long: settling.specOf(record, field).type === 'prose', of: looking.of(record) };
  return ctx.show('versions/join.html', { ...data, opening: opened, text, error }, error ? 422 : 200);
}

/** Keep what was typed, also when it was settled elsewhere meanwhile; or show it again with what is wrong. @param {any} ctx @param {settling.Case} about @param {any} opened */
export async function putTogether(ctx, about, opened) {
  const { record: { kind }, field, kept } = about, long = settling.specOf(about.record, field).type === 'prose';
  const text = long ? forms.text(ctx, 'text') : forms.line(ctx, 'text');
  const error = forms.problems(kind, { [field]: text })[field] ?? (text ? '' : 'Write something first. One word is enough.');
  if (error) return editor(ctx, about, opened, text, error);
  const first = forms.change(kind, { [field]: text }, opened);
  await forms.save(ctx, first, ...await settling.settled(ctx, first, kept.fields.binned_at ? [] : [kept]));
  return done(ctx, about, 'join');
}
