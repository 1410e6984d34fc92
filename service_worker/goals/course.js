// Has it run its course? (practice S07) Told from one's own pages, to nobody else. The twin of mentorlog/goals/course.py.
import { inside, instant, isZone, iso, parse, parts, wall } from '../clock.js';
import { closedAt, closedOnes, meeting, openOnes } from './looking.js';

const SESSIONS = 20; // the last ones, among which signs are looked for
const WITHOUT = 3; // sessions held without a new goal
const [HIGH, IN_A_ROW] = [4, 2]; // long goals at 4 or 5
const DAY = 86_400_000; // ms
const LONG = 28 * DAY;
const PUT_OFF = ['moved', 'cancelled'];
const TIMES = 2; // sessions in a row
const LATER = 90 * DAY;
const NEVER = '2199-12-31';

/** The ones before the first that is not so. @param {any[]} found @param {(one: any) => boolean} isSo */
function leading(found, isSo) {
  const end = found.findIndex(one => !isSo(one));
  return end < 0 ? found : found.slice(0, end);
}

/** The last sessions, newest first; before them those to come that were moved. @param {any} ctx @returns {Promise<any[]>} */
export async function lately(ctx) {
  const moved = (await ctx.records.since('session', ctx.now)).filter((/** @type {any} */ one) => one.fields.moves?.length);
  return [...moved, ...await ctx.records.shelf('session', { after: { at: ctx.now, id: '' }, limit: SESSIONS })];
}

/** Whether one does not want to be asked on this day. @param {any} settings @param {string} on */
export const isQuiet = (settings, on) => (settings.course_on || '') > on;

/** The first of the signs, '' while there is none. @param {any[]} found @param {any[]} sessions @param {string} zone */
export const asked = (found, sessions, zone) => signs(found, sessions, zone)[0]?.name ?? '';

/** What speaks for it. @param {any[]} found all goals, the oldest first @param {any[]} sessions the last ones @param {string} zone */
export const signs = (found, sessions, zone) =>
  [noNewGoal(found, sessions, zone), longOnesMet(found, zone), putOff(sessions, zone)].filter(sign => sign !== null);

/** Three sessions were held since the last new goal was set. @param {any[]} found @param {any[]} sessions @param {string} zone */
function noNewGoal(found, sessions, zone) {
  const held = sessions.filter(one => one.fields.state === 'held').slice(0, WITHOUT);
  const fresh = found.filter(goal => !goal.fields.follows);
  if (held.length < WITHOUT || !fresh.length || fresh.some(goal => goal.at >= held[WITHOUT - 1].at)) return null;
  return { name: 'no_goal', days: daysOf(held, zone) };
}

/** The last long goals, of one area, were rated 4 or 5, two or more in a row. @param {any[]} found @param {string} zone */
function longOnesMet(found, zone) {
  const rated = closedOnes(found).filter(goal => goal.rating && isLong(goal, zone)), area = rated[0]?.fields.area;
  const high = leading(rated, ({ rating, fields }) => rating.fields.value >= HIGH && fields.area === area);
  if (!area || high.length < IN_A_ROW || openOnes(found).some(goal => isLong(goal, zone))) return null;
  return { name: 'met', area, count: high.length, since: parts(closedAt(high[high.length - 1]), zone) };
}

/** Whether a goal was to take four weeks or more, or was carried over. @param {any} goal @param {string} zone */
function isLong({ at, fields }, zone) {
  if (fields.dates?.length || fields.follows) return true;
  return Boolean(fields.due_on) && parse(instant(fields.due_on, '00:00', zone)) - parse(at) >= LONG;
}

/** The last two hours of which it is known what became of them were put off. @param {any[]} sessions @param {string} zone */
function putOff(sessions, zone) {
  const told = sessions.flatMap(hoursOf).filter(one => ![null, 'planned'].includes(one.fields.state ?? null));
  const gone = leading(told, one => PUT_OFF.includes(one.fields.state));
  return gone.length >= TIMES ? { name: 'put_off', days: daysOf(gone.slice(0, TIMES), zone) } : null;
}

/** The hour of a session, then those at which it was to be before, the last one first. @param {any} session @returns {any[]} */
function hoursOf(session) {
  const walls = (session.fields.moves ?? []).map(wall);
  const whole = walls.filter((/** @type {string[]|null} */ one) => one && inside(one[0]) && isZone(one[2])).reverse();
  return [session, ...whole.map((/** @type {[string, string, string]} */ one) =>
    ({ id: session.id, at: instant(...one), fields: { state: 'moved' } }))];
}

/** The days of sessions, the first one first. @param {any[]} sessions @param {string} zone */
const daysOf = (sessions, zone) => sessions.toReversed().map(one => meeting(one, zone));

/** The day from which it may be asked again, null for at once. @param {string} how @param {string} on */
export function quietUntil(how, on) {
  const later = iso(parse(`${on}T12:00:00.000Z`) + LATER).slice(0, 10);
  return new Map([['later', later], ['never', NEVER]]).get(how) ?? null;
}

/** The name of whom one meets, '' where no card says it. @param {any} ctx @param {any} session @returns {Promise<string>} */
export async function partnerOf(ctx, session) {
  const id = session?.fields.partner || '';
  return (await ctx.records.many([id])).get(id)?.fields.name || '';
}
