// Looking at an agenda: which lines stand on the one of a session, and which roll on to another. The twin of mentorlog/agenda/looking.py.
import { iso, parse, parts } from '../clock.js';
import * as forms from '../forms.js';

const POCKETS = ['progress', 'question', 'birds_eye'];
export const DONE = ['held', 'missed'];
export const FELL_THROUGH = ['missed', 'cancelled'];
export const LENGTH = 60; // minutes, where a session does not say
export const LENGTHS = [15, 30, 45, 60, 90]; // minutes, to choose from
const MINUTE = 60_000; // ms
export const LONGEST = 480 * MINUTE;
const NEAR = 20; // sessions read at once, as some of them fell through

/** The moment at which a session is over, in ms. @param {any} session */
export const end = ({ at, fields }) => parse(at) + (fields.minutes || LENGTH) * MINUTE;

/** What became of a session so far. @param {any} record @returns {string} */
export const state = record => record.fields.state || 'planned';

/** Whether a session is behind: its minutes are past, or somebody said how it went. @param {any} record @param {string} moment */
export const over = (record, moment) => DONE.includes(state(record)) || end(record) <= parse(moment);

/** Every session that may not be over at this moment, soonest first. @param {any} ctx @returns {Promise<any[]>} */
export async function ahead(ctx, moment = ctx.now) {
  return (await ctx.records.since('session', iso(parse(moment) - LONGEST))).reverse();
}

/** The sessions that are planned and not over, soonest first. @param {any} ctx */
export const coming = async ctx =>
  (await ahead(ctx)).filter(one => state(one) === 'planned' && !over(one, ctx.now));

/** The last sessions that began and did not fall through, the newest first. @param {any} ctx @returns {Promise<any[]>} */
export async function lately(ctx) {
  const found = await ctx.records.shelf('session', { after: { at: ctx.now, id: '' }, limit: NEAR });
  return found.filter((/** @type {any} */ one) => !FELL_THROUGH.includes(state(one)));
}

/**
 * Whether a line stands on the agenda of this session: its own lines do; and, unless it fell through, of the open ones
 * that were there when it ended those that no session has, and those that roll on to it.
 * @param {any} line @param {any} session @param {Map<string, any>} others @param {string} moment
 */
export function belongs(line, session, others, moment) {
  const of = line.fields.session;
  if (of === session.id) return true;
  if (line.fields.discussed || FELL_THROUGH.includes(state(session)) || parse(line.at) > end(session)) return false;
  const other = others.get(of || '');
  return !other || rolls(other, session, moment);
}

/**
 * Whether the open lines of another session roll on to this one: once that one is over, to those after it; to any when
 * it fell through. What was for one partner stays with them.
 * @param {any} other @param {any} session @param {string} moment
 */
export function rolls(other, session, moment) {
  const withWhom = new Set([other, session].flatMap(one => one.fields.partner ?? []));
  if (withWhom.size > 1) return false;
  return FELL_THROUGH.includes(state(other)) || (over(other, moment) && other.at < session.at);
}

/** The lines of a session's agenda, the oldest first, each with `rolled`: the session from which it rolls on. @param {any} ctx @param {any} session */
export async function lines(ctx, session) {
  /** @type {any[]} */
  const found = (await ctx.records.shelf('line')).reverse();
  const open = found.filter(line => !line.fields.discussed);
  const others = await ctx.records.many([...new Set(open.map(line => line.fields.session || ''))]);
  return found.filter(line => belongs(line, session, others, ctx.now))
    .map(line => ({ ...line, rolled: rolled(line, session, others) }));
}

/** The other session for which a line was written. @param {any} line @param {any} session @param {Map<string, any>} others */
export function rolled(line, session, others) {
  const other = others.get(line.fields.session || '');
  return other && other.id !== session.id ? other : null;
}

/** The pocket of a line; *Questions that arose* where it says none. @param {any} line */
export const pocketOf = line => line.fields.pocket || 'question';

/** A line as an agenda prints it, with the hidden fields of its forms. @param {any} ctx @param {any} line @param {Map<string, number>} given the numbers of sessions */
export function item(ctx, line, given) {
  const { id, fields, waiting, rolled: other } = line;
  return {
    id, text: fields.text || '', discussed: Boolean(fields.discussed),
    rolled: other ? { ...parts(other.at, ctx.zone), number: given.get(other.id) ?? 0 } : null, waiting, opening: forms.opening(ctx, line),
  };
}

/** The agenda of a session: {session: its id, pockets: [{pocket, lines}], open: how many are not discussed}. @param {any} ctx @param {any} session @param {Map<string, number>} given the numbers of sessions */
export async function agenda(ctx, session, given) {
  const found = await lines(ctx, session);
  const pockets = POCKETS.map(pocket =>
    ({ pocket, lines: found.filter(line => pocketOf(line) === pocket).map(line => item(ctx, line, given)) }));
  return { session: session.id, pockets, open: found.filter(line => !line.fields.discussed).length };
}

/** How many lines of a session's agenda are not discussed. @param {any} ctx @param {any} session */
export const count = async (ctx, session) => (await lines(ctx, session)).filter(line => !line.fields.discussed).length;
