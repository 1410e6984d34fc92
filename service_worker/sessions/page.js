// The page of a session. Twin: mentorlog/sessions/page.py.
import * as agenda from '../agenda.js';
import * as forms from '../forms.js';
import { unsettled } from '../pages.js';
import * as partners from '../partners.js';
import { whole, worksheet } from './looking.js';
import { NEAR } from './planning.js';

/** The page of a session; with what was typed as notes when that could not be taken. @param {any} ctx @param {any} record @param {string|null} [text] @param {any} [opening] */
export async function page(ctx, record, text = null, opening = null, errors = {}, status = 200) {
  const session = whole(ctx, record, await partners.cards(ctx));
  const sheets = (await ctx.records.shelf('worksheet', { limit: NEAR }))
    .filter((/** @type {any} */ sheet) => sheet.fields.session === record.id).map(worksheet);
  const lines = await agenda.agenda(ctx, record), adding = agenda.adding(ctx, record.id);
  const written = { opening: opening ?? forms.opening(ctx, record), errors, text: text ?? (record.fields.notes || '') };
  const kept = await unsettled(ctx);
  return ctx.show('sessions/show.html', { session, agenda: lines, adding, worksheets: sheets, notes: written, kept }, status);
}
