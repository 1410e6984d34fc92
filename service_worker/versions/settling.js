// Settling two versions: what can be chosen, and the changes that follow. The twin of mentorlog/versions/settling.py.
import * as forms from '../forms.js';
import { kinds } from '../generated/kinds.js';
import { union } from '../history/difference.js';
import { nameId } from '../ids.js';

/**
 * A kept text with what it belongs to. `record`: null when that is deleted; `type`: '' where there is no such field;
 * `others`: all that is kept of the same record, this one too.
 * @typedef {{kept: any, record: any, field: string, others: any[], type: ''|'text'|'list'|'value', text: string}} Case
 */
/** @typedef {Record<string, any>} Fields */

/** The kinds of which both versions can stand, each as a record of its own, and what goes along into the second one. @type {Map<string, string[]>} */
const APART = new Map(Object.entries({ entry: ['title', 'tags', 'session'], line: ['pocket', 'session', 'pair'] }));
/** @type {Map<string, 'text'|'list'>} */
const TYPES = new Map(Object.entries({ prose: 'text', line: 'text', list: 'list' }));

/** What is known of a field, null where there is none. @param {any} record @param {string} field @returns {any} */
export const specOf = (record, field) => (record && Object.hasOwn(kinds[record.kind].fields, field) ? kinds[record.kind].fields[field] : null);

/** A kept text with what it belongs to. @param {any} kept @param {any} record @param {any[]} others @returns {Case} */
export function caseOf(kept, record, others) {
  const field = kept.fields.field || '', spec = specOf(record, field);
  return { kept, record: record ?? null, field, others, type: spec ? TYPES.get(spec.type) ?? 'value' : '', text: kept.fields.text || '' };
}

/** What stands in the field, in words. @param {Case} about */
export function standing({ record, field, type }) {
  const value = record?.fields[field] ?? null;
  if (value === null || !type) return '';
  if (type === 'list') return value.map((/** @type {any} */ row) => wordsOf(specOf(record, field).item, row)).filter(Boolean).join('\n');
  return type === 'text' ? value : JSON.stringify(value);
}

/** What a person typed in an element; a choice is none. @param {Record<string, any>} item @param {any} row */
const wordsOf = (item, row) => Object.keys(item).filter(name => item[name].join === 'text').map(name => row[name])
  .filter(text => typeof text === 'string').join(' ');

/**
 * What a person can choose, each with the fields of the change that it makes. `this`: what stands stays. `that`: the kept
 * version takes its place. `apart`: it becomes a record of its own. `both`: the field holds both. `anew`: what has no
 * place any more becomes an entry.
 * @param {Case} about @returns {Record<string, Fields>}
 */
export function choices(about) {
  const { record } = about;
  if (!about.type) return { this: {}, ...fitting('entry', { anew: anew(homeless(about)) }) };
  const { both: one, ...found } = fitting(record.kind, { that: that(about), apart: apart(about), both: both(about) });
  return { this: {}, ...found, ...(one && !found.apart ? { both: one } : {}) };
}

/** Those that are possible at all, and that a change of this kind may hold. @param {string} kind @param {Record<string, Fields>} found @returns {Record<string, Fields>} */
const fitting = (kind, found) => Object.fromEntries(Object.entries(found)
  .filter(([, fields]) => Object.keys(fields).length && !Object.keys(forms.problems(kind, fields)).length));

/** The kept version in place of the other; of a list only the lines are known, not where they stood. @param {Case} about @returns {Fields} */
function that(about) {
  if (about.type === 'list') return {};
  return about.type === 'text' ? { [about.field]: about.text } : proposed(about);
}

/** What a kept proposal holds: values of fields, or of one. @param {Case} about @returns {Fields} */
function proposed({ field, text }) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { [field]: value };
  } catch {
    return {};
  }
}

/** A second record beside the one that stands. @param {Case} about @returns {Fields} */
function apart({ record, field, text }) {
  const along = APART.get(record.kind);
  if (field !== 'text' || !along) return {};
  return { ...Object.fromEntries(along.filter(name => isThere(record.fields[name])).map(name => [name, record.fields[name]])), text };
}

/** @param {any} value */
const isThere = value => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** Both in one field: one text below the other, in one line, or the lines at the end of a list. @param {Case} about @returns {Fields} */
function both(about) {
  const { record, field, type } = about;
  if (type === 'text') return { [field]: joined(about) };
  return type === 'list' ? { [field]: [...record.fields[field] || [], ...rows(about)] } : {};
}

/** Both texts in one: what they share once, in one line with a slash between. @param {Case} about */
export function joined(about) {
  const both = [standing(about), about.text];
  return specOf(about.record, about.field).type === 'prose' ? union(both[0], both[1]) : both.filter(Boolean).join(' / ');
}

/** The lines of a kept list as elements; two devices that add them add the same. @param {Case} about */
const rows = ({ kept, text }) => text.split('\n').filter(Boolean).map((line, at) => ({ id: `${kept.id}-${at + 1}`, text: line }));

/** The kept texts that go into one entry: all of a deleted record. @param {Case} about */
export const homeless = ({ kept, record, others }) => (record ? [kept] : others);

/** An entry out of texts that have no place any more. @param {any[]} kept @returns {Fields} */
function anew(kept) {
  const texts = kept.map(one => [one.fields.field || '', one.fields.text || '']);
  const titles = texts.filter(([field]) => field === 'title'), rest = texts.filter(([field]) => field !== 'title');
  return { title: titles[0]?.[1] ?? '', text: [...titles.slice(1), ...rest].map(([, text]) => text).join('\n\n') };
}

/**
 * The changes that a choice makes; the kept text goes into the bin. Another choice is another change, also out of the same
 * form; and two devices that choose alike make one record.
 * @param {any} ctx @param {Case} about @param {string} choice @param {any} opened the hidden fields of the page's form
 * @returns {Promise<any[]>}
 */
export async function changes(ctx, about, choice, opened) {
  const { kept } = about, ended = choice === 'anew' ? homeless(about) : [kept];
  const where = { ...opened, change: await nameId(opened.change, choice) };
  if (choice === 'this') return [forms.change('kept', { binned_at: ctx.now }, { ...forms.opening(ctx, kept), change: where.change })];
  if (choice === 'apart' || choice === 'anew') {
    const made = await nameId(ended.map(one => one.id).sort().join(' '), choice);
    Object.assign(where, { record: made, base: '', after: '' });
  }
  const first = forms.change(choice === 'anew' ? 'entry' : about.record.kind, choices(about)[choice], where);
  return [first, ...await settled(ctx, first, ended)];
}

/** The changes that end the kept texts, after the one that says how. @param {any} ctx @param {any} first @param {any[]} kept */
export const settled = (ctx, first, kept) =>
  Promise.all(kept.map(one => forms.further(first, 'kept', { binned_at: ctx.now }, one)));
