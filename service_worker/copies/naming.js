// Which record here a record of a file is. Twin: mentorlog/copies/naming.py.
// In one's own file a record keeps its id. In another account's it gets an id of ours, always the same one, so that
// nothing is taken under the other's name, and nothing twice. Ids with a meaning follow from what they mean to us.
import { kinds } from '../generated/kinds.js';
import { nameId } from '../ids.js';

/** @typedef {import('./sound.js').Found} Found */

/** Kind to the word and the fields of its meaning (sync.md, D11). One with a field missing has a plain id. @type {Record<string, string[]>} */
const MEANINGS = {
  settings: ['settings'], rating: ['rating', 'goal'], worksheet: ['worksheet', 'session', 'set'],
  answer: ['answer', 'worksheet', 'question'], agreement: ['agreement', 'partner'], hours: ['hours', 'partner'], busy: ['busy'],
};
const ALONE = ['hours']; // has a meaning without the field, too: one's own

/** Ids and references of the records of one file, as they are here. */
export class Naming {
  /** @param {Found[]} found @param {{person: string, names: string, records: Map<string, any>}} here @param {boolean} own */
  constructor(found, { person, names, records }, own) {
    this.found = new Map(found.map(one => [one.id, one]));
    this.person = person;
    this.names = names;
    this.here = records;
    this.own = own;
    /** @type {Map<string, string>} */
    this.known = new Map();
  }

  /** The id of a record of the file. @param {Found} one @returns {Promise<string>} */
  async id(one) {
    if (!this.known.has(one.id)) {
      this.known.set(one.id, await this.#plain(one)); // also ends a circle of references
      const meaning = await this.#meaning(one);
      if (meaning) this.known.set(one.id, await nameId(this.names, meaning));
    }
    return this.known.get(one.id) ?? '';
  }

  /** What a reference in the file points at here; null when nothing of it is here. @param {any} id @returns {Promise<string|null>} */
  async ref(id) {
    const one = this.found.get(id);
    if (one) return this.id(one);
    return this.own ? id : null;
  }

  /** The fields with their references as they are here. @param {Found} one @returns {Promise<Record<string, any>>} */
  async fields(one) {
    const specs = kinds[one.kind].fields, fields = [];
    for (const [name, value] of Object.entries(one.fields)) {
      fields.push([name, specs[name].type === 'ref' && value !== null ? await this.ref(value) : value]);
    }
    return Object.fromEntries(fields);
  }

  /** Of one's own file also what the other of a pair made and is not here any more becomes one's own. @param {Found} one */
  async #plain(one) {
    const mine = this.own && (['', this.person].includes(one.owner) || this.here.has(one.id));
    return mine ? one.id : nameId(this.names, `copy:${one.id}`);
  }

  /** @param {Found} one */
  async #meaning(one) {
    const [word, ...needed] = Object.hasOwn(MEANINGS, one.kind) ? MEANINGS[one.kind] : [''];
    if (!word) return '';
    const fields = await this.fields(one), named = needed.filter(name => !ALONE.includes(word) || one.fields[name]);
    const values = named.map(name => fields[name]);
    return values.every(Boolean) ? [word, ...values].join(':') : '';
  }
}
