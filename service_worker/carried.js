// Carrying an answer on: a new entry or goal that begins with it. The twin of mentorlog/carried.py.

export const CHOICES = new Map([['yes', 'Yes'], ['no', 'No'], ['not_sure', 'Not sure']]);

/** @typedef {Record<string, any>} Fields */

/** The fields of an entry about an answer: the question as a quote, below it the answer. @param {any} ctx @param {string} id @returns {Promise<Fields>} */
export async function entry(ctx, id) {
  const { question, answer, session } = await found(ctx, id);
  if (!question) return {};
  const quote = question.text.split('\n').map((/** @type {string} */ line) => `> ${line}`.replace(/ +$/, '')).join('\n');
  return { text: `${quote}\n\n${asText(question, answer)}\n`, session };
}

/** The fields of a goal that an answer is the reason for. @param {any} ctx @param {string} id @returns {Promise<Fields>} */
export async function goal(ctx, id) {
  const { question, answer } = await found(ctx, id);
  return question ? { why: asText(question, answer) } : {};
}

/** Question and fields of an answer, and the session of its worksheet. @param {any} ctx @param {string} id */
export async function found(ctx, id) {
  const answer = (await ctx.records.many([id])).get(id), of = answer?.kind === 'answer' ? answer.fields.worksheet || '' : '';
  const sheet = (await ctx.records.many([of])).get(of);
  if (!sheet) return { question: null, answer: {}, session: null };
  const asked = (sheet.fields.questions || []).map((/** @type {Fields} */ one) => ({ text: '', ...one }));
  const question = asked.find((/** @type {Fields} */ one) => one.id === answer.fields.question) ?? null;
  return { question, answer: answer.fields, session: sheet.fields.session ?? null };
}

/** An answer in words, as Markdown. @param {Fields} question @param {Fields} answer @returns {string} */
export function asText(question, answer) {
  const text = answer.text || '';
  if (question.type === 'list') return text && text.split('\n').map((/** @type {string} */ line) => `- ${line}`).join('\n');
  if (question.type === 'scale') return scale(question, answer.scale);
  const chosen = question.type === 'yes_no' ? CHOICES.get(answer.choice || '') : '';
  return [chosen, text].filter(Boolean).join('\n\n');
}

/** A point on a scale in words. @param {Fields} question @param {number|null} value */
export function scale({ low, high }, value) {
  if (!value) return '';
  return `${value} of 5${low && high ? `, between “${low}” and “${high}”` : ''}`;
}
