// Planning and moving a session: what is typed, what is wrong, what follows. Twin: mentorlog/sessions/planning.py.
import * as agenda from '../agenda.js';
import { instant, isDay, isTime, isZone, iso, parse, parts, readWall } from '../clock.js';
import * as forms from '../forms.js';
import * as ways from '../ways.js';
import { named } from '../zones.js';
import { LAST_DAY } from './rhythm.js';

const MINUTE = 60_000; // ms
const FIRST_DAY = '2000-01-01';
export const NEAR = 20;
const LENGTH = /^[1-9][0-9]{0,2}$/; // minutes, as an address says them
const ORDER = ['starts_on', 'starts_time', 'zone', 'minutes', 'channel', 'link', 'phone', 'partner', 'partner_name'];
export const REST = ['minutes', 'channel', 'link', 'phone', 'partner']; // what a form changes beside the hour
const TAKEN = ['planned', 'held']; // the states in which a session takes its hour
const PLACES = ['in_person', 'phone']; // channels in which a place may stand where others have their link
const TWO_NAMES = 'Choose Somebody else above for this name, or take the name out.';

/** @typedef {Record<string, any>} Fields */
/** @typedef {Map<string, any>} Cards */

/** The other sessions that take a part of these minutes, the latest first. @param {any} ctx @param {string[]} own ids of those that do not count @param {Fields} fields */
export async function overlapping(ctx, own, fields) {
  const [, end] = minutesOf(fields);
  return among(await ctx.records.shelf('session', { after: { at: iso(end), id: '' }, limit: NEAR }), own, fields);
}

/** Those of these sessions that take a part of these minutes. @param {any[]} found @param {string[]} own @param {Fields} fields */
export function among(found, own, fields) {
  const [start, end] = minutesOf(fields), until = iso(end);
  return found.filter(one =>
    !own.includes(one.id) && TAKEN.includes(agenda.state(one)) && one.at < until && agenda.end(one) > start);
}

/** The moments at which a session begins and ends, in ms. @param {Fields} fields */
export function minutesOf(fields) {
  const start = parse(instant(fields.starts_on, fields.starts_time, fields.zone));
  return [start, start + (fields.minutes || agenda.LENGTH) * MINUTE];
}

/** The fields of the form; an hour that is offered counts more than day and hour, the zone that is typed counts. @param {any} ctx @returns {Fields} */
export function typed(ctx) {
  const channel = forms.choice(ctx, 'channel'), link = forms.line(ctx, 'link'), slot = readWall(forms.line(ctx, 'slot'));
  return {
    starts_on: slot?.starts_on ?? forms.choice(ctx, 'starts_on'), starts_time: slot?.starts_time ?? forms.choice(ctx, 'starts_time'),
    zone: forms.zone(ctx, 'zone') || ctx.zone, minutes: forms.number(ctx, 'minutes'), channel,
    link: channel === 'in_person' ? link : ways.web(link),
    phone: forms.line(ctx, 'phone'), partner: forms.choice(ctx, 'partner'),
  };
}

/** The id of the card that is chosen, or of the one that has this very name; what was chosen where there is none. @param {string} chosen @param {string} name @param {Cards} cards @returns {string} */
export const whom = (chosen, name, cards) =>
  chosen || ([...cards.values()].find(card => name && card.fields.name === name)?.id ?? chosen);

/** What an address proposes: `?on=2026-12-08&at=15:00`, on the clocks of `here`, told on those of `zone` unless they show it for the second time; minutes. @param {URLSearchParams} given @param {string} here @param {string} zone @returns {Fields} */
export function proposed(given, here, zone) {
  const [on, at, minutes] = ['on', 'at', 'minutes'].map(name => given.get(name) ?? '');
  /** @type {Fields} */
  const found = LENGTH.test(minutes) ? { minutes: Number(minutes) } : {};
  if (on < FIRST_DAY || on > LAST_DAY || !isDay(on) || !isTime(at)) return found;
  const start = instant(on, at, here), there = isTold(parse(start), zone) ? zone : here, wall = parts(start, there);
  return { starts_on: wall.on, starts_time: wall.time, zone: there, ...found };
}

/** What an open form asks with beside the minutes: on whose clocks, and with whom, '' for nobody with a card. @param {URLSearchParams} given @param {Cards} cards @returns {Fields} */
export function asked(given, cards) {
  const zone = named(given.get('zone') ?? ''), partner = given.get('partner');
  return { ...isZone(zone) ? { zone } : {}, ...partner === '' || cards.has(partner ?? '') ? { partner } : {} };
}

/** Whether the wall line of an instant means it: the second 02:00 of a night in autumn is read as the first. @param {number} start ms @param {string} zone */
export function isTold(start, zone) {
  const { on, time } = parts(iso(start), zone);
  return parse(instant(on, time, zone)) === start;
}

/** The fields of a session as its form shows them. @param {Fields} fields @returns {Fields} */
export const shown = (fields, name = '') =>
  ({ ...Object.fromEntries(ORDER.map(one => [one, fields[one] || ''])), partner_name: name });

/** Field to words. @param {Fields} fields @param {string} name @param {Cards} cards @returns {Record<string, string>} */
export function wrong(fields, name, cards) {
  const found = forms.problems('session', fields);
  if (!fields.starts_on) found.starts_on = 'Choose a day.';
  else if (fields.starts_on < FIRST_DAY || fields.starts_on > LAST_DAY) found.starts_on = 'Choose a day between 2000 and 2099.';
  if (!fields.starts_time) found.starts_time = 'Choose an hour.';
  const link = wrongLink(fields);
  const phone = fields.phone && ways.wrongNumber(fields.phone);
  if (link) found.link ??= link;
  if (phone) found.phone ??= phone;
  if (fields.partner && !cards.has(fields.partner)) found.partner = 'Choose one of your cards, or write a name.';
  const about = wrongName(name, cards.get(fields.partner));
  if (about) found.partner_name = about;
  return Object.fromEntries(ORDER.filter(field => found[field]).map(field => [field, found[field]]));
}

/** What is wrong with the link, or with the place that stands there, for the channel; '' for nothing. @param {Fields} fields @returns {string} */
export function wrongLink({ channel, link }) {
  return PLACES.includes(channel) || !link ? ways.wrongPlace(link || '') : ways.wrongLink(link);
}

/** What is wrong with a name for a new card, beside the card that is chosen; '' for nothing. @param {string} name @param {any} card @returns {string} */
export const wrongName = (name, card) =>
  forms.problems('partner', { name }).name || (name && card && card.fields.name !== name ? TWO_NAMES : '');

/** The changes of one form: the session, and the card of somebody whose name was typed and who has none. @param {Fields} fields @param {string} name @param {any} opening */
export async function changes(fields, name, opening) {
  const first = forms.change('session', fields, opening);
  if (fields.partner || !name) return [first];
  const second = await forms.anew(first, 2, 'partner', { name });
  fields.partner = second.record;
  return [first, second];
}
