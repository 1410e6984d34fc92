// The screens of a worksheet. The twin of mentorlog/questions/sheets.py.
import * as forms from '../forms.js';
import { linked, meeting } from '../goals/looking.js';
import { unsettled } from '../pages.js';
import { Missing } from '../store.js';
import * as answering from './answering.js';

/** @typedef {Record<string, any>} Fields */

/** Whether the page wants one of these parts only. @param {any} ctx @param {string[]} parts */
const asksFor = (ctx, ...parts) => ctx.partial && parts.includes(ctx.target);

/** A worksheet's questions and answers. @param {any} ctx @param {any} sheet @returns {Promise<answering.Asked>} */
const rowsOf = async (ctx, sheet) => (await answering.asked(ctx, [sheet])).get(sheet.id) ?? [];

/** @param {any} ctx @param {{id: string}} args */
export async function showSheet(ctx, { id }) {
  const sheet = await ctx.records.find('worksheet', id);
  if (ctx.method === 'POST') return answer(ctx, sheet, forms.line(ctx, 'question'));
  if (sheet.fields.binned_at) return ctx.seeOther('questions.answers', { id });
  const rows = await rowsOf(ctx, sheet), wanted = ctx.url.searchParams.get('q') ?? '';
  const isHere = answering.inside(rows).some(({ question }) => question.id === wanted);
  const current = isHere ? wanted : answering.place(rows);
  return asksFor(ctx, 'question') ? oneQuestion(ctx, sheet, rows, current) : page(ctx, sheet, rows, current);
}

/** The whole worksheet. wrong: of the current question, what could not be taken, and why. @param {any} ctx @param {any} sheet @param {answering.Asked} rows @param {string} current @param {any} [wrong] */
async function page(ctx, sheet, rows, current, wrong = null) {
  const here = wrong ? rows : answering.inside(rows);
  const questions = answering.numbered(here).map((one, at) =>
    ({ ...one, ...wrong && one.id === current ? wrong : { opening: opening(ctx, here[at]), errors: {} } }));
  return ctx.show('questions/worksheet.html', { sheet: await whole(ctx, sheet, rows), current, questions }, wrong ? 422 : 200);
}

/** One question of the worksheet, alone. rows: its answer is enough. @param {any} ctx @param {any} sheet @param {answering.Asked} rows @param {string} id @param {any} [wrong] */
function oneQuestion(ctx, sheet, rows, id, wrong = null) {
  const row = answering.find(rows, id), here = row.question.out ? [row] : answering.inside(rows);
  const question = { ...answering.numbered(here).find(one => one.id === id), ...wrong ?? { opening: opening(ctx, row), errors: {} } };
  return ctx.show('questions/worksheet.html', { question, current: id, sheet: { id: sheet.id, count: here.length } }, wrong ? 422 : 200);
}

/** The hidden fields of a question's form: about its one answer, also before there is any. @param {any} ctx @param {answering.Asked[0]} row */
const opening = (ctx, { answer: known, id }) => forms.opening(ctx, known, id);

/** A worksheet as its own pages print it. discussed: how many of the answered ones. @param {any} ctx @param {any} sheet @param {answering.Asked} rows */
async function whole(ctx, sheet, rows) {
  const session = await linked(ctx, sheet.fields.session || ''), told = rows.filter(row => answering.state(row) === 'answered');
  return {
    ...answering.item(sheet, rows, ctx.zone), session: session ? meeting(session, ctx.zone) : null,
    binned: Boolean(sheet.fields.binned_at), told: told.length, discussed: told.filter(row => row.answer.fields.discussed).length,
  };
}

/** Take one answer and go on, or show it again with what is wrong and everything that was typed. @param {any} ctx @param {any} sheet @param {string} id */
async function answer(ctx, sheet, id) {
  const rows = await answering.askedOne(ctx, sheet, id), { question, answer: known, id: own } = answering.find(rows, id);
  const opened = forms.typedOpening(ctx, known, own), fields = answering.typed(ctx, sheet, question);
  const errors = answering.wrong(question, fields, known), fine = !Object.keys(errors).length;
  if (fine && answering.isNews(known, fields)) await forms.save(ctx, forms.change('answer', fields, opened));
  if (fine) return onward(ctx, sheet, question);
  const wrong = { opening: opened, form: answering.shown(question, fields), errors };
  return asksFor(ctx, 'question') ? oneQuestion(ctx, sheet, rows, id, wrong) : page(ctx, sheet, await rowsOf(ctx, sheet), id, wrong);
}

/** To the next question, after the last to the answers; from a list the one that was answered stays in view. @param {any} ctx @param {any} sheet @param {Fields} question */
async function onward(ctx, sheet, { id, out }) {
  const stays = [forms.line(ctx, 'go'), forms.line(ctx, 'skip')].includes('stay');
  if (out) {
    await ctx.notice('This question was left out meanwhile. Your answer is kept below the others.');
    return ctx.seeOther('questions.answers', { id: sheet.id });
  }
  const rows = await answering.askedOne(ctx, sheet, id), after = answering.following(rows, id);
  if (asksFor(ctx, 'question') && (stays || after)) return oneQuestion(ctx, sheet, rows, id);
  if (stays) return ctx.seeOther('questions.worksheet', { id: sheet.id, q: id, _anchor: `question-${id}` });
  if (after) return ctx.seeOther('questions.worksheet', { id: sheet.id, q: after });
  return ctx.seeOther('questions.answers', { id: sheet.id });
}

/** The answers of a worksheet, and those to questions that are no longer in it. @param {any} ctx @param {any} sheet */
async function told(ctx, sheet) {
  const rows = await rowsOf(ctx, sheet);
  const shown = (/** @type {answering.Asked} */ some) => answering.numbered(some).map((one, at) =>
    ({ ...one, opening: some[at].answer ? forms.opening(ctx, some[at].answer) : null }));
  const questions = shown(answering.inside(rows)), left = shown(answering.leftOut(rows));
  return { questions, left, sheet: { ...await whole(ctx, sheet, rows), opening: forms.opening(ctx, sheet) } };
}

/** @param {any} ctx @param {{id: string}} args */
export const showAnswers = async (ctx, { id }) =>
  ctx.show('questions/answers.html', { ...await told(ctx, await ctx.records.find('worksheet', id)), kept: await unsettled(ctx) });

/** @param {any} ctx @param {{id: string}} args */
export const showTalk = async (ctx, { id }) =>
  ctx.show('questions/talk.html', await told(ctx, await ctx.records.find('worksheet', id)));

/** @param {any} ctx @param {{id: string}} args */
export async function tickDiscussed(ctx, { id }) {
  const sheet = await ctx.records.find('worksheet', id), question = forms.line(ctx, 'question');
  const { answer: known } = answering.find(await answering.askedOne(ctx, sheet, question), question);
  if (!known) throw new Missing('answer');
  await forms.save(ctx, forms.change('answer', { discussed: forms.ticked(ctx, 'discussed') }, forms.typedOpening(ctx, known)));
  if (asksFor(ctx, 'answers')) return showAnswers(ctx, { id });
  if (asksFor(ctx, 'talk')) return showTalk(ctx, { id });
  return ctx.seeOther(`questions.${forms.line(ctx, 'from') === 'talk' ? 'talk' : 'answers'}`, { id });
}

/** @param {any} ctx @param {{id: string}} args */
export async function deleteSheet(ctx, { id }) {
  const sheet = await ctx.records.find('worksheet', id);
  if (!sheet.fields.binned_at) {
    const rows = await rowsOf(ctx, sheet);
    await forms.save(ctx, ...await answering.withAnswers(rows, {}, forms.typedOpening(ctx, sheet), ctx.now));
    await ctx.notice('Worksheet moved to the bin.', { undo: ctx.urlFor('questions.bring_back', { id }) });
  }
  return ctx.seeOther('questions.index');
}

/** @param {any} ctx @param {{id: string}} args */
export async function bringBackSheet(ctx, { id }) {
  const sheet = await ctx.records.find('worksheet', id);
  if (sheet.fields.binned_at) {
    const rows = await rowsOf(ctx, sheet);
    await forms.save(ctx, ...await answering.withAnswers(rows, {}, forms.typedOpening(ctx, sheet), null));
  }
  return ctx.seeOther('questions.answers', { id });
}
