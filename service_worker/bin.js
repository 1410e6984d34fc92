// The bin: everything that was deleted in the last thirty days, of every kind, and the way back. The twin of mentorlog/bin.py.
import { write } from './changes.js';
import { parts } from './clock.js';
import * as forms from './forms.js';
import { binDays } from './generated/config.js';
import { tooMany } from './goals/looking.js';
import { nameId } from './ids.js';
import { wholeOf } from './kinds.js';
import { snippet } from './prose.js';
import * as search from './search.js';
import { Missing } from './store.js';

const PAGE = 50;
const AT_ONCE = 200; // changes of one transaction
const DAY_MS = 86_400_000;
/** @type {Map<string, string>} */
const WHAT = new Map([...search.WHAT, ['line', 'Agenda line'], ['kept', 'Other version']]);
const READ = ['entry', 'goal', 'worksheet', 'set']; // kinds with a page of their own, also in the bin

/** All that is in the bin, what came last first; of one moment by id. @param {any} ctx @returns {Promise<any[]>} */
export async function contents(ctx) {
  const found = await ctx.records.binned();
  const after = (/** @type {any} */ one, /** @type {any} */ other) =>
    (one.fields.binned_at === other.fields.binned_at ? one.id < other.id : one.fields.binned_at < other.fields.binned_at);
  return found.sort((/** @type {any} */ one, /** @type {any} */ other) => (after(one, other) ? 1 : -1));
}

/** The contents without those that are a part of another of them. @param {any[]} found */
export function wholeOnes(found) {
  const there = new Set(found.map(record => record.id));
  return found.filter(record => !there.has(wholeOf(record)));
}

/** A row of the bin. left: days until it is deleted for good, begun ones too. @param {any} ctx @param {any} record */
export function item(ctx, record) {
  const { id, kind, at, fields, waiting } = record, end = Date.parse(fields.binned_at) + binDays * DAY_MS;
  return {
    id, kind, what: WHAT.get(kind) ?? kind, title: title(record), day: parts(at, ctx.zone),
    left: Math.max(0, Math.ceil((end - Date.parse(ctx.now)) / DAY_MS)),
    url: READ.includes(kind) ? search.address(record) : '', waiting, opening: forms.opening(ctx, record),
  };
}

/** The words by which a person knows it. @param {any} record */
export const title = record => (record.kind === 'kept' ? snippet(record.fields.text || '', search.TITLE) : search.title(record));

/**
 * A name of all that is in the bin and how it is: another as soon as something is added, taken out or changed. That what
 * waited was sent changes nothing.
 * @param {any[]} found
 */
export const state = found => nameId('bin', found.map(({ id, rev, top }) => `${id} ${top ?? rev}`).join(' '));

/** What comes out of the bin with a record. @param {any} record @param {any[]} found */
export const partsOf = (record, found) => found.filter(part => wholeOf(part) === record.id);

/** The changes that take a record and its parts out of the bin. @param {any} record @param {any[]} found @param {any} opened */
export async function comingBack(record, found, opened) {
  const first = forms.change(record.kind, { binned_at: null }, opened);
  return [first, ...await Promise.all(partsOf(record, found).map(part => forms.further(first, part.kind, { binned_at: null }, part)))];
}

/** The changes that delete all of it, each on top of the state that was looked at. @param {any} ctx @param {any[]} found @param {any} opened */
export const ending = (ctx, found, opened) => Promise.all(found.map(async record =>
  forms.change(record.kind, { deleted: true }, { ...forms.opening(ctx, record), change: await nameId(opened.change, record.id) })));

/** @param {any} ctx */
export async function index(ctx) {
  const found = wholeOnes(await contents(ctx)), after = ctx.url.searchParams.get('after') ?? '';
  const start = found.findIndex(record => record.id === after) + 1, page = found.slice(start, start + PAGE);
  return ctx.show('bin/index.html', {
    rows: page.map(record => item(ctx, record)), count: found.length,
    older: found.length > start + PAGE ? page[page.length - 1].id : '', first: start === 0,
  });
}

/** @param {any} ctx */
export const former = async ctx => ctx.seeOther('bin.index');

/** @param {any} ctx */
export async function empty(ctx) {
  const found = await contents(ctx);
  if (ctx.method === 'POST' && found.length) {
    if (forms.line(ctx, 'state') !== await state(found)) return asking(ctx, found, 422);
    await remove(ctx, await ending(ctx, found, forms.typedOpening(ctx)));
    await ctx.notice('The bin is empty.');
  }
  return ctx.method === 'GET' && found.length ? asking(ctx, found) : ctx.seeOther('bin.index');
}

/** The question. moved: it was asked before, about less. @param {any} ctx @param {any[]} found @param {number} [status] */
export const asking = async (ctx, found, status = 200) => ctx.show('bin/empty.html', {
  count: wholeOnes(found).length, state: await state(found), opening: forms.opening(ctx), moved: status !== 200,
}, status);

/** Keep the changes, some hundreds at a time. @param {any} ctx @param {any[]} changes */
async function remove(ctx, changes) {
  for (let start = 0; start < changes.length; start += AT_ONCE) {
    await write(ctx.records, changes.slice(start, start + AT_ONCE), { now: ctx.now });
    ctx.stored = true;
  }
}

/** @param {any} ctx @param {{id: string}} args */
export async function bring_back(ctx, { id }) {
  const record = (await ctx.records.many([id])).get(id);
  if (!record || !(record.rev || record.top)) throw new Missing('record');
  if (record.fields.binned_at) {
    await forms.save(ctx, ...await comingBack(record, await ctx.records.binned(), forms.typedOpening(ctx, record)));
    await ctx.notice(`${WHAT.get(record.kind) ?? record.kind} brought back.`);
  }
  const crowded = record.kind === 'goal' && await tooMany(ctx);
  return ctx.seeOther(crowded ? 'goals.which' : 'bin.index');
}
