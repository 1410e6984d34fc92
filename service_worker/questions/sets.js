// Sets: those of the library and a person's own, in one shape. The twin of mentorlog/questions/sets.py.
import { sets } from '../generated/library.js';

const MOST_OWN = 200; // sets read at once
export const BLANK = { type: 'text', text: '', hint: '', low: '', high: '', more_if: null, more: '' };
const NAMED = ['id', 'title', 'goal', 'when_to_use', 'phase', 'situation', 'seeking', 'suggest', 'minutes'];

/** @typedef {Record<string, any>} Fields */
/** @typedef {Record<string, any>} Set own: a person made it */

/** A question of the library in the words in which a worksheet keeps it. @param {Fields} question */
export function frozen(question) {
  const more = question.follow_up ?? { if: null, text: '' };
  const given = Object.fromEntries(['id', 'type', 'text', 'hint', 'low', 'high'].map(name => [name, question[name] ?? '']));
  return { ...given, more_if: more.if, more: more.text };
}

/** Whether a mentee answers it: some questions of a set are the mentor's. @param {Fields} one @param {Fields} question */
export const isMine = (one, question) => (question.for ?? one.for) !== 'mentor' || one.for === 'mentor';

/** A set of the library. @param {Fields} one @returns {Set} */
export const ofLibrary = one => ({
  ...Object.fromEntries(NAMED.map(name => [name, one[name]])),
  questions: one.questions.map((/** @type {any} */ question) => ({ ...frozen(question), mine: isMine(one, question) })), own: false, binned: false,
});

/** A person's own set. @param {any} record @returns {Set} */
export function ofPerson({ id, fields }) {
  const asked = (fields.questions || []).map((/** @type {any} */ question) => ({ ...BLANK, ...question, mine: true }));
  return {
    id, title: fields.title || '', goal: fields.about || '', when_to_use: '', phase: fields.phase || 'any',
    situation: fields.situation || '', seeking: [], suggest: {}, minutes: Math.floor((5 * asked.length + 1) / 2), questions: asked,
    own: true, binned: Boolean(fields.binned_at),
  };
}

/** Every set there is: one's own, the newest first, then the library's. @param {any} ctx @returns {Promise<Set[]>} */
export const everything = async ctx =>
  [...(await ctx.records.shelf('set', { limit: MOST_OWN })).map(ofPerson), ...sets.map(ofLibrary)];

/** One set: of the library, or one's own, also from the bin. @param {any} ctx @param {string} id @returns {Promise<Set>} */
export async function find(ctx, id) {
  const one = sets.find(known => known.id === id);
  return one ? ofLibrary(one) : ofPerson(await ctx.records.find('set', id));
}

/** A question as it is kept: only in its words, not whose it is. @param {Fields} question @returns {Fields} */
export const kept = question => Object.fromEntries(['id', ...Object.keys(BLANK)].map(name => [name, question[name]]));
