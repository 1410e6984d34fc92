// Writing an entry: what its form shows, what was typed, and what is wrong with it. The twin of mentorlog/journal/writing.py.
import * as forms from '../forms.js';
import { kinds } from '../generated/kinds.js';
import { SPACE, clean } from '../prose.js';

const RECENT = 100; // entries whose tags are offered
const [MOST_OFFERED, MOST_KNOWN] = [12, 60]; // the others are there once a word begins like them
const ORDER = ['session', 'title', 'text', 'lesson', 'next', 'value', 'reason', 'tags'];
const GROWN = 'These are {count} tags, for two devices added to them. All can stay, and for a new one another has to go.';
const NO_SESSION = 'Choose one of the sessions offered, or none. Nothing you typed is lost.';

/** @typedef {Record<string, any>} Fields */

/** Tags as they were typed, between commas or spaces, without `#`, each once, in order. @param {string} typed */
export const splitTags = typed => [...new Set(typed.replace(SPACE, ' ').split(/[ ,#]/).filter(Boolean))];

/** The tags that were offered and taken. @param {any} ctx @returns {string[]} */
export function tickedTags(ctx) {
  const found = ctx.form.getAll('tag').map((/** @type {string} */ tag) => clean(tag).replace(SPACE, ' ').replace(/^ +| +$/g, ''));
  return [...new Set(found.filter(Boolean))];
}

/** The tags that the newest entries use most, without those in the field: [{name, on: taken, more: if begun}]. @param {any} ctx @param {Fields} form */
export async function familiar(ctx, form) {
  const used = new Map(), there = splitTags(form.tags);
  for (const { fields } of await ctx.records.shelf('entry', { limit: RECENT })) {
    for (const tag of fields.tags || []) used.set(tag, (used.get(tag) ?? 0) + 1);
  }
  const names = [...used].toSorted(([, one], [, other]) => other - one).map(([tag]) => tag).filter(tag => !there.includes(tag));
  const shown = [...names.slice(0, MOST_OFFERED), ...form.ticked];
  return [...new Set([...names.slice(0, MOST_KNOWN), ...form.ticked])]
    .map(name => ({ name, on: form.ticked.includes(name), more: !shown.includes(name) }));
}

/** The fields of the entry form that came: a page of an older version has neither lesson nor session. @param {any} ctx @returns {Fields} */
export function typed(ctx) {
  const tags = [...new Set([...splitTags(forms.text(ctx, 'tags')), ...tickedTags(ctx)])];
  const later = { lesson: forms.text(ctx, 'lesson'), session: forms.choice(ctx, 'session') };
  const came = Object.entries(later).filter(([name]) => ctx.form.has(name));
  return { title: forms.line(ctx, 'title'), text: forms.text(ctx, 'text'), tags, ...Object.fromEntries(came) };
}

/** The fields of an entry as its form shows them. ticked: of the tags that are offered those that were taken. @param {Fields} fields @returns {Fields} */
export const shown = fields => ({
  ...Object.fromEntries(['title', 'text', 'lesson', 'session'].map(name => [name, fields[name] || ''])),
  tags: (fields.tags || []).join(' '), ticked: [],
});

/** The same, as they were typed. @param {any} ctx @param {Fields} fields @returns {Fields} */
export const shownAgain = (ctx, fields) => ({ ...shown(fields), tags: forms.text(ctx, 'tags'), ticked: tickedTags(ctx) });

/**
 * Field to words. An entry without a word is none.
 * @param {Fields} fields @param {any} session the one it names, null if there is none to name @param {Fields} before the fields as they stand
 */
export function wrong(fields, session, before) {
  const found = forms.problems('entry', fields, before), count = (before.tags || []).length;
  if (found.tags && count > (kinds.entry.fields.tags.max ?? 0) && fields.tags.length > count) found.tags = GROWN.replace('{count}', String(count));
  if (fields.session && !session) found.session = NO_SESSION;
  const written = fields.title + fields.text + (fields.lesson ?? '');
  if (!Object.keys(found).length && !written.replace(SPACE, '')) found.text = 'Write something first. One word is enough.';
  return found;
}

/** The same errors, as their fields stand in the form. @param {Record<string, string>} errors */
export const inOrder = errors => Object.fromEntries(ORDER.filter(name => errors[name]).map(name => [name, errors[name]]));
