// Questions: sets to choose from, and worksheets, a person's answers to one of them. The twin of mentorlog/questions.
import * as forms from './forms.js';
import { linked, meeting } from './goals/looking.js';
import { offered } from './goals/planning.js';
import { clean } from './prose.js';
import * as answering from './questions/answering.js';
import * as choosing from './questions/choosing.js';
import { Missing } from './store.js';

const PAGE = 12; // worksheets

/** @typedef {Record<string, any>} Fields */

/** The id of the session for which a set is chosen, '' when the address names none. @param {any} ctx @returns {Promise<string>} */
export async function named(ctx) {
  const id = ctx.url.searchParams.get('session') ?? '';
  return id ? (await ctx.records.find('session', id)).id : '';
}

/** The list that is asked for: worksheets to go on with, sets by phase, worksheets that are done. @param {any} ctx @param {string} session */
export async function listed(ctx, session) {
  const after = ctx.url.searchParams.get('after') ?? '', start = (await ctx.records.many([after])).get(after) ?? null;
  const found = await ctx.records.shelf('worksheet', { after: start, limit: PAGE + 1 });
  /** @type {any[]} */
  const sheets = found.slice(0, PAGE), asked = await answering.asked(ctx, sheets);
  const items = sheets.map(sheet => answering.item(sheet, asked.get(sheet.id) ?? [], ctx.zone));
  const q = [...clean(ctx.url.searchParams.get('q') ?? '')].slice(0, choosing.LONGEST_QUERY).join('');
  const time = ctx.url.searchParams.get('time') ?? '';
  return {
    going: items.filter(one => one.open), done: items.filter(one => !one.open),
    older: found.length > PAGE ? items[PAGE - 1].id : '', first: start === null, session,
    q, time: choosing.TIMES.has(time) ? time : '', phases: choosing.offered(q, time),
  };
}

/** @param {any} ctx */
export const index = async ctx => ctx.show('questions/index.html', await listed(ctx, await named(ctx)));

/** @param {any} ctx @param {{set: string}} args */
export async function set_page(ctx, { set }) {
  const one = choosing.find(set);
  if (!one) throw new Missing(set);
  const session = await named(ctx), sheet = await choosing.known(ctx, session, set);
  const id = session ? await choosing.sheetId(ctx, session, set) : '';
  if (ctx.method === 'GET') return choice(ctx, one, session, sheet, forms.opening(ctx, sheet, id), choosing.ticked(one, sheet));
  const opened = forms.typedOpening(ctx, sheet, id);
  return use(ctx, one, session, sheet, { ...opened, record: id || opened.record });
}

/** The page of a set, with the list beside it on a desktop. @param {any} ctx @param {Fields} one @param {string} session @param {any} sheet @param {any} opened @param {string[]} ticked @param {Record<string, string>|null} [errors] */
export async function choice(ctx, one, session, sheet, opened, ticked, errors = null) {
  const beside = await listed(ctx, session), rows = await answering.asked(ctx, sheet ? [sheet] : []);
  return ctx.show('questions/set_page.html', {
    set: choosing.withTicks(one, ticked), opening: opened, errors: errors ?? {}, sessions: await offered(ctx, session), ...beside,
    sheet: sheet ? answering.item(sheet, rows.get(sheet.id) ?? [], ctx.zone) : null,
    before: [...beside.going, ...beside.done].filter(other => other.set === one.id),
  }, errors ? 422 : 200);
}

/** Make the worksheet, or change which questions are in it; or say what is wrong. @param {any} ctx @param {Fields} one @param {string} session @param {any} sheet @param {any} opened */
export async function use(ctx, one, session, sheet, opened) {
  const ticked = ctx.form.getAll('question').map(String), fields = choosing.used(one, ticked, session, sheet);
  if (!fields.questions.length) {
    return choice(ctx, one, session, sheet, opened, ticked, { question: 'Tick a question first. One is enough.' });
  }
  const binned = sheet && sheet.fields.binned_at ? (await answering.asked(ctx, [sheet])).get(sheet.id) ?? [] : [];
  const id = await forms.save(ctx, ...await answering.withAnswers(binned, fields, opened, null));
  return ctx.seeOther('questions.worksheet', { id });
}

/** A worksheet with its questions and answers. @param {any} ctx @param {string} id */
async function opened(ctx, id) {
  const sheet = await ctx.records.find('worksheet', id);
  return { sheet, rows: (await answering.asked(ctx, [sheet])).get(id) ?? [] };
}

/** @param {any} ctx @param {{id: string}} args */
export async function worksheet(ctx, { id }) {
  const { sheet, rows } = await opened(ctx, id);
  if (ctx.method === 'POST') return answer(ctx, sheet, rows, answering.find(rows, forms.line(ctx, 'question')));
  if (sheet.fields.binned_at) return ctx.seeOther('questions.answers', { id });
  const wanted = ctx.url.searchParams.get('q') ?? '';
  return page(ctx, sheet, rows, rows.some(({ question }) => question.id === wanted) ? wanted : answering.place(rows));
}

/** The worksheet, or one question of it. wrong: of the current one, what could not be taken, and why. @param {any} ctx @param {any} sheet @param {answering.Asked} rows @param {string} current @param {any} [wrong] */
export async function page(ctx, sheet, rows, current, wrong = null) {
  const questions = [];
  for (const [at, one] of answering.numbered(rows).entries()) {
    const state = wrong && one.id === current ? wrong : { opening: await opening(ctx, sheet, rows[at]), errors: {} };
    questions.push({ ...one, ...state });
  }
  const question = questions.find(one => one.id === current) ?? null, whole_ = await whole(ctx, sheet, rows);
  return ctx.show('questions/worksheet.html', { sheet: whole_, current, questions, question }, wrong ? 422 : 200);
}

/** The hidden fields of a question's form: about its one answer, also before there is any. @param {any} ctx @param {any} sheet @param {answering.Asked[0]} row */
export const opening = async (ctx, sheet, { question, answer: known }) =>
  forms.opening(ctx, known, await answering.answerId(ctx, sheet.id, question.id));

/** A worksheet as its own pages print it. discussed: how many of the answered ones. @param {any} ctx @param {any} sheet @param {answering.Asked} rows */
export async function whole(ctx, sheet, rows) {
  const session = await linked(ctx, sheet.fields.session || '');
  const told = rows.filter(row => answering.state(row) === 'answered');
  return {
    ...answering.item(sheet, rows, ctx.zone), session: session ? meeting(session, ctx.zone) : null,
    binned: Boolean(sheet.fields.binned_at), discussed: told.filter(row => row.answer.fields.discussed).length,
  };
}

/** Take one answer and go on, or show it again with what is wrong and everything that was typed. @param {any} ctx @param {any} sheet @param {answering.Asked} rows @param {answering.Asked[0]} row */
export async function answer(ctx, sheet, rows, { question, answer: known }) {
  const id = await answering.answerId(ctx, sheet.id, question.id);
  const given = { ...forms.typedOpening(ctx, known, id), record: id }, fields = answering.typed(ctx, sheet, question);
  const errors = answering.wrong(question, fields);
  if (Object.keys(errors).length) {
    return page(ctx, sheet, rows, question.id, { opening: given, form: answering.shown(question, fields), errors });
  }
  if (answering.isNews(known, fields)) await forms.save(ctx, forms.change('answer', fields, given));
  return onward(ctx, sheet, rows, question.id);
}

/** To the next question, after the last to the answers; from a list the one that was answered stays in view. @param {any} ctx @param {any} sheet @param {answering.Asked} rows @param {string} id */
export async function onward(ctx, sheet, rows, id) {
  if ([forms.line(ctx, 'go'), forms.line(ctx, 'skip')].includes('stay')) {
    if (ctx.partial && ctx.target === 'question') return page(ctx, sheet, (await opened(ctx, sheet.id)).rows, id);
    return ctx.seeOther('questions.worksheet', { id: sheet.id, q: id, _anchor: `question-${id}` });
  }
  const after = answering.following(rows, id);
  if (after) return ctx.seeOther('questions.worksheet', { id: sheet.id, q: after });
  return ctx.seeOther('questions.answers', { id: sheet.id });
}

/** @param {any} ctx @param {{id: string}} args */
export async function answers(ctx, { id }) {
  const { sheet, rows } = await opened(ctx, id);
  const questions = answering.numbered(rows).map((one, at) =>
    ({ ...one, opening: rows[at].answer ? forms.opening(ctx, rows[at].answer) : null }));
  const shown = { ...await whole(ctx, sheet, rows), opening: forms.opening(ctx, sheet) };
  return ctx.show('questions/answers.html', { questions, sheet: shown });
}

/** @param {any} ctx @param {{id: string}} args */
export async function discussed(ctx, { id }) {
  const { answer: known } = answering.find((await opened(ctx, id)).rows, forms.line(ctx, 'question'));
  if (!known) throw new Missing('answer');
  const given = { ...forms.typedOpening(ctx, known), record: known.id };
  await forms.save(ctx, forms.change('answer', { discussed: forms.ticked(ctx, 'discussed') }, given));
  return ctx.partial && ctx.target === 'answers' ? answers(ctx, { id }) : ctx.seeOther('questions.answers', { id });
}

/** @param {any} ctx @param {{id: string}} args */
async function remove(ctx, { id }) {
  const { sheet, rows } = await opened(ctx, id);
  if (!sheet.fields.binned_at) {
    await forms.save(ctx, ...await answering.withAnswers(rows, {}, forms.typedOpening(ctx, sheet), ctx.now));
    await ctx.notice('Worksheet moved to the bin.', { undo: ctx.urlFor('questions.bring_back', { id }) });
  }
  return ctx.seeOther('questions.index');
}
export { remove as delete };

/** @param {any} ctx @param {{id: string}} args */
export async function bring_back(ctx, { id }) {
  const { sheet, rows } = await opened(ctx, id);
  if (sheet.fields.binned_at) {
    await forms.save(ctx, ...await answering.withAnswers(rows, {}, forms.typedOpening(ctx, sheet), null));
  }
  return ctx.seeOther('questions.answers', { id });
}
