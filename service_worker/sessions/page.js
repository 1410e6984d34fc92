// The page of a session. Twin: mentorlog/sessions/page.py.
import * as agenda from '../agenda.js';
import { iso, parse, parts } from '../clock.js';
import * as forms from '../forms.js';
import * as goals from '../goals/looking.js';
import * as journal from '../journal/looking.js';
import { unsettled } from '../pages.js';
import * as partners from '../partners.js';
import { wished } from '../settings.js';
import { until, whole, worksheet } from './looking.js';
import { NEAR } from './planning.js';

const MOST_ENTRIES = 5; // of those about one session
const MOST_GOALS = 5;
const LOOKED_AT = 100; // entries: the last ones, and the last of the weeks after the session
const SOON = 60 * 86_400_000; // ms

/** The page of a session; with what was typed as notes when that could not be taken. @param {any} ctx @param {any} record @param {string|null} [text] @param {any} [opening] */
export async function page(ctx, record, text = null, opening = null, errors = {}, status = 200) {
  const given = await agenda.numbers(ctx), session = whole(ctx, record, await partners.cards(ctx), given);
  const sheets = (await ctx.records.shelf('worksheet', { limit: NEAR }))
    .filter((/** @type {any} */ sheet) => sheet.fields.session === record.id).map(worksheet);
  const lines = await agenda.agenda(ctx, record, given), adding = agenda.adding(ctx, record.id);
  const written = { opening: opening ?? forms.opening(ctx, record), errors, text: text ?? (record.fields.notes || '') };
  const kept = await unsettled(ctx), reminding = await wished(ctx, record), about = session.begun ? await entries(ctx, record) : [];
  const aims = await goalsOf(ctx, record, session.start.on);
  const data = { session, until: until(ctx, [record]), agenda: lines, adding, worksheets: sheets, goals: aims, entries: about, notes: written, kept, reminding };
  return ctx.show('sessions/show.html', data, status);
}

/** The goals to rate in a session, or that were rated: those to be done by it, or on its day; else the one to look back at now. @param {any} ctx @param {any} session @param {string} on its day */
export async function goalsOf(ctx, session, on) {
  const state = agenda.state(session), today = parts(ctx.now, ctx.zone).on;
  if (state === 'cancelled') return [];
  const found = await goals.everything(ctx), still = goals.openOnes(found);
  const tied = [...still, ...found.filter(one => one.rating)].filter(({ fields }) => fields.session === session.id || fields.due_on === on);
  const ready = still.filter(({ fields }) => state === 'planned' && (fields.due_on || today) <= today).slice(0, 1);
  return (tied.length ? tied : ready).slice(0, MOST_GOALS).map(goals.summary);
}

/** What was written about a session, as the journal lists it, the newest first. @param {any} ctx @param {any} session */
export async function entries(ctx, session) {
  const until = { at: iso(parse(session.at) + SOON), id: '' };
  const near = [...await ctx.records.shelf('entry', { limit: LOOKED_AT }), ...await ctx.records.shelf('entry', { after: until, limit: LOOKED_AT })];
  const about = new Map(near.filter(one => one.fields.session === session.id).map(one => [one.id, one]));
  return [...about.values()].slice(0, MOST_ENTRIES).map(one => journal.item(one, ctx.zone));
}
