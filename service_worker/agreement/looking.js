// Looking at an agreement: its points in words, what changed when, the ways of a session, pauses. The twin of
// mentorlog/agreement/looking.py.
import { dayParts, parts } from '../clock.js';
import * as forms from '../forms.js';
import { nameId } from '../ids.js';
import * as ways from '../ways.js';

const MOST_EARLIER = 20;
/** What people agree on, with what holds where nothing was said. @type {Record<string, any>} */
const POINTS = {
  rhythm: null, rhythm_own: '', minutes: null, ways: [], wait_minutes: 5, notice: null, blocked: '', confidentiality: '',
  review_on: null,
};
/** @type {Record<string, string>} */
export const RHYTHMS = { weekly: 'weekly', two_weekly: 'every two weeks', monthly: 'monthly' };
/** @type {Record<string, string>} */
const NOTICES = { hour: 'an hour', day: 'a day', two_days: 'two days', week: 'a week' };
/** @type {Record<string, string>} */
const WAYS = { call: 'phone', text: 'text message', video: 'video', chat: 'chat', mail: 'e-mail' };
const TOLD = ['rhythm', 'ways', 'notice', 'blocked', 'confidentiality', 'review'];

/** @typedef {Record<string, any>} Fields */

/** The points as they stand, each with what holds where nothing was said. @param {Fields} fields @returns {Fields} */
export const pointsOf = fields =>
  Object.fromEntries(Object.entries(POINTS).map(([name, otherwise]) => [name, isSaid(fields[name]) ? fields[name] : otherwise]));

/** An empty list says nothing. @param {any} value */
const isSaid = value => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** The id of the agreement that belongs to a card. @param {any} ctx @param {string} card */
export const idOf = (ctx, card) => nameId(ctx.names, `agreement:${card}`);

/** The agreement that belongs to a card. @param {any} ctx @param {string} card */
export async function ofCard(ctx, card) {
  const id = await idOf(ctx, card);
  return (await ctx.records.many([id])).get(id) ?? null;
}

/** The fields of the agreement that belongs to a card, {} without one. @param {any} ctx @param {string} card @returns {Promise<Fields>} */
export const terms = async (ctx, card) => (await ofCard(ctx, card))?.fields ?? {};

/** Id of a card to the fields of its agreement, of all of a person's. @param {any} ctx @returns {Promise<Map<string, Fields>>} */
export const byCard = async ctx =>
  new Map((await ctx.records.shelf('agreement')).map((/** @type {any} */ { fields }) => [fields.partner || '', fields]));

/** The ways of an agreement in their order. @param {Fields} fields @param {string} name of the partner */
export const agreedWays = (fields, name) =>
  (fields.ways || []).filter((/** @type {Fields} */ one) => one.address)
    .map((/** @type {Fields} */ one) => ways.agreed(one.way || 'call', one.address, name));

/** How to go on with somebody: what was agreed on, else the lines of their card; with a number that is known. @param {Fields} card @param {Fields} fields @param {Fields|null} [session] fields of the one that does not work */
export function waysTo(card, fields, session = null) {
  const name = card.name || 'your mentor', agreed = agreedWays(fields, name);
  const found = agreed.length ? agreed : ways.ofCard(card), known = found.some((/** @type {Fields} */ way) => way.href.startsWith('tel:')) ? [] : [session?.phone || '', card.phone || ''];
  const every = [...found, ...known.map(one => ways.byPhone(one, name)).find(two => two.length) ?? []];
  return session ? ways.othersFirst(every, session, card) : every;
}

/** Minutes to wait before the next way. @param {Fields} fields @returns {number} */
export const waitOf = fields => pointsOf(fields).wait_minutes;

/** The points of an agreement in words, '' for one of which nothing was said; `review` is a day. @param {Fields} fields @returns {Record<string, string>} */
export function told(fields) {
  const points = pointsOf(fields);
  const rhythm = RHYTHMS[points.rhythm] ?? (points.rhythm ? points.rhythm_own : '');
  const length = points.minutes ? `${points.minutes} minutes` : '';
  return {
    rhythm: [rhythm, length].filter(Boolean).join(', '), ways: waysTold(points), notice: NOTICES[points.notice] ?? '',
    blocked: points.blocked, confidentiality: points.confidentiality, review: points.review_on || '',
  };
}

/** The ways in a line. @param {Fields} points */
export function waysTold(points) {
  const found = points.ways.filter((/** @type {Fields} */ one) => one.address), wait = points.wait_minutes;
  const names = found.map((/** @type {Fields} */ one) => [WAYS[one.way || 'call'] ?? '', one.address].filter(Boolean).join(' '));
  return names.join(', then ') + (found.length ? `, ${wait} ${wait === 1 ? 'minute' : 'minutes'} each` : '');
}

/** What is in force, as the page prints it. @param {Fields} fields */
export function facts(fields) {
  const found = told(fields);
  return { ...found, review: day(found.review) };
}

/** The parts of a day, null for none. @param {string} on */
export const day = on => (on ? dayParts(on) : null);

/** What one version says otherwise than the one before. @param {Fields} old @param {Fields} fresh */
export function differs(old, fresh) {
  const before = told(old), after = told(fresh);
  const said = (/** @type {string} */ name, /** @type {string} */ value) => (name === 'review' ? day(value) : value);
  return TOLD.filter(name => before[name] !== after[name])
    .map(name => ({ point: name, old: said(name, before[name]), new: said(name, after[name]) }));
}

/** The versions of an agreement, the newest first. @param {any} record @param {Fields|null} gone what the server has as long as a change of ours waits @param {string} zone */
export function versions(record, gone, zone) {
  const earlier = [...(record.fields.earlier || []).filter(isEarlier), ...gone ? [gone] : []], states = [...earlier, record.fields];
  const since = [record.at, ...earlier.map(one => one.until)];
  const rows = states.map((state, number) => ({
    since: parts(since[number], zone), first: number === 0 && earlier.length < MOST_EARLIER,
    changes: number ? differs(states[number - 1], state) : [],
  }));
  return rows.filter((row, number) => row.changes.length || !number).reverse();
}

/** Whether a row of `earlier` is as the join writes it; after a restore it is what a device handed back. @param {Fields} row */
export function isEarlier(row) {
  const points = Object.fromEntries(Object.entries(row).filter(([name]) => Object.hasOwn(POINTS, name)));
  return Boolean(row.until) && !Object.keys(forms.problems('agreement', { ...points, binned_at: row.until })).length;
}

/** Whether anything was agreed on. @param {Fields} fields */
export const isAgreed = fields => JSON.stringify(pointsOf(fields)) !== JSON.stringify(POINTS);

/** Whether there is a pause on a day. @param {Fields} fields @param {string} on */
export const rests = (fields, on) => (fields.pause_until || '') > on;

/** The first day after the pause that there is on a day; null without one. @param {Fields} fields @param {string} on */
export const until = (fields, on) => (rests(fields, on) ? day(fields.pause_until) : null);

/** What an agreement says to who looks for an hour. @param {Fields} fields @param {string} on */
export function bounds(fields, on) {
  const { rhythm, blocked } = told(fields);
  return { rhythm, blocked, until: until(fields, on) };
}

/** Who rests on a day, and until when. @param {Map<string, any>} cards each with its `agreement` @param {string} on */
export const pauses = (cards, on) => [...cards.values()].filter(card => rests(card.agreement, on))
  .map(({ id, fields, agreement }) => ({ id, name: fields.name || '', until: dayParts(agreement.pause_until) }));

/** The day on which the agreement was to be looked at again, once it is there. @param {Fields} fields @param {string} on */
export function overdue(fields, on) {
  const review = fields.review_on || '';
  return review <= on ? day(review) : null;
}

/** An agreement as a card prints it. @param {Fields} fields @param {string} on */
export const brief = (fields, on) => ({
  said: isAgreed(fields), rhythm: told(fields).rhythm, review: day(fields.review_on || ''), overdue: overdue(fields, on),
  until: until(fields, on),
});

/** An agreement as its page prints it. @param {any} ctx @param {any} record @param {string} id @param {any} card @param {Fields|null} gone @param {string} on */
export function page(ctx, record, id, card, gone, on) {
  const fields = record ? record.fields : {}, said = isAgreed(fields);
  return {
    id, card: card.id, name: card.fields.name || '', said, facts: facts(fields), overdue: overdue(fields, on),
    until: until(fields, on), versions: record && said ? versions(record, gone, ctx.zone) : [],
    opening: forms.opening(ctx, record, id), waiting: record ? record.waiting : '',
  };
}
