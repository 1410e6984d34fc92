// A time zone by what a person types: its city, or its name in any spelling. The twin of mentorlog/zones.py.
import { isZone } from './clock.js';
import { cities, others } from './generated/zones.js';
import { fold, nearest } from './prose.js';

const STRAY = /[.'\u2019]/g; // St. John's is St_Johns
const GAP = /[ _-]+/g;
const SLASH = / ?\/ ?/g;
const SAME_BEGINNING = 4; // letters that make two names alike
const MOST_EXAMPLES = 3;
const SEVERAL = 'More than one time zone has this name. Write one of them: {}.';
const UNKNOWN = 'This time zone is not known here. {}Choose the nearest large city, such as Berlin or New York.';
const ALIKE = 'Names like it: {}. ';

/** What is compared of a name. @param {string} text */
export const spelled = text =>
  fold(text).replace(STRAY, '').replace(GAP, ' ').replace(SLASH, '/').replace(/^ +| +$/g, '');

/** The zones of this name: the one that is written so, else those of the city, else those that had it once. @param {string} typed @returns {string[]} */
export function candidates(typed) {
  if (isZone(typed)) return [typed];
  const key = spelled(typed), found = of(cities, key);
  return found.length ? found : of(others, key);
}

/** Those of these names that are the key, or end with it after a slash. @param {string[]} names @param {string} key */
export const of = (names, key) => names.filter(name => [spelled(name)].some(said => said === key || said.endsWith(`/${key}`)));

/** The name of the zone that was typed; as it was typed where that means none, or more than one. @param {string} typed */
export function named(typed) {
  const found = candidates(typed);
  return found.length === 1 ? found[0] : typed;
}

/** Why that names no zone, in words, with examples near it. @param {string} typed */
export function refused(typed) {
  const found = candidates(typed), near = alike(typed);
  if (found.length > 1) return SEVERAL.replace('{}', found.join(', '));
  return UNKNOWN.replace('{}', near.length ? ALIKE.replace('{}', near.join(', ')) : '');
}

/** The zones of cities whose names are a slip away, or begin as this one does. @param {string} typed */
export function alike(typed) {
  const key = town(typed), towns = new Map(cities.map(name => [town(name), name]));
  const slip = nearest(key, new Map([...towns.keys()].map(one => [one, 1])));
  const begun = [...towns.keys()].filter(one => key.length >= SAME_BEGINNING && one.startsWith(key.slice(0, SAME_BEGINNING)));
  const near = [...new Set([slip, ...begun])].filter(Boolean).slice(0, MOST_EXAMPLES);
  return near.map(one => /** @type {string} */ (towns.get(one)));
}

/** The last part of a name, in one word. @param {string} name */
export const town = name => (spelled(name).split('/').at(-1) ?? '').replaceAll(' ', '');
