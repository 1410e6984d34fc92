// What an hour is to both, as their usual weeks and a calendar say. Twin: mentorlog/times/fitting.py.
import * as agenda from '../agenda.js';
import { until } from '../agreement/looking.js';
import { instant, isZone, parse, parts } from '../clock.js';
import * as busy from './busy.js';
import * as drawing from './drawing.js';
import * as grids from './grids.js';
import * as proposing from './proposing.js';

const MOST_MINUTES = agenda.LONGEST / 60_000;

/** My week, theirs if anything is known of it, the zone of their clock, and the record of busy times. @param {any} ctx @param {any} card */
export async function known(ctx, card) {
  const { record: own } = await drawing.own(ctx), { record } = await busy.own(ctx);
  const other = card ? (await drawing.own(ctx, card.id)).record : null, there = zoneHere(card?.fields.zone, ctx.zone);
  const drawn = own ? own.fields : {}, others = grids.grid(other ? other.fields : {}, there);
  const mine = grids.grid({ ...drawn, zone: zoneHere(drawn.zone, ctx.zone) }, ctx.zone);
  return { mine, theirs: grids.isEmpty(others) ? null : others, there, record };
}

/** A phone may not know a zone that the server knows. @param {string|null|undefined} zone @param {string} here */
export const zoneHere = (zone, here) => (zone && isZone(zone) ? zone : here);

/** What is asked about an hour that somebody chose. @param {any} ctx @param {any} card with its agreement @param {any} minutes @returns {Promise<import('./proposing.js').Ask>} */
export async function asks(ctx, card, minutes) {
  const { mine, theirs, there, record } = await known(ctx, card);
  return { mine: grids.isEmpty(mine) ? null : mine, theirs, zone: ctx.zone, there, minutes: length(minutes), taken: busy.spans(record), near: '', pause: pause(ctx, card ? card.agreement : {}), reach: busy.reach(record) };
}

/** So many minutes as typed; the usual ones where they are no length. @param {any} minutes @returns {number} */
export const length = minutes => (typeof minutes === 'number' && minutes > 0 && minutes <= MOST_MINUTES ? minutes : agenda.LENGTH);

/** What is asked by somebody who looks for an hour; whether their own week is drawn; the record of busy times. @param {any} ctx @param {any} card with its agreement @param {number} minutes @param {any} moving */
export async function seeks(ctx, card, minutes, moving) {
  const { mine, theirs, there, record } = await known(ctx, card), near = moving ? parts(moving.at, ctx.zone).on : '';
  const taken = [...await busy.sessions(ctx, moving ? moving.id : ''), ...busy.spans(record)];
  /** @type {import('./proposing.js').Ask} */
  const ask = { mine, theirs, zone: ctx.zone, there, minutes, taken, near, pause: pause(ctx, card ? card.agreement : {}), reach: busy.reach(record) };
  return { ask, drawn: !grids.isEmpty(mine), record };
}

/** From now on, and until when two people rest; null without a pause. @param {any} ctx @param {Record<string, any>} agreed @returns {[number, number]|null} */
export function pause(ctx, agreed) {
  const end = until(agreed, parts(ctx.now, ctx.zone).on);
  return end ? [parse(ctx.now), parse(instant(end.on, '00:00', ctx.zone))] : null;
}

/** What an hour is. @param {import('./proposing.js').Ask} ask @param {number} start */
export function fit(ask, start) {
  const [mine, theirs, why] = proposing.judged(ask, start);
  return { mine, theirs, why, beyond: proposing.isBeyond(ask, start + ask.minutes * 60_000) };
}
