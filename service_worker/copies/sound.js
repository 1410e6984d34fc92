// What of a file can be taken at all: a record, a change, a draft of a shape and with words that this version knows. Twin:
// mentorlog/copies/sound.py. A file may have been edited by anybody, so nothing in it is shown or kept unseen.
import { kinds } from '../generated/kinds.js';
import { isId } from '../ids.js';
import { problems, restorable, words } from '../kinds.js';
import { clean, snippet } from '../prose.js';
import { WHAT } from '../search.js';
import { isDict } from './reading.js';
import { WRITTEN, typedWords } from './typed.js';

const NEVER = ['shared', 'pair']; // what is read back is shown to nobody: its owner shares it again, one by one
const PAGE = /^(?:\/[\w-]{1,64}){1,5}(?:\?(?:answer|session)=[\da-f-]{36}|\?shared=1)?$/; // and what its form is for
const TITLE = 120;

/** @typedef {Record<string, any>} Fields */
/**
 * A record of a file that can be taken. `at`: where it stands in lists, '' when the file does not say.
 * @typedef {{id: string, kind: string, owner: string, at: string, fields: Fields}} Found
 */

/** It cannot be taken: `unreadable`, `unknown` kind, `deleted`, or `wrong` with the words of the first field. */
export class Unfit extends Error {
  name = 'Unfit';

  /** @param {'unreadable'|'unknown'|'deleted'|'wrong'} why @param {string} [said] */
  constructor(why, said = '') {
    super(why);
    this.why = why;
    this.words = said;
  }
}

/** @param {Fields} fields @param {(name: string, value: any) => boolean} isWanted @returns {Fields} */
const only = (fields, isWanted) => Object.fromEntries(Object.entries(fields).filter(([name, value]) => isWanted(name, value)));

/**
 * A record, and whether something of it is left out that this version does not know.
 * @param {any} raw
 * @returns {[Found, boolean]}
 * @throws {Unfit} it cannot be taken
 */
export function record(raw) {
  const { kind, fields, specs } = kindAndFields(raw);
  if (!isId(raw.id)) throw new Unfit('unreadable');
  if (fields.deleted === true) throw new Unfit('deleted');
  const known = only(fields, name => Object.hasOwn(specs, name)), kept = only(known, name => !NEVER.includes(name));
  check(kind, restorable(kind, kept));
  if (!Object.keys(kept).length) throw new Unfit('unreadable');
  const isLess = Object.keys(known).length < Object.keys(fields).length;
  return [{ id: raw.id, kind, owner: isId(raw.owner) ? raw.owner : '', at: instant(raw.at), fields: kept }, isLess];
}

/** A change as the store keeps it. @param {any} raw @throws {Unfit} it cannot be taken */
export function change(raw) {
  const { kind, fields, specs } = kindAndFields(raw);
  if (!isId(raw.id) || !isId(raw.record) || Object.hasOwn(raw, 'restore')) throw new Unfit('unreadable');
  if (fields.deleted === true) throw new Unfit('deleted');
  const kept = only(fields, (name, value) => Object.hasOwn(specs, name) && (name !== 'shared' || value === null));
  check(kind, problems(kind, kept, kept));
  if (!Object.keys(kept).length) throw new Unfit('unreadable');
  const was = only(isDict(raw.was) ? raw.was : {}, name => Object.hasOwn(kept, name));
  return { id: raw.id, kind, record: raw.record, fields: kept, was, made_at: instant(raw.made_at), tried: raw.state === 'tried', ...stands(raw) };
}

/** An unfinished text: name of a field to what stood in it, and the address of its form. @param {any} raw @throws {Unfit} it cannot be taken */
export function draft(raw) {
  const { kind, fields } = kindAndFields(raw);
  const typed = Object.fromEntries(Object.entries(fields)
    .filter(([, values]) => Array.isArray(values) && texts(values).length === values.length)
    .map(([name, values]) => [name, values.map(clean)]));
  const { form, change: id } = raw, at = instant(raw.at);
  const known = typeof form === 'string' && PAGE.test(form) && isId(id) && isId(raw.record);
  if (!known || !at || !Object.keys(typed).length) throw new Unfit('unreadable');
  return { change: id, record: raw.record, kind, form, fields: typed, at, ...stands(raw) };
}

/** @param {any} raw */
function kindAndFields(raw) {
  if (!isDict(raw) || typeof raw.kind !== 'string' || !isDict(raw.fields)) throw new Unfit('unreadable');
  if (!Object.hasOwn(kinds, raw.kind)) throw new Unfit('unknown');
  return { kind: raw.kind, fields: raw.fields, specs: kinds[raw.kind].fields };
}

/** @param {string} kind @param {Record<string, string>} wrong @throws {Unfit} a field holds what it cannot hold */
function check(kind, wrong) {
  const first = Object.keys(kinds[kind].fields).find(name => Object.hasOwn(wrong, name));
  if (first) throw new Unfit('wrong', words(wrong[first], kind, first));
}

/** On what a change or a draft stands: an own change, a state that the server told, or nothing. @param {any} raw @returns {{after: string}|{base: string}} */
function stands({ after = null, base = null }) {
  const on = after ?? base ?? '';
  if (on !== '' && !isId(on)) throw new Unfit('unreadable');
  return after === null ? { base: on } : { after: on };
}

/** @param {any} text */
const instant = text => (typeof text === 'string' && !Object.keys(problems('entry', { binned_at: text })).length ? text : '');

/** The words by which a person knows what cannot be taken. @param {any} raw */
export function named(raw) {
  const kind = isDict(raw) && Object.hasOwn(kinds, raw.kind) ? raw.kind : '', fields = kind && isDict(raw.fields) ? raw.fields : {};
  const clear = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, texts(value).map(clean)]));
  const [first] = kind ? typedWords(kind, clear) : [];
  return { what: WHAT.get(kind) ?? 'Page', title: first ? snippet(first, TITLE) : '' };
}

/** @param {any} value @returns {string[]} */
const texts = value => (Array.isArray(value) ? value : [value]).filter(one => typeof one === 'string');

/** What a person wrote in the fields of a change. @param {string} kind @param {Fields} fields @returns {string[]} */
export function wordsOf(kind, fields) {
  const names = Object.entries(kinds[kind].fields).filter(([name, spec]) => Object.hasOwn(fields, name) && WRITTEN.includes(spec.type));
  return names.map(([name]) => fields[name]).filter(Boolean);
}
