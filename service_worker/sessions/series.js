// Several sessions by a rhythm: which days, and one change for each. Twin: mentorlog/sessions/series.py.
import * as agenda from '../agenda.js';
import { instant, iso, parse, parts } from '../clock.js';
import * as forms from '../forms.js';
import { nameId } from '../ids.js';
import * as fitting from '../times/fitting.js';
import * as looking from './looking.js';
import * as planning from './planning.js';
import * as rhythm from './rhythm.js';

export const ONCE = 'once';
const FEWEST = 2;
export const MOST = 53; // a year by the week
/** The fields that decide the days, and what an hour of them is to both. */
const DECIDE = ['starts_on', 'starts_time', 'zone', 'minutes', 'partner', 'how', 'weeks', 'count'];
const HOW = 'Choose how often.';
const NONE = 'Tick at least one day.';
const MEANWHILE = 'At one of these hours there is another session by now. Look once more.';

/** @typedef {Record<string, any>} Fields */
/** @typedef {Record<string, any>} Form */
/** @typedef {Map<string, any>} Cards */

/** The part of the form about a rhythm, before anything was chosen. @returns {Form} */
export const once = () => ({ how: ONCE, weeks: 3, count: 4, days: [], seen: '', taken: [], rows: [], alone: false });

/** The same, as it came. @param {any} ctx @returns {Form} */
export const typed = ctx => ({
  how: forms.line(ctx, 'how') || ONCE, weeks: forms.number(ctx, 'weeks') || '', count: forms.number(ctx, 'count') || '',
  days: ctx.form.getAll('day').slice(0, MOST), seen: forms.line(ctx, 'seen'), taken: ctx.form.getAll('taken'), rows: [], alone: false,
});

/** Field to words. @param {Form} form */
export function wrong({ how, weeks, count }) {
  /** @type {Record<string, string>} */
  const found = {};
  if (![ONCE, ...rhythm.RHYTHMS].includes(how)) found.how = HOW;
  if (how === 'own' && !isBetween(weeks, 1, rhythm.MOST_WEEKS)) found.weeks = `Between 1 and ${rhythm.MOST_WEEKS} weeks.`;
  if (how !== ONCE && !isBetween(count, FEWEST, MOST)) {
    found.count = `Between ${FEWEST} and ${MOST} at once. More can follow when these are over.`;
  }
  return found;
}

/** Whether a whole number was typed, and one of these. @param {any} number @param {number} least @param {number} most */
const isBetween = (number, least, most) => typeof number === 'number' && least <= number && number <= most;

/** What decides the days, in one line. @param {Fields} fields @param {Form} form */
export function askedFor(fields, form) {
  /** @type {Fields} */
  const told = { ...fields, ...form, weeks: form.weeks || 1 };
  return DECIDE.map(name => told[name] || '-').join(' ');
}

/** The days as the form shows them. @param {any} ctx @param {{change: string, record: string}} opened @param {Fields} fields @param {Form} form @param {import('../times/proposing.js').Ask} ask by what an hour fits */
export async function days(ctx, opened, fields, form, ask) {
  const found = rhythm.days(form.how, fields.starts_on, form.count, form.weeks || 1), again = form.seen === askedFor(fields, form);
  const [begins] = planning.minutesOf(fields), taken = (await agenda.ahead(ctx, iso(begins))).reverse(); // read once, for all days
  const first = again ? found.find(on => form.days.includes(on)) ?? '' : found[0];
  return Promise.all(found.map(async on => {
    const clash = planning.among(taken, [await ownOf(opened, on, first)], { ...fields, starts_on: on });
    const start = parts(instant(on, fields.starts_time, fields.zone), ctx.zone), fit = fitting.fit(ask, parse(start.iso));
    const past = start.iso <= ctx.now;
    return { on, start, clash, past, fit, ticked: again ? form.days.includes(on) : !clash.length && !past && !fit.why };
  }));
}

/** Whether the days that were shown are those of the form, whatever else is wrong with it. @param {Fields} fields @param {Form} form @param {Record<string, string>} errors */
export const still = (fields, form, errors) => form.seen === askedFor(fields, form) && !DECIDE.some(name => errors[name]);

/** The id of the session that the form makes on a day: the form's own on the first that is ticked. @param {{change: string, record: string}} opened @param {string} on @param {string} first */
const ownOf = async (opened, on, first) => (on === first ? opened.record : nameId(opened.change, `record ${on}`));

/** The other sessions at the hours of these days, a line each: which one, and when it begins. @param {any[]} rows @returns {string[]} */
export const met = rows => rows.flatMap(({ clash }) => clash.map((/** @type {any} */ one) => `${one.id} ${one.at}`));

/** Whether a day is ticked at whose hour there is a session that was not there when the days were shown. @param {any[]} rows @param {Form} form */
const meanwhile = (rows, form) => met(rows.filter(row => row.ticked)).some(one => !form.taken.includes(one));

/** Field to words, of the days that are ticked. @param {any[]} rows @param {Form} form @returns {Record<string, string>} */
export function wrongDays(rows, form) {
  if (meanwhile(rows, form)) return { day: MEANWHILE };
  return ticks(rows).length ? {} : { day: NONE };
}

/** A day with the sessions that take a part of its hour, as a list prints it. @param {any} ctx @param {any} row @param {[string, string, string]} hour as it was typed @param {any} card of whom one meets @param {Cards} cards */
export const shown = (ctx, row, hour, card, cards) => ({
  ...row, ...looking.clocks(ctx, row.start.iso, card), skipped: looking.skipped(hour), clash: row.clash.map((/** @type {any} */ one) => looking.item(ctx, one, cards)),
});

/** The days that are ticked. @param {any[]} rows @returns {string[]} */
export const ticks = rows => rows.filter(row => row.ticked).map(row => row.on);

/** One change for each day that is ticked. @param {any[]} rows @param {any[]} made */
export async function changes(rows, [first, ...others]) {
  const [on, ...more] = ticks(rows), fields = { ...first.fields, ...more.length ? { series: first.record } : {} };
  const further = more.map(day => forms.anew(first, day, 'session', { ...fields, starts_on: day }));
  return [{ ...first, fields: { ...fields, starts_on: on } }, ...others, ...await Promise.all(further)];
}
