// The agenda: lines to talk about, in three pockets. The twin of mentorlog/agenda.py.
import { parse, parts } from './clock.js';
import * as forms from './forms.js';

const POCKETS = ['progress', 'question', 'birds_eye'];
export const DONE = ['held', 'missed'];
const FELL_THROUGH = ['missed', 'cancelled'];
export const LENGTH = 60; // minutes, where a session does not say
const MINUTE = 60_000;

/** The moment at which a session is over, in ms. @param {any} session */
export const end = ({ at, fields }) => parse(at) + (fields.minutes || LENGTH) * MINUTE;

/** What became of a session so far. @param {any} record @returns {string} */
export const state = record => record.fields.state || 'planned';

/** Whether a session is behind: its minutes are past, or somebody said how it went. @param {any} record @param {string} moment */
export const over = (record, moment) => DONE.includes(state(record)) || end(record) <= parse(moment);

/**
 * Whether a line stands on the agenda of this session: its own lines do; and, unless it fell through, of the open ones
 * that were there when it ended those that no session has, and those that roll on from one before or from one that
 * fell through.
 * @param {any} line @param {any} session @param {Map<string, any>} others
 */
export function belongs(line, session, others) {
  const of = line.fields.session;
  if (of === session.id) return true;
  if (line.fields.discussed || FELL_THROUGH.includes(state(session)) || parse(line.at) > end(session)) return false;
  const other = others.get(of || '');
  return !other || other.at < session.at || FELL_THROUGH.includes(state(other));
}

/** The lines of a session's agenda, the oldest first, each with `rolled`: the session from which it rolls on. @param {any} ctx @param {any} session */
export async function lines(ctx, session) {
  /** @type {any[]} */
  const found = (await ctx.records.shelf('line')).reverse();
  const open = found.filter(line => !line.fields.discussed);
  const others = await ctx.records.many([...new Set(open.map(line => line.fields.session || ''))]);
  return found.filter(line => belongs(line, session, others)).map(line => ({ ...line, rolled: rolled(line, session, others) }));
}

/** The other session for which a line was written. @param {any} line @param {any} session @param {Map<string, any>} others */
export function rolled(line, session, others) {
  const other = others.get(line.fields.session || '');
  return other && other.id !== session.id ? other : null;
}

/** A line as an agenda prints it, with the hidden fields of its forms. @param {any} ctx @param {any} line */
export function item(ctx, line) {
  const { id, fields, waiting, rolled: other } = line;
  return {
    id, text: fields.text || '', discussed: Boolean(fields.discussed),
    rolled: other ? parts(other.at, ctx.zone) : null, waiting, opening: forms.opening(ctx, line),
  };
}

/** The agenda of a session: {session: its id, pockets: [{pocket, lines}], open: how many are not discussed}. @param {any} ctx @param {any} session */
export async function agenda(ctx, session) {
  const found = await lines(ctx, session);
  const pockets = POCKETS.map(pocket =>
    ({ pocket, lines: found.filter(line => pocketOf(line) === pocket).map(line => item(ctx, line)) }));
  return { session: session.id, pockets, open: found.filter(line => !line.fields.discussed).length };
}

/** How many lines of a session's agenda are not discussed. @param {any} ctx @param {any} session */
export const count = async (ctx, session) => (await lines(ctx, session)).filter(line => !line.fields.discussed).length;

/** The pocket of a line; *Questions that arose* where it says none. @param {any} line */
export const pocketOf = line => line.fields.pocket || 'question';

/** An empty form for a line, of this session or of none. @param {any} ctx */
export const adding = (ctx, session = '', pocket = 'question') =>
  ({ session, opening: forms.opening(ctx), form: { text: '', pocket }, errors: {} });

/** Field to words. @param {any} fields @returns {Record<string, string>} */
export function wrong(fields) {
  const found = forms.problems('line', fields);
  if (!fields.text) found.text = 'Write a line first. A few words are enough.';
  return Object.fromEntries(['text', 'pocket'].filter(name => found[name]).map(name => [name, found[name]]));
}

/** The session that a form or an address names, null when it names none. @param {any} ctx */
export async function named(ctx) {
  const id = (ctx.form && forms.line(ctx, 'session')) || (ctx.url.searchParams.get('session') ?? '');
  return id ? ctx.records.find('session', id) : null;
}

/** @param {any} ctx */
async function create(ctx) {
  const session = await named(ctx);
  if (ctx.method === 'GET') return show(ctx, session, adding(ctx, session ? session.id : ''));
  const fields = {
    text: forms.line(ctx, 'text'), pocket: forms.choice(ctx, 'pocket') || 'question', session: session ? session.id : null,
  };
  const opening = forms.typedOpening(ctx), errors = wrong(fields);
  if (!Object.keys(errors).length) {
    await forms.save(ctx, forms.change('line', fields, opening));
    await ctx.notice(session ? '' : 'Filed under Questions that arose.');
    return done(ctx, session);
  }
  const form = { text: fields.text, pocket: fields.pocket };
  return show(ctx, session, { session: fields.session || '', opening, form, errors }, 422);
}
export { create as new };

/** The page of the form, or the part that holds it: a session's agenda, or the field on Today. @param {any} ctx @param {any} session @param {any} form */
export async function show(ctx, session, form, status = 200) {
  return ctx.show('agenda/new.html', { agenda: session ? await agenda(ctx, session) : null, adding: form }, status);
}

/** Back to where the line was filed; a page that asked for its agenda gets the changed part. @param {any} ctx @param {any} session */
export async function done(ctx, session) {
  if (!session) return ctx.seeOther('today.index');
  if (ctx.partial && ['agenda', 'lines'].includes(ctx.target)) return show(ctx, session, adding(ctx, session.id));
  return ctx.seeOther('sessions.show', { id: session.id });
}

/** @param {any} ctx @param {{id: string}} args */
export async function discussed(ctx, { id }) {
  const line = await ctx.records.find('line', id), session = await named(ctx);
  /** @type {Record<string, any>} */
  const fields = { discussed: forms.ticked(ctx, 'discussed') };
  if (fields.discussed && session) fields.session = session.id;
  await forms.save(ctx, forms.change('line', fields, forms.typedOpening(ctx, line)));
  return done(ctx, session);
}

/** @param {any} ctx @param {{id: string}} args */
async function remove(ctx, { id }) {
  const line = await ctx.records.find('line', id), session = await named(ctx);
  await forms.save(ctx, forms.change('line', { binned_at: ctx.now }, forms.typedOpening(ctx, line)));
  await ctx.notice('Line moved to the bin.', { undo: ctx.urlFor('agenda.bring_back', { id }) });
  return session ? ctx.seeOther('sessions.show', { id: session.id }) : ctx.seeOther('today.index');
}
export { remove as delete };

/** @param {any} ctx @param {{id: string}} args */
export async function bring_back(ctx, { id }) {
  const line = await ctx.records.find('line', id);
  await forms.save(ctx, forms.change('line', { binned_at: null }, forms.typedOpening(ctx, line)));
  const [session] = (await ctx.records.many([line.fields.session || ''])).keys();
  return session ? ctx.seeOther('sessions.show', { id: session }) : ctx.seeOther('today.index');
}
