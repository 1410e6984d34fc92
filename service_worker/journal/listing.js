// The list of entries: one page of it, and the addresses that lead on from there. The twin of mentorlog/journal/listing.py.
import { parts } from '../clock.js';
import { query as queryOf } from '../prose.js';
import * as finding from './finding.js';
import * as looking from './looking.js';

export const PAGE = 50;

/** The page that the address asks for: 50 entries from `?month=` on or after `?after=`, of those asked for. @param {any} ctx @param {string} [open] the entry that is open beside it */
export async function listed(ctx, open = '') {
  const asked = finding.asked(ctx), { place, start } = await finding.place(ctx);
  const kept = finding.query(asked), shelf = await finding.shelf(ctx, asked), found = await shelf.page(start, PAGE + 1);
  const items = found.slice(0, PAGE).map(record => leaf(ctx, record, { ...kept, ...place }));
  return {
    months: await counted(ctx, shelf, looking.byMonth(items), kept), first: start === null, open,
    older: found.length > PAGE ? ctx.urlFor('journal.index', { ...kept, after: items.at(-1)?.id }) : '',
    newer: start ? await newer(ctx, shelf, found[0] ?? start, kept) : null,
    newest: ctx.urlFor('journal.index', kept), back: ctx.urlFor('journal.index', { ...kept, ...place }),
    here: open ? ctx.urlFor('journal.show', { id: open, ...kept, ...place }) : '',
    filter: await narrowed(ctx, asked), q: open ? queryOf(ctx.url.searchParams.get('q') ?? '') : '',
  };
}

/** An entry as the list prints it, with its address. @param {any} ctx @param {any} record @param {any} kept */
export const leaf = (ctx, record, kept) =>
  ({ ...looking.item(record, ctx.zone), url: ctx.urlFor('journal.show', { id: record.id, ...kept }) });

/** The months of a page, each with how many entries it has: other pages may share the first and the last one. @param {any} ctx @param {finding.Shelf} shelf @param {any[]} months @param {any} kept */
export async function counted(ctx, shelf, months, kept) {
  for (const [at, one] of months.entries()) {
    const edges = /** @type {const} */ ([finding.startOf(one.name, ctx.zone), finding.endOf(one.name, ctx.zone)]);
    one.count = at === 0 || at === months.length - 1 ? await shelf.count(...edges) : one.entries.length;
    one.url = ctx.urlFor('journal.months', { ...kept, month: one.name });
  }
  return months;
}

/** The month of the entry just before a page that is not the first. @param {any} ctx @param {finding.Shelf} shelf @param {any} than @param {any} kept */
export async function newer(ctx, shelf, than, kept) {
  const found = await shelf.newer(than);
  if (!found) return null;
  const { year, month } = parts(found.at, ctx.zone);
  return { year, month, url: ctx.urlFor('journal.index', { ...kept, month: finding.nameOf(year, month) }) };
}

/** What narrows the list. @param {any} ctx @param {finding.Asked} asked */
export async function narrowed(ctx, asked) {
  const found = (await ctx.records.many([asked.session])).get(asked.session);
  const day = found?.kind === 'session' ? parts(found.at, ctx.zone) : null;
  return {
    on: finding.isNarrow(asked), chips: finding.chips(ctx, asked, day),
    url: ctx.urlFor('journal.filter', finding.query(asked)),
  };
}

/** The entries just before and after one, of those asked for. @param {any} ctx @param {any} record */
export async function beside(ctx, record) {
  if (record.fields.binned_at) return { newer: null, older: null };
  const asked = finding.asked(ctx), kept = finding.query(asked), shelf = await finding.shelf(ctx, asked);
  const newer = await shelf.newer(record), [older] = await shelf.page(record, 1);
  return { newer: newer ? leaf(ctx, newer, kept) : null, older: older ? leaf(ctx, older, kept) : null };
}
