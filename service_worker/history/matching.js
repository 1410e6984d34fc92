/** What two lists share, in order, with the fewest changes between. Twin: mentorlog/history/matching.py. */

/** @typedef {[number, number][]} Pairs places of what both share, in order */

const MOST_CHANGES = 500; // of one comparison: the time grows with their square
const MOST_STEPS = 300_000; // of all comparisons for one text

/** How many steps a comparison has left, together with those before it. */
export class Room {
  left = MOST_STEPS;

  /** Whether there was room for so many. @param {number} steps */
  take(steps) {
    this.left -= steps;
    return this.left >= 0;
  }
}

/**
 * What both share with the fewest changes between; null when that takes too many, or too long.
 * @param {string[]} old
 * @param {string[]} fresh
 * @param {Room} room
 * @returns {Pairs|null}
 */
export function matches(old, fresh, room) {
  const [head, tail] = ends(old, fresh);
  const inner = shortest(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail), room);
  if (!inner) return null;
  /** @type {Pairs} */
  const found = [];
  for (let at = 0; at < head; at += 1) found.push([at, at]);
  for (const [a, b] of inner) found.push([head + a, head + b]);
  for (let at = tail; at > 0; at -= 1) found.push([old.length - at, fresh.length - at]);
  return found;
}

/** How much both share at the beginning, and of the rest at the end. @param {string[]} old @param {string[]} fresh */
function ends(old, fresh) {
  const shorter = Math.min(old.length, fresh.length);
  let [head, tail] = [0, 0];
  while (head < shorter && old[head] === fresh[head]) head += 1;
  while (tail < shorter - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail += 1;
  return [head, tail];
}

/**
 * Myers' greedy algorithm: after each change the furthest place on every diagonal, until the end is reached.
 * @param {string[]} old
 * @param {string[]} fresh
 * @param {Room} room
 * @returns {Pairs|null}
 */
function shortest(old, fresh, room) {
  const [n, m] = [old.length, fresh.length];
  /** @type {Map<number, number>} */
  const furthest = new Map([[1, 0]]);
  const past = [];
  for (let d = 0; d <= Math.min(n + m, MOST_CHANGES); d += 1) {
    past.push(new Map(furthest));
    for (let k = -d + 2 * Math.max(0, d - m); k <= d - 2 * Math.max(0, d - n); k += 2) {
      const start = isDown(furthest, d, k) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      let x = start;
      while (x < n && x - k < m && old[x] === fresh[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= n && x - k >= m) return wayBack(past, n, m);
      if (!room.take(1 + x - start)) return null;
    }
  }
  return null;
}

/** @param {Map<number, number>} furthest @param {number} k */
const at = (furthest, k) => furthest.get(k) ?? -1;

/**
 * Whether the way to diagonal k comes from the one above it, by taking something of the new text.
 * @param {Map<number, number>} furthest
 * @param {number} d
 * @param {number} k
 */
function isDown(furthest, d, k) {
  return k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1));
}

/**
 * The matches of the way that ended at (x, y).
 * @param {Map<number, number>[]} past the furthest places before each change
 * @param {number} x
 * @param {number} y
 * @returns {Pairs}
 */
function wayBack(past, x, y) {
  /** @type {Pairs} */
  const found = [];
  for (let d = past.length - 1; d >= 0; d -= 1) {
    const k = x - y;
    const before = isDown(past[d], d, k) ? k + 1 : k - 1;
    const start = at(past[d], before);
    while (x > start && y > start - before) {
      [x, y] = [x - 1, y - 1];
      found.push([x, y]);
    }
    [x, y] = [start, start - before];
  }
  return found.reverse();
}
