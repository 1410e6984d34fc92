// The screen of a session that does not work. The twin of mentorlog/sessions/routes_fallback.py.
import * as agenda from '../agenda.js';
import { waitOf } from '../agreement/looking.js';
import { iso, parse, parts } from '../clock.js';
import * as forms from '../forms.js';
import * as partners from '../partners.js';
import { noted } from '../turns.js';
import * as ways from '../ways.js';
import { whole } from './looking.js';

const FELL_THROUGH = 'nothing';
const NOT_OFFERED = 'Choose one of the answers offered.';
const NOTED = new Map(Object.entries({
  video: 'by video after all', phone: 'by phone', text: 'by text message', chat: 'in a chat', mail: 'by e-mail', other: 'another way',
}));
const ANYHOW = ['phone', 'text', 'other']; // also with no number known: somebody may have it in their phone
const MINUTE = 60_000; // ms

/** @typedef {Record<string, any>} Fields */
/** @typedef {Map<string, any>} Cards */

/** @param {any} ctx @param {{id: string}} args */
export async function fallback(ctx, { id }) {
  const record = await ctx.records.find('session', id);
  if (ctx.method === 'GET') return trouble(ctx, record);
  if (ctx.url.searchParams.has('went_on')) return takeBack(ctx, record);
  return ctx.form.has('phone') ? number(ctx, record) : log(ctx, record);
}

/** The page. @param {any} ctx @param {any} record @param {Record<string, string>} [errors] @param {string} [typed] a number that could not be taken @param {any} [opening] */
export async function trouble(ctx, record, errors = {}, typed = '', opening = null, status = 200) {
  const cards = await partners.cards(ctx), session = whole(ctx, record, cards), holder = holderOf(record, cards);
  const asks = !session.ways.some((/** @type {ways.Way} */ one) => one.href.startsWith('tel:'));
  const form = asks ? { kind: holder.kind, opening: opening ?? forms.opening(ctx, holder), phone: typed } : null;
  return ctx.show('sessions/fallback.html', {
    session, waits: waits(ctx, record, session, cards), ways_on: waysOn(session), number: form, errors,
  }, status);
}

/** How it may have gone on: the ways that are known, then those that anybody finds who has a number elsewhere. @param {Fields} session @returns {string[]} */
export const waysOn = session => [...new Set([...ways.waysOn(session.ways, session.channel), ...ANYHOW])];

/** Where a number that is typed now is kept: the card, or the session when it has none. @param {any} record @param {Cards} cards */
export const holderOf = (record, cards) => cards.get(record.fields.partner || '') ?? record;

/** The first wait, from the start or from now; null where there is none. @param {any} ctx @param {any} record @param {Fields} session @param {Cards} cards */
export function waits(ctx, record, session, cards) {
  if (!session.at_hand || !session.ways.length) return null;
  const minutes = waitOf(cards.get(record.fields.partner || '')?.agreement ?? {});
  const start = Math.max(parse(record.at), parse(ctx.now));
  return { minutes, start: iso(start), until: parts(iso(start + minutes * MINUTE), ctx.zone), zone: ctx.zone };
}

/** How it went on. The next page offers the way back to what the form showed. @param {any} ctx @param {any} record */
export async function log(ctx, record) {
  const chosen = forms.line(ctx, 'on'), was = before(ctx, record);
  if (chosen !== FELL_THROUGH && !NOTED.has(chosen)) return trouble(ctx, record, { on: NOT_OFFERED }, '', null, 422);
  const fields = wentOn(was.state, chosen), back = Object.fromEntries(Object.keys(fields).map(name => [name, was[name]]));
  const opening = forms.typedOpening(ctx, record);
  await forms.save(ctx, forms.change('session', noted(ctx, record, fields, opening.change), opening));
  const undo = ctx.urlFor('sessions.fallback', { id: record.id, ...back });
  await ctx.notice(`Noted: ${NOTED.get(chosen) ?? 'it fell through'}.`, { undo });
  return ctx.seeOther('sessions.show', { id: record.id });
}

/** How it stood as the form showed it, which a second tap says once more. @param {any} ctx @param {any} record @returns {Record<string, string>} */
export function before(ctx, record) {
  if (ctx.form.has('was_state')) return { went_on: forms.line(ctx, 'was_on'), state: forms.line(ctx, 'was_state') };
  return { went_on: record.fields.went_on || '', state: agenda.state(record) };
}

/** The fields that say how it went on. @param {string} state @param {string} chosen @returns {Fields} */
export function wentOn(state, chosen) {
  if (chosen === FELL_THROUGH) return { went_on: null, state: 'missed' };
  return { went_on: chosen, ...state === 'missed' ? { state: 'planned' } : {} };
}

/** What the tap changed is as it was before; the address says how. @param {any} ctx @param {any} record */
export async function takeBack(ctx, record) {
  const given = ctx.url.searchParams, names = ['went_on', 'state'].filter(name => given.has(name));
  const fields = Object.fromEntries(names.map(name => [name, given.get(name) || null]));
  if (Object.keys(forms.problems('session', fields)).length) return trouble(ctx, record, { on: NOT_OFFERED }, '', null, 422);
  const opening = forms.typedOpening(ctx, record);
  await forms.save(ctx, forms.change('session', noted(ctx, record, fields, opening.change), opening));
  return ctx.seeOther('sessions.show', { id: record.id });
}

/** A number, where none was known. @param {any} ctx @param {any} record */
export async function number(ctx, record) {
  const holder = holderOf(record, await partners.cards(ctx)), phone = forms.line(ctx, 'phone');
  const opening = forms.typedOpening(ctx, holder);
  const words = forms.problems(holder.kind, { phone }).phone || ways.wrongNumber(phone);
  if (words) return trouble(ctx, record, { phone: words }, phone, opening, 422);
  await forms.save(ctx, forms.change(holder.kind, { phone }, opening));
  return ctx.seeOther('sessions.fallback', { id: record.id });
}
