// Questions: sets to choose from, one's own among them, and worksheets, a person's answers to one of them.
// The twin of mentorlog/questions.
import { parts } from './clock.js';
import * as forms from './forms.js';
import * as goals from './goals/looking.js';
import { nameId } from './ids.js';
import { unsettled } from './pages.js';
import { clean, words } from './prose.js';
import * as aiming from './questions/aiming.js';
import * as answering from './questions/answering.js';
import * as arranging from './questions/arranging.js';
import * as choosing from './questions/choosing.js';
import * as sets from './questions/sets.js';

export { makeSet as new } from './questions/own.js';
export { copySet as copy } from './questions/own.js';
export { editSet as edit } from './questions/own.js';
export { deleteSet as delete_set } from './questions/own.js';
export { bringBackSet as bring_back_set } from './questions/own.js';

const NEAR = 12; // worksheets that the list of sets looks at
const MOST_ROWS = 3; // of each kind, on the list of sets
const PAGE = 20; // worksheets
const SESSIONS = 100, GOALS = 12; // looked at, to know what fits now
const EARLIER = 50; // answers to what are you looking for
const ALREADY = 'You use this set for that session already. Its questions stand above, with what you chose here: look once '
  + 'more, then use them.';

/** @typedef {Record<string, any>} Fields */

/** The id of the session for which a set is chosen, '' when the address names none. @param {any} ctx @returns {Promise<string>} */
export async function named(ctx) {
  const id = ctx.url.searchParams.get('session') ?? '';
  return id ? (await ctx.records.find('session', id)).id : '';
}

/** The word, '' if it is none of these. @param {string[]} words @param {string|null} word */
export const oneOf = (words, word) => (word !== null && words.includes(word) ? word : '');

/** The list that is asked for. @param {any} ctx @param {string} session for which one a set is chosen; '' for the next one there is */
export async function listed(ctx, session) {
  const asked = ctx.url.searchParams, q = [...clean(asked.get('q') ?? '')].slice(0, choosing.LONGEST_QUERY).join('');
  const time = oneOf([...choosing.TIMES.keys(), choosing.OWN], asked.get('time'));
  const situation = oneOf(choosing.SITUATIONS, asked.get('situation'));
  const near = await choosing.meetings(ctx, session), every = await sets.everything(ctx);
  const meeting = near.find((/** @type {any} */ one) => one.id === session) ?? near[0] ?? null;
  const asks = Boolean(words(q).length || time || situation);
  return {
    q, time, situation, asks, meeting, session: meeting ? meeting.id : '', count: every.length,
    found: asks ? choosing.lookedFor(every, q, time, situation) : [], ...asks ? {} : await firstPage(ctx, every, meeting),
  };
}

/** What the list shows before anything is asked of it. @param {any} ctx @param {sets.Set[]} every @param {any} meeting */
export async function firstPage(ctx, every, meeting) {
  const found = await ctx.records.shelf('worksheet', { limit: NEAR }), asked = await answering.asked(ctx, found);
  const items = found.map((/** @type {any} */ sheet) => answering.item(sheet, asked.get(sheet.id) ?? [], ctx.zone));
  const [last] = await aiming.said(ctx, 1), aims = aiming.aims(last ?? null);
  const own = every.filter(one => one.own).map(one => choosing.row(one));
  return {
    going: items.filter((/** @type {any} */ one) => one.open).slice(0, MOST_ROWS),
    done: items.filter((/** @type {any} */ one) => !one.open).slice(0, MOST_ROWS), sheets: items, aims,
    offered: choosing.offered(every, { ...await now(ctx, meeting), ...choosing.used(found, meeting), aims }),
    situations: choosing.situations(every), own: own.slice(0, MOST_ROWS), owned: own.length,
  };
}

/** What fits now, see choosing.offered. @param {any} ctx @param {any} meeting */
export async function now(ctx, meeting) {
  const sessions = await ctx.records.shelf('session', { limit: SESSIONS }), found = await ctx.records.shelf('goal', { limit: GOALS });
  /** @type {string[]} */
  const ids = await Promise.all(found.map((/** @type {any} */ goal) => goals.ratingId(ctx, goal.id)));
  const ratings = await ctx.records.many(ids), on = meeting ? meeting.start.on : parts(ctx.now, ctx.zone).on;
  const rated = found.map((/** @type {any} */ goal, /** @type {number} */ at) => ({ ...goal, rating: goals.said(ratings.get(ids[at])) }));
  return {
    first: !sessions.some((/** @type {any} */ one) => one.fields.state === 'held'), goal: goals.due(goals.openOnes(rated), on) !== null,
  };
}

/** @param {any} ctx */
export const index = async ctx => ctx.show('questions/index.html', await listed(ctx, await named(ctx)));

/** @param {any} ctx */
export async function aim(ctx) {
  const before = await aiming.said(ctx, EARLIER), last = before[0] ?? null;
  if (ctx.method === 'GET') return lookingFor(ctx, before, forms.opening(ctx), aiming.shown(last ? last.fields : {}), {});
  const opened = forms.typedOpening(ctx), fields = aiming.typed(ctx), errors = aiming.wrong(fields);
  if (Object.keys(errors).length) return lookingFor(ctx, before, opened, aiming.shown(fields), errors);
  if (aiming.isNews(last, fields)) await forms.save(ctx, forms.change('aim', fields, opened));
  return ctx.seeOther('questions.index');
}

/** The form, and what was said before, the newest first. @param {any} ctx @param {any[]} before @param {any} opening @param {Fields} form @param {Record<string, string>} errors */
export const lookingFor = (ctx, before, opening, form, errors) => ctx.show('questions/aim.html', {
  opening, form, errors, said: before.map(one => aiming.item(one, ctx.zone)),
}, Object.keys(errors).length ? 422 : 200);

/** @param {any} ctx */
export async function worksheets(ctx) {
  const after = ctx.url.searchParams.get('after') ?? '', start = (await ctx.records.many([after])).get(after) ?? null;
  const found = await ctx.records.shelf('worksheet', { after: start, limit: PAGE + 1 }), shown = found.slice(0, PAGE);
  const asked = await answering.asked(ctx, shown);
  const items = shown.map((/** @type {any} */ sheet) => answering.item(sheet, asked.get(sheet.id) ?? [], ctx.zone));
  return ctx.show('questions/worksheets.html', { sheets: items, first: start === null, older: found.length > PAGE ? items[PAGE - 1].id : '' });
}

/** @param {any} ctx @param {{set: string}} args */
export async function set_page(ctx, { set }) {
  const one = await sets.find(ctx, set), there = await named(ctx), session = await wanted(ctx, there);
  const sheet = await choosing.known(ctx, session, set);
  const id = session ? await choosing.sheetId(ctx, session, set) : '';
  if (ctx.method === 'GET') return choice(ctx, one, session, sheet, forms.opening(ctx, sheet, id), arranging.atFirst(one, sheet));
  if (session === there) return use(ctx, one, session, sheet, forms.typedOpening(ctx, sheet, id));
  const opened = await forAnother(ctx, sheet, id);
  if (!sheet || [opened.base, opened.after].includes(opened.change)) return use(ctx, one, session, sheet, opened);
  const chosen = arranging.joined(ctx, one, await choosing.known(ctx, there, set), sheet);
  return choice(ctx, one, session, sheet, opened, chosen, { session: ALREADY });
}

/** The id of the session that the form is for. @param {any} ctx @param {string} there the one of its address, which holds where it names none */
export async function wanted(ctx, there) {
  const id = ctx.form?.has('session') ? forms.line(ctx, 'session') : there;
  return id ? (await ctx.records.find('session', id)).id : '';
}

/** The hidden fields of a form that was opened for another session than it is sent for: its change stays, and stands on the worksheet of the session that was chosen. @param {any} ctx @param {any} sheet @param {string} id */
export async function forAnother(ctx, sheet, id) {
  const change = forms.line(ctx, 'change');
  const opened = forms.opening(ctx, sheet, id || (change && await nameId(change, 'worksheet')));
  return { ...opened, ...change ? { change } : {} };
}

/** The page of a set, with the list beside it on a desktop. @param {any} ctx @param {sets.Set} one @param {string} session @param {any} sheet @param {any} opening @param {string[]} chosen @param {Record<string, string>} [errors] */
export async function choice(ctx, one, session, sheet, opening, chosen, errors = {}) {
  const beside = await listed(ctx, session), rows = sheet ? (await answering.asked(ctx, [sheet])).get(sheet.id) ?? [] : [];
  return ctx.show('questions/set_page.html', {
    opening, errors, chosen: session, set: { ...choosing.row(one), when: one.when_to_use, binned: one.binned },
    form: arranging.shown(ctx, one, sheet, chosen, answering.answered(rows)), sessions: await choosing.meetings(ctx, session), ...beside,
    sheet: sheet ? answering.item(sheet, rows, ctx.zone) : null,
    before: beside.sheets.filter((/** @type {any} */ other) => other.set === one.id), kept: await unsettled(ctx),
  }, Object.keys(errors).length ? 422 : 200);
}

/** Make the worksheet, or change which questions are in it; or say what is wrong. *Up* writes nothing. @param {any} ctx @param {sets.Set} one @param {string} session @param {any} sheet @param {any} opened */
export async function use(ctx, one, session, sheet, opened) {
  const picked = await arranging.picked(ctx, one, sheet, opened.record);
  if (picked.moved || Object.keys(picked.errors).length) return choice(ctx, one, session, sheet, opened, picked.chosen, picked.errors);
  const rows = sheet ? (await answering.asked(ctx, [sheet])).get(sheet.id) ?? [] : [];
  const questions = arranging.arranged(sheet, picked, answering.answered(rows));
  const fields = { set: one.id, title: one.title, session: session || null, questions };
  const binned = sheet && sheet.fields.binned_at ? rows : [];
  const id = await forms.save(ctx, ...await answering.withAnswers(binned, fields, opened, null));
  return ctx.seeOther('questions.worksheet', { id });
}

/** @param {any} ctx @param {{id: string}} args */
export async function arrange(ctx, { id }) {
  const sheet = await ctx.records.find('worksheet', id), one = await arranging.setOf(ctx, sheet);
  const rows = (await answering.asked(ctx, [sheet])).get(id) ?? [];
  if (ctx.method === 'GET') return arrangement(ctx, one, sheet, rows, forms.opening(ctx, sheet), arranging.atFirst(one, sheet));
  const opened = forms.typedOpening(ctx, sheet), picked = await arranging.picked(ctx, one, sheet, id);
  if (picked.moved || Object.keys(picked.errors).length) return arrangement(ctx, one, sheet, rows, opened, picked.chosen, picked.errors);
  const questions = arranging.arranged(sheet, picked, answering.answered(rows));
  await forms.save(ctx, forms.change('worksheet', { questions }, opened));
  return ctx.seeOther('questions.worksheet', { id });
}

/** The page on which the questions of a worksheet are chosen. @param {any} ctx @param {any} one @param {any} sheet @param {answering.Asked} rows @param {any} opening @param {string[]} chosen @param {Record<string, string>} [errors] */
export const arrangement = (ctx, one, sheet, rows, opening, chosen, errors = {}) => ctx.show('questions/arrange.html', {
  opening, errors, sheet: answering.item(sheet, rows, ctx.zone), form: arranging.shown(ctx, one, sheet, chosen, answering.answered(rows)),
}, Object.keys(errors).length ? 422 : 200);

export { showSheet as worksheet } from './questions/sheets.js';
export { showAnswers as answers } from './questions/sheets.js';
export { showTalk as talk } from './questions/sheets.js';
export { tickDiscussed as discussed } from './questions/sheets.js';
export { deleteSheet as delete } from './questions/sheets.js';
export { bringBackSheet as bring_back } from './questions/sheets.js';
