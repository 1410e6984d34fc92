// What a file holds beside what stands here: what would be made, what would stand beside, what is here already. Twin:
// mentorlog/copies/comparing.py. What is not here is made anew. What stands here stays as it is: a text of the file with
// words that are not in it is kept beside it, under *Two versions*. What had waited when the file was saved comes in as
// the changes that it was, on what their forms showed. Each id follows from what it is for, so that a file that is read
// twice changes nothing.
import { kinds } from '../generated/kinds.js';
import { nameId } from '../ids.js';
import { canonical } from '../seen.js';
import { Naming } from './naming.js';
import { isDict } from './reading.js';
import * as sound from './sound.js';
import { asText } from './typed.js';

/** @typedef {Record<string, any>} Raw */
/** @typedef {import('./sound.js').Found} Found */
/**
 * What stands here. `records`: by id, the bins too. `gone`: id of a deleted one to its rev. `used`: ids of changes that
 * were taken once, and of unfinished texts that are here.
 * @typedef {{person: string, names: string, now: string, records: Map<string, any>, gone: Map<string, string>,
 *   used: Set<string>}} Here
 */
/**
 * What bringing a file in would do: see mentorlog/copies/comparing.py.
 * @typedef {{made: Raw[], beside: Raw[], sent: Raw[], drafts: Raw[], same: number, wrong: Raw[],
 *   left: Record<string, number>}} Plan
 */

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const PIECE = /[^.!?…\n]+[.!?…]*/g; // about a sentence
const SPACES = /^[ \t]+|[ \t]+$/g;

/** What bringing this copy in would do. @param {import('./reading.js').Copy} copy @param {Here} here @returns {Promise<Plan>} */
export async function compare(copy, here) {
  /** @type {Plan} */
  const plan = {
    made: [], beside: [], sent: [], drafts: [], same: 0, wrong: [],
    left: { unknown: 0, less: 0, others: 0, deleted: 0, unreadable: 0 },
  };
  const own = copy.owner === here.person, found = soundRecords(copy, plan), naming = new Naming(found, here, own);
  const waited = own ? takeWaited(copy, here, plan) : new Set(), seen = new Set();
  for (const one of found) {
    const id = await naming.id(one);
    if (seen.has(id)) plan.left.unreadable += 1;
    else if (!waited.has(one.id)) await weigh(plan, here, one, id, await naming.fields(one));
    seen.add(id);
  }
  await takeUnfinished(copy, here, plan, naming);
  return plan;
}

/** Something cannot be taken. @param {Plan} plan @param {unknown} unfit @param {any} raw */
function note(plan, unfit, raw) {
  if (!(unfit instanceof sound.Unfit)) throw unfit;
  if (unfit.why === 'wrong') plan.wrong.push({ ...sound.named(raw), why: unfit.words });
  else plan.left[unfit.why] += 1;
}

/** The records that can be taken; without those that somebody else showed to the person of the file. @param {import('./reading.js').Copy} copy @param {Plan} plan */
function soundRecords(copy, plan) {
  /** @type {Found[]} */
  const found = [];
  for (const raw of copy.records) {
    try {
      const [one, isLess] = sound.record(raw);
      const isTheirs = copy.owner && !['', copy.owner].includes(one.owner) && kinds[one.kind].by !== 'pair';
      plan.left[isTheirs ? 'others' : 'less'] += isTheirs || isLess ? 1 : 0;
      if (!isTheirs) found.push(one);
    } catch (error) {
      note(plan, error, raw);
    }
  }
  return found;
}

/**
 * Make a record anew, or keep what it says beside the one that stands here.
 * @param {Plan} plan @param {Here} here @param {Found} one @param {string} id @param {Raw} fields
 */
async function weigh(plan, here, one, id, fields) {
  const stands = here.records.get(id);
  if (!stands) {
    const made = await creation(here, one, id, fields);
    if (made) plan.made.push(made);
    else plan.same += 1;
  } else if (stands.kind !== one.kind) {
    plan.left.unreadable += 1;
  } else {
    const beside = await keptBeside(here, one.kind, id, fields, stands.fields);
    plan.beside.push(...beside);
    plan.same += beside.length ? 0 : 1;
  }
}

/**
 * The change that makes a record anew; over one that was deleted without what only the server writes. null where nothing
 * is left of it: a kept text that was settled stays so.
 * @param {Here} here @param {Found} one @param {string} id @param {Raw} all
 */
async function creation(here, one, id, all) {
  const gone = here.gone.get(id) ?? '', specs = kinds[one.kind].fields;
  const fields = Object.fromEntries(Object.entries(all).filter(([name]) => !(gone && specs[name].server)));
  if (!Object.keys(fields).length) return null;
  const change = await nameId(here.names, `copy:${id}:${gone}:${canonical(fields)}`);
  return { id: change, kind: one.kind, record: id, fields, made_at: one.at || here.now, ...gone ? { base: null } : { restore: change } };
}

/**
 * The changes that keep the texts of a file which say more than what stands here.
 * @param {Here} here @param {string} kind @param {string} id @param {Raw} fields @param {Raw} stands
 */
async function keptBeside(here, kind, id, fields, stands) {
  const kept = [];
  for (const [name, spec] of kind === 'kept' ? [] : Object.entries(kinds[kind].fields)) {
    const text = asText(spec, fields[name]);
    if (!adds(text, asText(spec, stands[name]))) continue;
    const copy = await nameId(here.names, `copy:${id}:${name}:${text}`);
    if (here.records.has(copy) || here.gone.has(copy)) continue;
    const change = await nameId(here.names, `copy:${copy}`);
    kept.push({ id: change, kind: 'kept', record: copy, made_at: here.now, restore: change, fields: { of: id, field: name, text } });
  }
  return kept;
}

/** Whether a text has a sentence that does not stand in the other one. @param {string} text @param {string} stands */
export const adds = (text, stands) => (text.match(PIECE) ?? []).some(piece => !stands.includes(piece.replace(SPACES, '')));

/**
 * Take the changes that had not been sent, those of a record in their order.
 * @param {import('./reading.js').Copy} copy @param {Here} here @param {Plan} plan
 * @returns {Set<string>} the records for which they say everything
 */
function takeWaited(copy, here, plan) {
  /** @type {Map<string, Raw[]>} */
  const chains = new Map(), broken = new Set(), ids = new Set();
  for (const raw of copy.changes) {
    try {
      const one = sound.change(raw);
      if (ids.has(one.id)) throw new sound.Unfit('unreadable');
      ids.add(one.id);
      chains.set(one.record, [...chains.get(one.record) ?? [], one]);
    } catch (error) {
      if (!(error instanceof sound.Unfit)) throw error;
      broken.add(isDict(raw) ? raw.record : null);
      plan.left.deleted += error.why === 'deleted' ? 1 : 0;
    }
  }
  const news = [...chains].filter(([record]) => !broken.has(record)).map(([, chain]) => newsOf(chain, here));
  plan.sent.push(...news.flat());
  return new Set(news.flat().map(one => one.record));
}

/** What of the changes on one record is not here yet; nothing where the record they stand on is gone. @param {Raw[]} chain @param {Here} here */
function newsOf(chain, here) {
  const [first] = chain, stands = here.records.get(first.record);
  if (!stands) return first.base === '' && !here.gone.has(first.record) ? chain : [];
  const shown = Object.assign(Object.create(null), ...chain.map(one => one.fields));
  if (Object.entries(shown).every(([name, value]) => canonical(stands.fields[name] ?? null) === canonical(value))) return [];
  const isJoined = kinds[first.kind].meaning; // two creations of it are one thing
  return chain.filter(one => !here.used.has(one.id) && (isJoined || one.base !== ''));
}

/** Take the unfinished texts that are not here and were not saved. @param {import('./reading.js').Copy} copy @param {Here} here @param {Plan} plan @param {Naming} naming */
async function takeUnfinished(copy, here, plan, naming) {
  for (const raw of copy.drafts) {
    try {
      const one = sound.draft(raw);
      if (here.used.has(one.change)) continue;
      const mine = naming.own ? await twinDraft(one, here) : await ownDraft(one, here, plan, naming);
      if (!here.used.has(mine.change)) plan.drafts.push(mine);
    } catch (error) {
      note(plan, error, raw);
    }
  }
}

/**
 * An unfinished text of one's own. It may be gone on with where it was saved, too: what it becomes there and here are two
 * changes of one record, so that both texts stay.
 * @param {Raw} one @param {Here} here
 */
const twinDraft = async (one, here) => ({ ...one, change: await nameId(here.names, `copy:${one.change}`) });

/**
 * An unfinished text of another account, on what its record is here; or for a new record.
 * @param {Raw} one @param {Here} here @param {Plan} plan @param {Naming} naming
 * @throws {sound.Unfit} its page is not in the file
 */
async function ownDraft(one, here, plan, naming) {
  const [change, fresh] = await Promise.all(['change', 'record'].map(name => nameId(here.names, `copy:${one[name]}`)));
  const record = await naming.ref(one.record), ids = one.form.match(ID) ?? [];
  if (record === null && (ids.length || one.base !== '')) throw new sound.Unfit('wrong', 'Its page is not in this file. Copy the text out of the file.');
  let { form } = one;
  for (const id of ids) form = form.replace(id, await naming.ref(id) ?? id);
  const stands = record ? standing(record, here, plan) : { base: '' };
  return { change, record: record ?? fresh, kind: one.kind, form, fields: one.fields, at: one.at, ...stands };
}

/** On what a form about this record stands once the file is brought in. @param {string} record @param {Here} here @param {Plan} plan */
function standing(record, here, plan) {
  const made = plan.made.find(one => one.record === record)?.id, stands = here.records.get(record);
  return made || stands?.top ? { after: made ?? stands.top } : { base: stands?.rev ?? '' };
}
