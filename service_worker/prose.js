/** What people write: cleaned at the form, folded for search, shown as HTML. Twin: mentorlog/prose.py. */

import MarkdownIt from './vendor/markdown-it.js';

/** @typedef {[text: string, hit: boolean]} Piece */
/** @typedef {[start: number, end: number]} Span places in a text, the last one not in it */

const BROKEN = /[\0\p{Surrogate}]/gu;
const MARKS = /\p{M}+/gu;
const BEYOND_ASCII = /[^\0-\x7f]/;
const WORD = /[\p{L}\p{N}_]+/gu;
const LONGEST_QUERY = 200;
const SHORTEST_WORD = 4; // a slip in a shorter one makes another word
const ASTRAL = /[\ud800-\udfff]/;
// Space that only one of the two languages trims. The parsers see it as the noncharacters U+FDD0 ... instead.
export const ODD = '\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a' +
  '\u2028\u2029\u202f\u205f\u3000\ufeff';
const ODDS = new RegExp(`[${ODD}]`, 'g');
const HIDDEN = /[\ufdd0-\ufde9]/g;
export const SPACE = new RegExp(`[\t\n\r ${ODD}]+`, 'g');
const PAIR = /(?<![\\A-Za-z0-9])(\*{1,3}|_{1,3}|~~|`)(?![ \n])([^\n]{1,300}?)(?<![\\ \n])\1(?![A-Za-z0-9])/gu;
/** @type {[signs: RegExp, kept: string][]} */
const SIGNS = [
  [/(?<![^\n])[ \t]*(?:```|~~~)[^\n]*/g, ''], // a fence
  [/(?<![^\n])[-*_=|: \t]+(?![^\n])/g, ''], // a rule, the second line of a table
  [/(?<![^\n])(?:[ \t]*(?:#{1,6}(?= )|>|[-*+](?= )))+/g, ''], // headings, quotes, bullets
  [/\[([^[\]\n]*)\]\([^()\n]*\)/g, '$1'], // a link
  [/<([a-z]+:[^<> \n]*)>/g, '$1'],
  [PAIR, '$2'],
  [PAIR, '$2'], // one inside the other
  [/\\([!-/:-@[-`{-~])/g, '$1'], // an escape
];
const STEP = 500;
const RULES = ['autolink', 'backticks', 'blockquote', 'emphasis', 'escape', 'fence', 'heading', 'hr', 'link', 'list',
  'newline', 'strikethrough', 'table'];
const HEADINGS = new Map([['h1', 'h2'], ['h2', 'h2']]);
const ADDRESS = /^(?:https?:\/\/[^/?#%]|mailto:.)/i;
const UNSAFE = /[^!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]/gu;

/**
 * Return the text as it is stored: lines end in LF, NUL and lone surrogates are U+FFFD, no more.
 * @param {string} text
 */
export function clean(text) {
  return text.replace(/\r\n?/g, '\n').replace(BROKEN, '\ufffd');
}

/**
 * Return what search compares: NFKD, no marks (category M), lower case, one sigma.
 * Every code point folds by itself: fold(a + b) is fold(a) + fold(b).
 * @param {string} text
 */
export function fold(text) {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase().replaceAll('ς', 'σ');
}

/** Return what is searched for of what was typed: clean, and not too long. @param {string} typed */
export const query = (typed) => joined(points(clean(typed.slice(0, 2 * LONGEST_QUERY))).slice(0, LONGEST_QUERY));

/**
 * Return the folded words of a search, each once.
 * @param {string} query
 */
export function words(query) {
  return [...new Set(fold(clean(query)).split(SPACE))].filter((word) => word);
}

/**
 * Return whether a folded text holds every folded word, anywhere (architecture.md, rule 12).
 * @param {string[]} words
 * @param {string} folded
 */
export function find(words, folded) {
  return words.every((word) => folded.includes(word));
}

/**
 * Return the words of a folded text that are long enough to be told from their neighbours.
 * @param {string} folded
 */
export const vocabulary = (folded) => (folded.match(WORD) ?? []).filter((word) => points(word).length >= SHORTEST_WORD);

/**
 * Return the most frequent of the words that differ by one slip, of two the one that comes first; '' for none.
 * @param {string} word
 * @param {Map<string, number>} counts
 */
export function nearest(word, counts) {
  let best = '';
  let most = 0;
  for (const [other, count] of points(word).length >= SHORTEST_WORD ? counts : []) {
    if (count > most && isNear(points(word), points(other))) [best, most] = [other, count];
  }
  return best;
}

/**
 * Return whether a letter more, less, another one, or two that changed places make one of the other.
 * @param {string|string[]} one
 * @param {string|string[]} other
 */
function isNear(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const [left, right] = [joined(one.slice(at)), joined(other.slice(at))];
  const [fewer, less] = [joined(one.slice(at + 1)), joined(other.slice(at + 1))];
  const swapped = one[at] === other[at + 1] && one[at + 1] === other[at];
  if (swapped && joined(one.slice(at + 2)) === joined(other.slice(at + 2))) return true;
  return fewer === less || left === less || fewer === right;
}

/**
 * Return the text in pieces [piece, hit]: whole code points, a hit with the marks that sit on it.
 * For a line or two: excerpt() takes them from a long text.
 * @param {string} text
 * @param {string[]} words
 */
export function mark(text, words) {
  /** @type {Piece[]} */
  const pieces = [];
  let at = 0;
  for (const [start, end] of merged(BEYOND_ASCII.test(text) ? hits(text, words) : places(fold(text), words))) {
    if (start > at) pieces.push([text.slice(at, start), false]);
    pieces.push([text.slice(start, end), true]);
    at = end;
  }
  if (at < text.length) pieces.push([text.slice(at), false]);
  return pieces;
}

/** Where the words stand in a folded text. @param {string} folded @param {string[]} words */
function places(folded, words) {
  /** @type {Span[]} */
  const found = [];
  for (const word of words) {
    for (let start = folded.indexOf(word); start >= 0; start = folded.indexOf(word, start + word.length)) {
      found.push([start, start + word.length]);
    }
  }
  return found;
}

/** Where the words stand in the text itself. @param {string} text @param {string[]} words @returns {Span[]} */
function hits(text, words) {
  /** @type {Span[]} of the code point, with its marks, from which each letter of the fold comes */
  const origin = [];
  let folded = '';
  let end = 0;
  for (const char of text) {
    const part = fold(char);
    const past = end + char.length;
    for (let letter = 0; letter < part.length; letter += 1) origin.push([end, past]);
    if (!part) widen(origin, end, past);
    folded += part;
    end = past;
  }
  return places(folded, words).map(([start, past]) => [origin[start][0], origin[past - 1][1]]);
}

/** A mark alone belongs to the letter before it. @param {Span[]} origin @param {number} end @param {number} past */
function widen(origin, end, past) {
  for (let at = origin.length - 1; origin[at]?.[1] === end; at -= 1) origin[at] = [origin[at][0], past];
}

/** In order, those that touch as one. @param {Span[]} spans */
function merged(spans) {
  /** @type {Span[]} */
  const found = [];
  for (const [start, end] of spans.sort(([one], [other]) => one - other)) {
    const last = found.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}

/**
 * The code points of a text, to count and to cut; where it has none above U+FFFF it is its own list.
 * @param {string} text
 * @returns {string|string[]}
 */
const points = (text) => (ASTRAL.test(text) ? Array.from(text) : text);

/** @param {string|string[]} chars as points() gives them */
const joined = (chars) => (typeof chars === 'string' ? chars : chars.join(''));

/**
 * Return what surrounds the first hit, as mark() does: plain, at most `length` code points and two …
 * @param {string} text
 * @param {string[]} words
 * @param {number} length
 */
export function excerpt(text, words, length) {
  const chars = points(text);
  const quarter = Math.floor(length / 4);
  let start = Math.max(0, firstHit(text, chars, words) - quarter);
  if (start) start += chars.slice(start, start + quarter).indexOf(' ') + 1;
  const shown = cut(plain(joined(chars.slice(start, start + 4 * length))), length);
  return mark(start ? `…${shown}` : shown, words);
}

/**
 * Return where in the text the first hit begins, 0 if nowhere: a fold may be longer than its text.
 * @param {string} text
 * @param {string|string[]} chars its code points
 * @param {string[]} words
 */
function firstHit(text, chars, words) {
  const folded = fold(text);
  const found = words.map((word) => folded.indexOf(word)).filter((place) => place >= 0);
  let left = found.length ? Math.min(...found) : 0;
  if (!BEYOND_ASCII.test(text)) return left;
  for (let start = 0; start < chars.length; start += STEP) {
    const step = joined(chars.slice(start, start + STEP));
    const size = fold(step).length;
    if (size > left) return start + within(step, left);
    left -= size;
  }
  return 0;
}

/**
 * Return which code point of a piece has the letter at this place of its fold.
 * @param {string} piece
 * @param {number} place
 */
function within(piece, place) {
  let left = place;
  return Array.from(piece).findIndex((char) => (left -= fold(char).length) < 0);
}

/**
 * Return the plain start of a text for a list: one line, `length` code points at most, cut at a word with …
 * @param {string} text
 * @param {number} length
 */
export function snippet(text, length) {
  return cut(plain(joined(points(text.slice(0, 8 * length)).slice(0, 4 * length))), length);
}

/**
 * @param {string} text
 * @param {number} length
 */
function cut(text, length) {
  const chars = points(text);
  if (chars.length <= length) return text;
  const space = chars.lastIndexOf(' ', length);
  return `${joined(chars.slice(0, space >= Math.floor(length / 2) ? space : length))}…`;
}

/**
 * Return a piece of text as one line without the signs of Markdown: a rough reading, for lists only.
 * @param {string} text
 */
export function plain(text) {
  for (const [signs, kept] of SIGNS) text = text.replace(signs, kept);
  return text.replace(SPACE, ' ').replace(/^ | $/g, '');
}

/**
 * Return the HTML of a person's text: the only maker of HTML from text, safe whatever the text holds.
 * @param {string} text
 */
export function markdown(text) {
  const lines = clean(text).replace(ODDS, (char) => String.fromCharCode(0xfdd0 + ODD.indexOf(char))).split('\n');
  // Blanks at the end of a line show nowhere, and the two parsers treat them differently after a backslash.
  return show(parser.render(lines.map((line) => line.trimEnd()).join('\n')));
}

/** @param {string} text */
const show = (text) => text.replace(HIDDEN, (char) => ODD[char.charCodeAt(0) - 0xfdd0]);

const parser = new MarkdownIt('zero', { breaks: true }).enable(RULES);
const rules = parser.renderer.rules;
const fence = /** @type {NonNullable<typeof rules.fence>} */ (rules.fence);

parser.normalizeLink = (url) => show(url).replace(UNSAFE, encodeURIComponent);
parser.normalizeLinkText = (url) => url;
parser.validateLink = (url) => ADDRESS.test(url);
rules.fence = (tokens, idx, options, env, self) => {
  tokens[idx].info = '';
  return fence(tokens, idx, options, env, self);
};
rules.heading_open = (tokens, idx) => `<${HEADINGS.get(tokens[idx].tag) ?? 'h3'}>`;
rules.heading_close = (tokens, idx) => `</${HEADINGS.get(tokens[idx].tag) ?? 'h3'}>\n`;
rules.link_open = (tokens, idx, options, env, self) => {
  tokens[idx].attrSet('rel', 'noopener noreferrer nofollow ugc');
  return self.renderToken(tokens, idx, options);
};
rules.th_open = () => '<th>';
rules.td_open = () => '<td>';
