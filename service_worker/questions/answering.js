// Answering: the questions of a worksheet with their answers, where one was, and what was typed.
// The twin of mentorlog/questions/answering.py.
import { parts } from '../clock.js';
import * as forms from '../forms.js';
import { nameId } from '../ids.js';
import { SPACE, clean } from '../prose.js';
import { Missing } from '../store.js';
import { worst } from '../view.js';
import { askedIn } from './arranging.js';

const MOST_LINES = 7; // of a list
/** What answers a type of question; else the text. @type {Map<string, string>} */
const FIELDS = new Map([['scale', 'scale'], ['yes_no', 'choice']]);

/** @typedef {Record<string, any>} Fields */
/** @typedef {{question: Fields, answer: any, id: string}[]} Asked questions in their order, those left out too, each with its answer or null, and the id of that */

/** The id of the one answer to a question of a worksheet. @param {any} ctx @param {string} sheet @param {string} question */
export const answerId = (ctx, sheet, question) => nameId(ctx.names, `answer:${sheet}:${question}`);

/** Worksheet id to its questions and answers. @param {any} ctx @param {any[]} sheets @returns {Promise<Map<string, Asked>>} */
export async function asked(ctx, sheets) {
  const all = sheets.flatMap(sheet => askedIn(sheet).map(question => ({ sheet: sheet.id, question })));
  const ids = await Promise.all(all.map(({ sheet, question }) => answerId(ctx, sheet, question.id)));
  const found = await ctx.records.many(ids);
  const rows = all.map((one, at) => ({ ...one, id: ids[at], answer: found.get(ids[at]) ?? null }));
  return new Map(sheets.map(({ id }) => [id, rows.filter(one => one.sheet === id)]));
}

/** The questions of a worksheet, with the answer of this one only. @param {any} ctx @param {any} sheet @param {string} id @returns {Promise<Asked>} @throws {Missing} it is not in it */
export async function askedOne(ctx, sheet, id) {
  const own = await answerId(ctx, sheet.id, id), answer = (await ctx.records.many([own])).get(own) ?? null;
  const rows = askedIn(sheet).map(question => (question.id === id ? { question, id: own, answer } : { question, id: '', answer: null }));
  find(rows, id);
  return rows;
}

/** What is asked. @param {Asked} rows */
export const inside = rows => rows.filter(({ question }) => !question.out);

/** What is no longer asked, and has an answer or a text all the same. @param {Asked} rows */
export function leftOut(rows) {
  const ids = answered(rows);
  return rows.filter(({ question }) => question.out && ids.includes(question.id));
}

/** The ids of the questions that somebody said something to. @param {Asked} rows @returns {string[]} */
export const answered = rows =>
  rows.filter(row => row.answer && (state(row) === 'answered' || row.answer.fields.text)).map(({ question }) => question.id);

/** One question of a worksheet, and its answer. @param {Asked} rows @param {string} id @throws {Missing} it is not in it */
export function find(rows, id) {
  const found = rows.find(({ question }) => question.id === id);
  if (!found) throw new Missing('question');
  return found;
}

/** The field that answers a question. @param {Fields} question @returns {string} */
export const fieldOf = question => FIELDS.get(question.type) ?? 'text';

/** `answered`, `skipped`, or '' while nobody said. What was typed before a skip stays. @param {Asked[0]} row */
export function state({ question, answer }) {
  const fields = answer ? answer.fields : {};
  if (fields.skipped) return 'skipped';
  return fields[fieldOf(question)] ? 'answered' : '';
}

/** The question to go on with: the first that is neither answered nor skipped, else the first. @param {Asked} rows @returns {string} */
export function place(rows) {
  const here = inside(rows), found = here.find(row => !state(row)) ?? here[0];
  return found ? found.question.id : '';
}

/** The question after this one, '' after the last, and after one that is left out. @param {Asked} rows @param {string} id @returns {string} */
export function following(rows, id) {
  const ids = inside(rows).map(({ question }) => question.id);
  return ids.includes(id) ? ids[ids.indexOf(id) + 1] ?? '' : '';
}

/** A worksheet as a list prints it. open: something is neither answered nor skipped. @param {any} sheet @param {Asked} rows @param {string} zone */
export function item(sheet, rows, zone) {
  const { fields } = sheet, states = inside(rows).map(state);
  return {
    id: sheet.id, title: fields.title || '', set: fields.set || '', day: parts(sheet.at, zone), count: states.length,
    answered: states.filter(one => one === 'answered').length, open: states.includes(''),
    waiting: worst(sheet.waiting, ...rows.map(({ answer }) => (answer ? answer.waiting : ''))),
  };
}

/** An answer as its form and the list of answers show it. blank: the places of empty lines below a list. @param {Fields} question @param {Fields} fields */
export function shown(question, fields) {
  const text = fields.text || '', lines = text && question.type === 'list' ? text.split('\n') : [];
  const blank = Array.from({ length: Math.max(0, MOST_LINES - lines.length) }, (_, at) => lines.length + at + 1);
  return { text, lines, blank, scale: fields.scale ?? null, choice: fields.choice || '', discussed: Boolean(fields.discussed) };
}

/** Questions with their answers, as worksheet and list of answers print them. before, after: the ids of their neighbours; answer: the id of the answer, '' before there is any. @param {Asked} rows @returns {Fields[]} */
export const numbered = rows => rows.map(({ question, answer }, at) => ({
  ...question, number: at + 1, before: at ? rows[at - 1].question.id : '', after: at + 1 < rows.length ? rows[at + 1].question.id : '',
  state: state(rows[at]), form: shown(question, answer ? answer.fields : {}), answer: answer ? answer.id : '',
  waiting: answer ? answer.waiting : '',
}));

/** A list as it was typed: one short item a line, none of them empty. @param {any} ctx */
export const typedLines = ctx => ctx.form.getAll('text').flatMap((/** @type {any} */ text) => clean(String(text)).split('\n'))
  .map((/** @type {string} */ one) => one.replace(SPACE, ' ').replace(/^ +| +$/g, '')).filter(Boolean).join('\n');

/** Text as it was typed; blanks alone are none. @param {any} ctx */
export function typedText(ctx) {
  const text = forms.text(ctx, 'text');
  return text.replace(SPACE, '') ? text : '';
}

/** The fields of an answer's form. @param {any} ctx @param {any} sheet @param {Fields} question @returns {Fields} */
export function typed(ctx, sheet, question) {
  const fields = {
    worksheet: sheet.id, question: question.id, skipped: forms.ticked(ctx, 'skip'), discussed: forms.ticked(ctx, 'discussed'),
  };
  if (question.type === 'scale') return { ...fields, scale: forms.number(ctx, 'scale') };
  if (question.type === 'list') return { ...fields, text: typedLines(ctx) };
  if (question.type === 'yes_no') return { ...fields, choice: forms.choice(ctx, 'choice'), text: typedText(ctx) };
  return { ...fields, text: typedText(ctx) };
}

/** Field to words. before: the answer that there is, null for none. @param {Fields} question @param {Fields} fields @param {any} before @returns {Record<string, string>} */
export function wrong(question, fields, before) {
  const found = forms.problems('answer', fields), there = ((before && before.fields.text) || '').split('\n').length;
  if (question.type === 'list' && fields.text.split('\n').length > Math.max(MOST_LINES, there)) {
    found.text = `Write ${MOST_LINES} lines at most. Nothing you typed here is lost.`;
  }
  return Object.fromEntries(['scale', 'choice', 'text'].filter(name => found[name]).map(name => [name, found[name]]));
}

/** Whether there is anything to keep: going on from an empty question, or from an old answer, writes nothing. @param {any} answer @param {Fields} fields */
export function isNews(answer, fields) {
  if (!answer) return ['text', 'scale', 'choice', 'skipped', 'discussed'].some(name => fields[name]);
  return Object.entries(fields).some(([name, value]) => (answer.fields[name] ?? null) !== value);
}

/** The changes of one form: of a worksheet, and of these answers of it, into the bin or out of it. @param {Asked} rows @param {Fields} fields @param {any} opened @param {string|null} binned_at */
export async function withAnswers(rows, fields, opened, binned_at) {
  const first = forms.change('worksheet', { ...fields, binned_at }, opened);
  const there = rows.flatMap(({ answer }) => answer ?? []);
  return [first, ...await Promise.all(there.map(answer => forms.further(first, 'answer', { binned_at }, answer)))];
}
