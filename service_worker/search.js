// Search over everything a person wrote: every word, anywhere, newest first, marked. The twin of mentorlog/search.py.
import { parts } from './clock.js';
import { clean, excerpt, find, fold, mark, snippet, words as wordsOf } from './prose.js';
import { urlFor } from './urls.js';

const MOST = 50;
const LONGEST_QUERY = 200;
const SNIPPET = 160;
const TITLE = 120;
/** The texts of each kind, the one that names it first. @type {Map<string, string[]>} */
const TEXTS = new Map(Object.entries({
  entry: ['title', 'text'], goal: ['text', 'why', 'earns'], rating: ['reason'], worksheet: ['title'],
  answer: ['text'], session: ['notes', 'link'], line: ['text'], partner: ['name', 'email', 'fallback'],
  set: ['title', 'about'], aim: ['text'],
}));
/** @type {Map<string, string>} */
export const WHAT = new Map(Object.entries({
  entry: 'Entry', goal: 'Goal', rating: 'Rating', worksheet: 'Worksheet', answer: 'Answer', session: 'Session',
  line: 'Something came up', partner: 'Partner card', settings: 'Settings', kept: 'Text', set: 'Question set',
  aim: 'What you look for',
}));
/** @type {Map<string, string>} */
const PAGES = new Map(Object.entries({ entry: 'journal.show', goal: 'goals.show', session: 'sessions.show', partner: 'partners.show' }));
/** Folding all texts takes longest, so it is kept while the worker lives. @type {Map<string, {state: string, text: string}>} */
const folded = new Map();

/** What is searched of a record, the text that names it first. @param {any} record @returns {string[]} */
export function texts({ kind, fields }) {
  const found = (TEXTS.get(kind) ?? []).map(name => fields[name] || '');
  return [...found, ...fields.tags || [], ...(fields.steps || []).map((/** @type {any} */ step) => step.text)];
}

/** The words by which a person knows a record. @param {any} record */
export const title = record => snippet(texts(record).find(Boolean) ?? '', TITLE);

/** Where a record is read. @param {any} record */
export function address({ id, kind, fields }) {
  if (kind === 'rating') return urlFor('goals.show', { id: fields.goal || id });
  if (kind === 'answer' || kind === 'worksheet') return urlFor('questions.worksheet', { id: fields.worksheet || id });
  if (kind === 'line') return fields.session ? urlFor('sessions.show', { id: fields.session }) : urlFor('today.index');
  if (kind === 'set') return urlFor('questions.set_page', { set: id });
  if (kind === 'aim') return urlFor('questions.aim');
  const page = PAGES.get(kind);
  return page ? urlFor(page, { id }) : urlFor('settings.index');
}

/** By their moment, the newest first; of one moment by id. @param {any[]} found */
export const newest = found =>
  found.sort((one, other) => (one.at === other.at ? (one.id < other.id ? 1 : -1) : (one.at < other.at ? 1 : -1)));

/** The records that hold every word, newest first. @param {any[]} found @param {string[]} words */
export const hits = (found, words) =>
  newest(found.filter(record => TEXTS.has(record.kind) && find(words, foldedOf(record))));

/** @param {any} record */
function foldedOf(record) {
  const state = `${record.rev}${record.top ?? ''}`, known = folded.get(record.id);
  if (state && known?.state === state) return known.text;
  const text = fold(texts(record).join('\n'));
  if (state) folded.set(record.id, { state, text }); // what is only shown to me has no mark of its state
  return text;
}

/** An entry as the list of hits prints it. @param {any} record @param {string[]} words @param {string} zone */
export function entry({ id, at, fields, waiting }, words, zone) {
  return {
    id, day: parts(at, zone), title: mark(fields.title || '', words),
    snippet: excerpt(fields.text || '', words, SNIPPET), tags: fields.tags || [],
    session: Boolean(fields.session), waiting,
  };
}

/** Any other record, by the first of its texts that holds a word. @param {any} record @param {string[]} words */
export function elsewhere(record, words) {
  const shown = texts(record).find(text => words.some(word => fold(text).includes(word))) ?? title(record);
  return { url: address(record), title: excerpt(shown, words, TITLE), what: WHAT.get(record.kind), waiting: record.waiting };
}

/** The page of the hits: fifty at most. @param {string} q @param {any[]} found @param {string[]} words @param {string} zone */
export function result(q, found, words, zone) {
  const shown = found.slice(0, MOST);
  return {
    q, count: shown.length, more: found.length > MOST,
    entries: shown.filter(one => one.kind === 'entry').map(one => entry(one, words, zone)),
    elsewhere: shown.filter(one => one.kind !== 'entry').map(one => elsewhere(one, words)),
  };
}

/** @param {any} ctx */
export async function index(ctx) {
  const q = [...clean(ctx.url.searchParams.get('q') ?? '')].slice(0, LONGEST_QUERY).join('');
  const words = wordsOf(q), found = words.length ? hits(await ctx.records.everything(), words) : [];
  return ctx.show('search/index.html', result(q, found, words, ctx.zone));
}
