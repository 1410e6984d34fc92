/** What differs between two texts, by words within paragraphs, for eyes. Twin: mentorlog/history/difference.py. */

import { SPACE } from '../prose.js';
import { Room, matches } from './matching.js';

/** @typedef {[text: string, sign: string]} Piece */
/** @typedef {[text: string, sign: string, whole: boolean]} Step `whole`: a whole paragraph of both */
/** @typedef {[goes: string, comes: string, stays: string]} Change */
/** @typedef {import('./matching.js').Pairs} Pairs */
/** @typedef {{pieces: Piece[], text: string, same: number, lists: number}} Block */

const [SAME, COMES, GOES] = ['', 'ins', 'del'];
export { SAME, COMES, GOES };
const MOST_BETWEEN = 2; // words that stayed between two changes and are shown as part of them
export const END = '¶'; // where a paragraph ends that did not, or no longer does
const SPACES = SPACE.source.slice(1, -2);
const LETTERS = '\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff'; // written without spaces: each is a word
const BREAK = /(\n+)/;
const WORD = new RegExp(`([${LETTERS}]|[^${SPACES}${LETTERS}]+)`);
const ONLY_SPACE = new RegExp(`^[${SPACES}]+$`);
const ITEM = /^[ \t]*(?:[-*+]|[0-9]{1,9}[.)]) /;

/**
 * From the old text to the new one: what stays, what goes, what comes. Without what comes, the texts of the steps are
 * the old text; without what goes, the new one.
 * @param {string} old
 * @param {string} fresh
 * @returns {Step[]}
 */
export function steps(old, fresh) {
  const [before, after, room] = [old.split(BREAK), fresh.split(BREAK), new Room()]; // paragraphs; at odd places breaks
  const pairs = matches(evens(before), evens(after), room);
  if (!pairs) return replaced(old, fresh);
  /** @type {Step[]} */
  const found = [];
  let [a, b] = [0, 0];
  for (const [i, j] of [...pairs, [before.length, after.length]]) {
    found.push(...stretch(before.slice(Math.max(0, 2 * a - 1), 2 * i), after.slice(Math.max(0, 2 * b - 1), 2 * j), room));
    if (2 * i < before.length) found.push([before[2 * i], SAME, true]);
    [a, b] = [i + 1, j + 1];
  }
  return found;
}

/** @param {string[]} list */
const evens = (list) => list.filter((_, place) => place % 2 === 0);
/** @param {string[]} list */
const odds = (list) => list.filter((_, place) => place % 2 === 1);

/** @param {string} old @param {string} fresh @returns {Step[]} */
function replaced(old, fresh) {
  /** @type {Step[]} */
  const both = [[old, GOES, false], [fresh, COMES, false]];
  return both.filter(([text]) => text);
}

/**
 * What lies between two paragraphs that stayed, word by word.
 * @param {string[]} before paragraphs and breaks
 * @param {string[]} after
 * @param {Room} room
 * @returns {Step[]}
 */
function stretch(before, after, room) {
  const [old, fresh] = [before.join(''), after.join('')];
  if (old === fresh) return old ? [[old, SAME, false]] : [];
  if (before.length === after.length && before.length > 1) {
    return before.flatMap((one, place) => stretch([one], [after[place]], room));
  }
  const [olds, news] = [old.split(WORD), fresh.split(WORD)]; // white space; at odd places words
  const pairs = matches(odds(olds), odds(news), room);
  if (!pairs) return replaced(old, fresh);
  return smooth(changes(olds, news, pairs)).flatMap(([goes, comes, stays]) => {
    /** @type {Step[]} */
    const all = [[goes, GOES, false], [comes, COMES, false], [stays, SAME, false]];
    return all.filter(([text]) => text);
  });
}

/**
 * What changed, in order. White space that both sides have around a change stays.
 * @param {string[]} olds
 * @param {string[]} news
 * @param {Pairs} pairs
 */
function changes(olds, news, pairs) {
  /** @type {Change[]} */
  const found = [['', '', '']];
  let [a, b] = [0, 0];
  for (const [i, j] of [...pairs, [(olds.length - 1) / 2, (news.length - 1) / 2]]) {
    const [goes, comes] = [olds.slice(2 * a, 2 * i + 1).join(''), news.slice(2 * b, 2 * j + 1).join('')];
    const head = goes === comes ? goes.length : blanks([...goes], [...comes]);
    const tail = blanks([...goes.slice(head)].reverse(), [...comes.slice(head)].reverse());
    found[found.length - 1][2] += goes.slice(0, head);
    const stays = goes.slice(goes.length - tail) + (olds[2 * i + 1] ?? '');
    found.push([goes.slice(head, goes.length - tail), comes.slice(head, comes.length - tail), stays]);
    [a, b] = [i + 1, j + 1];
  }
  return found;
}

/**
 * The changes without the idle ones. A word or two between longer changes go and come with them: to an eye that is one
 * change.
 * @param {Change[]} list
 */
function smooth(list) {
  /** @type {Change[]} */
  const found = [['', '', '']];
  for (const [goes, comes, stays] of list) {
    const last = found[found.length - 1];
    const short = Math.min(Math.max(size(last[0]), size(last[1])), Math.max(size(goes), size(comes)));
    if (!goes && !comes) last[2] += stays;
    else if (size(last[2]) <= short && !last[2].includes('\n') && odds(last[2].split(WORD)).length <= MOST_BETWEEN) {
      found.splice(-1, 1, [last[0] + last[2] + goes, last[1] + last[2] + comes, stays]);
    } else found.push([goes, comes, stays]);
  }
  return found;
}

/** Code points. @param {string} text */
const size = (text) => [...text].length;

/** With how much white space both begin alike. @param {string[]} one @param {string[]} other */
function blanks(one, other) {
  const end = one.findIndex((char, place) => !ONLY_SPACE.test(char) || char !== other[place]);
  return end < 0 ? one.length : end;
}

/**
 * One of the two texts alone; what only it has, comes.
 * @param {Step[]} found
 * @param {string} sign GOES for the old one, COMES for the new one
 * @returns {Step[]}
 */
export function side(found, sign) {
  return found
    .filter(([, own]) => own === SAME || own === sign)
    .map(([text, own, whole]) => [text, own === sign ? COMES : SAME, whole]);
}

/**
 * Both texts in one: the paragraphs that stand in both once, where they differ first one text's, then the other's.
 * @param {string} one
 * @param {string} other
 */
export function union(one, other) {
  const [before, after] = [one.split(BREAK), other.split(BREAK)];
  const pairs = matches(evens(before), evens(after), new Room()) ?? [];
  let [text, a, b] = ['', 0, 0];
  for (const [i, j] of [...pairs, [before.length, after.length]]) {
    const ours = before.slice(Math.max(0, 2 * a - 1), 2 * i).join('');
    const theirs = after.slice(Math.max(0, 2 * b - 1), 2 * j).join('');
    const both = [...new Set([stripped(ours), stripped(theirs)])].filter(Boolean);
    const apart = both.length ? ['', ...both, ''] : [ours.length < theirs.length ? theirs : ours];
    text = (text + apart.join('\n\n')).replace(/^\n+/, '') + (before[2 * i] ?? '');
    [a, b] = [i + 1, j + 1];
  }
  return stripped(text);
}

/** @param {string} text */
const stripped = (text) => text.replace(/^\n+|\n+$/g, '');

/**
 * The steps as a page prints them: a paragraph with changes, or so many paragraphs and lists that are the same.
 * @param {Step[]} found
 * @returns {Block[]}
 */
export function blocks(found) {
  /** @type {Block[]} */
  const rows = [];
  for (const [text, sign, whole] of found) {
    if (whole || (sign === SAME && /^\n*$/.test(text) && rows.length && !rows.at(-1)?.pieces.length)) stay(rows, text);
    else for (const part of text.split(BREAK).filter(Boolean)) goOn(rows, part, sign);
  }
  rows.forEach((row, place) => {
    [row.same, row.lists] = counted(row.text);
    if (row.pieces.length) row.pieces.splice(-1, 1, ...end(row.pieces, rows[place + 1]?.pieces[0]));
  });
  return rows.filter(({ pieces, same, lists }) => pieces.length || same || lists);
}

/** @returns {Block} */
const blank = () => ({ pieces: [], text: '', same: 0, lists: 0 });

/** @param {Block[]} rows @param {string} text */
function stay(rows, text) {
  if (!rows.length || rows.at(-1)?.pieces.length) rows.push(blank());
  rows[rows.length - 1].text += text;
}

/**
 * A piece of a paragraph, or the break after it, which is noted as one line feed.
 * @param {Block[]} rows
 * @param {string} part
 * @param {string} sign
 */
function goOn(rows, part, sign) {
  const last = rows.at(-1)?.pieces.at(-1);
  if (!last || last[0] === '\n') rows.push(blank());
  rows[rows.length - 1].pieces.push([part[0] === '\n' ? '\n' : part, sign]);
}

/**
 * The last piece of a paragraph. A break has nothing to say when it stayed, or came or went with a neighbour.
 * @param {Piece[]} pieces
 * @param {Piece|undefined} below
 * @returns {Piece[]}
 */
function end(pieces, below) {
  const [before, last] = pieces.slice(-2);
  if (pieces[pieces.length - 1][0] !== '\n') return pieces.slice(-1);
  const idle = !last || last[1] === SAME || before[1] === last[1] || below?.[1] === last[1];
  return idle ? [] : [[END, last[1]]];
}

/** How many paragraphs a text has, and how many lists. @param {string} text */
export function counted(text) {
  const items = text.split('\n').filter(Boolean).map((line) => ITEM.test(line));
  return [items.filter((item) => !item).length, items.filter((item, place) => item && !items[place - 1]).length];
}

/** How often each word stands in a text. @param {string} text @returns {Map<string, number>} */
export function words(text) {
  const found = new Map();
  for (const word of odds(text.split(WORD))) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}

/**
 * How much two texts differ in words.
 * @param {string} now
 * @param {string} then
 * @returns {{how: 'same'|'order'|'fewer'|'more'|'differ', words: number}}
 */
export function compared(now, then) {
  const [ours, theirs] = [words(now), words(then)];
  const [fewer, more] = [beyond(ours, theirs), beyond(theirs, ours)];
  if (!fewer && !more) return { how: now === then ? 'same' : 'order', words: 0 };
  return { how: !more ? 'fewer' : !fewer ? 'more' : 'differ', words: Math.max(fewer, more) };
}

/** How many words the one has and the other has not. @param {Map<string, number>} one @param {Map<string, number>} other */
function beyond(one, other) {
  return [...one].reduce((sum, [word, count]) => sum + Math.max(0, count - (other.get(word) ?? 0)), 0);
}
