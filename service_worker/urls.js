/** Flask's addresses in the worker: `url_for`, and what a path means. The table is mentorlog/jinja_js/urls.py's. */

import { rules as table } from './generated/urls.js';
import { str } from './jinja/values.js';

/**
 * @typedef {{name: string, kind: 'int' | 'path' | 'string' | 'uuid' | null, regex: string}} Variable
 * @typedef {{endpoint: string, methods: string[], parts: (string | Variable)[]}} Rule
 * @typedef {Rule & {variables: Variable[], pattern: RegExp}} ReadyRule
 */

/** @type {(part: string | Variable) => part is Variable} */
const isVariable = (part) => typeof part !== 'string';

/** @param {string} text */
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @type {ReadyRule[]} */
const rules = table.map((rule) => {
  const pattern = rule.parts.map((part) => (isVariable(part) ? `(${part.regex})` : literal(part))).join('');
  return { ...rule, variables: rule.parts.filter(isVariable), pattern: new RegExp(`^${pattern}$`) };
});

/** @type {Map<string, ReadyRule[]>} of each endpoint, the rule with the most variables first */
const byEndpoint = new Map();
for (const rule of rules) {
  const own = [...byEndpoint.get(rule.endpoint) ?? [], rule];
  byEndpoint.set(rule.endpoint, own.sort((a, b) => b.variables.length - a.variables.length));
}

/**
 * @param {string} message
 * @returns {never}
 */
function refuse(message) {
  throw new Error(`url_for: ${message}`);
}

// What Werkzeug does not escape in a path, in a query and after #.
const IN_PATH = /%(24|26|2B|2C|2F|3B|3D|3A|40)/g;
const IN_QUERY = /%(24|2C|2F|3A|3B|3F|40)/g;
const IN_ANCHOR = /%(25|23|24|26|2B|2C|2F|3A|3B|3D|3F|40)/g;

/** @type {(text: string, kept: RegExp) => string} */
const quote = (text, kept) => encodeURIComponent(text).replace(kept, decodeURIComponent);

/** @param {unknown} text */
const queryPart = (text) => quote(str(text), IN_QUERY).replaceAll('%20', '+');

/**
 * Flask's url_for without the host: the path, what the path does not take as query, `_anchor` after #.
 * null leaves an argument out, a list repeats it.
 * @param {string} endpoint
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function urlFor(endpoint, values = {}) {
  const { _anchor = null, ...given } = values;
  const left = new Map(Object.entries(given).filter(([, value]) => value !== null));
  const special = [...left.keys()].find((name) => /^_(external|method|scheme)$/.test(name));
  if (special) refuse(`${special} is not supported`);
  const rule = buildable(endpoint, left);
  const written = (/** @type {string | Variable} */ part) =>
    (isVariable(part) ? inPath(part, left.get(part.name)) : quote(part, IN_PATH));
  const path = rule.parts.map(written).join('');
  for (const { name } of rule.variables) left.delete(name);
  const query = [...left].flatMap(([name, value]) => pairs(name, value)).join('&');
  return path + (query && `?${query}`) + (_anchor === null ? '' : `#${quote(str(_anchor), IN_ANCHOR)}`);
}

/**
 * The rule with the most variables that are all given; one that answers GET first.
 * @type {(endpoint: string, given: Map<string, unknown>) => ReadyRule}
 */
function buildable(endpoint, given) {
  const own = byEndpoint.get(endpoint) ?? refuse(`there is no endpoint ${endpoint}`);
  const fits = own.filter((rule) => rule.variables.every(({ name }) => given.has(name)));
  return fits.find((rule) => rule.methods.includes('GET')) ?? fits[0] ?? refuse(`${endpoint} needs more values`);
}

/** @type {(variable: Variable, value: unknown) => string} */
function inPath({ name, kind }, value) {
  const text = str(value);
  if (kind === null) refuse(`the converter of ${name} is not supported`);
  if (kind === 'uuid') return text;
  if (kind !== 'int') return quote(text, IN_PATH);
  const number = /^[+-]?[0-9]+$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number) ? String(number) : refuse(`${name} is no integer`);
}

/** @type {(name: string, value: unknown) => string[]} */
function pairs(name, value) {
  const list = Array.isArray(value) ? value.filter((one) => one !== null) : [value];
  return list.map((one) => `${queryPart(name)}=${queryPart(one)}`);
}

/**
 * What Flask would take the request for; null where Flask must say it: no rule, a broken escape, a converter or a
 * number that JavaScript does not know.
 * @param {string} method
 * @param {string} pathname as in `URL.pathname`
 * @returns {{endpoint: string, args: Record<string, string | number>} | null}
 */
export function match(method, pathname) {
  const path = decoded(pathname);
  const rule = rules.find((one) => path !== null && one.methods.includes(method) && one.pattern.test(path));
  if (!rule || path === null || rule.variables.some(({ kind }) => kind === null)) return null;
  const [, ...texts] = /** @type {RegExpExecArray} */ (rule.pattern.exec(path));
  const values = rule.variables.map(({ kind }, number) => fromPath(kind, texts[number]));
  if (values.some((value) => typeof value === 'number' && !Number.isSafeInteger(value))) return null;
  const args = Object.fromEntries(rule.variables.map(({ name }, number) => [name, values[number]]));
  return { endpoint: rule.endpoint, args };
}

/** @param {string} pathname */
function decoded(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/**
 * A value as a controller gets it: UUIDs are texts.
 * @type {(kind: Variable['kind'], text: string) => string | number}
 */
function fromPath(kind, text) {
  if (kind === 'int') return Number(text);
  return kind === 'uuid' ? text.toLowerCase() : text;
}
