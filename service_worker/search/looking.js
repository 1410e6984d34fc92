// Looking at what was found: by which words a hit is known, where it is read, what is said of it.
// The twin of mentorlog/search/looking.py.
import { dayParts, parts } from '../clock.js';
import { ratingId, said } from '../goals/looking.js';
import { texts } from '../memory.js';
import { excerpt, fold, mark, snippet } from '../prose.js';
import { urlFor } from '../urls.js';

const SNIPPET = 160;
export const TITLE = 120;
const NAME = 60;
/** @type {Map<string, string>} */
export const WHAT = new Map(Object.entries({
  entry: 'Entry', goal: 'Goal', rating: 'Rating', worksheet: 'Worksheet', answer: 'Answer', session: 'Session',
  line: 'Something came up', partner: 'Partner card', settings: 'Settings', kept: 'Text', set: 'Question set',
  aim: 'What you look for', agreement: 'Agreement', hours: 'Hours of a week', busy: 'Busy times',
}));
/** The field that names the record by which a hit is told. @type {Map<string, string>} */
const BESIDE = new Map(Object.entries({ rating: 'goal', answer: 'worksheet', line: 'session', agreement: 'partner' }));
const DATED = ['session', 'aim'];
const NAMED = ['goal', 'set', 'partner'];
/** @type {Map<string, string>} */
const PAGES = new Map(Object.entries({ entry: 'journal.show', goal: 'goals.show', session: 'sessions.show', partner: 'partners.show' }));

/** The words by which a person knows a record. @param {any} record */
export const title = record => snippet(texts(record).find(Boolean) ?? '', TITLE);

/** Where a record is read. @param {any} record */
export function address({ id, kind, fields }) {
  if (kind === 'rating') return urlFor('goals.show', { id: fields.goal || id });
  if (kind === 'answer' || kind === 'worksheet') {
    return urlFor('questions.worksheet', { id: fields.worksheet || id, q: fields.question ?? null });
  }
  if (kind === 'line') return fields.session ? urlFor('sessions.show', { id: fields.session }) : urlFor('today.index');
  if (kind === 'set') return urlFor('questions.set_page', { set: id });
  if (kind === 'agreement') return urlFor('agreement.show', { id: fields.partner || id });
  if (kind === 'aim') return urlFor('questions.aim');
  if (kind === 'hours' || kind === 'busy') return fields.partner ? urlFor('times.theirs', { id: fields.partner }) : urlFor('times.hours');
  const page = PAGES.get(kind);
  return page ? urlFor(page, { id }) : urlFor('settings.index');
}

/** By the id of a hit what it is told by: a goal's rating, the goal of a rating, an answer's worksheet ... @param {any} ctx @param {any[]} found @returns {Promise<Map<string, any>>} */
export async function beside(ctx, found) {
  const ids = await Promise.all(found.map(({ id, kind, fields }) =>
    (kind === 'goal' ? ratingId(ctx, id) : fields[BESIDE.get(kind) ?? ''] || '')));
  const read = await ctx.records.many(ids);
  return new Map(found.map(({ id }, place) => [id, read.get(ids[place])]));
}

/** An entry as the list of hits prints it. @param {any} record @param {string[]} words @param {string} zone */
export function entry(record, words, zone) {
  const { id, fields, waiting } = record, text = fields.text || '', lesson = fields.lesson || '';
  const stuck = !holding([text], words).length && holding([lesson], words).length > 0;
  return {
    id, day: moment(record, zone), title: mark(fields.title || '', words),
    snippet: excerpt(stuck ? lesson : text, words, SNIPPET), lesson: stuck, tags: fields.tags || [],
    session: Boolean(fields.session), waiting,
  };
}

/** Any other record, by the first of its texts that holds a word. @param {any} record @param {any} other @param {string[]} words @param {string} zone */
export function elsewhere(record, other, words, zone) {
  const { kind, waiting } = record, all = texts(record), shown = holding(all, words)[0] ?? title(record);
  const of = NAMED.includes(kind) && shown !== all[0] ? snippet(all[0], NAME) : '';
  return {
    url: address(record), kind, title: excerpt(shown, words, TITLE), of, value: 0, ended: '', day: null, due: null, waiting,
    ...told(record, other, zone),
  };
}

/** Those of the texts that hold a word. @param {string[]} found @param {string[]} words */
export const holding = (found, words) => found.filter(text => words.some(word => fold(text).includes(word)));

/** What is said of a hit beside its words. @param {any} record @param {any} other the record beside it, if there is one @param {string} zone */
export function told(record, other, zone) {
  const { kind, fields } = record;
  if (kind === 'goal') return ofGoal(fields, said(other), zone);
  if (kind === 'rating') return { value: fields.value || 0, of: other ? title(other) : '' };
  if (kind === 'answer') return { of: other ? question(other, fields.question) : '' };
  if (kind === 'agreement') return { of: other ? title(other) : '' };
  if (kind === 'line') return { day: other ? moment(other, zone) : null };
  return DATED.includes(kind) ? { day: moment(record, zone) } : {};
}

/** How a goal went, or ended without, and when that was said; or when it is due. @param {any} fields @param {any} rated @param {string} zone */
export function ofGoal(fields, rated, zone) {
  if (rated) return { value: rated.fields.value, day: moment(rated, zone) };
  if (fields.ended) return { ended: fields.ended, day: fields.ended_at ? parts(fields.ended_at, zone) : null };
  return { due: fields.due_on ? dayParts(fields.due_on) : null };
}

/** The words of a question as a worksheet asked it. @param {any} sheet @param {string} id */
export function question({ fields }, id) {
  const found = (fields.questions || []).find((/** @type {any} */ one) => one.id === id);
  return found ? snippet(found.text || '', NAME) : '';
}

/** The parts of a record's `at`. @param {any} record @param {string} zone */
export const moment = (record, zone) => parts(record.at, zone);
