// A file becomes a copy, or words say why not. Nothing that stands in it is believed yet. Twin: mentorlog/copies/reading.py.
import { format as FORMAT, largestCopy } from '../generated/config.js';
import { isId } from '../ids.js';
import { clean } from '../prose.js';

/** The file cannot be read; the message is for the person. */
export class Refused extends Error {
  name = 'Refused';
}

/**
 * What stands in a file. `owner`: id of whose it is, '' when it does not say. `newer`: a later version of the app wrote
 * it. `cut`: the end is missing. In the lists is whatever the file holds.
 * @typedef {{made_at: string, person: string, owner: string, newer: boolean, cut: boolean, records: any[], changes: any[],
 *   drafts: any[]}} Copy
 */

const END_OF_ONE = '\n  }'; // of a record, change or draft, as the file is written
const LONGEST_NAME = 200;
const LISTS = ['records', 'changes', 'drafts'];
/** @type {[number[], string][]} */
const SIGNS = [
  [[0x50, 0x4b], 'This is a packed file (zip). Unpack it, and choose the file in it that ends in .json.'],
  [[0x1f, 0x8b], 'This is a packed file (gzip). Unpack it, and choose the file in it that ends in .json.'],
];
const NONE_OF_OURS =
  'This is no file that this app saved, or it is cut off where nothing of it can be read. Nothing was changed.';

/**
 * The text of a file. A disk that broke off leaves zeros at the end.
 * @param {Blob} file
 * @throws {Refused} it is too large, packed, or no text
 */
export async function textOf(file) {
  if (file.size > largestCopy) throw new Refused(tooLarge(largestCopy));
  const data = new Uint8Array(await file.arrayBuffer());
  for (const [sign, words] of SIGNS) if (sign.every((byte, at) => data[at] === byte)) throw new Refused(words);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data).replaceAll('\0', '');
  } catch {
    throw new Refused(NONE_OF_OURS);
  }
}

/** The words for a file of more bytes than that. @param {number} most */
const tooLarge = most =>
  `This file is larger than ${Math.floor(most / 1_000_000)} MB, more than can be read in one piece. Nothing was changed.`;

/**
 * The copy that a text holds; of one that is cut off, what stands before the cut.
 * @param {string} text
 * @returns {Copy}
 * @throws {Refused} there is none in it
 */
export function parse(text) {
  const whole = loaded(text), cut = whole === null;
  const found = cut ? loaded(`${text.slice(0, text.lastIndexOf(END_OF_ONE) + END_OF_ONE.length)}]}`) : whole;
  if (!isDict(found) || !LISTS.some(name => Array.isArray(found[name]))) throw new Refused(NONE_OF_OURS);
  const version = Object.hasOwn(found, 'format') ? found.format : 1;
  if (!Number.isInteger(version)) throw new Refused(NONE_OF_OURS);
  const lists = Object.fromEntries(LISTS.map(name => [name, Array.isArray(found[name]) ? found[name] : []]));
  return /** @type {Copy} */ ({
    made_at: line(found.made_at), person: line(found.person), owner: ownerOf(found, lists.records),
    newer: version > FORMAT, cut, ...lists,
  });
}

/** @param {unknown} value */
export const isDict = value => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a JSON text says, null for any other. @param {string} text @returns {any} */
function loaded(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {unknown} value */
const line = value => (typeof value === 'string' ? [...clean(value)].slice(0, LONGEST_NAME).join('') : '');

/** Whose file it is. The first ones did not say: there it is whoever owns all that its person may write. @param {any} found @param {any[]} kept */
function ownerOf(found, kept) {
  if (Object.hasOwn(found, 'owner')) return isId(found.owner) ? found.owner : '';
  const owners = new Set(kept.filter(one => isDict(one) && one.rev && isId(one.owner)).map(one => one.owner));
  return owners.size === 1 ? [...owners][0] : '';
}
