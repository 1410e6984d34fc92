/** What the device knows of kinds of records: limits, words, order, shelf. Twin of mentorlog/records. */

import { instant, isDay, isInstant, isTime, isZone } from './clock.js';
import { kinds, words as sentences } from './generated/kinds.js';
import { isId } from './ids.js';
import { clean } from './prose.js';

/** @typedef {import('./store.js').Fields} Fields */
/** @typedef {'invalid'|'too_long'|'unknown_field'} Why */
/**
 * `most`: of a list that is handed back, which may have grown when it was joined.
 * @typedef {{type: string, join: string, max?: number, most?: number, min?: number, each?: number, choices?: string[],
 *   pattern?: string, item?: Record<string, Spec>, server?: boolean, null: boolean}} Spec
 */
/** @typedef {(spec: Spec, value: any) => Why|null} Check */

const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * Field to reason, empty when a person's form may hold these fields.
 * @param {string} kind
 * @param {Fields} fields
 * @param {Fields} [before] of the record that the form changes. What two devices added is joined to more than a form
 *   takes, and may stay as long as it is.
 * @returns {Record<string, Why>}
 */
export function problems(kind, fields, before = {}) {
  const known = Object.entries(kinds[kind].fields);
  const specs = Object.fromEntries(known.map(([name, spec]) => [name, roomy(spec, before[name])]));
  const found = reasons(specs, fields);
  if (found.length) return Object.fromEntries(found);
  return Object.fromEntries(
    Object.keys(fields)
      .filter((name) => specs[name].server)
      .map((name) => [name, 'unknown_field']),
  );
}

/** A set or list with room for what it holds already. @param {Spec} spec @param {any} value @returns {Spec} */
function roomy(spec, value) {
  if (!spec.most || !Array.isArray(value)) return spec;
  return { ...spec, max: Math.max(spec.max ?? 0, Math.min(spec.most, value.length)) };
}

/**
 * Field to reason, empty when a record that is handed back may hold these fields: lists that grew when they were joined,
 * and what only the server writes.
 * @param {string} kind
 * @param {Fields} fields
 * @returns {Record<string, Why>}
 */
export function restorable(kind, fields) {
  const specs = Object.entries(kinds[kind].fields).map(([name, spec]) => [name, { ...spec, max: spec.most ?? spec.max }]);
  return Object.fromEntries(reasons(Object.fromEntries(specs), fields));
}

/** @param {Record<string, Spec>} specs @param {Fields} fields @returns {[string, Why][]} */
function reasons(specs, fields) {
  /** @type {[string, Why][]} */
  const found = [];
  for (const [name, value] of Object.entries(fields)) {
    const why = Object.hasOwn(specs, name) ? problem(specs[name], value) : 'unknown_field';
    if (why) found.push([name, why]);
  }
  return found;
}

/** @param {Spec} spec @param {any} value @returns {Why|null} */
function problem(spec, value) {
  if (value === null) return spec.null ? null : 'invalid';
  return CHECKS[spec.type](spec, value);
}

/** Length in code points. @param {string} text */
function length(text) {
  let count = text.length;
  for (const pair of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) count -= pair.length;
  return count;
}

/** @param {unknown} value @returns {value is string} */
function isClean(value) {
  return typeof value === 'string' && clean(value) === value;
}

/** @type {Check} */
function prose(spec, value) {
  if (!isClean(value)) return 'invalid';
  return length(value) > (spec.max ?? 0) ? 'too_long' : null;
}

/** @type {Check} */
function line(spec, value) {
  return typeof value === 'string' && value.includes('\n') ? 'invalid' : prose(spec, value);
}

/** @type {Check} */
function tags(spec, value) {
  if (!Array.isArray(value) || value.some((tag) => !tag || !isClean(tag) || tag.includes('\n'))) return 'invalid';
  if (new Set(value).size < value.length) return 'invalid';
  return value.some((tag) => length(tag) > (spec.each ?? 0)) ? 'too_long' : tooMany(spec, value);
}

/** @type {Check} */
function pieces(spec, value) {
  const right = new RegExp(`^(?:${spec.pattern})$`), each = (/** @type {any} */ piece) => typeof piece === 'string' && right.test(piece);
  if (!Array.isArray(value) || !value.every(each) || new Set(value).size < value.length) return 'invalid';
  return tooMany(spec, value);
}

/** @type {Check} */
function list(spec, value) {
  if (!Array.isArray(value)) return 'invalid';
  for (const item of value) {
    const why = itemProblem(spec.item ?? {}, item);
    if (why) return why;
  }
  return new Set(value.map((item) => item.id)).size < value.length ? 'invalid' : tooMany(spec, value);
}

/**
 * Field to reason for one element of a list.
 * @param {string} kind
 * @param {string} field
 * @param {Fields} item
 * @returns {Record<string, Why>}
 */
export function itemProblems(kind, field, item) {
  return Object.fromEntries(reasons(kinds[kind].fields[field].item ?? {}, item));
}

/** @param {any} value */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The first reason against an element of a list: its fields in their order, then what does not belong there.
 * @param {Record<string, Spec>} specs
 * @param {any} item
 * @returns {Why|null}
 */
function itemProblem(specs, item) {
  if (!isObject(item)) return 'invalid';
  for (const [name, spec] of Object.entries(specs)) {
    if (!Object.hasOwn(item, name)) {
      if (name === 'id') return 'invalid'; // every other field has a default
      continue;
    }
    const why = problem(spec, item[name]);
    if (why) return why;
  }
  return Object.keys(item).every((name) => Object.hasOwn(specs, name)) ? null : 'invalid';
}

/** @type {Check} */
function rows(spec, value) {
  return Array.isArray(value) && value.every(isObject) ? tooMany(spec, value) : 'invalid';
}

/** @type {Check} */
function tooMany(spec, value) {
  return value.length > (spec.max ?? 0) ? 'too_long' : null;
}

/** @type {Check} */
function whole({ min = 0, max = 0 }, value) {
  return Number.isInteger(value) && min <= value && value <= max ? null : 'invalid';
}

/** @param {(text: string) => boolean} isRight @returns {Check} */
function text(isRight) {
  return (_, value) => (typeof value === 'string' && isRight(value) ? null : 'invalid');
}

/** @type {Record<string, Check>} */
const CHECKS = {
  prose,
  line,
  tags,
  pieces,
  list,
  rows,
  whole,
  choice: (spec, value) => (spec.choices?.includes(value) ? null : 'invalid'),
  flag: (_, value) => (typeof value === 'boolean' ? null : 'invalid'),
  day: text(isDay),
  time: text(isTime),
  zone: text(isZone),
  instant: text(isInstant),
  ref: text(isId),
  slug: text((value) => SLUG.test(value)),
};

/**
 * @param {Record<string, Spec>} fields
 * @param {string} name
 * @returns {Spec|null}
 */
function specOf(fields, name) {
  const [field, inner] = name.split('.');
  const spec = Object.hasOwn(fields, field) ? fields[field] : null;
  return inner && spec?.item ? specOf(spec.item, inner) : spec;
}

/**
 * The sentence for a reason, with the limits of the field it is about; `list.field` is one of a list's elements.
 * @param {string} why
 * @param {string|null} [kind]
 * @param {string|null} [field]
 * @returns {string}
 */
export function words(why, kind, field) {
  const fields = kind && Object.hasOwn(kinds, kind) ? kinds[kind].fields : {};
  const spec = field ? specOf(fields, field) : null;
  const known = Object.hasOwn(sentences, why) ? sentences[why] : sentences.invalid;
  const sentence = spec && Object.hasOwn(known, spec.type) ? known[spec.type] : known[''];
  return sentence.replace(/\{(max|min|each)\}/g, (as, name) =>
    String(spec ? (spec[/** @type {'max'} */ (name)] ?? 'None') : as),
  );
}

/**
 * The instant by which lists order a record.
 * @param {string} kind
 * @param {Fields} fields
 * @param {string} otherwise of the change that made it; or what was known, when the fields do not say
 * @returns {string}
 */
export function at(kind, fields, otherwise) {
  if (kinds[kind]?.at !== 'starts') return otherwise;
  const { starts_on: on, starts_time: time, zone } = fields;
  const known = isDay(on ?? '') && isTime(time ?? '') && isZone(zone ?? '');
  return known ? instant(on, time, zone) : otherwise;
}

/** The list a record stands in. @param {string} kind @param {Fields} fields */
export function shelf(kind, fields) {
  if (fields.deleted) return `${kind}/gone`;
  return fields.binned_at ? `${kind}/bin` : kind;
}

/**
 * The pair a record belongs to, or is shared with.
 * @param {string} kind
 * @param {Fields} fields
 * @returns {string|null}
 */
export function pairOf(kind, fields) {
  return (kinds[kind]?.by === 'pair' ? fields.pair : fields.shared) ?? null;
}

/** The id of what a record is a part of, '' for one that stands alone. @param {{kind: string, fields: Fields}} record @returns {string} */
export const wholeOf = ({ kind, fields }) => fields[kinds[kind]?.part_of] || '';

/**
 * Sets of fields that say one thing together, such as day, time and zone.
 * @param {string} kind
 * @returns {string[][]}
 */
export function together(kind) {
  return kinds[kind]?.together ?? [];
}

/**
 * Whether two devices make the same id for this record, so that two creations are one thing (D11). A worksheet
 * outside of a session is not: one can be filled in many times.
 * @param {string} kind
 * @param {Fields} fields
 * @returns {boolean}
 */
export function hasMeaning(kind, fields) {
  return kind === 'worksheet' ? Boolean(fields.session) : Boolean(kinds[kind]?.meaning);
}
