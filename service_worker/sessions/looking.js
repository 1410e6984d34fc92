// Sessions as pages print them. Twin: mentorlog/sessions/looking.py.
import * as agenda from '../agenda.js';
import { isZone, parts } from '../clock.js';
import * as forms from '../forms.js';
import * as partners from '../partners.js';

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

/** A worksheet as a row prints it. @param {any} record */
export const worksheet = record => ({ id: record.id, title: record.fields.title || '' });
