// The screens of the sessions: when two people meet, by which channel, and what became of it. The twin of
// mentorlog/sessions/routes.py.
import * as agenda from './agenda.js';
import { iso, parse, parts } from './clock.js';
import * as forms from './forms.js';
import { unsettled } from './pages.js';
import * as partners from './partners.js';
import { item, whole, worksheet } from './sessions/looking.js';
import { NEAR, changes, moved, overlapping, shown, typed, wrong } from './sessions/planning.js';
import * as series from './sessions/series.js';

const PAGE = 50;
const LENGTHS = [15, 30, 45, 60, 90]; // minutes

/** @typedef {Record<string, any>} Fields */
/** @typedef {Map<string, any>} Cards */

/** The page of the list that is asked for: what comes, and 50 of those before. @param {any} ctx */
export async function listed(ctx) {
  const id = ctx.url.searchParams.get('after') ?? '', start = (await ctx.records.many([id])).get(id) ?? null;
  const near = start ? [] : await agenda.ahead(ctx);
  const coming = near.filter(record => !agenda.over(record, ctx.now));
  const lately = near.filter(record => agenda.over(record, ctx.now)).reverse();
  const edge = start ?? { at: iso(parse(ctx.now) - agenda.LONGEST), id: '' };
  const before = [...lately, ...await ctx.records.shelf('session', { after: edge, limit: PAGE + 1 })];
  const cards = await partners.cards(ctx);
  return {
    coming: coming.map(record => item(ctx, record, cards)),
    before: before.slice(0, PAGE).map(record => item(ctx, record, cards)),
    older: before.length > PAGE ? before[PAGE - 1].id : '', first: start === null,
    lines: coming.length ? await agenda.count(ctx, coming[0]) : 0, year: parts(ctx.now, ctx.zone).year,
    cards: [...cards.values()].map(partners.item),
  };
}

/** @param {any} ctx */
export const index = async ctx => ctx.show('sessions/index.html', await listed(ctx));

/** @param {any} ctx */
async function create(ctx) {
  if (ctx.method === 'POST') return write(ctx, null, forms.typedOpening(ctx));
  const cards = await partners.cards(ctx), [partner = ''] = cards.keys();
  const first = { zone: ctx.zone, minutes: 45, channel: 'video', partner };
  return ctx.show('sessions/form.html', planning(ctx, null, forms.opening(ctx), shown(first), cards));
}
export { create as new };

/** What the form shows. @param {any} ctx @param {any} record @param {any} opening @param {Fields} form @param {Cards} cards @param {any} [clash] @param {any} [rhythm] */
export function planning(ctx, record, opening, form, cards, errors = {}, clash = null, rhythm = series.once()) {
  const lengths = typeof form.minutes === 'number' ? [...new Set([...LENGTHS, form.minutes])] : LENGTHS;
  return {
    id: record ? record.id : '', now: record ? item(ctx, record, cards) : null, opening, form, errors,
    lengths: lengths.toSorted((one, other) => one - other).map(one => [one, one]), cards: [...cards.values()].map(partners.item),
    clash: clash ? item(ctx, clash, cards) : null, rhythm,
  };
}

/** Take the form, or show it again with what is wrong and everything that was typed. @param {any} ctx @param {any} record @param {any} opening */
export async function write(ctx, record, opening) {
  const fields = typed(ctx), name = forms.line(ctx, 'partner_name'), cards = await partners.cards(ctx);
  const form = shown(fields, name), rhythm = record ? series.once() : series.typed(ctx);
  const errors = { ...wrong(fields, name, cards), ...series.wrong(rhythm) }, fine = !Object.keys(errors).length;
  if (fine && rhythm.how !== series.ONCE) return writeSeries(ctx, rhythm, fields, form, opening, cards);
  const clash = fine && !forms.ticked(ctx, 'anyway') ? await overlapping(ctx, opening.record, fields) : null;
  if (fine && !clash) {
    Object.assign(fields, record ? moved(ctx, record, fields) : { state: 'planned' });
    return ctx.seeOther('sessions.show', { id: await forms.save(ctx, ...await changes(fields, name, opening, cards)) });
  }
  return ctx.show('sessions/form.html', planning(ctx, record, opening, form, cards, errors, clash, rhythm), 422);
}

/** Show the days of a rhythm, then plan a session on each that is ticked. @param {any} ctx @param {any} rhythm @param {Fields} fields @param {Fields} form @param {any} opening @param {Cards} cards */
async function writeSeries(ctx, rhythm, fields, form, opening, cards) {
  const rows = await series.days(ctx, opening.record, fields, rhythm), asked = series.askedFor(fields, rhythm);
  const ticked = series.ticks(rows), errors = rhythm.seen === asked && !ticked.length ? { day: series.NONE } : {};
  if (rhythm.seen === asked && ticked.length) {
    const made = await changes({ ...fields, state: 'planned' }, form.partner_name, opening, cards);
    await forms.save(ctx, ...await series.changes(rows, made));
    await ctx.notice(ticked.length > 1 ? `${ticked.length} sessions are planned.` : 'One session is planned.');
    return ctx.seeOther('sessions.index');
  }
  const seen = { ...rhythm, seen: asked, rows: rows.map(row => series.shown(ctx, row, cards)) };
  return ctx.show('sessions/form.html', planning(ctx, null, opening, form, cards, errors, null, seen), errors.day ? 422 : 200);
}

/** @param {any} ctx @param {{id: string}} args */
export const show = async (ctx, { id }) => page(ctx, await ctx.records.find('session', id));

/** The page of a session; with what was typed as notes when that could not be taken. @param {any} ctx @param {any} record @param {string|null} [text] @param {any} [opening] */
export async function page(ctx, record, text = null, opening = null, errors = {}, status = 200) {
  const session = whole(ctx, record, await partners.cards(ctx));
  const sheets = (await ctx.records.shelf('worksheet', { limit: NEAR }))
    .filter((/** @type {any} */ sheet) => sheet.fields.session === record.id).map(worksheet);
  const lines = await agenda.agenda(ctx, record), adding = agenda.adding(ctx, record.id);
  const written = { opening: opening ?? forms.opening(ctx, record), errors, text: text ?? (record.fields.notes || '') };
  const kept = await unsettled(ctx);
  return ctx.show('sessions/show.html', { session, agenda: lines, adding, worksheets: sheets, notes: written, kept }, status);
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const record = await ctx.records.find('session', id);
  if (ctx.method === 'POST') return write(ctx, record, forms.typedOpening(ctx, record));
  const form = shown(record.fields), cards = await partners.cards(ctx);
  return ctx.show('sessions/form.html', planning(ctx, record, forms.opening(ctx, record), form, cards));
}

/** @param {any} ctx @param {{id: string}} args */
export async function cancel(ctx, { id }) {
  const record = await ctx.records.find('session', id);
  await forms.save(ctx, forms.change('session', { state: 'cancelled' }, forms.typedOpening(ctx, record)));
  await ctx.notice('Session cancelled.', { undo: ctx.urlFor('sessions.resume', { id }) });
  return ctx.seeOther('sessions.index');
}

/** @param {any} ctx @param {{id: string}} args */
export async function resume(ctx, { id }) {
  const record = await ctx.records.find('session', id);
  await forms.save(ctx, forms.change('session', { state: 'planned' }, forms.typedOpening(ctx, record)));
  return ctx.seeOther('sessions.show', { id });
}

/** @param {any} ctx @param {{id: string}} args */
export async function held(ctx, { id }) {
  const record = await ctx.records.find('session', id), chosen = forms.line(ctx, 'state');
  if (!agenda.DONE.includes(chosen)) return page(ctx, record, null, null, { state: 'Choose one of the answers offered.' }, 422);
  await forms.save(ctx, forms.change('session', { state: chosen }, forms.typedOpening(ctx, record)));
  return ctx.seeOther('sessions.show', { id });
}

/** @param {any} ctx @param {{id: string}} args */
export async function notes(ctx, { id }) {
  const record = await ctx.records.find('session', id);
  const opening = forms.typedOpening(ctx, record), text = forms.text(ctx, 'notes');
  const errors = forms.problems('session', { notes: text });
  if (Object.keys(errors).length) return page(ctx, record, text, opening, errors, 422);
  await forms.save(ctx, forms.change('session', { notes: text }, opening));
  return ctx.seeOther('sessions.show', { id });
}
