// Filing a line: what its forms show, what was typed or shared, and what is wrong with it. The twin of mentorlog/agenda/filing.py.
import { parts } from '../clock.js';
import * as forms from '../forms.js';
import * as partners from '../partners.js';
import { ODD, SPACE } from '../prose.js';
import { coming, pocketOf } from './looking.js';

const OFFERED = 12; // sessions to move a line to
const BLANK = `\t\n\r ${ODD}`;
export const TOO_MUCH = 'More came along than a page of the journal holds. Nothing of it was kept here, and it is whole where it '
  + 'came from: share a part of it, or put a part in here.';
const LONG = 'It is longer than a line of the agenda. The journal has room for it, or make it shorter here.';
const ONLY_A_FILE = 'A file cannot be kept here, only words. Write a line about it, if you like.';
const AND_A_FILE = 'The file that came along cannot be kept here, only the words.';
const NOTHING = 'No words came along. Write the line yourself, if you like.';

/** An empty form for a line, of this session or of none. @param {any} ctx */
export const adding = (ctx, session = '', pocket = 'question') => ({
  session, opening: forms.opening(ctx), form: { text: '', pocket }, errors: /** @type {Record<string, string>} */ ({}),
  roomy: false, fits: true, came: false, note: '',
});

/** The fields of a new line. @param {any} ctx @param {any} session */
export const typed = (ctx, session) => ({
  text: forms.line(ctx, 'text'), pocket: forms.choice(ctx, 'pocket') || 'question', session: session ? session.id : null,
});

/** Field to words. @param {any} fields @returns {Record<string, string>} */
export function wrong(fields) {
  const found = forms.problems('line', fields);
  if (!fields.text) found.text = 'Write a line first. A few words are enough.';
  return Object.fromEntries(['text', 'pocket', 'session'].filter(name => found[name]).map(name => [name, found[name]]));
}

/** The fields of an entry that holds the text in place of a line. @param {any} ctx */
export const pageOfTheJournal = ctx => ({ title: '', text: forms.text(ctx, 'text'), tags: [] });

/** What is wrong with a text as a page of the journal, in words. @param {any} fields */
export function wrongPage(fields) {
  const found = forms.problems('entry', fields);
  if (!stripped(fields.text)) found.text = 'Write something first. One word is enough.';
  return found;
}

/** Whether a text is short enough for a line. @param {string} text */
export const fits = text => !Object.keys(forms.problems('line', { text: text.replace(SPACE, ' ').replace(/^ | $/g, '') })).length;

/** The form of a line as it was typed, with what is wrong. @param {any} ctx @param {any} session @param {any} opening @param {any} fields @param {any} errors @param {boolean} room */
export function again(ctx, session, opening, fields, errors, room) {
  const short = fits(fields.text), roomy = !session && (room || !short);
  const form = { text: roomy ? forms.text(ctx, 'text') : fields.text, pocket: fields.pocket };
  return { ...adding(ctx, session ? session.id : ''), opening, form, errors, roomy, fits: short };
}

/** A text without the blanks around it; by hand, because a pattern for those at the end tries each blank in between. @param {string} text */
function stripped(text) {
  let from = 0, to = text.length;
  while (from < to && BLANK.includes(text[from])) from += 1;
  while (to > from && BLANK.includes(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

/** What a share sheet hands over as title, text and address, as one text: a line each, nothing twice. @param {string[]} given */
export function joined(given) {
  const found = [...new Set(given.map(stripped))];
  return found.filter(part => part && !found.some(other => other !== part && other.includes(part))).join('\n');
}

/** The form with what was shared in it, and what to say about it. @param {any} ctx @param {string[]} given @param {boolean} file one came along */
export function shared(ctx, given, file) {
  const text = joined(given), form = { ...adding(ctx), roomy: true, came: true };
  if (Object.keys(forms.problems('entry', { text })).length) return { ...form, note: TOO_MUCH };
  const short = fits(text), about = file ? (text ? AND_A_FILE : ONLY_A_FILE) : text ? '' : NOTHING;
  const note = [about, short ? '' : LONG].filter(Boolean).join(' ');
  return { ...form, form: { text, pocket: 'question' }, fits: short, note };
}

/** The fields of a line as its own form shows them. @param {any} line */
export const shown = line => ({ text: line.fields.text || '', pocket: pocketOf(line), session: line.fields.session || '' });

/** The sessions to choose from, soonest first, after the one of the line when that is none of them. @param {any} ctx @param {string} chosen */
export async function offered(ctx, chosen) {
  const near = (await coming(ctx)).slice(0, OFFERED), cards = await partners.cards(ctx);
  const own = near.some(one => one.id === chosen) ? [] : [...(await ctx.records.many([chosen])).values()];
  return [...own, ...near].map(one =>
    ({ id: one.id, start: parts(one.at, ctx.zone), ahead: near.includes(one), name: nameOf(one, cards) }));
}

/** With whom it is, '' where that is not said. @param {any} session @param {Map<string, any>} cards */
export function nameOf(session, cards) {
  const card = cards.get(session.fields.partner || '');
  return card ? card.fields.name || '' : '';
}
