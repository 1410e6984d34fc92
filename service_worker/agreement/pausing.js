// A pause: until when, which sessions are cancelled for it, which goals move along. The twin of mentorlog/agreement/pausing.py.
import { dayParts, instant, isDay, parts, readWall, wallLine } from '../clock.js';
import * as forms from '../forms.js';
import { unrated } from '../goals/looking.js';
import { gaveWay } from '../goals/planning.js';
import { clean } from '../prose.js';
import { marked } from '../turns.js';
import { OTHER, PAST } from './writing.js';

const PAUSES = [2, 6]; // weeks, from which on the next Monday is offered
const AHEAD = 60; // sessions among which those that fall into a pause are offered
const DAY = 86_400_000; // ms
const WHY = 'A pause'; // the word of a session that was cancelled for one
const LEFT = 'A goal that changed meanwhile, or would be too late, keeps its date.';

/** @typedef {Record<string, any>} Fields */
/** @typedef {[string, any, Fields][]} Rows sessions as the form showed them, see told() */
/** @typedef {[string, any, string, boolean]} Row a goal as the form showed it: line, it with what its change stands on, due(), moves */
/** @typedef {[any, Fields][]} Moves goals and what becomes of them */

/** The days until which a pause is offered: Mondays. @param {string} on */
export const offered = on => PAUSES.map(weeks => {
  const away = new Date(Date.parse(`${on}T00:00:00.000Z`) + 7 * weeks * DAY), toMonday = (8 - away.getUTCDay()) % 7;
  return new Date(away.getTime() + toMonday * DAY).toISOString().slice(0, 10);
});

/** What was sent, or what an address asks for. @param {any} ctx */
const given = ctx => ctx.form ?? ctx.url.searchParams;

/** The answers of the form, as they were sent or as an address asks for the days. @param {any} ctx @param {string} on */
export const typed = (ctx, on) =>
  ({ until: clean(given(ctx).get('until') ?? offered(on)[0]), on: clean(given(ctx).get('pause_on') ?? '') });

/** The first day after the pause, as it was typed. @param {Fields} form */
export const until = form => (form.until === OTHER ? form.on : form.until) || null;

/** The end of the pause for which the ticks were made that came; '' for none. @param {any} ctx @returns {string} */
export function seen(ctx) {
  const found = given(ctx).get('seen') ?? '';
  return isDay(found) ? found : '';
}

/** Field to words. @param {string|null} end @param {string} on @returns {Record<string, string>} */
export function wrong(end, on) {
  const words = forms.problems('agreement', { pause_until: end }).pause_until || (!end || end <= on ? PAST : '');
  return words ? { pause_on: words } : {};
}

/** The sessions with somebody that are planned and have not begun, soonest first. @param {any} ctx @param {string} card @returns {Promise<any[]>} */
export const ahead = async (ctx, card) => (await toCome(ctx, card)).filter(one => state(one) === 'planned').slice(0, AHEAD);

/** All sessions with somebody that have not begun, soonest first. @param {any} ctx @param {string} card @returns {Promise<any[]>} */
export async function toCome(ctx, card) {
  const found = (await ctx.records.since('session', ctx.now)).filter((/** @type {any} */ one) => one.at > ctx.now).reverse();
  return found.filter((/** @type {any} */ one) => one.fields.partner === card && readWall(wallLine(one.fields)));
}

/** What became of a session so far. @param {any} session */
export const state = session => session.fields.state || 'planned';

/** The sessions as the form showed them: line, the session with what its change stands on, its hour then. @param {any} ctx @param {string} card @returns {Promise<Rows>} */
export async function told(ctx, card) {
  /** @type {string[]} */
  const lines = ctx.form?.has('change') ? ctx.form.getAll('shown').map(clean).slice(0, AHEAD)
    : (await ahead(ctx, card)).map(one => `${forms.stands(ctx, one)} ${wallLine(one.fields)}`);
  const there = await ctx.records.many(lines.map(line => line.split(' ')[0]));
  return lines.flatMap(line => reread(line, there));
}

/** What a line says, if it says anything of a session. @param {string} line @param {Map<string, any>} there @returns {Rows} */
export function reread(line, there) {
  const [one, hour] = forms.stood(line, there) ?? [null, ''], old = readWall(hour);
  return old && one.kind === 'session' ? [[line, one, old]] : [];
}

/** The parts of the moment at which a session of this hour begins. @param {any} ctx @param {Fields} fields */
export const start = (ctx, fields) => parts(instant(fields.starts_on, fields.starts_time, fields.zone), ctx.zone);

/** The sessions as the form shows them; the ticks follow the end, '' while it is wrong. @param {any} ctx @param {Rows} rows @param {string} end */
export const shown = (ctx, rows, end) => rows.map(([line, { id }, old]) => {
  const begins = start(ctx, old);
  return { id, line, start: begins, ticked: isTicked(ctx, id, begins.on, end), later: end !== '' && begins.on >= end };
});

/** Whether a session is to be cancelled for a pause. @param {any} ctx @param {string} id @param {string} on its day @param {string} end */
export function isTicked(ctx, id, on, end) {
  const chosen = given(ctx).getAll('cancel').includes(id);
  return end ? on < end && (chosen || on >= seen(ctx)) : chosen;
}

/** Whether other sessions lie before the end than before the one for which the form showed its ticks. @param {any} ctx @param {Rows} rows @param {string} end */
export function differs(ctx, rows, end) {
  const days = ctx.form.has('seen') ? rows.map(([, , old]) => start(ctx, old).on) : [];
  return days.some(on => (on < end) !== (on < seen(ctx)));
}

/** Those that are ticked and, as the form showed them, lie before the end of the pause. @param {any} ctx @param {Rows} rows @param {string} end */
export function ticked(ctx, rows, end) {
  const chosen = ctx.form.getAll('cancel');
  return rows.filter(([, one, old]) => chosen.includes(one.id) && start(ctx, old).on < end);
}

/** Whether a session is at the hour that the form showed, with the same partner, and still to come or off. @param {any} session @param {Fields} old @param {string} card */
export function isAsShown(session, old, card) {
  const { fields } = session, isSame = wallLine(fields) === wallLine(old) && fields.partner === card;
  return isSame && ['planned', 'cancelled'].includes(state(session));
}

/** The ids of sessions that the pause would cancel if the form had shown them as they are: changed or new ones. @param {any} ctx @param {string} card @param {Rows} rows @param {string} end @returns {Promise<string[]>} */
export async function leftAlone(ctx, card, rows, end) {
  const shown = rows.map(([, one]) => one.id), now = await ahead(ctx, card);
  const changed = ticked(ctx, rows, end).filter(([, one, old]) => !isAsShown(one, old, card)).map(([, one]) => one.id);
  return [...changed, ...now.filter(one => !shown.includes(one.id) && start(ctx, one.fields).on < end).map(one => one.id)];
}

/** How many sessions are cancelled, and that others are left alone; '' for none. @param {number} gone @param {string[]} left */
export const inWords = (gone, left) => [
  counted(gone, 'One session is cancelled.', 'sessions are cancelled.'),
  counted(left.length, 'One session came or changed meanwhile, and stands as it is. Look at it under Sessions.',
    'sessions came or changed meanwhile, and stand as they are. Look under Sessions.'),
].filter(Boolean).join(' ');

/** The words for so many; '' for none. @param {number} count @param {string} one @param {string} more */
export const counted = (count, one, more) => (count === 1 ? one : count ? `${count} ${more}` : '');

/** The changes of a pause: the agreement's, and of each session that is cancelled for it. @param {any} ctx @param {any} opening @param {string} card @param {string} end @param {Rows} rows */
export async function changes(ctx, opening, card, end, rows) {
  const first = forms.change('agreement', { partner: card, pause_until: end }, opening);
  const gone = rows.filter(([, one, old]) => isAsShown(one, old, card)).map(([, one]) => one);
  const cancelled = { state: 'cancelled', why: WHY };
  return [first, ...await Promise.all(gone.map(async one => marked(ctx, one, await forms.further(first, 'session', cancelled, one))))];
}

/** The sessions to come beside an agreement: those that stand in the pause, and those that one cancelled. @param {any} ctx @param {string} card @param {string} end of the pause, '' without one */
export async function beside(ctx, card, end) {
  const found = (await toCome(ctx, card)).map(one => ({ one, row: { id: one.id, start: start(ctx, one.fields), opening: forms.opening(ctx, one) } }));
  return {
    stands: found.filter(({ one, row }) => state(one) === 'planned' && row.start.on < end).map(({ row }) => row),
    cancelled: found.filter(({ one }) => state(one) === 'cancelled' && one.fields.why === WHY).map(({ row }) => row),
  };
}

/** The latest end of the pauses that there are, with whomever: until then goals were moved before; '' for none. @param {any} ctx @returns {Promise<string>} */
export const rested = async ctx => (await ctx.records.shelf('agreement')).map((/** @type {any} */ one) => one.fields.pause_until || '').sort().at(-1) ?? '';

/** How many days a pause adds to those that there are; 0 where its end is no later, or wrong. @param {string} before the latest end of these @param {string} end '' while it is wrong @param {string} on today */
export function days(before, end, on) {
  const start = before > on ? before : on;
  return Math.max(0, (Date.parse(end || start) - Date.parse(start)) / DAY);
}

/** When a goal is due, as a form carries it: the day, and the session that it is for. @param {Fields} fields */
export const due = fields => `${fields.due_on || ''} ${fields.session || '-'}`;

/** The open goals as the form showed them; before there was one, those whose day is not over, soonest first. @param {any} ctx @param {string[]} gone ids of the sessions that are cancelled. A goal for one that stands does not move. @param {string} on @returns {Promise<Row[]>} */
export async function goalsTold(ctx, gone, on) {
  const found = await unrated(ctx), there = new Map(found.map(one => [one.id, one]));
  /** @type {string[]} */
  const lines = ctx.form?.has('change') ? [...new Set(ctx.form.getAll('goal').map(clean))]
    : found.filter(one => due(one.fields) > on).map(one => `${forms.stands(ctx, one)} ${due(one.fields)}`);
  const rows = lines.map(line => [line, ...forms.stood(line, there) ?? [null, '']]).filter(row => isDay(dayOf(row[2])));
  const sessions = await ctx.records.many(rows.map(row => row[2].slice(11)));
  const stands = (/** @type {any} */ one) => one && state(one) !== 'cancelled' && !gone.includes(one.id);
  return rows.map(([line, one, when]) => [line, one, when, !stands(sessions.get(when.slice(11)))]);
}

/** @param {string} when see due() */
const dayOf = when => when.slice(0, 10);

/** The goals as the form shows them. @param {any} ctx @param {string[]} gone @param {string} end '' while it is wrong @param {string} on */
export async function goalsShown(ctx, gone, end, on) {
  const rows = await goalsTold(ctx, gone, on), dues = rows.filter(row => row[3]).map(row => dayOf(row[2])), asked = given(ctx);
  const before = await rested(ctx);
  return {
    lines: rows.map(row => row[0]), count: dues.length, by: days(before, end, on), after: before > on ? dayParts(before) : null,
    first: dues.length ? dayParts(dues[0]) : null,
    ticked: !asked.has('seen') || asked.has('move'),
  };
}

/** Whether goals would move by other days than the form said: it was sent for another end than it was shown for. @param {any} ctx @param {string} end */
export const countsAnew = (ctx, end) => forms.ticked(ctx, 'move') && ctx.form.has('goal') && seen(ctx) !== end;

/** What becomes of the goals that move by so many days, and how many stay although the form showed them to move. @param {any} ctx @param {string[]} gone @param {number} by @param {string} on @returns {Promise<[Moves, number]>} */
export async function moved(ctx, gone, by, on) {
  const told = by && forms.ticked(ctx, 'move') ? await goalsTold(ctx, gone, on) : [], rows = told.filter(row => row[3]);
  const made = rows.flatMap(row => shifted(row, by));
  return [made, rows.length - made.length];
}

/** A goal and its later day, which is no session's any more; none where it is not as the form showed it. @param {Row} row @param {number} by @returns {Moves} */
export function shifted([, one, when], by) {
  const old = dayOf(when), fields = { due_on: dayOf(new Date(Date.parse(old) + by * DAY).toISOString()), session: null };
  const isWell = due(one.fields) === when && !forms.problems('goal', fields).due_on;
  return isWell ? [[one, { ...fields, ...gaveWay(one, old, fields.due_on) }]] : [];
}

/** How many goals have later dates, and that others keep theirs; '' for none. @param {number} count @param {number} left */
export const movedInWords = (count, left) =>
  [counted(count, 'One goal now has a later date.', 'goals now have later dates.'), left ? LEFT : ''].filter(Boolean).join(' ');
