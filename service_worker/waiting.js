// What is not on the server, and why: each change, what was refused, drafts, kept versions. The twin of mentorlog/waiting.py.
import { parts } from './clock.js';
import * as device from './device.js';
import * as forms from './forms.js';
import { kinds } from './generated/kinds.js';
import * as meter from './meter.js';
import { leftBy, throwAway } from './waiting/orphans.js';
import { Missing } from './store.js';
import { match } from './urls.js';
import { of } from './versions/looking.js';
import { editAndSend, endsLater } from './mending.js';
import { Moved, Tried, sendAgain } from './settle.js';
import * as list from './waiting/list.js';

const MOST = 100; // changes of one sort that are listed; the page of a thousand would be as slow as it is useless
const IN_JOURNAL = 'Discarded. What you wrote in it is in your journal now.';
const SIGN_IN = ['signed_out', 'other_person', 'other_device'];

/** The sync line of a screen, in words, and the screen to come back to when one has to sign in. @param {any} ctx */
export async function lineOf(ctx) {
  const trouble = await ctx.records.meta('trouble');
  return { ...state(await ctx.records.line(), trouble), next: SIGN_IN.includes(trouble) ? back(ctx) : null };
}

/**
 * @param {{state: string, waiting: number, refused: number, sendable: number}} line @param {string|null} trouble
 */
function state({ state, waiting, refused, sendable }, trouble) {
  if (state === 'sent') return { state, waiting, words: 'On the server' };
  if (state === 'refused' && sendable) return { state, waiting, words: `${sendable} to send · ${refused} not accepted` };
  if (state === 'refused') return { state, waiting, words: `Not accepted · ${refused}` };
  return { state, waiting, words: SIGN_IN.includes(trouble ?? '') ? 'Sign in to send' : `${waiting} to send` };
}

/** The screen that one is on; on *Waiting* the one before it; null where there is none. @param {any} ctx @returns {string|null} */
function back({ method, partial, request, url }) {
  const { pathname, search, searchParams } = new URL(partial ? request.headers.get('HX-Current-URL') ?? '' : url, url);
  if (method !== 'GET') return null;
  return match('GET', pathname)?.endpoint.startsWith('waiting.') ? searchParams.get('next') : pathname + search;
}

/** The texts that could not be joined, newest first. @param {any} ctx */
export async function kept(ctx) {
  const found = await ctx.records.shelf('kept');
  const owners = await ctx.records.many(found.map((/** @type {any} */ one) => one.fields.of || ''));
  return found.map((/** @type {any} */ one) => ({
    ...of(owners.get(one.fields.of || '')), id: one.id, since: parts(one.at, ctx.zone), text: one.fields.text || '',
  }));
}

/** @param {any} ctx */
export async function index(ctx) {
  const [found, line, drafts, contact, trouble, pause, used] = await Promise.all([
    ctx.records.pending(), ctx.records.line(), ctx.records.drafts(),
    ...['contact', 'trouble', 'pause', 'bytes'].map(name => ctx.records.meta(name))]);
  const isRefused = (/** @type {any} */ one) => one.state === 'refused', toSend = found.filter((/** @type {any} */ one) => !isRefused(one));
  const refused = found.filter(isRefused), reason = toSend.length ? await list.reason(ctx, { trouble, pause, sendable: line.sendable }) : '';
  return ctx.show('waiting/index.html', {
    device: true, contact: contact ? parts(contact, ctx.zone) : null, reason, sendable: line.sendable,
    until: reason === 'busy' ? parts(pause, ctx.zone) : null, size: meter.size(list.weight(toSend)),
    refused: await list.listed(ctx, refused.slice(0, MOST)), changes: await list.listed(ctx, toSend.slice(0, MOST)),
    more: Math.max(0, refused.length - MOST) + Math.max(0, toSend.length - MOST),
    drafts: await list.drafts(ctx, drafts), used: meter.told(used, meter.monthOf(ctx.now)),
    kept: await kept(ctx), back: back(ctx) ?? ctx.urlFor('waiting.index'),
  });
}

/** @param {any} ctx */
export const line = ctx => ctx.show('waiting/_line.html', {});

/** @param {any} ctx */
export async function send(ctx) {
  await device.sync({ tapped: true });
  return ctx.seeOther('waiting.index');
}

/** @param {any} ctx @param {string} id */
async function one(ctx, id) {
  const pending = await ctx.records.pending(), found = pending.find((/** @type {any} */ change) => change.id === id);
  if (!found) throw new Missing('change');
  const [shown] = await list.listed(ctx, [found]), deleted = pending.some((/** @type {any} */ above) => endsLater(found, above));
  return { found, shown: { ...shown, now: deleted ? 'deleted' : shown.binned ? 'binned' : '' } };
}

/**
 * It was settled while its form was open, or before its draft was gone on with: what was typed goes on top of the
 * record, as it came.
 * @param {any} ctx @param {string} id @param {unknown} error
 */
async function settled(ctx, id, error) {
  if (!(error instanceof Missing)) throw error;
  const { of, typed } = ctx.method === 'POST' ? { of: forms.line(ctx, 'record'), typed: [...ctx.form.keys()] } : await draftAt(ctx);
  const record = of && (await ctx.records.many([of])).get(of);
  if (!record) throw error;
  const names = list.written(record).filter(name => typed.includes(name));
  const found = { ...record, id, record: of, fields: Object.fromEntries(names.map(name => [name, record.fields[name]])), state: 'waiting' };
  return { found, shown: { ...list.change(ctx, found, record, new Map()), now: '' } };
}

/** The unfinished text that goes on here. @param {any} ctx */
async function draftAt(ctx) {
  const found = (await ctx.records.drafts()).find((/** @type {any} */ one) => one.form === ctx.url.pathname);
  return { of: found?.record, typed: Object.keys(found?.fields ?? {}) };
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const { found, shown } = await one(ctx, id).catch(error => settled(ctx, id, error)), names = list.written(found);
  if (ctx.method === 'GET') return editing(ctx, found, shown, found.fields, forms.opening(ctx, null, found.record), {});
  const typed = Object.fromEntries(names.map(name => [name, forms.text(ctx, name)])), fields = { ...found.fields, ...typed };
  const opening = forms.typedOpening(ctx), errors = forms.problems(found.kind, fields, found.fields);
  if (Object.keys(errors).length) return editing(ctx, found, shown, fields, opening, errors, 422);
  const wish = { id: opening.change, kind: found.kind, record: found.record, fields };
  const { moved } = await editAndSend(ctx.records, id, wish, { now: ctx.now });
  ctx.stored = true;
  await ctx.notice(moved ? forms.JOINED : '', { change: opening.change });
  return ctx.seeOther('waiting.index');
}

/** @param {any} ctx @param {any} found @param {any} shown @param {any} fields @param {any} opening @param {any} errors @param {number} [status] */
function editing(ctx, found, shown, fields, opening, errors, status = 200) {
  const known = kinds[found.kind].fields;
  const shownFields = list.written(found).map(name => ({ name, value: fields[name], long: known[name].type === 'prose' }));
  return ctx.show('waiting/edit.html', { change: shown, opening, errors, fields: shownFields }, status);
}

/** @param {any} ctx @param {{id: string}} args */
export async function discard(ctx, { id }) {
  if (ctx.method === 'POST') return throwAwayIfStill(ctx, id);
  const { found, shown } = await one(ctx, id), { texts } = await leftBy(ctx, found);
  return shown.discard ? ctx.show('waiting/discard.html', { change: shown, texts }) : tooLate(ctx);
}

/** A second tap finds nothing any more, and that is what was wanted. @param {any} ctx @param {string} id */
async function throwAwayIfStill(ctx, id) {
  try {
    const texts = await throwAway(ctx, id);
    ctx.stored = true;
    if (texts.length) await ctx.notice(IN_JOURNAL);
  } catch (error) {
    if (error instanceof Tried) return tooLate(ctx);
    if (error instanceof Moved) await ctx.notice('It changed while it was discarded. Nothing was.');
    else if (!(error instanceof Missing)) throw error;
  }
  return ctx.seeOther('waiting.index');
}

/** It was sent while the list was looked at. @param {any} ctx */
async function tooLate(ctx) {
  await ctx.notice('It may be on the server already, so it cannot be discarded here.');
  return ctx.seeOther('waiting.index');
}

/** Ask, then throw an unfinished text away; a second tap finds nothing any more. @param {any} ctx @param {{id: string}} args */
export async function drop(ctx, { id }) {
  if (ctx.method === 'POST') {
    await ctx.records.dropDraft(id);
    return ctx.seeOther('waiting.index');
  }
  const draft = (await ctx.records.drafts()).find((/** @type {any} */ one) => one.change === id);
  if (!draft) throw new Missing('draft');
  return ctx.show('waiting/drop.html', { draft: list.draft(ctx, draft) });
}

/** @param {any} ctx @param {{id: string}} args */
export async function again(ctx, { id }) {
  await sendAgain(ctx.records, id);
  ctx.stored = true;
  await device.sync({ tapped: true });
  return ctx.seeOther('waiting.index');
}
