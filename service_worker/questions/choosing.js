// Choosing a set: by situation, by phase, by the words in it, and what is offered first.
// The twin of mentorlog/questions/choosing.py.
import { coming } from '../agenda/looking.js';
import { kinds } from '../generated/kinds.js';
import { linked, meeting } from '../goals/looking.js';
import { nameId } from '../ids.js';
import { excerpt, find as holds, fold, words as wordsOf } from '../prose.js';

const { phase, situation } = kinds.set.fields;
const PHASES = phase.choices ?? [];
export const SITUATIONS = situation.choices ?? [];
/** What a chip of the list stands for. @type {Map<string, string[]>} */
export const TIMES = new Map(Object.entries({ all: PHASES, start: ['start', 'early'], any: ['any'], middle: ['middle'], end: ['end', 'after'] }));
export const OWN = 'own';
export const LONGEST_QUERY = 200;
const MOST_HITS = 3; // questions of a set that are shown in what was found
const MOST_OFFERED = 5;
const MOST_MEETINGS = 4;
const MOST_TITLES = 3; // of sets that a situation names
const USED = 100; // a set that was used lately comes after all others

/** @typedef {import('./sets.js').Set} Set */
/** @typedef {Record<string, any>} Fields */

/** Every text of a set. @param {Set} one @returns {string[]} */
export const texts = one => [one.title, one.goal, one.when_to_use, ...one.questions.map((/** @type {any} */ question) => question.text)];

/** A set as a list prints it. @param {Set} one @param {string[]} [words] */
export function row(one, words = []) {
  const { id, title, goal, minutes, phase, situation, own, questions } = one;
  const hits = questions.map((/** @type {any} */ question) => question.text)
    .filter((/** @type {string} */ text) => words.some(word => fold(text).includes(word)));
  return {
    id, title, goal, minutes, phase, situation, own, count: questions.filter((/** @type {any} */ question) => question.mine).length,
    hits: hits.slice(0, MOST_HITS).map((/** @type {string} */ text) => excerpt(text, words, 160)),
  };
}

/** Sets by situation, those without one last. @param {Set[]} found */
export const grouped = found => [...SITUATIONS, '']
  .map(name => ({ situation: name, sets: found.filter(one => one.situation === name).map(one => row(one)) })).filter(group => group.sets.length);

/** The sets that hold every word of a search; or those of a time; or those of a situation, by their phase. @param {Set[]} every @param {string} q @param {string} time @param {string} situation */
export function lookedFor(every, q, time, situation) {
  const words = wordsOf(q);
  if (words.length) {
    const found = every.filter(one => holds(words, fold(texts(one).join('\n')))).map(one => row(one, words));
    return found.length ? [{ situation: '', sets: found }] : [];
  }
  if (situation) {
    const found = every.filter(one => one.situation === situation).map(one => row(one));
    return [{ situation, sets: found.sort((one, other) => PHASES.indexOf(one.phase) - PHASES.indexOf(other.phase)) }];
  }
  return grouped(every.filter(one => (time === OWN ? one.own : TIMES.get(time)?.includes(one.phase))));
}

/** Each situation with the first titles of its sets. @param {Set[]} every */
export const situations = every => SITUATIONS.map(name => {
  const titles = every.filter(one => one.situation === name).map(one => one.title);
  return { name, titles: titles.slice(0, MOST_TITLES), more: Math.max(0, titles.length - MOST_TITLES) };
});

/** Why a set is offered: how late, a word for it, what is looked for; null when it is not. @param {Set} one @param {Fields} facts @returns {[number, string, string]|null} */
export function reason(one, facts) {
  const { suggest } = one, late = facts.used.includes(one.id) ? USED : 0;
  if (suggest.session_number === 1 && facts.first && !late) return [0, 'first', ''];
  const place = facts.aims.findIndex((/** @type {string} */ aim) => one.seeking.includes(aim));
  if (place >= 0) return [late + place + 1, 'said', facts.aims[place]];
  if (suggest.before_session && suggest.if_open_goal) return facts.goal ? [10, 'goal', ''] : null;
  if (suggest.before_session) return [11, 'before', ''];
  return one.own && one.situation === 'session' ? [12, 'own', ''] : null;
}

/** The sets that are offered first, as rows with why and aim. @param {Set[]} every @param {Fields} facts */
export function offered(every, facts) {
  const fits = every.filter(one => !facts.here.includes(one.id)).flatMap(one => {
    const why = reason(one, facts);
    return why ? [{ why, one }] : [];
  });
  fits.sort((first, other) => first.why[0] - other.why[0]);
  return fits.slice(0, MOST_OFFERED).map(({ why, one }) => ({ ...row(one), why: why[1], aim: why[2] }));
}

/** Which sets the newest worksheets are of, and which of them this session has. @param {any[]} sheets @param {any} meeting */
export function used(sheets, meeting) {
  const of = (/** @type {any[]} */ some) => some.map(sheet => sheet.fields.set || '');
  return { used: of(sheets), here: of(sheets.filter(sheet => meeting && sheet.fields.session === meeting.id)) };
}

/** The sessions to choose for, soonest first, the one that runs now too. Before them the one that is chosen already and is none of them. @param {any} ctx @param {string} chosen */
export async function meetings(ctx, chosen) {
  const near = (await coming(ctx)).slice(0, MOST_MEETINGS);
  const own = near.some(one => one.id === chosen) ? null : await linked(ctx, chosen);
  return (own ? [own, ...near] : near).map(one => meeting(one, ctx.zone));
}

/** The id of the one worksheet of a session and a set. @param {any} ctx @param {string} session @param {string} set */
export const sheetId = (ctx, session, set) => nameId(ctx.names, `worksheet:${session}:${set}`);

/** The worksheet of a session and a set, also from the bin. @param {any} ctx @param {string} session @param {string} set */
export async function known(ctx, session, set) {
  if (!session) return null;
  const id = await sheetId(ctx, session, set);
  return (await ctx.records.many([id])).get(id) ?? null;
}
