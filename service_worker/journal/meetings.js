// The session that an entry is about: which ones to offer, which one is at hand. The twin of mentorlog/journal/meetings.py.
import * as agenda from '../agenda.js';
import { parse, parts } from '../clock.js';
import * as goals from '../goals/looking.js';

const [LATELY, AHEAD] = [3, 2]; // sessions offered of those before, and of those to come
const JUST_ENDED = 12 * 60 * 60_000; // ms

/** @typedef {{id: string, start: any}} Meeting */

/** The last sessions that began and did not fall through, the newest first. @param {any} ctx */
export const lately = async ctx => (await agenda.lately(ctx)).slice(0, LATELY);

/** The sessions to choose from, the oldest first; before them the one that is chosen already and is none of them. @param {any} ctx @param {any[]} past @param {Meeting[]} near @param {string} chosen */
export async function choices(ctx, past, near, chosen) {
  const rows = [...past.toReversed().map(one => goals.meeting(one, ctx.zone)), ...near.slice(0, AHEAD)];
  const own = rows.some(one => one.id === chosen) ? null : await goals.linked(ctx, chosen);
  return own ? [goals.meeting(own, ctx.zone), ...rows] : rows;
}

/** The session that an entry begun now is about: it is on, ended just now, or is today; '' for none. @param {any} ctx @param {any[]} past @param {Meeting[]} near @returns {string} */
export function atHand(ctx, [last], [next]) {
  const today = parts(ctx.now, ctx.zone).on;
  if (last && (agenda.end(last) > parse(ctx.now) - JUST_ENDED || goals.meeting(last, ctx.zone).start.on === today)) return last.id;
  return next && next.start.on === today ? next.id : '';
}

/** The session by which a goal is due that is set in an entry about this one: the next, after it. @param {Meeting[]} near @param {string} about */
export const until = (near, about) => near.find(one => one.id !== about) ?? null;
