/** Jinja2's filters. Each gets all its arguments in Python's order: the compiler places keywords and defaults. */

import { Safe, esc, escapeText, fail, isDict, isText, iter, str, truth } from './values.js';

// str.isspace(). JavaScript's \s has the byte order mark more, and the separators and NEL less.
const SPACE = /[^\S\ufeff]|[\x1c-\x1f\x85]/;

/**
 * The same kind of text after a change of its letters.
 * @type {(value: unknown, change: (text: string) => string) => string | Safe}
 */
const changed = (value, change) => (value instanceof Safe ? new Safe(change(value.html)) : change(str(value)));

/** Elements, or the code points of a text. @type {(value: unknown) => unknown[]} */
const elements = (value) => (typeof value === 'string' ? [...value] : iter(value));

/** @param {string} text */
function strip(text) {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text[start])) start += 1;
  while (end > start && SPACE.test(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

/** @type {(value: unknown, other: unknown, falsy: unknown) => unknown} */
const orElse = (value, other, falsy) => (value === undefined || (truth(falsy) && !truth(value)) ? other : value);

/** @type {(value: unknown) => number} */
function length(value) {
  if (isText(value)) return [...str(value)].length;
  return isDict(value) ? Object.keys(value).length : iter(value).length;
}

/**
 * Safe as soon as one part is: then the others are escaped.
 * @type {(value: unknown, separator: unknown) => string | Safe}
 */
function join(value, separator) {
  const list = iter(value);
  const safe = [separator, ...list].some((part) => part instanceof Safe);
  return safe ? new Safe(list.map(esc).join(esc(separator))) : list.map(str).join(str(separator));
}

/**
 * Safe as soon as one part is: then the others are escaped, but for what is looked for.
 * @type {(value: unknown, old: unknown, fresh: unknown) => string | Safe}
 */
function replace(value, old, fresh) {
  const from = str(old);
  if (from === '') fail('replace needs a text to look for');
  const safe = [value, old, fresh].some((part) => part instanceof Safe);
  return safe ? new Safe(esc(value).replaceAll(from, () => esc(fresh))) : str(value).replaceAll(from, () => str(fresh));
}

/** urllib.parse.quote() with / kept. @param {unknown} value */
function urlencode(value) {
  const hex = (/** @type {string} */ char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(str(value)).replaceAll('%2F', '/').replace(/[!'()*]/g, hex);
}

/** @type {Record<string, (...values: any[]) => unknown>} */
export const filters = {
  count: length,
  d: orElse,
  default: orElse,
  e: (value) => (value instanceof Safe ? value : new Safe(escapeText(str(value)))),
  escape: (value) => filters.e(value),
  first: (value) => elements(value)[0],
  join,
  last: (value) => elements(value).at(-1),
  length,
  list: (value) => [...iter(value)],
  lower: (value) => changed(value, (text) => text.toLowerCase()),
  replace,
  reverse: (value) => (Array.isArray(value) ? [...value].reverse() : fail('reverse needs a list')),
  string: (value) => (value instanceof Safe ? value : str(value)),
  trim: (value) => changed(value, strip),
  upper: (value) => changed(value, (text) => text.toUpperCase()),
  urlencode,
};
