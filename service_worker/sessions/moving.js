// Moving a session, and all of its series after it, with a trace. Twin: mentorlog/sessions/moving.py.
import * as agenda from '../agenda.js';
import { WALL, instant as moment, parts, readWall, wall, wallLine } from '../clock.js';
import * as forms from '../forms.js';
import { unrated } from '../goals/looking.js';
import { gaveWay } from '../goals/planning.js';
import { nameId } from '../ids.js';
import { clean } from '../prose.js';
import { marked } from '../turns.js';
import { REST, overlapping } from './planning.js';
import { LAST_DAY } from './rhythm.js';
import { MOST } from './series.js';

const [EARLIEST, LATEST] = ['1900-01-01', '2199-12-31'];
export const AFTER = 'after'; // of the two answers to which sessions are meant
const MOST_MOVES = 20;
export const TOO_FAR = 'One of those after it would be later than 2099.';

/** @typedef {Record<string, any>} Fields */
/** @typedef {[any, Fields][]} Rows records and what becomes of them */
/** @typedef {[string, any, Fields]} Behind */
/** @typedef {{clash: any[], overlap: string}} Met see met */

/** @type {Met} */
export const NONE_MET = { clash: [], overlap: '' };

/** The hour that the form showed when it was opened, null where there was none. @param {any} ctx @param {any} record */
export const before = (ctx, record) => readWall(ctx.form?.has('was_at') ? forms.line(ctx, 'was_at') : wallLine(record.fields));

/** What the forms of a session carry of it and of those after it, so that a second tap says the same once more. @param {any} ctx @param {any} record */
export async function shown(ctx, record) {
  const old = before(ctx, record), others = await behind(ctx, record);
  const was = Object.fromEntries(Object.entries(rest(ctx, record)).map(([name, value]) => [name, value ?? '']));
  return {
    before: old ? wallLine(old) : '', was, later: others.map(([line]) => line), count: others.length,
    which: forms.line(ctx, 'which') === AFTER ? AFTER : 'one',
  };
}

/** The other fields of a session as its form showed them, as text; nothing chosen is null. @param {any} ctx @param {any} record @returns {Record<string, string|null>} */
export function rest(ctx, record) {
  const isTold = ctx.form?.has('was_minutes');
  return Object.fromEntries(REST.map(name => [name, asText(isTold ? forms.line(ctx, `was_${name}`) : record.fields[name])]));
}

/** @param {any} value */
const asText = value => (value ? String(value) : null);

/** Those after it as the form showed them: line, the session with what its change stands on, its hour then. @param {any} ctx @param {any} record @returns {Promise<Behind[]>} */
export async function behind(ctx, record) {
  const told = ctx.form?.has('later') ? ctx.form.getAll('later').map(clean).slice(0, MOST)
    : (await later(ctx, record)).map(one => `${forms.stands(ctx, one)} ${wallLine(one.fields)}`);
  const there = await ctx.records.many(told.map((/** @type {string} */ line) => line.split(' ')[0]));
  return told.map((/** @type {string} */ line) => reread(line, there, record)).filter(Boolean);
}

/** A line about a session after this one, and what it says; null where it is of another series, or no such line. @param {string} line @param {Map<string, any>} there @param {any} record @returns {Behind|null} */
export function reread(line, there, record) {
  const [one, hour] = forms.stood(line, there) ?? [null, ''], old = readWall(hour);
  return old && one.kind === 'session' && one.fields.series === seriesOf(record) ? [line, one, old] : null;
}

/** The series of a session, its own id where it has none, which is then no series of any other. @param {any} record */
export const seriesOf = record => record.fields.series || record.id;

/** What follows when the hour of a session changes. @param {any} ctx @param {any} record @param {Fields|null} old the hour that its form showed @param {Fields} next */
export function moved(ctx, record, old, next) {
  if (!old || wallLine(old) === wallLine(next)) return {};
  const planned = instant(next) > ctx.now ? { state: 'planned' } : {};
  return { ...planned, ...agenda.state(record) === 'held' ? {} : { moves: traced(record, old, next) } };
}

/** The moment of an hour. @param {Fields} fields */
export const instant = fields => moment(fields.starts_on, fields.starts_time, fields.zone);

/** The hours at which a session was to be, with the one that gives way. @param {any} record @param {Fields} old @param {Fields} next */
export function traced(record, old, next) {
  const ids = [nameOf(old), nameOf(next)];
  const kept = (record.fields.moves ?? []).filter((/** @type {any} */ one) => !ids.includes(one.id));
  return [...kept, { id: ids[0], ...Object.fromEntries(WALL.map(name => [name, old[name]])) }].slice(-MOST_MOVES);
}

/** The id of an hour among the moves. @param {Fields} fields */
export const nameOf = fields => `${fields.starts_on}-${fields.starts_time.replace(':', '-')}`;

/** The sessions of its series that are planned after it, soonest first; as many as one form can plan. @param {any} ctx @param {any} record @returns {Promise<any[]>} */
export async function later(ctx, record) {
  const { series } = record.fields, near = series ? await agenda.ahead(ctx, record.at) : [];
  return near.filter((/** @type {any} */ one) =>
    one.fields.series === series && one.at > record.at && agenda.state(one) === 'planned' && wall(one.fields)).slice(0, MOST);
}

/** What becomes of those after it when they are meant. @param {any} ctx @param {any} record @param {Fields} next @returns {Promise<Rows>} */
export async function along(ctx, record, next) {
  if (forms.line(ctx, 'which') !== AFTER) return [];
  const old = before(ctx, record), was = rest(ctx, record), others = await behind(ctx, record);
  const changed = Object.fromEntries(REST.filter(name => was[name] !== asText(next[name])).map(name => [name, next[name]]));
  if (!old || wallLine(old) === wallLine(next)) return Object.keys(changed).length ? others.map(([, one]) => [one, changed]) : [];
  const span = Date.parse(next.starts_on) - Date.parse(old.starts_on);
  return others.map(([, one, then]) => [one, { ...changed, ...shifted(ctx, one, then, span, next) }]);
}

/** The hour of a later session, so many days on, at the wall time of the one that is moved. @param {any} ctx @param {any} one @param {Fields} old @param {number} span ms @param {Fields} next */
export function shifted(ctx, one, old, span, next) {
  const on = new Date(Date.parse(old.starts_on) + span).toISOString().slice(0, 10);
  const starts_on = on < EARLIEST ? EARLIEST : on > LATEST ? LATEST : on;
  const hours = { starts_on, starts_time: next.starts_time, zone: next.zone };
  return { ...hours, ...moved(ctx, one, old, hours) };
}

/** Whether one of them would leave the calendar of the form. @param {Rows} rows */
export const isTooFar = rows => rows.some(([, fields]) => (fields.starts_on ?? '') > LAST_DAY);

/** The sessions that take a part of the new hours, none of those that move themselves. @param {any} ctx @param {string} id @param {Fields} fields @param {Rows} rows */
export async function clashing(ctx, id, fields, rows) {
  const own = [id, ...rows.map(([one]) => one.id)];
  const wanted = [fields, ...rows.filter(([, next]) => next.starts_on).map(([one, next]) => ({ ...one.fields, ...next }))];
  const found = await Promise.all(wanted.map(hours => overlapping(ctx, own, hours)));
  return [...new Map(found.flat().map(one => [one.id, one])).values()];
}

/** What was asked about, in a line: a tick holds for that alone. @param {Fields} fields @param {Rows} rows @param {any[]} found */
export const overlap = (fields, rows, found) =>
  [wallLine(fields), fields.minutes, rows.length, ...found.map(one => `${one.id} ${one.at}`)].join(' ');

/** The sessions to ask about at the new hours, none where that is ticked; and what the tick is about. @param {any} ctx @param {string} id @param {Fields} fields @param {Rows} rows @returns {Promise<Met>} */
export async function met(ctx, id, fields, rows) {
  const found = await clashing(ctx, id, fields, rows), about = overlap(fields, rows, found);
  return { clash: forms.ticked(ctx, 'anyway') && forms.line(ctx, 'overlap') === about ? [] : found, overlap: about };
}

/** The open goals that are due on the day of a session that moves, and the day to which they follow it. @param {any} ctx @param {Rows} rows @returns {Promise<Rows>} */
export async function following(ctx, rows) {
  const open = await unrated(ctx), found = [];
  for (const [one, fields] of rows.filter(([, next]) => next.starts_on)) {
    for (const goal of open) {
      const due = followed(ctx, goal, one, { ...one.fields, ...fields });
      if (due) found.push(/** @type {[any, Fields]} */ ([goal, due]));
    }
  }
  return found;
}

/** The new day of a goal that was to be done by a session; null where it is due on another day anyway. @param {any} ctx @param {any} goal @param {any} session @param {Fields} next */
export function followed(ctx, goal, session, next) {
  const old = parts(session.at, ctx.zone).on, { on } = parts(instant(next), ctx.zone);
  const mine = goal.fields.session === session.id && goal.fields.due_on === old;
  return mine && on !== old ? { due_on: on, ...gaveWay(goal, old, on) } : null;
}

/** The changes of other records in the form whose first change is given; a session notes the state it comes into. @param {any} ctx @param {any} first @param {string} kind @param {Rows} rows */
export const changes = (ctx, first, kind, rows) => Promise.all(rows.map(async ([one, fields]) => {
  const change = await forms.further(first, kind, fields, one);
  return kind === 'session' ? marked(ctx, one, change) : change;
}));

/** The other sessions of a series that the form of this change cancelled, and that nothing changed since. @param {any} ctx @param {any} record @param {string} change @returns {Promise<any[]>} */
export async function cancelledWith(ctx, record, change) {
  /** @type {any[]} */
  const found = change ? await agenda.ahead(ctx, record.at) : [], ids = await Promise.all(found.map(one => nameId(change, one.id)));
  const isLast = (/** @type {any} */ one, /** @type {string} */ id) => [forms.opening(ctx, one)].some(({ base, after }) => id === (after || base));
  return found.filter((one, at) => one.id !== record.id && seriesOf(one) === seriesOf(record)
    && agenda.state(one) === 'cancelled' && isLast(one, ids[at]));
}
