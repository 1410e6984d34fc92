// The screens for finding a time: usual weeks, three proposals, busy times. The twin of mentorlog/times/routes.py.
import * as agenda from './agenda.js';
import { bounds, terms } from './agreement/looking.js';
import { iso, parts } from './clock.js';
import * as forms from './forms.js';
import { linked } from './goals/looking.js';
import * as partners from './partners.js';
import { clockOf } from './settings.js';
import * as calendars from './times/busy.js';
import * as drawing from './times/drawing.js';
import * as fitting from './times/fitting.js';
import * as grids from './times/grids.js';
import * as proposing from './times/proposing.js';
import * as weeks from './times/weeks.js';

const USUAL = 45;

/** @typedef {Record<string, any>} Fields */

/** @param {any} ctx */
export const hours = ctx => edit(ctx, null);

/** @param {any} ctx @param {{id: string}} args */
export const theirs = async (ctx, { id }) => edit(ctx, await ctx.records.find('partner', id));

/** Show a week, paint one hour of it, or keep it. @param {any} ctx @param {any} card null for one's own */
export async function edit(ctx, card) {
  const { id, record } = await drawing.own(ctx, card ? card.id : ''), before = record ? record.fields : {};
  if (ctx.method === 'GET') return editor(ctx, card, forms.opening(ctx, record, id), before);
  const opened = forms.typedOpening(ctx, record, id), fields = typed(ctx, card);
  const cell = forms.line(ctx, 'cell'), brush = forms.line(ctx, 'brush');
  if (cell) {
    const drawn = brushes(card).includes(brush) ? grids.painted(fields, cell, brush) : fields;
    return editor(ctx, card, opened, { ...fields, ...drawn }, brush);
  }
  const errors = forms.problems('hours', fields, before);
  if (Object.keys(errors).length) return editor(ctx, card, opened, fields, brush, errors, 422);
  await forms.save(ctx, forms.change('hours', fields, opened));
  await ctx.notice('These hours are kept.');
  return card ? ctx.seeOther('times.show', { id: card.id }) : ctx.seeOther('times.hours');
}

/** What an hour can be said to be; focus is one's own to say. @param {any} card */
export const brushes = card => grids.FITS.filter(fit => !card || fit !== grids.PROTECTED);

/** The fields of the form. @param {any} ctx @param {any} card @returns {Fields} */
function typed(ctx, card) {
  const sets = drawing.typed(ctx, brushes(card).filter(fit => fit !== grids.NEVER));
  return card ? { ...sets, partner: card.id } : { ...sets, zone: forms.zone(ctx, 'zone') };
}

/** The screen of a week. @param {any} ctx @param {any} card @param {any} opening @param {Fields} fields @param {string} [brush] @param {Record<string, string>} [errors] @param {number} [status] @param {string} [unread] */
export async function editor(ctx, card, opening, fields, brush = grids.GOOD, errors = {}, status = 200, unread = '') {
  const there = card ? card.fields.zone : fields.zone;
  return ctx.show('times/hours.html', {
    card: card ? partners.item(card) : null, opening, form: { ...grids.shown(fields), zone: fields.zone || '' },
    tables: grids.tables(fields), brush: brushes(card).includes(brush) ? brush : grids.GOOD, clocks: there || ctx.zone,
    zone: ctx.zone, errors, rings: card ? '' : await silentBy(ctx, fields), ...await beside(ctx, unread),
  }, status);
}

/** The zone by whose clock nothing rings in the focus hours of one's own week, '' where that is the one shown. @param {any} ctx @param {Fields} week */
async function silentBy(ctx, week) {
  const by = clockOf(ctx.settings, await ctx.records.meta('home'));
  return week.zone || by === ctx.zone ? '' : by;
}

/** What a calendar said, and the form that reads another one. @param {any} ctx @param {string} unread */
export async function beside(ctx, unread) {
  const { id, record } = await calendars.own(ctx);
  return { busy: calendars.shown(ctx, record), reading: forms.opening(ctx, record, id), read_at: ctx.now, unread };
}

/** Keep the busy times of a calendar that was read on this device. @param {any} ctx */
export async function calendar(ctx) {
  const { id, record } = await calendars.own(ctx), fields = calendars.typed(ctx), error = calendars.wrong(fields);
  if (error) {
    const mine = await drawing.own(ctx), drawn = mine.record ? mine.record.fields : {};
    return editor(ctx, null, forms.opening(ctx, mine.record, mine.id), drawn, grids.GOOD, {}, 422, error);
  }
  await forms.save(ctx, forms.change(calendars.NAME, fields, forms.typedOpening(ctx, record, id)));
  await ctx.notice('The busy times are kept, and no hour of theirs is proposed.');
  return ctx.seeOther('times.hours');
}

/** Let the busy times of a calendar go. @param {any} ctx */
export async function forget(ctx) {
  const { id, record } = await calendars.own(ctx);
  if (record && record.fields.read_at) {
    const fields = { read_at: null, until: null, spans: [] };
    await forms.save(ctx, forms.change(calendars.NAME, fields, forms.typedOpening(ctx, record, id)));
    await ctx.notice('The busy times of the calendar are forgotten.');
  }
  return ctx.seeOther('times.hours');
}

/** Three times for a session with a mentor, why these, and a week to pick others from. @param {any} ctx @param {{id: string}} args */
export async function show(ctx, { id }) {
  const card = await ctx.records.find('partner', id), moving = await linked(ctx, ctx.url.searchParams.get('session') ?? ''), agreed = await terms(ctx, id);
  const { ask, drawn, record } = await fitting.seeks(ctx, { ...card, agreement: agreed }, minutes(ctx, agreed, moving), moving), slots = proposing.offered(ask, ctx.now);
  const picks = proposing.picked(slots, ctx.url.searchParams.getAll('slot'));
  const elsewhere = slots.filter(one => !moving || iso(one.start) !== moving.at);
  const chosen = picks.length ? picks.slice(0, proposing.MOST) : proposing.three(elsewhere);
  return ctx.show('times/show.html', {
    card: partners.item(card), session: moving ? moving.id : '', number: await numberOf(ctx, card, moving), minutes: ask.minutes,
    lengths: [...new Set([...agenda.LENGTHS, ask.minutes])].sort((one, other) => one - other), drawn, known: ask.theirs !== null,
    chosen: chosen.map(one => proposing.item(ask, one)), many: picks.length > proposing.MOST,
    busy: calendars.shown(ctx, record), zone: ask.zone, there: ask.there, agreed: bounds(agreed, parts(ctx.now, ctx.zone).on), ...week(ctx, ask, slots, chosen),
  });
}

/** Which session with this card looks for another hour; 0 for none, and for one with somebody else. @param {any} ctx @param {any} card @param {any} moving */
const numberOf = async (ctx, card, moving) =>
  (moving?.fields.partner === card.id ? (await agenda.numbers(ctx)).get(moving.id) ?? 0 : 0);

/** How long: as the address says, else as the session, else as agreed on, else the usual. @param {any} ctx @param {Fields} agreed @param {any} moving */
export function minutes(ctx, agreed, moving) {
  const wanted = ctx.url.searchParams.get('minutes') ?? '', number = /^[0-9]{1,3}$/.test(wanted) ? Number(wanted) : 0;
  if (proposing.SHORTEST <= number && number <= proposing.LONGEST) return number;
  return moving ? moving.fields.minutes || agenda.LENGTH : agreed.minutes || USUAL;
}

/** The week to pick from, the names of what is chosen, and of that what stands in other weeks. @param {any} ctx @param {import('./times/proposing.js').Ask} ask @param {import('./times/proposing.js').Slot[]} slots @param {import('./times/proposing.js').Slot[]} chosen */
function week(ctx, ask, slots, chosen) {
  const start = weeks.chosen(slots, ctx.url.searchParams.get('week') ?? '', chosen);
  const others = chosen.filter(one => weeks.monday(one.on) !== start).map(proposing.name);
  return { week: weeks.week(ask, slots, start, chosen), names: chosen.map(proposing.name), others };
}
