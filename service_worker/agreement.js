// The agreement of a mentee and a mentor: what is in force, what changed when, a pause. The twin of mentorlog/agreement.
import * as looking from './agreement/looking.js';
import * as pausing from './agreement/pausing.js';
import * as writing from './agreement/writing.js';
import { dayParts } from './clock.js';
import * as forms from './forms.js';
import { today } from './goals/looking.js';
import { unsettled } from './pages.js';
import { note } from './sessions/undoing.js';
import { saidOf } from './view.js';

/** @typedef {Record<string, any>} Fields */

/** A card, the id of its agreement, and that once there is one. @param {any} ctx @param {string} card */
export async function found(ctx, card) {
  return { card: await ctx.records.find('partner', card), of: await looking.idOf(ctx, card), record: await looking.ofCard(ctx, card) };
}

/** What gives way to an unsent change, as the server will note it; null where nothing waits. @param {any} ctx @param {any} record @returns {Promise<Fields|null>} */
async function gone(ctx, record) {
  if (!record?.waiting) return null;
  const said = await ctx.records.read(['snapshot', 'former'], (/** @type {any} */ tx) => saidOf(tx, record.id));
  const change = (await ctx.records.pending()).findLast((/** @type {any} */ one) => one.record === record.id);
  return said?.fields && change && looking.isAgreed(said.fields) ? { ...said.fields, until: change.made_at } : null;
}

/** @param {any} ctx @param {{id: string}} args */
export async function show(ctx, { id }) {
  const { card, of, record } = await found(ctx, id);
  const agreement = looking.page(ctx, record, of, card, await gone(ctx, record), today(ctx));
  const sessions = await pausing.beside(ctx, id, agreement.until ? agreement.until.on : '');
  return ctx.show('agreement/show.html', { agreement, kept: await unsettled(ctx), sessions });
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const { card, of, record } = await found(ctx, id), fields = record ? record.fields : {};
  if (ctx.method === 'POST') return write(ctx, card, record, forms.typedOpening(ctx, record, of));
  const slots = fields.ways?.length ? writing.slots(fields.ways) : writing.suggested(card);
  return screen(ctx, card, forms.opening(ctx, record, of), writing.shown(fields, slots));
}

/** Take the form, or show it again: with what is wrong, or with its ways in another order. @param {any} ctx @param {any} card @param {any} record @param {any} opening */
export async function write(ctx, card, record, opening) {
  const slots = writing.typedSlots(ctx), fields = writing.typed(ctx), turned = forms.turned(ctx, slots);
  if (turned) return screen(ctx, card, opening, writing.shown(fields, writing.filledUp(turned)));
  Object.assign(fields, { ways: writing.typedWays(slots, opening.change), partner: card.id });
  const errors = writing.wrong(fields, slots, record ? record.fields : {}, today(ctx));
  if (Object.keys(errors).length) return screen(ctx, card, opening, writing.shown(fields, writing.filledUp(slots)), errors, 422);
  await forms.save(ctx, forms.change('agreement', writing.ownOnly(fields), opening));
  return ctx.seeOther('agreement.show', { id: card.id });
}

/** The form. @param {any} ctx @param {any} card @param {any} opening @param {Fields} form */
export const screen = (ctx, card, opening, form, errors = {}, status = 200) => ctx.show('agreement/form.html', {
  card: card.id, name: card.fields.name || '', opening, form, lengths: writing.lengths(form), errors,
}, status);

/** @param {any} ctx @param {{id: string}} args */
export async function pause(ctx, { id }) {
  const { card, of, record } = await found(ctx, id);
  if (ctx.method === 'GET') return untilWhen(ctx, card, record, forms.opening(ctx, record, of));
  const opening = forms.typedOpening(ctx, record, of);
  if (!ctx.form.has('end')) return rest(ctx, card, record, opening);
  await forms.save(ctx, forms.change('agreement', { partner: id, pause_until: null }, opening));
  await ctx.notice('The pause is over. Goals keep their dates.');
  return ctx.seeOther('agreement.show', { id });
}

/** Take a pause, or say what is wrong with its end; when that moved, show first which sessions it would cancel. @param {any} ctx @param {any} card @param {any} record @param {any} opening */
export async function rest(ctx, card, record, opening) {
  const on = today(ctx), until = pausing.until(pausing.typed(ctx, on)), errors = pausing.wrong(until, on), { id } = card;
  if (until && !errors.pause_on) {
    const rows = await pausing.told(ctx, id);
    if (pausing.differs(ctx, rows, until) || pausing.countsAnew(ctx, until)) return untilWhen(ctx, card, record, opening, {}, 200, true);
    const left = await pausing.leftAlone(ctx, id, rows, until);
    const made = await pausing.changes(ctx, opening, id, until, pausing.ticked(ctx, rows, until)), words = pausing.inWords(made.length - 1, left);
    const by = pausing.days(await pausing.rested(ctx), until, on);
    const [moved, kept] = await pausing.moved(ctx, made.slice(1).map(one => one.record), by, on);
    await forms.save(ctx, ...made, ...await Promise.all(moved.map(([one, fields]) => forms.further(made[0], 'goal', fields, one))));
    if (moved.length) await note(ctx, opening.change, [{ id: opening.record, kind: 'agreement', fields: {} }, ...moved.map(([one]) => one)]);
    if (words) await ctx.notice(words);
    const said = pausing.movedInWords(moved.length, kept), undo = ctx.urlFor('sessions.undo_pause', { id, of: opening.change });
    if (said) await ctx.notice(said, moved.length ? { undo } : {});
    return ctx.seeOther('agreement.show', { id });
  }
  return untilWhen(ctx, card, record, opening, errors, 422);
}

/** The form of a pause, with the sessions before its end ticked. @param {any} ctx @param {any} card @param {any} record @param {any} opening @param {Record<string, string>} [errors] @param {number} [status] @param {boolean} [again] they are others than when it was sent */
export async function untilWhen(ctx, card, record, opening, errors = {}, status = 200, again = false) {
  const on = today(ctx), fields = record ? record.fields : {}, form = pausing.typed(ctx, on), until = pausing.until(form) ?? '';
  const end = errors.pause_on || pausing.wrong(until, on).pause_on ? '' : until;
  const sessions = pausing.shown(ctx, await pausing.told(ctx, card.id), end), gone = sessions.filter(one => one.ticked).map(one => one.id);
  return ctx.show('agreement/pause.html', {
    card: card.id, name: card.fields.name || '', opening, form, days: pausing.offered(on).map(dayParts),
    sessions, seen: end || pausing.seen(ctx), again, errors, rests: looking.until(fields, on),
    goals: await pausing.goalsShown(ctx, gone, end, on),
  }, status);
}
