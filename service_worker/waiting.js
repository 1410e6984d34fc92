// What is not on the server, and why: each change, what was refused, drafts, kept versions. The twin of mentorlog/waiting.py.
import { parts } from './clock.js';
import * as device from './device.js';
import * as forms from './forms.js';
import { kinds } from './generated/kinds.js';
import { words } from './kinds.js';
import * as search from './search.js';
import { Missing } from './store.js';
import { Tried, discard as throwAway, editAndSend, sendAgain } from './settle.js';

const TROUBLE = new Map(Object.entries({
  signed_out: 'You are signed out here. Sign in, and it is sent.',
  other_person: 'Another person is signed in with the server. Sign in as yourself, and it is sent.',
  other_device: 'The server knows this device by another name. Sign in again, and it is sent.',
  upgrade: 'This version of the app is too old for the server. Take the new version, and it is sent.',
  revoked: 'This device was signed out from elsewhere.',
  no_room: 'There is no room left on this device.',
}));
const UNREACHED = 'No answer from the server since then.';
const OURS = 'server_error'; // nothing in the text is to be changed
const WRITTEN = ['prose', 'line'];

/** The sync line in words. @param {{state: string, waiting: number, refused: number}} line @param {string|null} trouble */
export function state({ state, waiting, refused }, trouble) {
  if (state === 'sent') return { state, waiting, words: 'On the server' };
  if (state === 'refused') return { state, waiting, words: `Not accepted · ${refused}` };
  return { state, waiting, words: trouble === 'signed_out' ? 'Sign in to send' : `${waiting} to send` };
}

/** The fields of a change that hold words. @param {any} change */
export function written({ kind, fields }) {
  const known = kinds[kind]?.fields ?? {};
  return Object.keys(fields).filter(name => WRITTEN.includes(known[name]?.type) && typeof fields[name] === 'string');
}

/** A change as the list prints it. @param {any} ctx @param {any} change @param {any} record */
export function change(ctx, { id, kind, record: of, fields, made_at, state, why, field }, record) {
  const names = written({ kind, fields });
  return {
    id, what: search.WHAT.get(kind) ?? kind, title: record ? search.title(record) : '', kind, of,
    since: parts(made_at ?? ctx.now, ctx.zone), why: why ? words(why, kind, field) : '',
    text: names.map(name => fields[name]).filter(Boolean).join('\n\n'), state,
    edit: names.length > 0 && state !== 'tried', discard: state !== 'tried',
    again: state === 'refused' && (why === OURS || !names.length),
  };
}

/** What a kept text belongs to: in words, by name, and where it is read. @param {any} record */
export function about(record) {
  if (!record) return { what: 'A page that is deleted', title: '', url: '' };
  return { what: search.WHAT.get(record.kind), title: search.title(record), url: search.address(record) };
}

/** The texts that could not be joined, newest first. @param {any} ctx */
export async function kept(ctx) {
  const found = await ctx.records.shelf('kept');
  const owners = await ctx.records.many(found.map((/** @type {any} */ one) => one.fields.of || ''));
  return found.map((/** @type {any} */ one) => ({
    ...about(owners.get(one.fields.of || '')), id: one.id, since: parts(one.at, ctx.zone),
    text: one.fields.text || '', opening: forms.opening(ctx, one),
  }));
}

/** @param {any} ctx @param {any} draft */
const draft = (ctx, { kind, fields, form, at }) => ({
  what: search.WHAT.get(kind) ?? kind, title: fields.title?.[0] || fields.text?.[0]?.slice(0, 60) || '',
  since: parts(at, ctx.zone), url: form,
});

/** @param {any} ctx */
async function pending(ctx) {
  const found = await ctx.records.pending();
  const records = await ctx.records.many(found.map((/** @type {any} */ one) => one.record));
  return found.map((/** @type {any} */ one) => change(ctx, one, records.get(one.record)));
}

/** Why nothing came back. @param {any} ctx @param {string|null} pause until when the server wants to be left alone */
const unsent = (ctx, pause) =>
  pause && pause > ctx.now ? `The server is busy. It asked to be left alone until ${parts(pause, ctx.zone).time}; then it is sent.` : UNREACHED;

/** @param {any} ctx */
export async function index(ctx) {
  const [changes, line, drafts, contact, trouble, pause] = await Promise.all([
    pending(ctx), ctx.records.line(), ctx.records.drafts(), ...['contact', 'trouble', 'pause'].map(name => ctx.records.meta(name))]);
  const refused = changes.filter((/** @type {any} */ one) => one.state === 'refused');
  const why = changes.length ? TROUBLE.get(trouble) ?? (line.sendable ? unsent(ctx, pause) : '') : '';
  return ctx.show('waiting/index.html', {
    device: true, contact: contact ? parts(contact, ctx.zone) : null, why, sendable: line.sendable, refused,
    changes: changes.filter((/** @type {any} */ one) => one.state !== 'refused'),
    drafts: drafts.map((/** @type {any} */ one) => draft(ctx, one)), kept: await kept(ctx),
  });
}

/** @param {any} ctx */
export const line = ctx => ctx.show('waiting/_line.html', {});

/** @param {any} ctx */
export async function send(ctx) {
  await device.sync(true);
  return ctx.seeOther('waiting.index');
}

/** @param {any} ctx @param {string} id */
async function one(ctx, id) {
  const found = (await ctx.records.pending()).find((/** @type {any} */ change) => change.id === id);
  if (!found) throw new Missing('change');
  return { found, shown: change(ctx, found, (await ctx.records.many([found.record])).get(found.record)) };
}

/**
 * It was settled while its form was open: what was typed goes on top of the record, as it came.
 * @param {any} ctx @param {string} id @param {unknown} error
 */
async function settled(ctx, id, error) {
  const of = ctx.method === 'POST' && forms.line(ctx, 'record'), record = of && (await ctx.records.many([of])).get(of);
  if (!(error instanceof Missing) || !record) throw error;
  const names = written(record).filter(name => ctx.form.has(name));
  const found = { ...record, id, record: of, fields: Object.fromEntries(names.map(name => [name, record.fields[name]])), state: 'waiting' };
  return { found, shown: change(ctx, found, record) };
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const { found, shown } = await one(ctx, id).catch(error => settled(ctx, id, error)), names = written(found);
  if (ctx.method === 'GET') return editing(ctx, found, shown, found.fields, forms.opening(ctx, null, found.record), {});
  const typed = Object.fromEntries(names.map(name => [name, forms.text(ctx, name)])), fields = { ...found.fields, ...typed };
  const opening = forms.typedOpening(ctx), errors = forms.problems(found.kind, fields);
  if (Object.keys(errors).length) return editing(ctx, found, shown, fields, opening, errors, 422);
  await editAndSend(ctx.records, id, { id: opening.change, kind: found.kind, record: found.record, fields }, { now: ctx.now });
  ctx.stored = true;
  await ctx.notice('', { change: opening.change });
  return ctx.seeOther('waiting.index');
}

/** @param {any} ctx @param {any} found @param {any} shown @param {any} fields @param {any} opening @param {any} errors @param {number} [status] */
function editing(ctx, found, shown, fields, opening, errors, status = 200) {
  const known = kinds[found.kind].fields;
  const list = written(found).map(name => ({
    name, label: name[0].toUpperCase() + name.slice(1).replaceAll('_', ' '), value: fields[name], long: known[name].type === 'prose',
  }));
  return ctx.show('waiting/edit.html', { change: shown, opening, errors, fields: list }, status);
}

/** @param {any} ctx @param {{id: string}} args */
export async function discard(ctx, { id }) {
  if (ctx.method === 'POST') return throwAwayIfStill(ctx, id);
  const { shown } = await one(ctx, id);
  return shown.discard ? ctx.show('waiting/discard.html', { change: shown }) : tooLate(ctx);
}

/** A second tap finds nothing any more, and that is what was wanted. @param {any} ctx @param {string} id */
async function throwAwayIfStill(ctx, id) {
  try {
    await throwAway(ctx.records, id);
    ctx.stored = true;
  } catch (error) {
    if (error instanceof Tried) return tooLate(ctx);
    if (!(error instanceof Missing)) throw error;
  }
  return ctx.seeOther('waiting.index');
}

/** It was sent while the list was looked at. @param {any} ctx */
async function tooLate(ctx) {
  await ctx.notice('It may be on the server already, so it cannot be discarded here.');
  return ctx.seeOther('waiting.index');
}

/** @param {any} ctx @param {{id: string}} args */
export async function again(ctx, { id }) {
  await sendAgain(ctx.records, id);
  ctx.stored = true;
  await device.sync(true);
  return ctx.seeOther('waiting.index');
}

/** @param {any} ctx @param {{id: string}} args */
export async function put_away(ctx, { id }) {
  const record = await ctx.records.find('kept', id);
  await forms.save(ctx, forms.change('kept', { binned_at: ctx.now }, forms.typedOpening(ctx, record)));
  return ctx.seeOther('waiting.index');
}
