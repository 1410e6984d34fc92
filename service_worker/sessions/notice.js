// What an agreement says to who moves a session: its notice, a pause. Twin: mentorlog/sessions/notice.py.
import * as agenda from '../agenda.js';
import { parse } from '../clock.js';

/** @type {Record<string, [string, number]>} */
const ASKED = { hour: ['an hour’s', 60], day: ['a day’s', 1440], two_days: ['two days’', 2880], week: ['a week’s', 10_080] };
const [DAY, HOUR] = [1440, 60]; // minutes
const MINUTE = 60_000; // ms

/** What the agreement asks for, and how far off a session is that is planned and to come; null where nothing is said. @param {any} ctx @param {any} record @param {Map<string, any>} cards */
export function noticed(ctx, record, cards) {
  const card = record && cards.get(record.fields.partner || ''), asked = card && ASKED[card.agreement.notice || ''];
  if (!asked || agenda.state(record) !== 'planned') return null;
  const left = Math.floor((parse(record.at) - parse(ctx.now)) / MINUTE), name = card.fields.name || '';
  return left < 0 ? null : { asks: asked[0], ahead: inWords(left), enough: left >= asked[1], card: card.id, name };
}

/** So many minutes in the unit in which one says them. @param {number} minutes */
export function inWords(minutes) {
  if (minutes >= 2 * DAY) return `${Math.floor(minutes / DAY)} days`;
  if (minutes >= 2 * HOUR) return `${Math.floor(minutes / HOUR)} hours`;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** How many of the sessions that a form changes lie in a pause then, in words; '' for none. @param {[any, Record<string, any>][]} rows @param {Map<string, any>} cards */
export function inPause(rows, cards) {
  const left = rows.map(([one, fields]) => ({ ...one.fields, ...fields }));
  const count = left.filter(one => one.starts_on < (cards.get(one.partner)?.agreement.pause_until || '')).length;
  return count ? `, ${count} of them in a pause` : '';
}
