// From a form to a change: what was typed, what the form showed when it was made, what became of it.
// The twin of mentorlog/forms.py.
import { SPACE, clean } from './prose.js';
import * as changes from './changes.js';
import { kinds } from './generated/kinds.js';
import { itemProblems as inside, problems as found, words } from './kinds.js';
import { named, refused } from './zones.js';

const [UP, DOWN, OUT] = ['up', 'down', 'out']; // what a button beside a field of a list does to it
export const JOINED = 'It was changed elsewhere meanwhile. Both go to the server.';

/** Prose as it was typed, clean. @param {any} ctx @param {string} name */
export const text = (ctx, name) => clean(String(ctx.form?.get(name) ?? ''));

/** One line, trimmed. @param {any} ctx @param {string} name */
export const line = (ctx, name) => text(ctx, name).replace(SPACE, ' ').replace(/^ +| +$/g, '');

/** What was chosen, null for nothing. @param {any} ctx @param {string} name */
export const choice = (ctx, name) => line(ctx, name) || null;

/** A time zone by the name of what was typed; as it was typed where that is none, null for nothing. @param {any} ctx @param {string} name */
export const zone = (ctx, name) => named(line(ctx, name)) || null;

/** A whole number; what is none goes on as it was typed, to be refused by its field. @param {any} ctx @param {string} name */
export function number(ctx, name) {
  const typed = line(ctx, name);
  return /^[0-9]{1,6}$/.test(typed) ? Number(typed) : typed || null;
}

/** A tick box. @param {any} ctx @param {string} name */
export const ticked = (ctx, name) => ctx.form.has(name);

/** The fields of a list after the button beside one of them was used, null when it was not. @param {any} ctx @param {any[]} found @returns {any[]|null} */
export function turned(ctx, found) {
  const [place, way = ''] = line(ctx, 'move').split(/-(.*)/s), at = /^[0-9]+$/.test(place) ? Number(place) - 1 : -1;
  if (at < 0 || at >= found.length || ![UP, DOWN, OUT].includes(way)) return ctx.form.has('move') ? found : null;
  const rest = found.toSpliced(at, 1);
  return way === OUT ? rest : rest.toSpliced(way === UP ? Math.max(0, at - 1) : at + 1, 0, found[at]);
}

/** The hidden fields of a form about this record, or about a new one. @param {any} ctx @param {any} [record] @param {string} [id] */
export const opening = (ctx, record = null, id = '') =>
  ({ base: '', after: '', ...changes.opening(record, ctx.newId, id || undefined) });

/** The hidden fields as they came, about the record of the address; a form without them stands on it as it is now. @param {any} ctx @param {any} [record] @param {string} [id] @returns {Record<string, string>} */
export function typedOpening(ctx, record = null, id = '') {
  if (!ctx.form.has('change')) return opening(ctx, record, id);
  const typed = Object.fromEntries(['change', 'base', 'after'].map(name => [name, line(ctx, name)]));
  return { ...typed, record: record?.id || id || line(ctx, 'record') };
}

/** What a form carries of a further record that it shows, in a line: id, and on what its change would stand. @param {any} ctx @param {any} record */
export function stands(ctx, record) {
  const { base, after } = opening(ctx, record);
  return [record.id, base || '-', after || '-'].join(' ');
}

/** A record as a line that begins with what `stands` wrote shows it, and the rest of the line; null without one. @param {string} said @param {Map<string, any>} there @returns {[any, string]|null} */
export function stood(said, there) {
  const [id, base = '', after = '', ...rest] = said.split(' '), one = there.get(id);
  return one ? [{ ...one, rev: base === '-' ? '' : base, top: after === '-' ? '' : after }, rest.join(' ')] : null;
}

/**
 * Field to words, empty when the change can be taken.
 * @param {string} kind @param {Record<string, any>} fields @param {Record<string, any>} [before] the fields of the record that it changes
 */
export function problems(kind, fields, before) {
  return Object.fromEntries(Object.entries(found(kind, fields, before)).map(([name, why]) => [name, worded(why, kind, name, fields[name])]));
}

/** The sentence for what is wrong with a field; of a time zone with names that are near. @param {string} why @param {string} kind @param {string} name @param {any} value */
function worded(why, kind, name, value) {
  const isZone = kinds[kind].fields[name]?.type === 'zone' && typeof value === 'string';
  return isZone ? refused(value) : words(why, kind, name);
}

/** The same for one element of a list: its field to words. @param {string} kind @param {string} field @param {Record<string, any>} item */
export const itemProblems = (kind, field, item) =>
  Object.fromEntries(Object.entries(inside(kind, field, item)).map(([name, why]) => [name, words(why, kind, `${field}.${name}`)]));

/** The change that a form makes. @param {string} kind @param {Record<string, any>} fields @param {any} opened */
export function change(kind, fields, { change: id, record, base, after }) {
  return { id, kind, record, fields, ...after ? { after } : { base } };
}

/** A further change of the same form, about a record that is there. @param {any} first @param {string} kind @param {any} fields @param {any} record */
export const further = (first, kind, fields, record) => changes.further(first, kind, fields, changes.opening(record, () => ''));

/** The same about a new record. @param {any} first @param {number|string} name @param {string} kind @param {any} fields */
export const anew = (first, name, kind, fields) => changes.anew(first, name, kind, fields);

/** Keep the changes of one form, in order; returns the id of the first one's record. @param {any} ctx @param {...any} list */
export async function save(ctx, ...list) {
  const { moved, records } = await changes.write(ctx.records, list, { now: ctx.now, draft: list[0].id });
  ctx.stored = true;
  await ctx.notice(moved ? JOINED : '', { change: list[0].id }); // the draft has the id of the first one
  return records[0];
}
