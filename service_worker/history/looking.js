// Looking at versions of a record: which of them differ, by how much, one against now. The twin of mentorlog/history/looking.py.
import { parts } from '../clock.js';
import * as forms from '../forms.js';
import { kinds } from '../generated/kinds.js';
import * as search from '../search.js';
import { blocks, compared, steps } from './difference.js';

/** @typedef {Record<string, any>} Fields */
/** @typedef {{change: string, at: string|null, label: string, here: boolean, mine: boolean, waiting: import('../view.js').Unsent, first: boolean, fields: Fields}} Version */

const WRITTEN = ['prose', 'line'];
/** What beside texts is told. @type {Map<string, string[]>} */
const VALUES = new Map(Object.entries({ rating: ['value'], answer: ['scale', 'choice'] }));

/** @param {string} kind */
const values = kind => VALUES.get(kind) ?? [];

/** The fields that a version tells and brings back: what a person wrote, and how they answered or rated. @param {string} kind @returns {string[]} */
export function names(kind) {
  const specs = kinds[kind]?.fields ?? {};
  return [...values(kind), ...Object.keys(specs).filter(name => WRITTEN.includes(specs[name].type) && !specs[name].server)];
}

/** What a version tells of these fields; what is empty is left out. @param {string} kind @param {Fields} fields @returns {Fields} */
export const told = (kind, fields) => Object.fromEntries(names(kind).filter(name => fields[name]).map(name => [name, fields[name]]));

/** @param {string} kind @param {Version} one @param {Version} other */
const tellsSame = (kind, { fields: one }, { fields: other }) => names(kind).every(name => one[name] === other[name]);

/** The versions, newest first; of those that tell the same one after the other, the first that told it. @param {string} kind @param {Version[]} versions */
export const collapsed = (kind, versions) => versions.filter((one, at) => !versions[at + 1] || !tellsSame(kind, one, versions[at + 1]));

/** A field in words: a text as it is, a choice without its underline. @param {string} kind @param {Fields} fields @param {string} name */
export function said(kind, fields, name) {
  const value = String(fields[name] || '');
  return values(kind).includes(name) ? value.replaceAll('_', ' ') : value;
}

/** All that a version tells, one below the other. @param {string} kind @param {Fields} fields */
export const text = (kind, fields) => names(kind).filter(name => fields[name]).map(name => said(kind, fields, name)).join('\n\n');

/** A version as the list prints it. how, words: how much it differs from now. @param {string} kind @param {Version} one @param {Version} now @param {string} zone */
export function row(kind, one, now, zone) {
  const { change, at, label, here, mine, waiting, first } = one;
  return {
    change, label, here, mine, waiting, first, at: at ? parts(at, zone) : null, now: one === now,
    ...compared(text(kind, now.fields), text(kind, one.fields)),
  };
}

/** Field by field what comes with a version, and what goes with what stands now. @param {string} kind @param {Version} one @param {Version} now */
export const against = (kind, one, now) => names(kind)
  .map(name => ({ field: name, old: said(kind, now.fields, name), fresh: said(kind, one.fields, name) }))
  .filter(({ old, fresh }) => old !== fresh)
  .map(({ field, old, fresh }) => ({ field, blocks: blocks(steps(old, fresh)) }));

/** The earlier version that is asked for, else the last one; null when there is none. @param {Version[]} versions @param {string} change */
export function chosen(versions, change) {
  const earlier = versions.slice(1);
  return earlier.find(one => one.change === change) ?? earlier[0] ?? null;
}

/** What the page prints of a record and its versions, the newest first. @param {any} ctx @param {any} record @param {Version[]} versions @param {string} change of the version to show */
export function page(ctx, record, versions, change) {
  const { kind } = record, [now] = versions, one = chosen(versions, change);
  const shown = one && {
    ...row(kind, one, now, ctx.zone), texts: against(kind, one, now), text: text(kind, one.fields), opening: forms.opening(ctx, record),
  };
  const of = { id: record.id, kind, what: search.WHAT.get(kind) ?? kind, title: search.title(record), url: search.address(record) };
  return { of, versions: versions.map(each => row(kind, each, now, ctx.zone)), shown };
}

/** The fields of the change that brings a version back: those that it tells otherwise than now. @param {string} kind @param {Version} one @param {Version} now */
export function back(kind, { fields: old }, { fields: fresh }) {
  const empty = (/** @type {string} */ name) => (values(kind).includes(name) ? null : '');
  return Object.fromEntries(names(kind).filter(name => old[name] !== fresh[name]).map(name => [name, old[name] ?? empty(name)]));
}
