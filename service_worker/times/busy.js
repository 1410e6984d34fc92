// When one is taken: by a session that is planned, or by a calendar that was read. Twin: mentorlog/times/busy.py.
import * as agenda from '../agenda.js';
import { isInstant, iso, parse, parts } from '../clock.js';
import * as forms from '../forms.js';
import { nameId } from '../ids.js';
import { kinds } from '../generated/kinds.js';

const MINUTE = 60_000; // ms
export const NAME = 'busy';
const MOST_SPANS = kinds.busy.fields.spans.max ?? 0;
const PIECE = /^([0-9-]{10}T[0-9]{2}:[0-9]{2})Z\/([0-9]{1,5})$/;
const NOT_READ = 'That could not be read as busy times. Choose the file again.';

const LOOKED_THROUGH = 56 * 1440 * MINUTE; // by a device that did not say until when
const LAST = parse('2199-12-31T23:59:59.999Z'); // of the calendar

/** From, until, and what takes it: session or calendar. @typedef {[number, number, string]} Span */

/** The id of the record of busy times, and the record once there is one. @param {any} ctx */
export async function own(ctx) {
  const id = await nameId(ctx.names, NAME);
  return { id, record: (await ctx.records.many([id])).get(id) ?? null };
}

/** The busy times of a calendar; what names no instant is left out. @param {any} record @returns {Span[]} */
export const spans = record => (record ? record.fields.spans || [] : []).map(span).filter(Boolean);

/** `2026-12-07T08:00Z/90`: from an instant on, so many minutes. @param {string} piece @returns {Span|null} */
export function span(piece) {
  const [, start, minutes] = PIECE.exec(piece) ?? [];
  if (!start || !isInstant(`${start}:00.000Z`)) return null;
  const from = parse(`${start}:00.000Z`);
  return [from, from + Number(minutes) * MINUTE, 'calendar'];
}

/** The minutes of the sessions that are planned. @param {any} ctx @param {string} moving the id of one that looks for another hour @returns {Promise<Span[]>} */
export async function sessions(ctx, moving) {
  const planned = (await agenda.ahead(ctx)).filter(one => agenda.state(one) === 'planned' && one.id !== moving);
  return planned.map(one => [parse(one.at), agenda.end(one), 'session']);
}

/** The fields of a calendar that was read on this device: a piece a line. When, the form says. @param {any} ctx */
export function typed(ctx) {
  const pieces = forms.text(ctx, 'spans').split('\n').filter(Boolean);
  return { read_at: forms.choice(ctx, 'read_at') || ctx.now, until: forms.choice(ctx, 'until'), spans: [...new Set(pieces)].sort() };
}

/** Why busy times cannot be taken; '' when they can. @param {{spans: string[]}} fields */
export function wrong(fields) {
  if (fields.spans.length > MOST_SPANS) return `This calendar has more than ${MOST_SPANS} busy times in eight weeks. Choose a smaller one.`;
  return Object.keys(forms.problems(NAME, fields)).length ? NOT_READ : '';
}

/** Until when it is known what is busy; null when no calendar is kept. @param {any} record @returns {number|null} */
export function reach(record) {
  const { read_at: readAt, until } = record ? record.fields : {};
  return readAt ? Math.min(until ? parse(until) : parse(readAt) + LOOKED_THROUGH, LAST) : null;
}

/** What a page says of it; null when no calendar is kept. @param {any} ctx @param {any} record */
export function shown({ now, zone }, record) {
  const until = reach(record);
  if (until === null) return null;
  const { read_at: readAt, spans } = record.fields;
  return { count: (spans || []).length, day: parts(readAt, zone), until: parts(iso(until), zone), over: until <= parse(now) };
}
