// The screens on which sessions are planned and moved. Twin: mentorlog/sessions/routes_planning.py.
import { LENGTHS, numbers } from '../agenda.js';
import { bounds, idOf } from '../agreement/looking.js';
import { WALL, parts } from '../clock.js';
import * as forms from '../forms.js';
import * as partners from '../partners.js';
import * as fitting from '../times/fitting.js';
import { noted } from '../turns.js';
import * as beginning from './beginning.js';
import { both, elsewhere, fitted, item } from './looking.js';
import * as moving from './moving.js';
import { inPause, noticed } from './notice.js';
import { asked, changes, proposed, shown, typed, whom, wrong } from './planning.js';
import * as series from './series.js';
import * as undoing from './undoing.js';

/** @typedef {Record<string, any>} Fields */
/** @typedef {Map<string, any>} Cards */

/** @param {any} ctx */
async function create(ctx) {
  if (ctx.method === 'POST') return write(ctx, null, forms.typedOpening(ctx));
  const cards = await partners.cards(ctx), form = shown(await beginning.fields(ctx, cards));
  const often = beginning.howOften(ctx.url.searchParams, form, cards);
  return ctx.show('sessions/form.html', await planning(ctx, null, forms.opening(ctx), form, cards, {}, [], '', often));
}
export { create as new };

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const record = await ctx.records.find('session', id);
  if (ctx.method === 'POST') return write(ctx, record, forms.typedOpening(ctx, record));
  const { fields } = record, given = ctx.url.searchParams, cards = await partners.cards(ctx);
  const form = shown({ ...fields, ...asked(given, cards), ...proposed(given, ctx.zone, fitting.zoneHere(fields.zone, ctx.zone)) });
  return ctx.show('sessions/form.html', await planning(ctx, record, forms.opening(ctx, record), form, cards));
}

/** What the form shows. @param {any} ctx @param {any} record @param {any} opening @param {Fields} form @param {Cards} cards @param {any[]} [clash] @param {string} [overlap] @param {any} [rhythm] */
export async function planning(ctx, record, opening, form, cards, errors = {}, clash = [], overlap = '', rhythm = series.once()) {
  const agreed = bounds(beginning.agreedWith(form.partner, cards), parts(ctx.now, ctx.zone).on);
  const slot = WALL.some(name => name in errors) ? '' : (ctx.form ?? ctx.url.searchParams).get('slot') ?? ''; // words stand at day and hour
  const lengths = typeof form.minutes === 'number' ? [...new Set([...LENGTHS, form.minutes])] : LENGTHS;
  return {
    id: record ? record.id : '', now: record ? item(ctx, record, cards, await numbers(ctx)) : null, opening, form, errors,
    lengths: lengths.toSorted((one, other) => one - other).map(one => [one, one]), cards: [...cards.values()].map(partners.item),
    clocks: both(ctx, form, cards), fit: await fitted(ctx, form, cards), agreed,
    clash: clash.map(one => item(ctx, one, cards)), overlap, rhythm, move: record ? await moving.shown(ctx, record) : null,
    elsewhere: record ? await elsewhere(ctx, record, form, cards, slot) : null, notice: noticed(ctx, record, cards),
  };
}

/** Take the form, or show it again with what is wrong and everything that was typed. @param {any} ctx @param {any} record @param {any} opening */
export async function write(ctx, record, opening) {
  const fields = typed(ctx), name = forms.line(ctx, 'partner_name'), cards = await partners.cards(ctx);
  fields.partner = whom(fields.partner, name, cards);
  const form = shown(fields, name), rhythm = record ? series.once() : series.typed(ctx);
  const errors = { ...wrong(fields, name, cards), ...series.wrong(rhythm) };
  const showsDays = rhythm.how !== series.ONCE && (isFine(errors) || series.still(fields, rhythm, errors));
  if (showsDays) return writeSeries(ctx, rhythm, fields, form, opening, cards, errors);
  const made = isFine(errors) ? await changes(fields, name, opening) : [];
  const rows = record && isFine(errors) ? await moving.along(ctx, record, fields) : [];
  if (moving.isTooFar(rows)) errors.starts_on = moving.TOO_FAR;
  const { clash, overlap } = isFine(errors) ? await moving.met(ctx, opening.record, fields, rows) : moving.NONE_MET;
  const alone = rhythm.how === series.ONCE && Boolean(rhythm.seen); // days of a series stand on the screen
  if (isFine(errors) && !clash.length && !alone) return keep(ctx, record, fields, made, rows, cards);
  const once = await planning(ctx, record, opening, form, cards, errors, clash, overlap, { ...rhythm, alone });
  return ctx.show('sessions/form.html', once, isFine(errors) && !clash.length ? 200 : 422);
}

/** @param {Record<string, string>} errors */
const isFine = errors => !Object.keys(errors).length;

/** Plan a session, or move it with those after it and the goals that are due by them. @param {any} ctx @param {any} record @param {Fields} fields @param {any[]} made @param {moving.Rows} rows @param {Cards} cards */
async function keep(ctx, record, fields, made, rows, cards) {
  Object.assign(fields, record ? moving.moved(ctx, record, moving.before(ctx, record), fields) : { state: 'planned' });
  if (record) Object.assign(fields, noted(ctx, record, fields, made[0].id));
  /** @type {moving.Rows} */
  const all = record ? [[record, fields], ...rows] : [], due = record ? await moving.following(ctx, all) : [];
  const id = await forms.save(ctx, ...made, ...await moving.changes(ctx, made[0], 'session', rows),
    ...await moving.changes(ctx, made[0], 'goal', due));
  const said = rows.length ? `${all.length} sessions are changed${inPause(all, cards)}.` : record ? undoing.words(record, fields) : '';
  if (record) await undoing.note(ctx, made[0].id, [...all, ...due].map(([one]) => one));
  if (said) await ctx.notice(said, { undo: ctx.urlFor('sessions.undo', { id, of: made[0].id }) });
  return ctx.seeOther('sessions.show', { id });
}

/** Take back what the form of the change of `?of=` did; what was changed since stays. @param {any} ctx @param {{id: string}} args */
export async function undo(ctx, { id }) {
  const record = await ctx.records.find('session', id);
  const words = await undoing.takeBack(ctx, record, ctx.url.searchParams.get('of') ?? '');
  if (words) await ctx.notice(words);
  return ctx.seeOther('sessions.show', { id });
}

/** Give the goals that the pause of the change of `?of=` moved their dates back; what was changed since stays. @param {any} ctx @param {{id: string}} args */
export async function undo_pause(ctx, { id }) {
  const record = await ctx.records.find('agreement', await idOf(ctx, id));
  await ctx.notice(await undoing.takeBack(ctx, record, ctx.url.searchParams.get('of') ?? '') || undoing.DATES);
  return ctx.seeOther('agreement.show', { id });
}

/** Show the days of a rhythm, then plan a session on each that is ticked. @param {any} ctx @param {any} rhythm @param {Fields} fields @param {Fields} form @param {any} opening @param {Cards} cards @param {Record<string, string>} wrongElse of other fields, for which what was ticked stays */
async function writeSeries(ctx, rhythm, fields, form, opening, cards, wrongElse) {
  const card = cards.get(fields.partner || ''), { starts_time: time, zone } = fields, ask = await fitting.asks(ctx, card, fields.minutes);
  const rows = await series.days(ctx, opening, fields, rhythm, ask), asked = series.askedFor(fields, rhythm);
  const ticked = series.ticks(rows), isAgain = rhythm.seen === asked;
  const errors = { ...wrongElse, ...isAgain ? series.wrongDays(rows, rhythm) : {} };
  if (isAgain && isFine(errors)) {
    const made = await changes({ ...fields, state: 'planned' }, form.partner_name, opening);
    await forms.save(ctx, ...await series.changes(rows, made));
    await ctx.notice(ticked.length > 1 ? `${ticked.length} sessions are planned.` : 'One session is planned.');
    return ctx.seeOther('sessions.index');
  }
  const seen = { ...rhythm, seen: asked, taken: series.met(rows), rows: rows.map(row => series.shown(ctx, row, [row.on, time, zone], card, cards)) };
  return ctx.show('sessions/form.html', await planning(ctx, null, opening, form, cards, errors, [], '', seen), isFine(errors) ? 200 : 422);
}
