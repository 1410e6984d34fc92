// The page of a session. Twin: mentorlog/sessions/page.py.
import * as agenda from '../agenda.js';
import * as forms from '../forms.js';
import * as journal from '../journal/looking.js';
import * as memory from '../memory.js';
import { unsettled } from '../pages.js';
import * as partners from '../partners.js';
import { wished } from '../settings.js';
import { whole, worksheet } from './looking.js';
import { NEAR } from './planning.js';

const MOST_ENTRIES = 5; // of those about one session

/** The page of a session; with what was typed as notes when that could not be taken. @param {any} ctx @param {any} record @param {string|null} [text] @param {any} [opening] */
export async function page(ctx, record, text = null, opening = null, errors = {}, status = 200) {
  const session = whole(ctx, record, await partners.cards(ctx));
  const sheets = (await ctx.records.shelf('worksheet', { limit: NEAR }))
    .filter((/** @type {any} */ sheet) => sheet.fields.session === record.id).map(worksheet);
  const lines = await agenda.agenda(ctx, record), adding = agenda.adding(ctx, record.id);
  const written = { opening: opening ?? forms.opening(ctx, record), errors, text: text ?? (record.fields.notes || '') };
  const kept = await unsettled(ctx), reminding = await wished(ctx), about = await entries(ctx, session);
  const data = { session, agenda: lines, adding, worksheets: sheets, entries: about, notes: written, kept, reminding };
  return ctx.show('sessions/show.html', data, status);
}

/** What was written about a session that has begun, as the journal lists it, the newest first. @param {any} ctx @param {any} session */
export async function entries(ctx, session) {
  if (!session.begun) return [];
  const rows = (await memory.rows(ctx.records)).filter(row => row.kind === 'entry' && row.session === session.id);
  const ids = rows.slice(0, MOST_ENTRIES).map(row => row.id), found = await ctx.records.many(ids);
  return ids.flatMap(id => found.get(id) ?? []).map(record => journal.item(record, ctx.zone));
}
