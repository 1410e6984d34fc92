// Finding: the rows that hold every word, counted by group, and the spelling that would find something.
// The twin of mentorlog/search/finding.py.
import { find, nearest, vocabulary } from '../prose.js';

/** @typedef {import('../memory.js').Row} Row */

const SPELLING = 300; // of so many of the newest records is learnt how words are spelt
/** What hits are chosen by, and the kinds in it. @type {Map<string, string[]>} */
export const GROUPS = new Map(Object.entries({
  entry: ['entry'], goal: ['goal', 'rating'], answer: ['answer', 'worksheet', 'aim'], set: ['set'], line: ['line'],
  session: ['session'], partner: ['partner', 'agreement'],
}));

/** The rows that hold every word. @param {Row[]} rows @param {string[]} words */
export const hits = (rows, words) => (words.length ? rows.filter(row => find(words, row.text)) : []);

/** Those of a group; all of them for ''. @param {Row[]} found @param {string} group */
export const ofGroup = (found, group) => (group ? found.filter(row => GROUPS.get(group)?.includes(row.kind)) : found);

/** How many were found, in all and of each group that has any. @param {Row[]} found @param {string} chosen */
export const groups = (found, chosen) => ['', ...GROUPS.keys()]
  .map(group => ({ group, count: ofGroup(found, group).length }))
  .filter(({ group, count }) => count || group === '' || group === chosen);

/** The words of a search that found nothing, spelt as the newest texts spell them; '' if that finds nothing. @param {Row[]} rows @param {string[]} words */
export function spelling(rows, words) {
  const unknown = words.filter(word => !rows.some(row => row.text.includes(word)));
  if (!unknown.length) return '';
  /** @type {Map<string, number>} */
  const spelt = new Map();
  for (const { text } of rows.slice(0, SPELLING)) {
    for (const word of vocabulary(text)) spelt.set(word, (spelt.get(word) ?? 0) + 1);
  }
  const better = words.map(word => (unknown.includes(word) ? nearest(word, spelt) : word));
  return better.every(Boolean) && hits(rows, better).length ? better.join(' ') : '';
}
