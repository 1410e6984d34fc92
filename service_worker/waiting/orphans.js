// Parts of what is discarded before the server ever had it: an answer, a rating, an agreement. None outlives its whole, and what was
// typed in it goes into the journal, in the words of `in_words` of the kinds of questions, goals and agreement.
// What is deleted is the server's: mentorlog/sync/parts.py.
import { anew } from '../changes.js';
import { CHOICES } from '../carried.js';
import { kinds } from '../generated/kinds.js';
import { nameId } from '../ids.js';
import { Moved, discardWhole, orphans } from '../settle.js';
import { Missing } from '../store.js';

const TRIES = 3; // of discarding what moves meanwhile
const ROOM = kinds.entry.fields.text.max ?? 0;

/** @typedef {Record<string, any>} Fields */
/** @typedef {import('../store.js').Row} Row */

/** What a person said in a part, to be read without its whole. @type {Record<string, (fields: Fields, whole: Fields) => string>} */
const IN_WORDS = {
  answer: (fields, whole) => below(asked(whole).find(one => one.id === fields.question)?.text, [
    fields.scale ? `${fields.scale} of 5` : '', CHOICES.get(fields.choice || ''), fields.text]),
  rating: (fields, whole) => below(whole.text, [...fields.earlier || [], fields].flatMap(
    (/** @type {Fields} */ one) => [one.value ? `${one.value} of 5` : '', one.reason])),
  agreement: (fields, whole) => below(whole.name, [fields.rhythm_own, fields.blocked, fields.confidentiality,
    ...(fields.ways || []).map((/** @type {Fields} */ one) => one.address)]),
};

/** What was said, a paragraph each, below what it was said of; '' where nothing was. @param {string|undefined} head @param {(string|undefined)[]} said */
const below = (head, said) => (said.some(Boolean) ? [head, ...said].filter(Boolean).join('\n\n') : '');

/** @param {Fields} whole @returns {Fields[]} */
const asked = whole => whole.questions || [];

/**
 * What has no place any more once a change is discarded, with its words in the order of the questions.
 * @param {any} ctx @param {{id: string, record: string}} change @returns {Promise<{parts: Row[], texts: string[], whole: Fields}>}
 */
export async function leftBy(ctx, change) {
  const found = await orphans(ctx.records, change), whole = (await ctx.records.many([change.record])).get(change.record)?.fields ?? {};
  const place = (/** @type {Row} */ part) => asked(whole).findIndex(one => one.id === part.fields.question);
  const parts = found.sort((one, other) => place(one) - place(other) || (one.id < other.id ? -1 : 1));
  return { parts, texts: parts.map(({ kind, fields }) => IN_WORDS[kind](fields, whole)).filter(Boolean), whole };
}

/**
 * Discard a change with what has no place any more without it. What another tab or a sync brings meanwhile counts, too.
 * @param {any} ctx @param {string} id @param {number} [tries] @returns {Promise<string[]>} the words that went into the journal
 */
export async function throwAway(ctx, id, tries = TRIES) {
  const change = (await ctx.records.pending()).find((/** @type {any} */ one) => one.id === id);
  if (!change) throw new Missing('change');
  const { parts, texts, whole } = await leftBy(ctx, change);
  try {
    await discardWhole(ctx.records, id, { parts, instead: await entries(change, texts, whole), now: ctx.now });
    return texts;
  } catch (error) {
    if (!(error instanceof Moved) || tries === 1) throw error;
    return throwAway(ctx, id, tries - 1);
  }
}

/**
 * The entries that hold these words: one, or as many as it takes. Their ids follow from the change and when it was made: a
 * form that is used again after its change was discarded makes one of the same id, which can be discarded, too.
 * @param {{id: string, made_at: string}} change the one that is discarded @param {string[]} texts @param {Fields} whole
 */
async function entries({ id: change, made_at }, texts, whole) {
  const [id, record] = await Promise.all(['instead', 'instead record'].map(name => nameId(change, `${name} ${made_at}`)));
  const title = whole.title || whole.text || whole.name || '';
  const fields = packed(texts).map(text => ({ title, text, ...whole.session && { session: whole.session } }));
  const first = { id, kind: 'entry', record, base: '' };
  return Promise.all(fields.map((one, at) => (at ? anew({ ...first, fields: {} }, at + 1, 'entry', one) : { ...first, fields: one })));
}

/** Texts, as many in one as an entry has room for. @param {string[]} texts @returns {string[]} */
function packed(texts) {
  /** @type {string[]} */
  const pages = [];
  for (const text of texts) {
    const both = pages.length ? `${pages[pages.length - 1]}\n\n${text}` : text;
    if (pages.length && both.length <= ROOM) pages[pages.length - 1] = both;
    else pages.push(text);
  }
  return pages;
}
