// Ratings as a line over time, in whole numbers that an SVG prints; and by area. The twin of mentorlog/goals/chart.py.
import { parts } from '../clock.js';
import { closedAt } from './looking.js';

const MOST = 24; // points of a line
const [LEFT, RIGHT, MIDDLE, WIDTH] = [40, 300, 170, 320];
const [FIVE, STEP] = [20, 25]; // where a 5 stands, and how far below it the next smaller one
const [LARGE, SMALL, CROWDED] = [6, 4, 12]; // radius of a knot, up to so many and beyond
const [MONTH, WITH_YEAR, BETWEEN] = [26, 54, 6]; // how wide a label is, and the least space between two
const AREAS = ['skill', 'career', 'people', 'wellbeing', 'other'];
const NO_AREA = 'none';

/** @typedef {import('../clock.js').Parts} Parts */

/** The newest ratings as a line, the oldest of them first; null where nothing is rated. @param {any[]} closed the last one first @param {string} zone */
export function line(closed, zone) {
  const rated = closed.filter(goal => goal.rating), found = rated.slice(0, MOST).reverse();
  if (!found.length) return null;
  const shown = found.map(goal => goal.rating.fields.value), days = found.map(goal => parts(closedAt(goal), zone));
  const points = shown.map((value, n) => ({ x: place(n, found.length), y: FIVE + (5 - value) * STEP }));
  const path = points.map(({ x, y }) => `${x} ${y}`).join('L');
  return {
    points, path: `M${path}`, radius: found.length <= CROWDED ? LARGE : SMALL, labels: labels(points, days),
    shown, count: rated.length, first: days[0], last: days[days.length - 1],
  };
}

/** Where the point of this number stands, from 0 on. @param {number} number @param {number} count */
const place = (number, count) => (count > 1 ? LEFT + Math.floor((RIGHT - LEFT) * number / (count - 1)) : MIDDLE);

/** A label for each month that begins, as far as there is room. @param {{x: number}[]} points @param {Parts[]} days */
function labels(points, days) {
  const spans = days[0].year !== days[days.length - 1].year, made = [];
  let end = -BETWEEN, said = 0;
  for (const [number, { x: at }] of points.entries()) {
    const day = days[number];
    if (number && day.on.slice(0, 7) === days[number - 1].on.slice(0, 7)) continue;
    const year = spans && day.year !== said ? day.year : 0, half = (year ? WITH_YEAR : MONTH) / 2;
    const x = Math.min(Math.max(at, half), WIDTH - half);
    if (x - half < end + BETWEEN) continue;
    made.push({ x, month: day.month, year });
    [end, said] = [x + half, day.year];
  }
  return made;
}

/** The area of a goal, `none` where it has none. @param {any} goal @returns {string} */
export const areaOf = goal => goal.fields.area || NO_AREA;

/** The areas that these goals are of, when they are of more than one. @param {any[]} closed */
export function areas(closed) {
  const found = new Set(closed.map(areaOf));
  return found.size > 1 ? [...AREAS, NO_AREA].filter(area => found.has(area)) : [];
}
