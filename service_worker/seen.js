/** What the author of a change saw: on that the server joins it, and against that a save is measured. */

import { together } from './kinds.js';
import { overlay } from './view.js';

/** @typedef {import('./store.js').Fields} Fields */
/** @typedef {import('./store.js').Said} Said */
/** @typedef {import('./store.js').Change} Change */
/** @typedef {{base?: string|null, after?: string}} Standing */

/**
 * What the server takes for seen, as far as this device still knows: what the change below believed, and no more.
 * @param {Standing} stands
 * @param {Said|undefined} said
 * @param {Change[]} mine in order
 * @returns {Fields}
 */
export function seenBy({ base, after }, said, mine) {
  if (!after) return base && base === said?.rev ? (said.fields ?? {}) : {};
  const below = mine.find((change) => change.id === after);
  if (!below) return {};
  return { ...below.was, ...seenBy(below, said, mine), ...below.fields };
}

/**
 * What the form showed. That is more than the change it stands on believed, where that one was made in a form older
 * than what waits beside it. It is the view, if nothing moved since that change was written.
 * @param {Standing} stands
 * @param {Said|undefined} said
 * @param {Change[]} mine in order
 * @returns {Fields}
 */
export function shownBy(stands, said, mine) {
  const top = mine.at(-1);
  const still = stands.after && top?.id === stands.after && top.over === (said?.rev ?? null);
  return still ? overlay(said, mine) : seenBy(stands, said, mine);
}

/**
 * Whether the server would take something else for seen than what was shown, so that it has to be told.
 * @param {Fields} fields of the change
 * @param {Fields} shown
 * @param {Fields} seen
 */
export function isOther(fields, shown, seen) {
  const names = fields.deleted ? [...Object.keys(shown), ...Object.keys(seen)] : Object.keys(fields);
  return names.some((name) => !same(shown[name] ?? null, seen[name] ?? null));
}

/**
 * The fields that differ from what was shown; those that say one thing together, together.
 * @param {string} kind
 * @param {Fields} fields
 * @param {Fields} shown
 * @returns {Fields}
 */
export function changed(kind, fields, shown) {
  const names = Object.keys(fields);
  const moved = new Set(names.filter((name) => !Object.hasOwn(shown, name) || !same(shown[name], fields[name])));
  for (const group of together(kind)) {
    if (group.some((name) => moved.has(name))) group.forEach((name) => moved.add(name));
  }
  return Object.fromEntries(names.filter((name) => moved.has(name)).map((name) => [name, fields[name]]));
}

/**
 * What was seen of these fields; of all fields when the record is deleted.
 * @param {Fields} fields
 * @param {Fields} seen
 * @returns {Fields}
 */
export function pick(fields, seen) {
  if (fields.deleted) return seen;
  const names = Object.keys(fields).filter((name) => Object.hasOwn(seen, name));
  return Object.fromEntries(names.map((name) => [name, seen[name]]));
}

/** Whether two values say the same. @param {any} one @param {any} other */
export function same(one, other) {
  return canonical(one) === canonical(other);
}

/** JSON with sorted keys, so that equal content is equal text. @param {any} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join()}}`;
}
