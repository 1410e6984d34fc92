// Sessions: when two people meet, by which channel, and what became of it. The twin of mentorlog/sessions.py.
import * as agenda from './agenda.js';
import { instant, iso, isZone, parse, parts } from './clock.js';
import * as forms from './forms.js';
import { unsettled } from './pages.js';
import * as partners from './partners.js';

const PAGE = 50;
const MINUTE = 60_000; // ms
const LENGTHS = [15, 30, 45, 60, 90]; // minutes
const [FIRST_DAY, LAST_DAY] = ['2000-01-01', '2099-12-31'];
const NEAR = 20;
const ORDER = ['starts_on', 'starts_time', 'zone', 'minutes', 'channel', 'link', 'phone', 'partner', 'partner_name'];
const TAKEN = ['planned', 'held']; // the states in which a session takes its hour
const BY_LINK = ['video', 'chat'];

/** @typedef {Record<string, any>} Fields */
/** @typedef {Map<string, any>} Cards */

/** A session as a list prints it. @param {any} ctx @param {any} record @param {Cards} cards */
export function item(ctx, record, cards) {
  const { fields } = record, card = cards.get(fields.partner || ''), there = card && card.fields.zone;
  const away = there && there !== ctx.zone && isZone(there); // a phone may not know a zone that the server knows
  const here = parts(record.at, ctx.zone), theirs = away ? parts(record.at, there) : null;
  return {
    id: record.id, start: here, theirs, same_day: !theirs || theirs.on === here.on,
    name: card ? card.fields.name || '' : '', minutes: fields.minutes || agenda.LENGTH, channel: fields.channel || 'video',
    state: agenda.state(record), over: agenda.over(record, ctx.now), begun: record.at <= ctx.now, waiting: record.waiting,
  };
}

/** A session as its own page and Today print it. @param {any} ctx @param {any} record @param {Cards} cards */
export function whole(ctx, record, cards) {
  const card = cards.get(record.fields.partner || '');
  return {
    ...item(ctx, record, cards), card: card ? partners.item(card) : null,
    reach: partners.reach(record.fields, card ? card.fields : {}),
    ways: card ? partners.ways(card.fields) : [], opening: forms.opening(ctx, record),
  };
}

/** Another session that takes a part of these minutes, the latest one. @param {any} ctx @param {string} id @param {Fields} fields */
export async function overlapping(ctx, id, fields) {
  const start = parse(instant(fields.starts_on, fields.starts_time, fields.zone)), end = start + fields.minutes * MINUTE;
  const near = await ctx.records.shelf('session', { after: { at: iso(end), id: '' }, limit: NEAR });
  return near.find((/** @type {any} */ one) =>
    one.id !== id && TAKEN.includes(agenda.state(one)) && agenda.end(one) > start) ?? null;
}

/** The fields of the form. @param {any} ctx @returns {Fields} */
export function typed(ctx) {
  const channel = forms.choice(ctx, 'channel'), link = forms.line(ctx, 'link');
  return {
    starts_on: forms.choice(ctx, 'starts_on'), starts_time: forms.choice(ctx, 'starts_time'),
    zone: forms.choice(ctx, 'zone') || ctx.zone, minutes: forms.number(ctx, 'minutes'), channel,
    link: channel === 'in_person' ? link : partners.web(link),
    phone: forms.line(ctx, 'phone'), partner: forms.choice(ctx, 'partner'),
  };
}

/** The fields of a session as its form shows them. @param {Fields} fields @returns {Fields} */
export const shown = (fields, name = '') =>
  ({ ...Object.fromEntries(ORDER.map(one => [one, fields[one] || ''])), partner_name: name });

/** Field to words. @param {Fields} fields @param {string} name @param {Cards} cards @returns {Record<string, string>} */
export function wrong(fields, name, cards) {
  const found = forms.problems('session', fields), about = forms.problems('partner', { name });
  if (!fields.starts_on) found.starts_on = 'Choose a day.';
  else if (fields.starts_on < FIRST_DAY || fields.starts_on > LAST_DAY) found.starts_on = 'Choose a day between 2000 and 2099.';
  if (!fields.starts_time) found.starts_time = 'Choose an hour.';
  if (fields.link && BY_LINK.includes(fields.channel) && !partners.isWeb(fields.link)) {
    found.link ??= 'Write the whole address, beginning with https://.';
  }
  if (fields.phone && !partners.number(fields.phone)) {
    found.phone ??= 'Write the number with its country code, such as +49 30 1234567.';
  }
  if (fields.partner && !cards.has(fields.partner)) found.partner = 'Choose one of your cards, or write a name.';
  if (about.name) found.partner_name = about.name;
  return Object.fromEntries(ORDER.filter(field => found[field]).map(field => [field, found[field]]));
}

/** The changes of one form: the session, and the card of somebody whose name was typed and who has none. @param {Fields} fields @param {string} name @param {any} opening @param {Cards} cards */
export async function changes(fields, name, opening, cards) {
  const first = forms.change('session', fields, opening);
  if (fields.partner || !name) return [first];
  const known = [...cards.values()].find(card => card.fields.name === name);
  if (known) {
    fields.partner = known.id;
    return [first];
  }
  const second = await forms.further(first, 2, 'partner', { name });
  fields.partner = second.record;
  return [first, second];
}

/** What becomes of the state when the hour of a session changes: one that is to come is planned again. @param {any} ctx @param {any} record @param {Fields} fields */
export function moved(ctx, record, fields) {
  const same = ['starts_on', 'starts_time', 'zone'].every(name => record.fields[name] === fields[name]);
  return !same && instant(fields.starts_on, fields.starts_time, fields.zone) > ctx.now ? { state: 'planned' } : {};
}

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

/** What the form shows. @param {any} ctx @param {any} record @param {any} opening @param {Fields} form @param {Cards} cards @param {any} [clash] */
export function planning(ctx, record, opening, form, cards, errors = {}, clash = null) {
  const lengths = typeof form.minutes === 'number' ? [...new Set([...LENGTHS, form.minutes])] : LENGTHS;
  return {
    id: record ? record.id : '', now: record ? item(ctx, record, cards) : null, opening, form, errors,
    lengths: lengths.toSorted((one, other) => one - other).map(one => [one, one]), cards: [...cards.values()].map(partners.item),
    clash: clash ? item(ctx, clash, cards) : null,
  };
}

/** Take the form, or show it again with what is wrong and everything that was typed. @param {any} ctx @param {any} record @param {any} opening */
export async function write(ctx, record, opening) {
  const fields = typed(ctx), name = forms.line(ctx, 'partner_name'), cards = await partners.cards(ctx);
  const form = shown(fields, name), errors = wrong(fields, name, cards), fine = !Object.keys(errors).length;
  const clash = fine && !forms.ticked(ctx, 'anyway') ? await overlapping(ctx, opening.record, fields) : null;
  if (fine && !clash) {
    Object.assign(fields, record ? moved(ctx, record, fields) : { state: 'planned' });
    return ctx.seeOther('sessions.show', { id: await forms.save(ctx, ...await changes(fields, name, opening, cards)) });
  }
  return ctx.show('sessions/form.html', planning(ctx, record, opening, form, cards, errors, clash), 422);
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

/** A worksheet as a row prints it. @param {any} record */
export const worksheet = record => ({ id: record.id, title: record.fields.title || '' });

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
