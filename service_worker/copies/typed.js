// The words of an unfinished text: all that a person typed into its form, by one rule for *Waiting* and for a file; and
// those of a change. The twin of `typed_words` in mentorlog/copies/typed.py. A form has fields that its record has not, such
// as why a goal is let go; so what is no word is named here: a field that is new and forgotten here is shown, and not lost.
import { kinds } from '../generated/kinds.js';

export const WRITTEN = ['prose', 'line'];
const TYPED = [...WRITTEN, 'tags'];
/** What is chosen in a form, or goes along in it unseen, beside the fields of its record that are no words. */
const CHOSEN = [
  'anyway', 'brush', 'day', 'due_before', 'how', 'kind', 'later', 'mails', 'overlap', 'part', 'question', 'rate',
  'second', 'seeking', 'seen', 'step', 'tag', 'taken', 'value', 'which',
];
const CHOSEN_OF_ONE = /^(?:step[0-9]+_(?:id|done)|way[0-9]+_(?:id|kind)|(?:type|was)_[^]*)$/;
const NAME = /^[a-z]/; // how names of forms begin

/**
 * What was typed into the fields of a form (a list of texts each): the texts of its record, then the rest.
 * @param {string} kind @param {Record<string, string[]>} fields @returns {string[]}
 */
export function typedWords(kind, fields) {
  const specs = kinds[kind]?.fields ?? {}, typeOf = (/** @type {string} */ name) => (Object.hasOwn(specs, name) ? specs[name].type : '');
  const texts = Object.keys(specs).filter(name => WRITTEN.includes(specs[name].type) && Object.hasOwn(fields, name));
  const rest = Object.keys(fields).filter(name => !texts.includes(name) && isWords(name, typeOf(name)));
  return [...texts, ...rest].flatMap(name => fields[name]).filter(Boolean);
}

/**
 * What a person wrote in a change: its texts, the words of a list one a line, the tags in one.
 * @param {string} kind @param {Record<string, any>} fields @returns {string[]}
 */
export function writtenWords(kind, fields) {
  const specs = Object.entries(kinds[kind]?.fields ?? {}).filter(([name]) => fields[name] && !CHOSEN.includes(name));
  return specs.map(([name, spec]) => (spec.type === 'tags' ? fields[name].join(', ') : asText(spec, fields[name]))).filter(Boolean);
}

/** The words in a field's value, those of a list one a line; '' for a field that holds no text. @param {any} spec @param {any} value */
export function asText({ join, item }, value) {
  if (!value || !['text', 'list'].includes(join)) return '';
  if (join === 'text' || !item) return String(value);
  const texts = Object.keys(item).filter(name => item[name].join === 'text');
  const words = (/** @type {any} */ row) => texts.map(name => row[name]).filter(text => typeof text === 'string');
  return value.map((/** @type {any} */ row) => words(row).join(' ')).filter(Boolean).join('\n');
}

/** @param {string} name @param {string} type '' for a field that its record has not */
function isWords(name, type) {
  if (CHOSEN.includes(name) || type && !TYPED.includes(type)) return false;
  return NAME.test(name) && !CHOSEN_OF_ONE.test(name);
}
