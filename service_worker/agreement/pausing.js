// A pause: until when, and which sessions are cancelled for it. The twin of mentorlog/agreement/pausing.py.
import { instant, isDay, parts, readWall, wallLine } from '../clock.js';
import * as forms from '../forms.js';
import { clean } from '../prose.js';
import { marked } from '../turns.js';
import { OTHER, PAST } from './writing.js';

const PAUSES = [2, 6]; // weeks, from which on the next Monday is offered
const AHEAD = 60; // sessions among which those that fall into a pause are offered
const DAY = 86_400_000; // ms
const WHY = 'A pause'; // the word of a session that was cancelled for one

/** @typedef {Record<string, any>} Fields */
/** @typedef {[string, any, Fields][]} Rows sessions as the form showed them, see told() */

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
