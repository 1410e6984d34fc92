// Choosing a set: what the library offers, for which session, and which of its questions.
// The twin of mentorlog/questions/choosing.py.
import { sets } from '../generated/library.js';
import { nameId } from '../ids.js';
import { find as holds, fold, words as wordsOf } from '../prose.js';

const PHASES = ['start', 'early', 'any', 'middle', 'end', 'after'];
/** What a chip of the list stands for. @type {Map<string, string[]>} */
export const TIMES = new Map([['start', ['start', 'early']], ['any', ['any']], ['middle', ['middle']], ['end', ['end', 'after']]]);
export const LONGEST_QUERY = 200;

/** @typedef {Record<string, any>} Fields */

/** One set, undefined where there is none. @param {string} slug */
export const find = slug => sets.find(one => one.id === slug);

/** Every word of a set, folded. @param {Fields} one */
export const searched = one =>
  fold([one.title, one.goal, one.when_to_use, ...one.questions.map((/** @type {any} */ question) => question.text)].join('\n'));

/** A set as a list prints it. count: of the questions that are ticked at first. @param {Fields} one */
export const row = one => ({
  id: one.id, title: one.title, goal: one.goal, minutes: one.minutes,
  count: one.questions.filter((/** @type {any} */ question) => isMine(one, question)).length,
});

/** Whether a mentee answers it: some questions of a set are the mentor's. @param {Fields} one @param {Fields} question */
export const isMine = (one, question) => (question.for ?? one.for) !== 'mentor' || one.for === 'mentor';

/** The sets by phase, those that hold every word of a search, or of one of TIMES. @param {string} q @param {string} time */
export function offered(q, time) {
  const words = wordsOf(q), phases = TIMES.get(time) ?? PHASES;
  const found = sets.filter(one => (words.length ? holds(words, searched(one)) : phases.includes(one.phase)));
  return PHASES.map(phase => ({ phase, sets: found.filter(one => one.phase === phase).map(row) }))
    .filter(group => group.sets.length);
}

/** The id of the one worksheet of a session and a set. @param {any} ctx @param {string} session @param {string} slug */
export const sheetId = (ctx, session, slug) => nameId(ctx.names, `worksheet:${session}:${slug}`);

/** The worksheet of a session and a set, also from the bin. @param {any} ctx @param {string} session @param {string} slug */
export async function known(ctx, session, slug) {
  if (!session) return null;
  const id = await sheetId(ctx, session, slug);
  return (await ctx.records.many([id])).get(id) ?? null;
}

/** The ids of the questions that are ticked at first. @param {Fields} one @param {any} sheet @returns {string[]} */
export function ticked(one, sheet) {
  /** @type {any[]} */
  const asked = sheet ? sheet.fields.questions || [] : one.questions.filter((/** @type {any} */ question) => isMine(one, question));
  return asked.map(question => question.id);
}

/** A set as its page prints it, with ticks. @param {Fields} one @param {string[]} chosen */
export const withTicks = (one, chosen) => ({
  ...row(one), when: one.when_to_use, phase: one.phase,
  questions: one.questions.map((/** @type {any} */ question) => ({
    id: question.id, text: question.text, type: question.type, mine: isMine(one, question), ticked: chosen.includes(question.id),
  })),
});

/** A question of the library in the words in which a worksheet keeps it. @param {Fields} question */
export function frozen(question) {
  const more = question.follow_up ?? { if: null, text: '' };
  const given = Object.fromEntries(['id', 'type', 'text', 'hint', 'low', 'high'].map(name => [name, question[name] ?? '']));
  return { ...given, more_if: more.if, more: more.text };
}

/** The fields of the worksheet that is made; what was asked before keeps its wording. @param {Fields} one @param {string[]} chosen @param {string} session @param {any} sheet */
export function used(one, chosen, session, sheet) {
  /** @type {any[]} */
  const asked = sheet ? sheet.fields.questions || [] : [], before = new Map(asked.map(question => [question.id, question]));
  const questions = one.questions.filter((/** @type {any} */ question) => chosen.includes(question.id))
    .map((/** @type {any} */ question) => before.get(question.id) ?? frozen(question));
  return { set: one.id, title: one.title, session: session || null, questions };
}
