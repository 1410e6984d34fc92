// Sessions as pages print them. Twin: mentorlog/sessions/looking.py.
import * as agenda from '../agenda.js';
import { waitOf, waysTo } from '../agreement/looking.js';
import { beside, inside, instant, iso, isZone, midnight, parse, parts, readWall, wall, wallLine } from '../clock.js';
import * as forms from '../forms.js';
import * as partners from '../partners.js';
import * as fitting from '../times/fitting.js';
import * as proposing from '../times/proposing.js';
import * as turns from '../turns.js';
import * as ways from '../ways.js';
import { isTold } from './planning.js';

const AT_HAND = 10 * 60_000; // ms before a session, from when on it may not be working

/** @type {Map<string, number>} */
const NOT_ASKED = new Map(); // the numbers of sessions, for a page that prints none

/** @typedef {Map<string, any>} Cards */

/** A session as a list prints it. @param {any} ctx @param {any} record @param {Cards} cards */
export function item(ctx, record, cards, given = NOT_ASKED) {
  const { fields } = record, from = iso(parse(record.at) - AT_HAND);
  return {
    id: record.id, number: given.get(record.id) ?? 0, ...clocks(ctx, record.at, cards.get(fields.partner || '')),
    why: agenda.state(record) === 'cancelled' ? fields.why || '' : '', moved: (fields.moves ?? []).length, went_on: fields.went_on || '',
    minutes: fields.minutes || agenda.LENGTH, channel: fields.channel || 'video',
    state: agenda.state(record), over: agenda.over(record, ctx.now), begun: record.at <= ctx.now, waiting: record.waiting,
    at_hand: agenda.state(record) === 'planned' && from <= ctx.now && parse(ctx.now) < agenda.end(record), from,
  };
}

/** The next instant at which a page about these sessions looks different: ten minutes before one, its begin or end, or midnight. @param {any} ctx @param {any[]} found */
export function until(ctx, found) {
  const edges = found.flatMap(one => [iso(parse(one.at) - AT_HAND), one.at, iso(agenda.end(one))]);
  return [midnight(ctx.now, ctx.zone), ...edges.filter(edge => edge > ctx.now)].reduce((one, other) => (one < other ? one : other));
}

/** An hour on both clocks. @param {any} ctx @param {string} start @param {any} card of whom one meets, if there is one */
export function clocks(ctx, start, card) {
  const there = card && card.fields.zone;
  const away = there && there !== ctx.zone && isZone(there); // a phone may not know a zone that the server knows
  const here = parts(start, ctx.zone), theirs = away ? parts(start, there) : null;
  return { start: here, theirs, same_day: !theirs || theirs.on === here.on, name: card ? card.fields.name || '' : '' };
}

/** Both clocks at the hour of a form, and their days beside that of the form; null where no clock shows another hour. @param {any} ctx @param {Record<string, any>} form @param {Cards} cards */
export function both(ctx, form, cards) {
  const hour = wall(readWall(wallLine(form)) ?? {});
  if (!hour) return null;
  const seen = clocks(ctx, instant(...hour), cards.get(form.partner || '')), { start, theirs } = seen, skips = skipped(hour);
  if (!theirs && !skips.length && start.on === hour[0] && start.time === hour[1]) return null;
  return { ...seen, days: [start, theirs].map(one => (one ? beside(one.on, hour[0]) : 'same')), skipped: skips };
}

/** What the hour of a form is to both; null while it is not whole, and where nobody said anything about it. @param {any} ctx @param {Record<string, any>} form @param {Cards} cards */
export async function fitted(ctx, form, cards) {
  const hour = wall(readWall(wallLine(form)) ?? {}), card = cards.get(form.partner || '');
  if (!hour) return null;
  const found = fitting.fit(await fitting.asks(ctx, card, form.minutes), parse(instant(...hour)));
  return Object.values(found).some(Boolean) ? { ...found, name: card ? card.fields.name || '' : '' } : null;
}

/** Other hours for a session; null for one that was held, and while no week is drawn. @param {any} ctx @param {any} record @param {Record<string, any>} form @param {Cards} cards @param {string} wanted as the form sends it */
export async function elsewhere(ctx, record, form, cards, wanted) {
  const card = cards.get(form.partner || ''), zone = fitting.zoneHere(form.zone, ctx.zone);
  const { ask, drawn } = await fitting.seeks(ctx, card, fitting.length(form.minutes), record);
  if (!drawn || agenda.state(record) === 'held') return null;
  const found = proposing.instead(ask, proposing.offered(ask, ctx.now), parse(record.at)).filter(one => isTold(one.start, zone));
  const rows = found.map(one => offer(ctx, ask, one, card, zone));
  return {
    rows, minutes: ask.minutes, good: found.some(one => !one.rank), known: ask.theirs !== null, later: found.some(one => one.away),
    card: card ? card.id : '', chosen: rows.some(row => row.value === wanted) ? wanted : 'other',
  };
}

/** One of these hours as a form prints it. @param {any} ctx @param {proposing.Ask} ask @param {proposing.Slot} one @param {any} card @param {string} zone of the session */
export function offer(ctx, ask, one, card, zone) {
  const start = iso(one.start), { on, time } = parts(start, zone);
  return { ...clocks(ctx, start, card), value: `${on} ${time} ${zone}`, possible: Boolean(one.rank), beyond: proposing.isBeyond(ask, one.end) };
}

/** An hour that the clocks of its zone skip in spring, the one that is meant and that zone; [] for any other. @param {any[]|null} hour @returns {string[]} */
export function skipped(hour) {
  if (!hour || !isZone(hour[2]) || !inside(hour[0])) return []; // a phone may not know a zone that the server knows
  const [on, time, zone] = hour, { time: meant } = parts(instant(on, time, zone), zone);
  return meant === time ? [] : [time, meant, zone];
}

/** A session as its own page and Today print it. @param {any} ctx @param {any} record @param {Cards} cards */
export function whole(ctx, record, cards, given = NOT_ASKED) {
  const { fields } = record, card = cards.get(fields.partner || ''), about = card ? card.fields : {}, agreed = card ? card.agreement : {};
  const found = waysTo(about, agreed, fields);
  return {
    ...item(ctx, record, cards, given), card: card ? partners.item(card) : null, reach: partners.reach(fields, about), ways: found,
    plan: agreed.ways?.length ? ways.inWords(found, waitOf(agreed)) : '', opening: forms.opening(ctx, record),
    moves: moves(ctx, record), turns: turns.told(record, ctx.zone), skipped: skipped(wall(fields)),
  };
}

/** The hours at which a session was to be, the first one first. @param {any} ctx @param {any} record */
export function moves(ctx, record) {
  return (record.fields.moves ?? []).map(wall).filter((/** @type {any[]|null} */ one) => one && isZone(one[2]) && inside(one[0]))
    .map((/** @type {[string, string, string]} */ one) => parts(instant(...one), ctx.zone));
}

/** A worksheet as a row prints it. @param {any} record */
export const worksheet = record => ({ id: record.id, title: record.fields.title || '' });
