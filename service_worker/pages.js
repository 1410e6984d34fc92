// A screen, whole or one part of it; where to go next; what to say once. The twin of mentorlog/pages.py.
import { Safe, environment } from './jinja/runtime.js';
import { templates } from './generated/templates.js';
import { files, headers, signature, version } from './generated/config.js';
import { markdown } from './prose.js';
import { urlFor } from './urls.js';
import { lineOf } from './waiting.js';

const { render, has } = environment(templates, {
  filters: { markdown: (/** @type {any} */ text) => new Safe(markdown(text)) },
  functions: { url_for: urlFor },
});
const MOST_TOLD = 50; // texts on which nobody decided
const ALWAYS = { ...headers, [signature]: '1', 'Content-Type': 'text/html; charset=utf-8' };

/** What every page needs beside its own data: `page` in the templates. @param {any} ctx */
export async function frame(ctx) {
  const chosen = ctx.settings;
  return {
    version, files,
    theme: chosen.theme || 'auto',
    text_size: chosen.text_size || 'normal',
    zone: ctx.zone,
    shortcuts: chosen.shortcuts !== false,
    signed_in: true,
    device: '',
    person: { id: ctx.person.id, name: ctx.person.name },
    line: await lineOf(ctx),
    notices: [],
    current: ctx.endpoint.split('.')[0],
  };
}

/** The kept texts on which nobody decided, for a page that says where there are two versions. @param {any} ctx @returns {Promise<{id: string, of: string}[]>} */
export async function unsettled(ctx) {
  const found = await ctx.records.shelf('kept', { limit: MOST_TOLD });
  return found.map((/** @type {any} */ one) => ({ id: one.id, of: one.fields.of || '' }));
}

/**
 * The screen `<feature>/<screen>.html`, or the one part of it that htmx asked for, with its `page`.
 * @param {any} ctx @param {string} template @param {Record<string, any>} [data] @param {number} [status]
 */
export async function show(ctx, template, data = {}, status = 200) {
  const part = wantedPart(ctx, template), page = await frame(ctx);
  // nobody sees the page of a 404 that a part was asked of
  if (!ctx.partial) page.notices = (await ctx.records.takeNotices()).map(plainly);
  return new Response(render(part ?? template, { page, ...data }), { status, headers: ALWAYS });
}

/** What the sync has to say comes without a way back. @param {any} notice */
const plainly = ({ text, change, undo }) => ({ text, change: change ?? '', undo: undo ?? '' });

/** `journal/_entries.html` when htmx asks `journal/index.html` for `#entries`. @param {any} ctx @param {string} template */
function wantedPart(ctx, template) {
  if (!ctx.partial || !ctx.target) return null;
  const name = `${template.slice(0, template.lastIndexOf('/'))}/_${ctx.target}.html`;
  return has(name) ? name : null;
}

/** After a valid write: 303 to the next screen, or htmx's word for it. @param {any} ctx @param {string} location */
export function seeOther(ctx, location) {
  if (ctx.partial) return new Response(null, { status: 204, headers: { ...ALWAYS, 'HX-Redirect': location } });
  return new Response(null, { status: 303, headers: { ...ALWAYS, Location: location } });
}

/** Nothing here, or nothing for you: the page does not say which. Where the server could not be asked, it may come. @param {any} ctx */
export const missing = ctx => show(ctx, 'errors/not_found.html', { behind: ctx.behind }, 404);

/** No room for what was sent: a form of htmx's stays as it is, and trouble.js says why. @param {any} ctx */
export const full = async ctx => new Response(
  render('errors/refused.html', { page: await frame(ctx), message: 'There is no room left on this device.' }),
  { status: 507, headers: ALWAYS });

/** A part for a page that another version made would not fit it: let it load anew. */
export const refresh = () => new Response(null, { status: 204, headers: { ...ALWAYS, 'HX-Refresh': 'true' } });

/** `page` for what needs no person and no store. */
const nobody = () => ({
  version, files, theme: 'auto', text_size: 'normal', zone: '', shortcuts: false, signed_in: false, device: '',
  person: { id: '', name: '' }, line: { state: 'unknown', waiting: 0, words: '', next: null }, notices: [], current: '',
});

/**
 * The one page that needs no person and no store. To look at it is no fault (browsers keep only pages without one for
 * *Back*, and ask for one without a network); what was sent did not arrive.
 * @param {'offline'|'elsewhere'|'broken'} why @param {string} [method]
 */
export const alone = (why, method = 'POST') =>
  new Response(render('errors/offline.html', { page: nobody(), why }), { status: method === 'GET' ? 200 : 503, headers: ALWAYS });

/** The sync line of a device whose store does not open. */
export function blindLine() {
  const page = nobody();
  page.line.words = 'This device cannot say what waits';
  return new Response(render('waiting/_line.html', { page }), { headers: ALWAYS });
}

/** Something to keep as a file. @param {string} name @param {string} body */
export const file = (name, body) => new Response(body, {
  headers: {
    [signature]: '1', 'Content-Type': 'application/json', 'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', Vary: 'Cookie',
  },
});
