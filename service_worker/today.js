// Today: the next session, what to prepare, something that came up, and what was written before. The twin of mentorlog/today.py.
import * as agenda from './agenda.js';
import { pauses } from './agreement/looking.js';
import { instant, isDay, iso, parse, parts, zoneOf } from './clock.js';
import { brief, due, unrated } from './goals/looking.js';
import * as partners from './partners.js';
import { SPACE, snippet } from './prose.js';
import * as sessions from './sessions/looking.js';

const SHEETS = 20;
const SNIPPET = 160;
const PAST = 20;
const RECENT = 100; // entries among which a lesson is looked for
const MINUTE = 60_000; // ms
const A_DAY = 1440 * MINUTE;
const TOLD_FOR = 3 * A_DAY; // how long Today says that the zone is another one
const ASKED_FOR = 3 * A_DAY; // how long Today asks how a session went

/** An entry as Today remembers it: its first words. @param {any} entry @param {string} zone */
export const memory = ({ id, at, fields }, zone) =>
  ({ id, day: parts(at, zone), snippet: snippet(fields.text || '', SNIPPET) || fields.title || '' });

/** The last thing that stuck, of these entries, the newest first. @param {any[]} found @param {string} zone */
export function lesson(found, zone) {
  const learnt = found.find(({ fields }) => (fields.lesson || '').replace(SPACE, ''));
  return learnt ? { ...memory(learnt, zone), snippet: snippet(learnt.fields.lesson, SNIPPET) } : null;
}

/** The last entry of the same day a year ago; null on a 29 February. @param {any} ctx @param {any} today */
export async function yearAgo(ctx, today) {
  const on = `${today.year - 1}${today.on.slice(4)}`;
  if (!isDay(on)) return null;
  const midnight = iso(parse(instant(on, '23:59', ctx.zone)) + MINUTE);
  const [entry] = await ctx.records.shelf('entry', { after: { at: midnight, id: '' }, limit: 1 });
  const found = entry && memory(entry, ctx.zone);
  return found && found.day.on === on ? found : null;
}

/** That the hours of a person follow their phone into another zone, for three days. here: the zone by which this device shows hours, '' where that is the same. @param {any} settings @param {string} moment @param {string} zone */
export function moved(settings, moment, zone) {
  if (settings.zone || !settings.here || !settings.here_at || parse(settings.here_at) + TOLD_FOR <= parse(moment)) return null;
  const here = zone === settings.here ? '' : zone;
  return { zone: settings.here, before: settings.here_before || '', at: parts(settings.here_at, zone), here };
}

/** Whether the server knows in which zone this device is: what the settings say of a phone that has just moved is not so any more. @param {any} ctx */
const isKnown = async ctx => (await ctx.records.meta('zone') ?? zoneOf(null)) === zoneOf(null);

/** The latest session that is over and of which nobody said how it went, for three days. @param {any[]} found @param {string} moment */
export const asked = (found, moment) => found.find(record =>
  record.at > iso(parse(moment) - ASKED_FOR) && agenda.state(record) === 'planned' && agenda.over(record, moment)) ?? null;

/** The next instant at which Today looks different: see sessions; or when it asks no more how the late one went. @param {any} ctx @param {any[]} near @param {any} late */
export function until(ctx, near, late) {
  const next = sessions.until(ctx, near), asking = late ? iso(parse(late.at) + ASKED_FOR) : next;
  return asking < next ? asking : next;
}

/** Whether the partner of a session is one with whom there is a pause. @param {any} session @param {{id: string}[]} found */
export const rests = (session, found) => Boolean(session && found.some(one => one.id === session.fields.partner));

/** The newest set of questions picked for a session. @param {any} ctx @param {any} session */
export async function sheetFor(ctx, session) {
  const sheets = await ctx.records.shelf('worksheet', { limit: SHEETS });
  const sheet = sheets.find((/** @type {any} */ one) => one.fields.session === session.id);
  return sheet ? sessions.worksheet(sheet) : null;
}

/** What to do before a session, or just after it. @param {any} ctx @param {any} session @param {any[]} goals @param {string} on */
export async function prepared(ctx, session, goals, on) {
  const undone = (await agenda.lines(ctx, session)).filter(line => !line.fields.discussed);
  return {
    session: session.id, rate: due(goals, on), goals: goals.length > 0, lines: undone.length,
    rolled: undone.filter(line => line.rolled).length, sheet: await sheetFor(ctx, session),
  };
}

/** @param {any} ctx */
export const home = ctx => ctx.seeOther('today.index');

/** @param {any} ctx */
export async function index(ctx) {
  const near = await agenda.ahead(ctx);
  const past = await ctx.records.shelf('session', { after: near[0] ?? null, limit: PAST });
  const [coming = null] = near.filter(record => agenda.state(record) === 'planned' && !agenda.over(record, ctx.now));
  const found = [...near.toReversed(), ...past];
  const held = found.find(record => agenda.state(record) === 'held')?.id ?? '';
  const late = asked(found, ctx.now), data = await shown(ctx, late, coming, found.length > 0);
  return ctx.show('today/index.html', { ...data, last_held: held, until: until(ctx, near, late) });
}

/** What Today prints. @param {any} ctx @param {any} late to ask about @param {any} ahead the next one @param {boolean} met whether there ever was one */
export async function shown(ctx, late, ahead, met) {
  const cards = await partners.cards(ctx), given = late || ahead ? await agenda.numbers(ctx) : undefined;
  const today = parts(ctx.now, ctx.zone), tomorrow = parts(iso(parse(ctx.now) + A_DAY), ctx.zone);
  const following = ahead ? sessions.whole(ctx, ahead, cards, given) : null, day = following ? following.start.on : '';
  const resting = pauses(cards, today.on);
  const now = following !== null && (following.begun || day === today.on);
  const after = late && !now && !rests(late, resting) ? sessions.whole(ctx, late, cards, given) : null;
  const quiet = following !== null && rests(ahead, resting) && !following.at_hand;
  const [atHand, on] = after ? [late, today.on] : [quiet ? null : ahead, day > today.on ? day : today.on];
  const goals = await unrated(ctx), newest = await ctx.records.shelf('entry', { limit: RECENT });
  const last = newest.length ? memory(newest[0], ctx.zone) : null;
  return {
    today, next: following, after, soon: day !== '' && day <= tomorrow.on && !quiet, pauses: resting,
    resting: cards.size > 0 && resting.length === cards.size, met, first: !met && !goals.length && !last,
    cards: [...cards.values()].map(partners.item), prepare: atHand ? await prepared(ctx, atHand, goals, on) : null,
    goals: goals.map(brief), adding: agenda.adding(ctx), last, lesson: lesson(newest, ctx.zone), year_ago: await yearAgo(ctx, today), moved: await isKnown(ctx) ? moved(ctx.settings, ctx.now, ctx.zone) : null,
  };
}
