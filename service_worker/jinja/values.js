/**
 * Python's rules for JSON-like values: printing, truth, equality, look-ups.
 * Where Python would print something else, or raise, this throws. `undefined` is StrictUndefined.
 */

/** Text that is HTML already: markupsafe.Markup. Only what makes HTML itself may wrap it. */
export class Safe {
  /** @param {string} html */
  constructor(html) {
    this.html = html;
  }
}

/** @typedef {Record<string, unknown>} Dict */

/**
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  throw new TypeError(`template: ${message}`);
}

/** @returns {never} */
export const missing = () => fail('a missing value was used');

// kinds -----------------------------------------------------------------------

/** @type {(value: unknown) => value is string | Safe} */
export const isText = (value) => typeof value === 'string' || value instanceof Safe;

/** @type {(value: unknown) => value is Dict} */
export function isDict(value) {
  if (typeof value !== 'object' || value === null) return false;
  const parent = Object.getPrototypeOf(value);
  return parent === Object.prototype || parent === null;
}

/** Text without its mark; anything else as it is. @param {unknown} value */
export const plain = (value) => (value instanceof Safe ? value.html : value);

// printing ----------------------------------------------------------------------

/** @type {Record<string, string>} As markupsafe writes them. */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;' };

/** @param {string} text */
export const escapeText = (text) => text.replace(/[&<>'"]/g, (char) => ENTITIES[char]);

/** HTML of any value. @param {unknown} value */
export const esc = (value) => (value instanceof Safe ? value.html : escapeText(str(value)));

/** Floats and large integers print differently in Python. @param {number} number */
export function whole(number) {
  return Number.isSafeInteger(number) ? number : fail(`${number} is not an integer below 2**53`);
}

/** str(). @param {unknown} value */
export function str(value) {
  if (typeof value === 'string') return value;
  if (value instanceof Safe) return value.html;
  if (value === undefined) return missing();
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(whole(value));
  return fail(`cannot print ${Array.isArray(value) ? 'a list' : typeof value}`);
}

// truth, order, equality ----------------------------------------------------------

/** bool(). @param {unknown} value */
export function truth(value) {
  if (value === undefined) return missing();
  if (Array.isArray(value)) return value.length > 0;
  return isDict(value) ? Object.keys(value).length > 0 : Boolean(plain(value));
}

/** A number for arithmetic and order, which here are for numbers alone. @param {unknown} value */
export function num(value) {
  return typeof value === 'number' ? whole(value) : fail(`${typeof value} is not a number`);
}

/** @type {(a: unknown, b: unknown) => number} */
export const add = (a, b) => whole(num(a) + num(b));

/** @type {(a: unknown, b: unknown) => number} */
export const sub = (a, b) => whole(num(a) - num(b));

/** `a == b`, where True is 1. @type {(a: unknown, b: unknown) => boolean} */
export function eq(a, b) {
  if (a === undefined || b === undefined) return missing();
  a = plain(a);
  b = plain(b);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => eq(x, b[i]));
  if (isDict(a) && isDict(b)) return sameDict(a, b);
  if (typeof a === 'boolean' && typeof b === 'number') return Number(a) === b;
  return typeof a === 'number' && typeof b === 'boolean' ? a === Number(b) : a === b;
}

/** @type {(a: Dict, b: Dict) => boolean} */
function sameDict(a, b) {
  const names = Object.keys(a);
  const same = (/** @type {string} */ name) => Object.hasOwn(b, name) && eq(a[name], b[name]);
  return names.length === Object.keys(b).length && names.every(same);
}

/** `a in b`. @type {(a: unknown, b: unknown) => boolean} */
export function isIn(a, b) {
  if (isText(b)) return isText(a) ? str(b).includes(str(a)) : fail("'in' a text needs a text");
  return isDict(b) ? find(b, a) !== undefined : iter(b).some((value) => eq(value, a));
}

// what lists and dicts hold -----------------------------------------------------------

/** What a loop goes through. @type {(value: unknown) => unknown[]} */
export function iter(value) {
  if (value === undefined) return missing();
  return Array.isArray(value) ? value : keys(value);
}

/**
 * The keys in the order of writing. JavaScript puts keys like '10' first: then the order is lost.
 * @param {unknown} dict
 */
export function keys(dict) {
  if (!isDict(dict)) return fail('a list or a dict was expected');
  const names = Object.keys(dict);
  if (names.length > 1 && /^\d+$/.test(names[0])) fail(`a dict with keys like ${names[0]} has another order in Python`);
  return names;
}

/** @param {unknown} dict */
export const values = (dict) => keys(dict).map((name) => /** @type {Dict} */ (dict)[name]);

/** @param {unknown} dict */
export const items = (dict) => keys(dict).map((name) => [name, /** @type {Dict} */ (dict)[name]]);

/** The values of `for a, b in …`. @type {(value: unknown, count: number) => unknown[]} */
export function unpack(value, count) {
  const list = iter(value);
  return list.length === count ? list : fail(`cannot unpack ${list.length} values into ${count}`);
}

/**
 * What a dict holds itself, never what JavaScript adds. The keys of JSON are texts.
 * @type {(dict: Dict, key: unknown) => unknown}
 */
function find(dict, key) {
  if (key === undefined) return missing();
  if (Array.isArray(key) || isDict(key)) return fail('a list or dict cannot be a key');
  const name = plain(key);
  return typeof name === 'string' && Object.hasOwn(dict, name) ? dict[name] : undefined;
}

/** d.get(key, other). @type {(dict: unknown, key: unknown, other: unknown) => unknown} */
export function get(dict, key, other) {
  if (!isDict(dict)) return fail('.get() needs a dict');
  const found = find(dict, key);
  return found === undefined ? other : found;
}

/**
 * `owner.name`. None has no names, and lists and texts only have Python's.
 * @type {(owner: unknown, name: string) => unknown}
 */
export function attr(owner, name) {
  if (owner === null) return undefined;
  return isDict(owner) ? find(owner, name) : fail(`only a dict has .${name}`);
}

// A missing d['items'] is the method in Python.
const METHODS = /^(__\w+__|clear|copy|fromkeys|get|items|keys|pop|popitem|setdefault|update|values)$/;

/** `owner[key]`. @type {(owner: unknown, key: unknown) => unknown} */
export function item(owner, key) {
  if (Array.isArray(owner)) return owner.at(num(key));
  if (owner === null) return undefined;
  if (!isDict(owner)) return fail('only a list or a dict has elements');
  const found = find(owner, key);
  if (found === undefined && METHODS.test(String(plain(key)))) fail(`['${plain(key)}'] is a method in Python`);
  return found;
}
