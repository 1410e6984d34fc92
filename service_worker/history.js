// The screen of earlier versions. The twin of mentorlog/history; history/past.js says where they come from here.
import * as forms from './forms.js';
import * as looking from './history/looking.js';
import * as past from './history/past.js';
import * as pages from './pages.js';
import * as search from './search.js';
import { Missing } from './store.js';

/** A record that the person writes and that holds words. @param {any} ctx @param {string} id */
export async function found(ctx, id) {
  const record = (await ctx.records.many([id])).get(id);
  if (!record || !(record.rev || record.top) || !looking.names(record.kind).length) throw new Missing('record');
  return record;
}

/** @param {any} ctx @param {{id: string}} args */
export async function index(ctx, { id }) {
  const record = await found(ctx, id);
  if (ctx.method === 'POST') return bringBack(ctx, record);
  return screen(ctx, record, await past.versions(ctx, record), ctx.url.searchParams.get('version') ?? '');
}

/** @param {any} ctx @param {any} record @param {any} known what past.versions gave @param {string} change @param {number} [status] */
function screen(ctx, record, { versions, how, as_of }, change, status = 200) {
  return ctx.show('history/index.html', { how, as_of, gone: status !== 200, ...looking.page(ctx, record, versions, change) }, status);
}

/** An ordinary change, so that what stands now stays in the history; without the version, say so. @param {any} ctx @param {any} record */
async function bringBack(ctx, record) {
  const change = forms.line(ctx, 'version'), is = (/** @type {any} */ one) => one.change === change;
  const known = await past.known(ctx, record), all = known.some(is) ? null : await past.versions(ctx, record);
  const one = (all?.versions ?? known).find(is);
  if (!one) return screen(ctx, record, all, '', 422);
  const fields = looking.back(record.kind, one, known[0]);
  if (Object.keys(fields).length) {
    await forms.save(ctx, forms.change(record.kind, fields, forms.typedOpening(ctx, record)));
    await ctx.notice('It is back. What stood there is in the history.');
  }
  return pages.seeOther(ctx, search.address(record));
}
