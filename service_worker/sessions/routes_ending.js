// How a session ends: cancelled, held, missed, or logged afterwards. Twin: mentorlog/sessions/routes_ending.py.
import * as agenda from '../agenda.js';
import { bounds } from '../agreement/looking.js';
import { parts } from '../clock.js';
import * as forms from '../forms.js';
import * as partners from '../partners.js';
import { SPACE } from '../prose.js';
import { noted } from '../turns.js';
import * as beginning from './beginning.js';
import { both, item } from './looking.js';
import * as moving from './moving.js';
import { noticed } from './notice.js';
import { page } from './page.js';
import { changes, shown, typed, whom, wrong } from './planning.js';

const AHEAD = 'That is still to come. Plan it instead, or choose an earlier hour.';
const WHO = 'Write a name, or choose one of your cards.';
const ENTRY = 3; // number of the change of the form that writes the entry; the card of a name is number 2

/** @typedef {Record<string, any>} Fields */
/** @typedef {Map<string, any>} Cards */

/** @param {any} ctx @param {{id: string}} args */
export async function cancel(ctx, { id }) {
  const record = await ctx.records.find('session', id);
  if (ctx.method === 'GET') return cancelling(ctx, record, forms.opening(ctx, record), '', {});
  const opening = forms.typedOpening(ctx, record), fields = { state: 'cancelled', why: forms.line(ctx, 'why') };
  const others = forms.line(ctx, 'which') === moving.AFTER ? await moving.behind(ctx, record) : [];
  const errors = forms.problems('session', fields);
  if (Object.keys(errors).length) return cancelling(ctx, record, opening, fields.why, errors);
  const first = forms.change('session', noted(ctx, record, fields, opening.change), opening);
  await forms.save(ctx, first, ...await moving.changes(ctx, first, 'session', others.map(([, one]) => [one, fields])));
  const undo = ctx.urlFor('sessions.resume', { id, together: first.id });
  if (others.length) await ctx.notice(`${others.length + 1} sessions cancelled.`, { undo });
  else await ctx.notice('Session cancelled.', { undo: ctx.urlFor('sessions.resume', { id }) });
  return ctx.seeOther('sessions.index');
}

/** The question before a session is cancelled. @param {any} ctx @param {any} record @param {any} opening @param {string} why @param {Record<string, string>} errors */
async function cancelling(ctx, record, opening, why, errors) {
  const cards = await partners.cards(ctx), session = item(ctx, record, cards), status = Object.keys(errors).length ? 422 : 200;
  const move = await moving.shown(ctx, record);
  return ctx.show('sessions/cancel.html', { session, opening, why, errors, move, notice: noticed(ctx, record, cards) }, status);
}

/** @param {any} ctx @param {{id: string}} args */
export async function resume(ctx, { id }) {
  const record = await ctx.records.find('session', id), fields = { state: 'planned' };
  const others = await moving.cancelledWith(ctx, record, ctx.url.searchParams.get('together') ?? '');
  const opening = forms.typedOpening(ctx, record);
  const first = forms.change('session', noted(ctx, record, fields, opening.change), opening);
  await forms.save(ctx, first, ...await moving.changes(ctx, first, 'session', others.map(one => [one, fields])));
  if (!others.length) return ctx.seeOther('sessions.show', { id });
  await ctx.notice(`${others.length + 1} sessions are planned again.`);
  return ctx.seeOther('sessions.index');
}

/** @param {any} ctx @param {{id: string}} args */
export async function held(ctx, { id }) {
  const record = await ctx.records.find('session', id), chosen = forms.line(ctx, 'state');
  const opening = forms.typedOpening(ctx, record);
  if (!agenda.DONE.includes(chosen)) return page(ctx, record, null, null, { state: 'Choose one of the answers offered.' }, 422);
  await forms.save(ctx, forms.change('session', noted(ctx, record, { state: chosen }, opening.change), opening));
  return ctx.seeOther('sessions.show', { id });
}

/** @param {any} ctx */
export async function past(ctx) {
  const cards = await partners.cards(ctx);
  if (ctx.method === 'GET') return logging(ctx, forms.opening(ctx), shown(await beginning.logged(ctx, cards)), '', cards, {});
  const opening = forms.typedOpening(ctx), fields = typed(ctx), name = forms.line(ctx, 'partner_name'), stuck = lesson(ctx);
  fields.partner = whom(fields.partner, name, cards);
  const errors = wrongPast(ctx, fields, name, cards, stuck), isFine = !Object.keys(errors).length;
  const met = isFine ? await moving.met(ctx, opening.record, fields, []) : moving.NONE_MET;
  if (!isFine || met.clash.length) return logging(ctx, opening, shown(fields, name), stuck, cards, errors, met);
  const made = await changes({ ...fields, state: 'held' }, name, opening);
  const about = { lesson: stuck, session: made[0].record };
  const entry = stuck ? [await forms.anew(made[0], ENTRY, 'entry', about)] : [];
  return ctx.seeOther('sessions.show', { id: await forms.save(ctx, ...made, ...entry) });
}

/** Field to words: as when one is planned, and it has to be over. @param {any} ctx @param {Fields} fields @param {string} name @param {Cards} cards @param {string} stuck */
export function wrongPast(ctx, fields, name, cards, stuck) {
  const found = wrong(fields, name, cards), about = forms.problems('entry', { lesson: stuck });
  if (!Object.keys(found).length && moving.instant(fields) > ctx.now) found.starts_on = AHEAD;
  if (cards.size && !fields.partner && !name) found.partner_name = WHO;
  return { ...found, ...about.lesson ? { stuck: about.lesson } : {} };
}

/** What stuck, as it was typed; nothing but space is nothing. @param {any} ctx */
export function lesson(ctx) {
  const text = forms.text(ctx, 'stuck');
  return text.replace(SPACE, '') ? text : '';
}

/** The form of a session that took place. @param {any} ctx @param {any} opening @param {Fields} form @param {string} stuck @param {Cards} cards @param {Record<string, string>} errors @param {moving.Met} [met] */
function logging(ctx, opening, form, stuck, cards, errors, { clash, overlap } = moving.NONE_MET) {
  const today = parts(ctx.now, ctx.zone).on;
  return ctx.show('sessions/past.html', {
    opening, form, stuck, errors, lengths: agenda.LENGTHS.map(one => [one, one]), cards: [...cards.values()].map(partners.item),
    today, clocks: both(ctx, form, cards), fit: null, agreed: bounds({}, today), logs: true,
    clash: clash.map(one => item(ctx, one, cards)), overlap,
  }, Object.keys(errors).length || clash.length ? 422 : 200);
}
