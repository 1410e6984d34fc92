// What the form of a new session shows at first. Twin: mentorlog/sessions/beginning.py.
import * as agenda from '../agenda.js';
import { WALL, isZone, parts, readWall, wall, wallLine } from '../clock.js';
import { linked } from '../goals/looking.js';
import { named } from '../zones.js';
import { proposed } from './planning.js';
import * as rhythm from './rhythm.js';
import * as series from './series.js';

const USUAL = { minutes: 45, channel: 'video' };
const COPIED = ['minutes', 'channel', 'link', 'phone', 'zone', 'starts_time'];
// What an agreement calls monthly falls on the same weekday: a date can be a Sunday.
const BY_AGREEMENT = new Map([['weekly', 'weekly'], ['two_weekly', 'two_weekly'], ['monthly', 'weekday']]);
const ONE = ['on', 'at', 'after']; // an address with one of these means a single session
const MANY = 53; // days by the rhythm, among which one that is to come is looked for

/** @typedef {Record<string, any>} Fields */
/** @typedef {Map<string, any>} Cards */

/** The fields: the usual ones, those of the session of `?after=` or else of the latest with the same card, what is agreed on, what the address proposes. @param {any} ctx @param {Cards} cards @returns {Promise<Fields>} */
export async function fields(ctx, cards) {
  const given = ctx.url.searchParams, asked = await linked(ctx, given.get('after') ?? ''), found = await met(ctx);
  const partner = withWhom(found, given, asked, cards), agreed = agreedWith(partner, cards);
  const last = asked ?? (given.has('starts_on') ? null : latest(found, partner)); // an hour that is typed has no other
  const start = { ...USUAL, zone: ctx.zone, partner, ...last ? following(ctx, found, last, agreed) : {} };
  const typed = Object.fromEntries(WALL.map(name => [name, given.get(name)])), zone = named(given.get('zone') ?? '');
  return { ...start, ...length(agreed), ...proposed(given, ctx.zone, ctx.zone), ...readWall(wallLine({ ...typed, zone })) };
}

/** The fields for one that took place: the usual ones, the length that is agreed on, the hour while it is typed. @param {any} ctx @param {Cards} cards @returns {Promise<Fields>} */
export async function logged(ctx, cards) {
  const given = ctx.url.searchParams, partner = withWhom(await met(ctx), given, null, cards);
  const hour = readWall(wallLine({ starts_on: given.get('starts_on'), starts_time: given.get('starts_time'), zone: ctx.zone }));
  return { ...USUAL, ...length(agreedWith(partner, cards)), zone: ctx.zone, partner, ...hour };
}

/** The sessions that are to come, soonest first, and the last ones before that did not fall through. @param {any} ctx @returns {Promise<any[]>} */
export const met = async ctx => [...await agenda.coming(ctx), ...await agenda.lately(ctx)];

/** The card: the one of the address, '' for nobody's; that of the session before; else the one that is near. @param {any[]} found @param {URLSearchParams} given @param {any} last @param {Cards} cards @returns {string} */
export function withWhom(found, given, last, cards) {
  const asked = given.get('partner'), known = last ? last.fields.partner || '' : '';
  if (asked !== null && (cards.has(asked) || !asked)) return asked;
  return cards.has(known) ? known : atHand(found, cards);
}

/** The card whose session comes next, else was the last one; else the only one there is, '' for nobody's. @param {any[]} found @param {Cards} cards @returns {string} */
export function atHand(found, cards) {
  const near = found.map(one => one.fields.partner || '').find(id => cards.has(id)), [only = ''] = cards.keys();
  return near ?? (cards.size === 1 ? only : '');
}

/** The latest session with a card, without the link and number of that day: another person can still be chosen; null for nobody's. @param {any[]} found @param {string} partner */
export function latest(found, partner) {
  const last = found.filter(({ fields }) => fields.partner === partner).reduce((one, other) => (one && one.at >= other.at ? one : other), null);
  return last ? { ...last, fields: { ...last.fields, link: '', phone: '' } } : null;
}

/** The fields of the agreement that belongs to a card, {} without one. @param {string} partner @param {Cards} cards @returns {Fields} */
export const agreedWith = (partner, cards) => cards.get(partner)?.agreement ?? {};

/** The length that is agreed on, {} where none is. @param {Fields} agreed @returns {Fields} */
const length = agreed => (agreed.minutes ? { minutes: agreed.minutes } : {});

/** What is as the time before, and the day by the rhythm that is agreed on. @param {any} ctx @param {any[]} found @param {any} last @param {Fields} agreed @returns {Fields} */
export function following(ctx, found, last, agreed) {
  const kept = COPIED.filter(name => last.fields[name]).map(name => [name, last.fields[name]]);
  // A phone may not know a zone that the server knows.
  if (!wall(last.fields) || !isZone(last.fields.zone)) return Object.fromEntries(kept.filter(([name]) => !WALL.includes(name)));
  const on = nextDay(ctx, found, last.fields, agreed);
  return { ...Object.fromEntries(kept), ...on ? { starts_on: on } : {} };
}

/** The first day by the rhythm that is to come, in no pause, without a session with the same partner; else ''. @param {any} ctx @param {any[]} found @param {Fields} last @param {Fields} agreed @returns {string} */
export function nextDay(ctx, found, last, agreed) {
  const how = BY_AGREEMENT.get(agreed.rhythm);
  if (!how) return '';
  const today = parts(ctx.now, last.zone).on, partner = last.partner ?? null;
  const taken = found.filter(one => (one.fields.partner ?? null) === partner).map(one => one.fields.starts_on);
  const days = rhythm.days(how, last.starts_on, MANY).slice(1), first = agreed.pause_until || '';
  return days.find(on => on > today && on >= first && !taken.includes(on)) ?? '';
}

/** The part about a rhythm: as agreed on, unless a single session is meant. @param {URLSearchParams} given @param {Fields} form @param {Cards} cards */
export function howOften(given, form, cards) {
  const agreed = BY_AGREEMENT.get(agreedWith(form.partner, cards).rhythm), isOnce = ONE.some(name => given.has(name));
  return { ...series.once(), how: isOnce ? series.ONCE : agreed ?? series.ONCE };
}
