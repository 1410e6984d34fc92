// The screens of the sessions: when two people meet, by which channel, and what became of it. The twin of
// mentorlog/sessions/routes.py.
import * as agenda from './agenda.js';
import { pauses } from './agreement/looking.js';
import { iso, parse, parts } from './clock.js';
import * as forms from './forms.js';
import * as partners from './partners.js';
import { item, until } from './sessions/looking.js';
import { page } from './sessions/page.js';

const PAGE = 50;

/** The page of the list that is asked for: what comes, what was to come and is off, and 50 of those before. @param {any} ctx */
export async function listed(ctx) {
  const id = ctx.url.searchParams.get('after') ?? '', start = (await ctx.records.many([id])).get(id) ?? null;
  const today = parts(ctx.now, ctx.zone);
  const near = start ? [] : await agenda.ahead(ctx);
  const ahead = near.filter(record => !agenda.over(record, ctx.now));
  const coming = ahead.filter(record => agenda.state(record) === 'planned');
  const lately = near.filter(record => agenda.over(record, ctx.now)).reverse();
  const edge = start ?? { at: iso(parse(ctx.now) - agenda.LONGEST), id: '' };
  const before = [...lately, ...await ctx.records.shelf('session', { after: edge, limit: PAGE + 1 })];
  const cards = await partners.cards(ctx), given = await agenda.numbers(ctx);
  return {
    coming: coming.map(record => item(ctx, record, cards, given)),
    off: ahead.filter(record => agenda.state(record) !== 'planned').map(record => item(ctx, record, cards)),
    before: before.slice(0, PAGE).map(record => item(ctx, record, cards, given)),
    older: before.length > PAGE ? before[PAGE - 1].id : '', first: start === null,
    lines: coming.length ? await agenda.count(ctx, coming[0]) : 0, today, until: until(ctx, near),
    pauses: pauses(cards, today.on),
    cards: [...cards.values()].map(card => partners.row(ctx, card)),
  };
}

/** @param {any} ctx */
export const index = async ctx => ctx.show('sessions/index.html', await listed(ctx));

/** @param {any} ctx @param {{id: string}} args */
export const show = async (ctx, { id }) => page(ctx, await ctx.records.find('session', id));

/** @param {any} ctx @param {{id: string}} args */
export async function notes(ctx, { id }) {
  const record = await ctx.records.find('session', id);
  const opening = forms.typedOpening(ctx, record), text = forms.text(ctx, 'notes');
  const errors = forms.problems('session', { notes: text });
  if (Object.keys(errors).length) return page(ctx, record, text, opening, errors, 422);
  await forms.save(ctx, forms.change('session', { notes: text }, opening));
  return ctx.seeOther('sessions.show', { id });
}

export { cancel, resume, held, past } from './sessions/routes_ending.js';
export { fallback } from './sessions/routes_fallback.js';
export { new, edit, undo, undo_pause } from './sessions/routes_planning.js';
