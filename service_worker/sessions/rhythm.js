// The days of a rhythm: wall dates, from which real sessions are made. Twin: mentorlog/sessions/rhythm.py.
const [WEEKLY, TWO_WEEKLY, MONTHLY, WEEKDAY] = ['weekly', 'two_weekly', 'monthly', 'weekday'];
export const RHYTHMS = [WEEKLY, TWO_WEEKLY, MONTHLY, WEEKDAY, 'own'];
export const MOST_WEEKS = 12;
export const LAST_DAY = '2099-12-31';
const DAY = 86_400_000; // ms

/** So many days, the first one first; fewer where the calendar ends. @param {string} rhythm @param {string} first @param {number} count @param {number} [weeks] */
export function days(rhythm, first, count, weeks = 1) {
  const start = new Date(`${first}T00:00:00.000Z`);
  const found = Array.from({ length: count }, (_, number) => dayOf(rhythm, start, number, weeks).toISOString().slice(0, 10));
  return found.filter(day => day <= LAST_DAY);
}

/** The day of the session of this number; the first is 0. @param {string} rhythm @param {Date} start @param {number} number @param {number} weeks */
function dayOf(rhythm, start, number, weeks) {
  if (![MONTHLY, WEEKDAY].includes(rhythm)) {
    return new Date(start.getTime() + number * 7 * DAY * (rhythm === WEEKLY ? 1 : rhythm === TWO_WEEKLY ? 2 : weeks));
  }
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + number];
  const weekday = new Date(Date.UTC(year, month, 1)).getUTCDay(), length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, (rhythm === WEEKDAY ? alike : same)(start, weekday, length)));
}

/** The same date of a month of this length. @param {Date} start @param {number} _weekday @param {number} length */
const same = (start, _weekday, length) => Math.min(start.getUTCDate(), length);

/** The same weekday in the same week of a month that begins with this weekday, 0 = Sunday. @param {Date} start @param {number} weekday @param {number} length */
function alike(start, weekday, length) {
  const day = 1 + (start.getUTCDay() - weekday + 7) % 7 + Math.floor((start.getUTCDate() - 1) / 7) * 7;
  return day <= length ? day : day - 7;
}
