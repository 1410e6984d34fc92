// Taking back what the form of a session or a pause changed. Twin: mentorlog/sessions/undoing.py, where the history says what was
// before; here it is noted when the form is kept, so that it is known with no network, too.
import { WALL, wall, wallLine } from '../clock.js';
import * as forms from '../forms.js';
import { unrated } from '../goals/looking.js';
import { canonical } from '../seen.js';
import { NoRoom } from '../store.js';
import { REST, overlapping } from './planning.js';

const SINCE = 'What was changed since stays as it is.';
const GONE = 'This cannot be taken back here any more.';
const MEETS = 'Another session takes a part of its hour.';
export const DATES = 'The goals have their former dates again.';
const NOTED = 'undo'; // in meta
const MOST_NOTED = 5; // forms
/** The fields that go back together, or not at all. @type {Map<string, string[][]>} */
const TOGETHER = new Map([
  ['session', [[...WALL, 'moves', 'state', 'turns'], ...REST.map(name => [name])]], ['goal', [['due_on', 'session', 'dates']]],
]);
/** @type {Map<string, any>} */
const EMPTY = new Map(Object.entries({
  moves: [], turns: [], dates: [], state: 'planned', minutes: 60, channel: 'video', link: '', phone: '',
}));

/** @typedef {Record<string, any>} Fields */
/** @typedef {[any, Fields, Fields]} Step a record as it is, as the form left it, as it was before */
/** @typedef {{change: string, rows: {id: string, made: Fields, was: Fields}[]}} Note */

/** A field, or what holds without it. @param {Fields} fields @param {string} name */
export const value = (fields, name) => fields[name] ?? EMPTY.get(name) ?? null;

/** What a form does to its session, in words; '' for nothing. @param {any} record @param {Fields} fields */
export function words(record, fields) {
  if (wallLine(record.fields) !== wallLine(fields)) return 'The session is moved.';
  return differing(REST, record.fields, fields).length ? 'The session is changed.' : '';
}

/** The fields in which the two differ. @param {string[]} names @param {Fields} one @param {Fields} other */
export const differing = (names, one, other) => names.filter(name => canonical(value(one, name)) !== canonical(value(other, name)));

/** Note what a form did. @param {any} ctx @param {string} change @param {any[]} before its records, the session or agreement first */
export async function note(ctx, change, before) {
  const now = await ctx.records.many(before.map(one => one.id));
  /** @type {Note[]} */
  const noted = await ctx.records.meta(NOTED) ?? [];
  if (noted.some(one => one.change === change)) return;
  const rows = before.filter(one => now.has(one.id)).map(one => ({ id: one.id, made: told(one.kind, now.get(one.id).fields), was: told(one.kind, one.fields) }));
  await ctx.records.setMeta({ [NOTED]: [...noted, { change, rows }].slice(-MOST_NOTED) }).catch(onlyRoom);
}

/** With no room left the change stands, and cannot be taken back by one tap. @param {unknown} error */
function onlyRoom(error) {
  if (!(error instanceof NoRoom)) throw error;
}

/** @param {string} kind @param {Fields} fields */
const told = (kind, fields) => Object.fromEntries((TOGETHER.get(kind) ?? []).flat().map(name => [name, value(fields, name)]));

/** What the form of this change did, to its session or agreement first. @param {any} ctx @param {any} record @param {string} change @returns {Promise<Step[]>} */
export async function steps(ctx, record, change) {
  /** @type {Note[]} */
  const noted = await ctx.records.meta(NOTED) ?? [], rows = noted.find(one => one.change === change)?.rows ?? [];
  if (rows[0]?.id !== record.id) return [];
  const there = await ctx.records.many(rows.map(row => row.id)), open = new Set((await unrated(ctx)).map(one => one.id));
  return rows.filter(row => there.has(row.id) && (there.get(row.id).kind !== 'goal' || open.has(row.id))).map(row => [there.get(row.id), row.made, row.was]);
}

/** The fields of the change that takes a step back, and whether something of it was changed since, which stays. @param {Step} step @returns {[Fields, boolean]} */
export function back([one, made, was]) {
  /** @type {Fields} */
  const fields = {};
  let since = false;
  for (const together of TOGETHER.get(one.kind) ?? []) {
    const names = together.filter(name => name in made); // the version before noted fewer
    const changed = differing(names, made, was);
    const stands = !differing(names, one.fields, made).length;
    if (stands) Object.assign(fields, Object.fromEntries(changed.map(name => [name, value(was, name)])));
    else since ||= changed.length > 0 && differing(names, one.fields, was).length > 0;
  }
  return [fields, since];
}

/** Bring back what stood before the form of this change; what is to be said of it, '' for nothing. @param {any} ctx @param {any} record @param {string} change */
export async function takeBack(ctx, record, change) {
  const found = (await steps(ctx, record, change)).map(step => ({ one: step[0], step: back(step) }));
  if (!found.some(({ one }) => TOGETHER.has(one.kind))) return GONE;
  const first = forms.change(record.kind, {}, forms.typedOpening(ctx, record));
  const made = await Promise.all(found.filter(({ step: [fields] }) => Object.keys(fields).length).map(({ one, step: [fields] }) =>
    (one.id === record.id ? { ...first, fields } : forms.further(first, one.kind, fields, one))));
  if (made.length) await forms.save(ctx, ...made);
  const since = found.some(({ step }) => step[1]);
  return [since ? SINCE : '', await meet(ctx, found) ? MEETS : ''].filter(Boolean).join(' ');
}

/** Whether a session that goes back to its hour finds another one there. @param {any} ctx @param {{one: any, step: [Fields, boolean]}[]} found */
export async function meet(ctx, found) {
  const own = found.map(({ one }) => one.id);
  const there = found.filter(({ step: [fields] }) => WALL.some(name => name in fields)).map(({ one, step: [fields] }) => ({ ...one.fields, ...fields }));
  const met = await Promise.all(there.filter(one => value(one, 'state') === 'planned' && wall(one)).map(one => overlapping(ctx, own, one)));
  return met.some(one => one.length > 0);
}
