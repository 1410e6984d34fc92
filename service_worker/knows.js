// What this app knows about me, and who can read it, in words. The twin of mentorlog/knows.py.
import { parts } from './clock.js';
import { kinds } from './generated/kinds.js';
import { shared, tally } from './knows/counting.js';
import * as settings from './settings.js';

/** The order in which kinds are told; any other follows. */
const ORDER = [
  'entry', 'goal', 'rating', 'worksheet', 'answer', 'set', 'aim', 'session', 'line', 'partner', 'agreement', 'hours', 'busy',
  'kept', 'settings',
];

/** These kinds in the order in which they are told. @param {string[]} known */
const inOrder = known => [...ORDER.filter(kind => known.includes(kind)), ...known.filter(kind => !ORDER.includes(kind)).sort()];

/** Who sees a record: `mine` alone, `shown` to my mentor, `both` of a pair, or it is `theirs` and shown to me. @param {any} record @param {string} person */
export function who(record, person) {
  if (kinds[record.kind]?.by === 'pair' && record.pair) return 'both';
  if (record.owner !== person) return 'theirs';
  return record.fields.shared && !record.fields.binned_at ? 'shown' : 'mine';
}

/** How many there are of each kind, how many of them lie in a bin, and the first day of the oldest. @param {any[]} found @param {string} zone */
export function rows(found, zone) {
  const known = new Set(found.map(record => record.kind));
  return inOrder([...known]).map(kind => row(kind, found.filter(record => record.kind === kind), zone));
}

/** One kind of record. @param {string} kind @param {any[]} found @param {string} zone */
export function row(kind, found, zone) {
  const oldest = found.reduce((first, { at }) => (at < first ? at : first), found[0].at);
  return { kind, count: found.length, binned: found.filter(record => record.fields.binned_at).length, since: parts(oldest, zone) };
}

/** The same of all that is mine alone, which is most of it and is counted where it stands. @param {any} ctx @param {any[]} others */
async function mine(ctx, others) {
  const order = inOrder(Object.keys(kinds));
  const found = await tally(ctx.records, order.flatMap(kind => [kind, `${kind}/bin`]), others);
  return order.map((kind, at) => ({ kind, living: found[2 * at], binned: found[2 * at + 1] }))
    .filter(({ living, binned }) => living.count + binned.count)
    .map(({ kind, living, binned }) => ({
      kind, count: living.count + binned.count, binned: binned.count,
      since: parts(String([living.oldest, binned.oldest].filter(Boolean).sort()[0]), ctx.zone),
    }));
}

/** Everything that stands here, by who can read it; then what the server keeps beside it. @param {any} ctx */
export async function index(ctx) {
  /** @type {Record<string, any[]>} */
  const groups = { mine: [], shown: [], both: [], theirs: [] };
  for (const record of await shared(ctx.records)) groups[who(record, ctx.person.id)].push(record);
  const { shown, both, theirs } = groups;
  const told = Object.fromEntries(Object.entries({ shown, both, theirs }).map(([name, found]) => [name, rows(found, ctx.zone)]));
  const { waiting, drafts } = await ctx.records.line();
  return ctx.show('knows/index.html', {
    now: parts(ctx.now, ctx.zone), zone: ctx.zone, unsent: waiting, drafts, groups: settings.groups(ctx), ...told,
    mine: await mine(ctx, [...shown, ...both, ...theirs]),
  });
}
