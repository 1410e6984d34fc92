// What a plan makes of the records here, and how it is said. Twin: mentorlog/copies/taking.py.
import { parts } from '../clock.js';
import { WRITTEN, usedBefore } from '../changes.js';
import { bare } from '../database.js';
import { isId, nameId } from '../ids.js';
import { problems } from '../kinds.js';
import { snippet } from '../prose.js';
import * as search from '../search.js';
import { canonical } from '../seen.js';
import { rewrite } from '../view.js';
import { isDict, parse } from './reading.js';
import { wordsOf } from './sound.js';
import { typedWords } from './typed.js';

/** @typedef {import('./comparing.js').Raw} Raw */
/** @typedef {import('./comparing.js').Here} Here */
/** @typedef {import('./comparing.js').Plan} Plan */

const AT_ONCE = 200; // changes of one transaction
const LISTED = 20;
const TITLE = 120;
const KEPT_MS = 86_400_000;

/** Keep the text of a file until it is brought in or left. @param {any} ctx @param {string} text */
export const keep = (ctx, text) => ctx.records.setMeta({ copy: { text, at: ctx.now } });

/** Forget the file. @param {any} ctx */
export const forget = ctx => ctx.records.setMeta({ copy: null });

/** The copy of the file that is kept; null when there is none, or it was left lying for too long. @param {any} ctx */
export async function kept(ctx) {
  const copy = await ctx.records.meta('copy');
  if (!copy) return null;
  if (Date.parse(ctx.now) - Date.parse(copy.at) <= KEPT_MS) return parse(copy.text);
  await forget(ctx);
  return null;
}

/** What stands here of this person. @param {any} ctx @param {import('./reading.js').Copy} copy @returns {Promise<Here>} */
export async function here(ctx, copy) {
  const ids = (/** @type {any[]} */ list, /** @type {string} */ name) => list.filter(one => isDict(one) && isId(one[name])).map(one => one[name]);
  const typed = ids(copy.drafts, 'change'), brought = await Promise.all(typed.map(id => nameId(ctx.names, `copy:${id}`)));
  const rows = await ctx.records.withBins(), asked = [...ids(copy.changes, 'id'), ...typed, ...brought];
  const { said, used, drafts } = await ctx.records.read(['snapshot', 'used', 'drafts'], async (/** @type {any} */ tx) => ({
    said: await tx.objectStore('snapshot').getAll(),
    used: await Promise.all(asked.map(id => tx.objectStore('used').get(id))),
    drafts: await tx.objectStore('drafts').getAll(),
  }));
  const unfinished = [...drafts.map((/** @type {any} */ one) => one.change), ...await cameBack(ctx, copy, drafts)];
  const taken = used.filter((/** @type {any} */ one) => one && !one.discarded).map((/** @type {any} */ one) => one.id);
  const gone = said.filter((/** @type {any} */ row) => row.gone && row.rev);
  return {
    person: ctx.person.id, names: ctx.names, now: ctx.now, used: new Set([...taken, ...unfinished]),
    records: new Map(rows.map((/** @type {any} */ row) => [row.id, row])),
    gone: new Map(gone.map((/** @type {any} */ row) => [row.id, row.rev])),
  };
}

/**
 * Unfinished texts of the file that went from here to another device, where nobody went on with them.
 * @param {any} ctx @param {import('./reading.js').Copy} copy @param {Raw[]} drafts
 */
async function cameBack(ctx, copy, drafts) {
  const names = await Promise.all(drafts.map(one => nameId(ctx.names, `copy:${one.change}`)));
  const texts = new Map(names.map((name, at) => [name, canonical(drafts[at].fields)]));
  return copy.drafts.filter(one => isDict(one) && texts.get(one.change) === canonical(one.fields ?? null)).map(one => one.change);
}

/** Write the changes of a plan, so many in one transaction; they wait to be sent like any other. @param {any} ctx @param {Raw[]} changes */
export async function take({ records: store, person, now }, changes) {
  for (let at = 0; at < changes.length; at += AT_ONCE) {
    const some = changes.slice(at, at + AT_ONCE);
    const digests = await Promise.all(some.map(({ kind, record, fields }) => nameId('content', canonical([kind, record, fields]))));
    const touched = [...new Set(some.map(one => one.record))];
    await store.write(WRITTEN, async (/** @type {any} */ tx) => {
      const last = await tx.objectStore('changes').openKeyCursor(null, 'prev'), first = Math.max(last?.key ?? 0, 0) + 1;
      const used = await Promise.all(some.map(one => usedBefore(tx, one.id))); // five taps bring it in once
      some.forEach((one, place) => used[place] || put(tx, one, { seq: first + place, digest: digests[place], now }));
      await rewrite(tx, touched, person.id);
    }, 'strict');
    store.announce(touched);
  }
}

/** @param {any} tx @param {Raw} one @param {{seq: number, digest: string, now: string}} how */
function put(tx, { id, kind, record, fields, was = {}, restore, base, after, made_at, tried }, { seq, digest, now }) {
  const stands = restore ? { restore } : after ? { after } : { base: base || null };
  const state = tried ? 'tried' : 'waiting';
  bare(tx, 'changes').put({ seq, id, kind, record, fields, ...stands, was, group: id, made_at: made_at || now, state });
  bare(tx, 'used').put({ id, digest, record, at: now });
}

/** Put unfinished texts where they can be gone on with. @param {any} ctx @param {Raw[]} drafts */
export async function takeDrafts({ records: store }, drafts) {
  await store.write('drafts', async (/** @type {any} */ tx) => {
    for (const one of drafts) bare(tx, 'drafts').put(one);
  }, 'strict');
}

// -- in words ---------------------------------------------------------------------------------------------------------

/** A plan as the page prints it: what is in the file, and what a tap would do. @param {import('./reading.js').Copy} copy @param {Plan} plan @param {Here} stands @param {string} zone */
export function shown(copy, plan, stands, zone) {
  const isKnown = !Object.keys(problems('entry', { binned_at: copy.made_at })).length;
  return {
    person: copy.person, made: isKnown ? parts(copy.made_at, zone) : null, own: copy.owner === stands.person,
    newer: copy.newer, cut: copy.cut,
    count: plan.made.length + plan.beside.length + plan.sent.length + plan.drafts.length,
    new: counted(plan.made), beside: plan.beside.slice(0, LISTED).map(one => besideOf(one, stands)),
    beside_count: plan.beside.length, sent: plan.sent.slice(0, LISTED).map(one => sentOf(one, stands)),
    sent_count: plan.sent.length, drafts: plan.drafts.map(one => draftOf(one, zone)), same: plan.same,
    wrong: plan.wrong.slice(0, LISTED), wrong_count: plan.wrong.length, left: plan.left,
  };
}

/** A kind in a word. @param {string} kind */
export const what = kind => search.WHAT.get(kind) ?? 'Page';

/** How many records of each kind, in the order in which kinds are told. @param {Raw[]} made */
function counted(made) {
  const counts = new Map();
  for (const { kind } of made) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const order = [...search.WHAT.keys(), ...[...counts.keys()].filter(kind => !search.WHAT.has(kind)).sort()];
  return order.filter(kind => counts.has(kind)).map(kind => ({ kind, count: counts.get(kind) }));
}

/** A text that is kept, by the record it belongs to. @param {Raw} one @param {Here} stands */
function besideOf({ fields }, { records }) {
  const record = records.get(fields.of);
  return { what: what(record.kind), title: search.title(record) };
}

/** A change that had waited, by its own words or by its record's. @param {Raw} one @param {Here} stands */
function sentOf({ kind, fields, record }, { records }) {
  const [first] = wordsOf(kind, fields), known = records.get(record);
  return { what: what(kind), title: first ? snippet(first, TITLE) : known ? search.title(known) : '' };
}

/** An unfinished text, with all that was typed: a page of the server can only show it. @param {Raw} one @param {string} zone */
function draftOf({ change, kind, fields, at }, zone) {
  const words = typedWords(kind, fields);
  return { id: change, what: what(kind), since: parts(at, zone), title: words.length ? snippet(words[0], TITLE) : '', text: words.join('\n\n') };
}

/** What was brought in, in words. @param {{made: number, beside: number, sent: number, drafts: number}} counts */
export function said({ made, beside, sent, drafts }) {
  /** @type {[number, string, string][]} */
  const news = [
    [made, 'page is here now.', 'pages are here now.'],
    [beside, 'text stands beside what was here: see Waiting, Two versions.', 'texts stand beside what was here: see Waiting, Two versions.'],
    [sent, 'change that had waited is in, too.', 'changes that had waited are in, too.'],
    [drafts, 'unfinished text is back: see Waiting.', 'unfinished texts are back: see Waiting.'],
  ];
  const words = news.filter(([count]) => count).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  return words.join(' ') || 'Everything in the file was here already. Nothing was changed.';
}
