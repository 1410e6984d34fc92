// The agenda: lines to talk about, in three pockets. The twin of mentorlog/agenda.
import * as filing from './agenda/filing.js';
import { agenda, coming } from './agenda/looking.js';
import { numbers } from './agenda/numbering.js';
import { clean } from './prose.js';
import * as forms from './forms.js';

export { adding } from './agenda/filing.js';
export * from './agenda/looking.js';
export { numbers } from './agenda/numbering.js';

const SHARE = ['title', 'text', 'url']; // as the manifest names what a share sheet hands over

/** @typedef {{id: string, change: string, gone: boolean}} Filed a line that was just filed, or taken back */

/** The session that a field of the form, or else of the address, names; null when it names none. @param {any} ctx */
export async function named(ctx, name = 'session') {
  const id = (ctx.form && forms.line(ctx, name)) || (ctx.url.searchParams.get(name) ?? '');
  return id ? ctx.records.find('session', id) : null;
}

/** @param {any} ctx */
export async function index(ctx) {
  const [next] = await coming(ctx);
  return next ? ctx.seeOther('sessions.show', { id: next.id }) : ctx.seeOther('sessions.index');
}

/** @param {any} ctx */
async function create(ctx) {
  const session = await named(ctx), roomy = Boolean(ctx.url.searchParams.get('shared'));
  if (ctx.method === 'GET') return show(ctx, session, { ...filing.adding(ctx, session ? session.id : ''), roomy: roomy && !session });
  if (forms.line(ctx, 'into') === 'journal') return write(ctx);
  const fields = filing.typed(ctx, session), opening = forms.typedOpening(ctx), errors = filing.wrong(fields);
  if (Object.keys(errors).length) return show(ctx, session, filing.again(ctx, session, opening, fields, errors, roomy), 422);
  return filed(ctx, session, await forms.save(ctx, forms.change('line', fields, opening)), opening.change);
}
export { create as new };

/** A page of the journal in place of a line. @param {any} ctx */
export async function write(ctx) {
  const fields = filing.pageOfTheJournal(ctx), opening = forms.typedOpening(ctx), errors = filing.wrongPage(fields);
  if (Object.keys(errors).length) return show(ctx, null, filing.again(ctx, null, opening, filing.typed(ctx, null), errors, true), 422);
  return ctx.seeOther('journal.show', { id: await forms.save(ctx, forms.change('entry', fields, opening)) });
}

/**
 * The page of the form, or the part that holds it: a session's agenda, the field on Today, the sheet over a page.
 * @param {any} ctx @param {any} session @param {any} form @param {number} [status] @param {Filed|null} [line]
 */
export async function show(ctx, session, form, status = 200, line = null) {
  return ctx.show('agenda/new.html', { agenda: session ? await agenda(ctx, session, await numbers(ctx)) : null, adding: form, filed: line }, status);
}

/** After a line is kept: on with the page that asked, and with a word about it. @param {any} ctx @param {any} session @param {string} id @param {string} change */
export async function filed(ctx, session, id, change) {
  if (ctx.partial && ctx.target === 'sheet') return show(ctx, null, filing.adding(ctx), 200, { id, change, gone: false });
  await ctx.notice(session ? '' : 'Filed under Questions that arose.');
  return done(ctx, session);
}

/** Back to where the line was filed; a page that asked for its agenda gets the changed part. @param {any} ctx @param {any} session */
export async function done(ctx, session) {
  if (!session) return ctx.seeOther('today.index');
  if (ctx.partial && ['agenda', 'lines'].includes(ctx.target)) return show(ctx, session, filing.adding(ctx, session.id));
  return ctx.seeOther('sessions.show', { id: session.id });
}

/** @param {any} ctx */
export async function share(ctx) {
  const words = SHARE.map(name => clean(ctx.form.getAll(name).find((/** @type {any} */ part) => typeof part === 'string') ?? ''));
  const file = [...ctx.form.values()].some(part => typeof part !== 'string');
  const form = filing.shared(ctx, words, file);
  return show(ctx, null, form, form.note === filing.TOO_MUCH ? 413 : 200);
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const line = await ctx.records.find('line', id), session = await named(ctx, 'back');
  if (ctx.method === 'GET') return editing(ctx, line, session, forms.opening(ctx, line), filing.shown(line), {});
  /** @type {Record<string, any>} */
  const fields = filing.typed(ctx, await named(ctx)), opening = forms.typedOpening(ctx, line);
  if (line.fields.discussed) delete fields.session; // it stays where it was discussed
  const errors = filing.wrong(fields);
  if (Object.keys(errors).length) return editing(ctx, line, session, opening, { ...fields, session: fields.session || '' }, errors, 422);
  await forms.save(ctx, forms.change('line', fields, opening));
  return moved(ctx, session, fields);
}

/** The form of a line. @param {any} ctx @param {any} line @param {any} session from whose page it was opened @param {any} opening @param {any} form @param {any} errors */
export async function editing(ctx, line, session, opening, form, errors, status = 200) {
  const sessions = await filing.offered(ctx, form.session);
  return ctx.show('agenda/edit.html', {
    id: line.id, opening, form, errors, sessions, back: session ? session.id : '',
    discussed: Boolean(line.fields.discussed), binning: forms.opening(ctx, line),
  }, status);
}

/** Back to where the line was opened, with a word if it stands there no more. @param {any} ctx @param {any} session @param {any} fields */
export async function moved(ctx, session, fields) {
  const to = fields.session;
  if (session && to && to !== session.id) await ctx.notice('It stands on the other session now.');
  const stands = session ? session.id : to;
  return stands ? ctx.seeOther('sessions.show', { id: stands }) : ctx.seeOther('today.index');
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
  const opening = forms.typedOpening(ctx, line), at = line.fields.binned_at || ctx.now;
  await forms.save(ctx, forms.change('line', { binned_at: at }, opening));
  if (ctx.partial && ctx.target === 'filed') return show(ctx, null, filing.adding(ctx), 200, { id, change: opening.change, gone: true });
  await ctx.notice('Line moved to the bin.', { undo: ctx.urlFor('agenda.bring_back', { id }) });
  return done(ctx, session);
}
export { remove as delete };

/** @param {any} ctx @param {{id: string}} args */
export async function bring_back(ctx, { id }) {
  const line = await ctx.records.find('line', id);
  await forms.save(ctx, forms.change('line', { binned_at: null }, forms.typedOpening(ctx, line)));
  const [session] = (await ctx.records.many([line.fields.session || ''])).keys();
  return session ? ctx.seeOther('sessions.show', { id: session }) : ctx.seeOther('today.index');
}
