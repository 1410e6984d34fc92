// What stands on *Waiting*: each change with what it does and why it waits, each unfinished text, and why nothing is sent.
import { parts } from '../clock.js';
import { WRITTEN, typedWords, writtenWords } from '../copies/typed.js';
import { kinds } from '../generated/kinds.js';
import { wholeOf, words } from '../kinds.js';
import { snippet } from '../prose.js';
import * as search from '../search.js';
import { match, urlFor } from '../urls.js';
import { wire } from '../wire.js';

const OURS = 'server_error'; // nothing in the text is to be changed
const TITLE = 60;
const STOPPED = ['signed_out', 'other_person', 'other_device', 'upgrade', 'revoked', 'no_room'];
const encoder = new TextEncoder();

/** The fields of a change that hold words. @param {any} change */
export function written({ kind, fields }) {
  const known = kinds[kind]?.fields ?? {};
  return Object.keys(fields).filter(name => WRITTEN.includes(known[name]?.type) && typeof fields[name] === 'string');
}

/** What a change does, in a word or two. @param {any} change */
function does({ fields, base, after, restore }) {
  if (fields.deleted) return 'deleted for good';
  if (Object.hasOwn(fields, 'binned_at')) return fields.binned_at ? 'put into the bin' : 'brought back from the bin';
  return base || after || restore ? 'changed' : 'new';
}

/** The record by whose words a person knows this one. @param {any} record */
const namesake = record => (record && wholeOf(record)) || record?.id || '';

/** A change as the list prints it. @param {any} ctx @param {any} change @param {any} record @param {Map<string, any>} named */
export function change(ctx, { id, kind, record: of, fields, made_at, state, tried_at, why, field, ...stands }, record, named) {
  const names = written({ kind, fields }), known = named.get(namesake(record)) ?? record;
  return {
    id, what: search.WHAT.get(kind) ?? kind, title: known ? search.title(known) : '', kind, of, state,
    binned: Boolean(record?.fields.binned_at), does: does({ fields, ...stands }), since: parts(made_at ?? ctx.now, ctx.zone),
    tried: state === 'tried' && tried_at ? parts(tried_at, ctx.zone) : null, why: why ? words(why, kind, field) : '',
    text: writtenWords(kind, fields).join('\n\n'),
    edit: names.length > 0 && state !== 'tried', discard: state !== 'tried',
    again: state === 'refused' && (why === OURS || !names.length),
  };
}

/** Changes as the list prints them. @param {any} ctx @param {any[]} found */
export async function listed(ctx, found) {
  const records = await ctx.records.many(found.map(one => one.record));
  const named = await ctx.records.many([...records.values()].map(namesake));
  return found.map(one => change(ctx, one, records.get(one.record), named));
}

/** An unfinished text as the list prints it; `url` is where it goes on. @param {any} ctx @param {any} draft */
export function draft(ctx, { change: id, kind, fields, form, at }) {
  const texts = typedWords(kind, fields);
  return {
    id, what: search.WHAT.get(kind) ?? kind, title: snippet(texts[0] ?? '', TITLE), since: parts(at, ctx.zone),
    text: texts.join('\n\n'), url: place(id, kind, fields, form),
  };
}

/** The page on which an unfinished text goes on; its query says what it is for. @param {string} form @returns {string} */
const pageOf = form => [form, form.slice(0, form.lastIndexOf('/'))].find(matched) ?? urlFor('today.index');

/** @param {string} address */
const matched = address => match('GET', address.split('?')[0]);

/** Where on it. @param {string} id @param {string} kind @param {any} fields @param {string} form */
function place(id, kind, fields, form) {
  return `${pageOf(form)}#${kind === 'answer' && fields.question ? `question-${encodeURIComponent(fields.question[0])}` : `draft-${id}`}`;
}

/** Unfinished texts as the list prints them; `url` is '' where the page is gone on which one would go on. @param {any} ctx @param {any[]} found */
export async function drafts(ctx, found) {
  const about = found.map(({ form }) => of(matched(pageOf(form)))), there = await ctx.records.many(about);
  return found.map((one, at) => ({ ...draft(ctx, one), ...about[at] && !there.has(about[at]) && { url: '' } }));
}

/** The record that a page is about, '' for none; a change that waits has a page, too. @param {ReturnType<typeof match>} found */
const of = found => (found && !found.endpoint.startsWith('waiting.') ? String(found.args.id ?? '') : '');

/** About how many bytes these changes are on the line, before they are packed. @param {any[]} found */
export const weight = found => found.reduce((sum, one) => sum + encoder.encode(JSON.stringify(wire(one))).length, 0);

/**
 * Why nothing is sent just now; '' when it is under way.
 * @param {any} ctx @param {{trouble: string|null, pause: string|null, sendable: number}} known
 */
export async function reason(ctx, { trouble, pause, sendable }) {
  if (trouble && STOPPED.includes(trouble)) return trouble;
  if (!sendable || await isSending(ctx.person.id)) return sendable ? 'sending' : '';
  return pause && pause > ctx.now ? 'busy' : 'unreached';
}

/** Whether a sync is under way in this browser. @param {string} person */
async function isSending(person) {
  const { held = [] } = await navigator.locks?.query() ?? {};
  return held.some(({ name }) => name === `mentorlog-sync-${person}`);
}
