// The screen of search. The twin of mentorlog/search.
import { parts } from './clock.js';
import * as memory from './memory.js';
import { query, words as wordsOf } from './prose.js';
import * as finding from './search/finding.js';
import * as looking from './search/looking.js';

export { TITLE, WHAT, title, address } from './search/looking.js';

const MOST = 50;

/** @param {any} ctx */
export async function index(ctx) {
  const asked = (/** @type {string} */ name) => ctx.url.searchParams.get(name) ?? '';
  const q = query(asked('q'));
  const group = finding.GROUPS.has(asked('group')) ? asked('group') : '';
  return ctx.show('search/index.html', { q, open: asked('open'), ...await result(ctx, q, group) });
}

/** The hits of a search: the newest fifty of a group. @param {any} ctx @param {string} q @param {string} group */
export async function result(ctx, q, group) {
  const words = wordsOf(q), rows = words.length ? await memory.rows(ctx.records) : [];
  const everywhere = finding.hits(rows, words), found = finding.ofGroup(everywhere, group);
  const ids = found.slice(0, MOST).map(row => row.id), read = await ctx.records.many(ids);
  const shown = ids.flatMap(id => read.get(id) ?? []), others = shown.filter(one => one.kind !== 'entry');
  const beside = await looking.beside(ctx, others);
  return {
    asked: words.length > 0, group, groups: finding.groups(everywhere, group), count: found.length,
    more: found.length > MOST, year: parts(ctx.now, ctx.zone).year,
    entries: shown.filter(one => one.kind === 'entry').map(one => looking.entry(one, words, ctx.zone)),
    elsewhere: others.map(one => looking.elsewhere(one, beside.get(one.id), words, ctx.zone)),
    spelling: words.length && !everywhere.length ? finding.spelling(rows, words) : '',
  };
}
