// Sets of one's own: what their form shows, what was typed, and what is wrong with it.
// The twin of mentorlog/questions/editing.py.
import * as forms from '../forms.js';
import { canonical } from '../seen.js';
import * as arranging from './arranging.js';
import { BLANK, kept } from './sets.js';

const OWN = ['title', 'about', 'situation', 'phase'];
const PARTS = ['text', 'type', 'hint', 'low', 'high', 'more']; // of a question, fields of the form

/** @typedef {Record<string, any>} Fields */
/** @typedef {import('./arranging.js').Questions} Questions */

/** The fields of a set as its form shows them. @param {Fields} fields @param {Fields[]} questions @returns {Fields} */
export const shown = (fields, questions) =>
  ({ ...Object.fromEntries(OWN.map(name => [name, fields[name] || ''])), questions, own: '', kind: 'text' });

/** What the form shows of a set that there is, to change it or a copy of it. @param {import('./sets.js').Set} one */
export const of = ({ title, goal, situation, phase, questions }) => shown({ title, about: goal, situation, phase }, questions.map(kept));

/** The form as it came. before: the questions that there were, by id; of them the form shows only PARTS. @param {any} ctx @param {Questions} before @returns {Fields} */
export const typed = (ctx, before) => ({
  title: forms.line(ctx, 'title'), about: forms.line(ctx, 'about'), situation: forms.choice(ctx, 'situation'), phase: forms.choice(ctx, 'phase'),
  questions: arranging.ticked(ctx).map(id => typedQuestion(ctx, id, before.get(id) ?? BLANK)),
  own: forms.text(ctx, 'own'), kind: forms.line(ctx, 'kind') || 'text',
});

/** A question as it was typed. @param {any} ctx @param {string} id @param {Fields} before @returns {Fields} */
export function typedQuestion(ctx, id, before) {
  const given = Object.fromEntries(PARTS.map(name => [name, forms.line(ctx, `${name}_${id}`)]));
  const text = forms.text(ctx, `text_${id}`).replace(/^[\n ]+|[\n ]+$/g, ''), type = given.type || 'text';
  return { ...before, ...given, id, text, type, more_if: given.more ? before.more_if || 'yes' : null };
}

/** The fields of the set that a form makes. made: the questions typed one a line, which come last. @param {Fields} form @param {Questions} made @returns {Fields} */
export const fieldsOf = (form, made) => ({
  ...Object.fromEntries(OWN.map(name => [name, form[name]])), questions: [...new Map([...byId(form), ...made]).values()],
});

/** @param {Fields} form @returns {Questions} */
const byId = form => new Map(form.questions.map((/** @type {any} */ question) => [question.id, question]));

/** The questions that were typed one a line. record: the id of the set. @param {any} ctx @param {Fields} form @param {string} record */
export const madeIn = (ctx, form, record) => arranging.typedQuestions(ctx, record, byId(form));

/** The form after *Up* or *Drop*, which write nothing; null when neither was tapped. @param {any} ctx @param {Fields} form */
export function arranged(ctx, form) {
  if (!ctx.form.has('up') && !ctx.form.has('drop')) return null;
  const rows = byId(form);
  rows.delete(ctx.form.get('drop'));
  return { ...form, questions: arranging.movedUp([...rows.keys()], String(ctx.form.get('up') ?? '')).map(id => rows.get(id)) };
}

/** Field to words; a part of a question is named `text_<id>` ... made: the questions typed one a line; before: how many questions there were. @param {Fields} form @param {Questions} made @param {number} before @returns {Record<string, string>} */
export function wrong(form, made, before) {
  const { questions, ...fields } = fieldsOf(form, made), errors = forms.problems('set', fields);
  if (!form.title) errors.title = 'Give the set a name. Nothing else you typed here is lost.';
  Object.assign(errors, ...form.questions.map(wrongQuestion));
  if (!questions.length) errors.own = 'Write a question first. One is enough.';
  return { ...errors, ...arranging.wrong(made, questions.length, before) };
}

/** Field to words of one question. @param {Fields} question @returns {Record<string, string>} */
export function wrongQuestion(question) {
  const found = forms.itemProblems('set', 'questions', question);
  if (!question.text) found.text = 'This question has no words yet. Write it, or drop it.';
  return Object.fromEntries(Object.entries(found).map(([name, words]) => [`${name}_${question.id}`, words]));
}

/** Whether there is anything to keep. @param {any} record @param {Fields} fields */
export const isNews = (record, fields) =>
  !record || Object.entries(fields).some(([name, value]) => canonical(record.fields[name] || null) !== canonical(value || null));
