/** What people write: cleaned at the form and folded for search. Twin: mentorlog/prose.py. */

const BROKEN = /[\0\p{Surrogate}]/gu;
const MARKS = /\p{M}+/gu;

/**
 * Return the text as it is stored: lines end in LF, NUL and lone surrogates are U+FFFD, nothing else changes.
 * @param {string} text
 */
export function clean(text) {
  return text.replace(/\r\n?/g, '\n').replace(BROKEN, '\ufffd');
}

/**
 * Return what search compares: NFKD, no marks (category M), lower case, final sigma as any other sigma.
 * Every code point folds by itself, so fold(a + b) is fold(a) + fold(b).
 * @param {string} text
 */
export function fold(text) {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase().replaceAll('ς', 'σ');
}
