/** What must hold in every life: nothing lost, nothing twice, every device shows what the server has. */

import { canonical } from '/near/t/seen.js';
import { rowOf } from '/near/t/view.js';

const REASONS = ['too_long', 'pair_ended', 'unknown_field'];

/** @param {unknown} thing @returns {string[]} */
export function tokens(thing) {
  return JSON.stringify(thing ?? '').match(/t\d+x/g) ?? [];
}

/** The view is what the other stores say, always. @param {any} store */
export async function checkView(store) {
  const [snapshot, former, changes, records] = await store.read(['snapshot', 'former', 'changes', 'records'], (tx) =>
    Promise.all(['snapshot', 'former', 'changes', 'records'].map((name) => tx.objectStore(name).getAll())),
  );
  const said = new Map([...former, ...snapshot].map((row) => [row.id, row]));
  const ids = new Set([...said.keys(), ...changes.map((change) => change.record)]);
  const mine = (id) => changes.filter((change) => change.record === id);
  const wanted = [...ids].map((id) => rowOf(said.get(id), mine(id), store.person)).filter(Boolean);
  const byId = (rows) => canonical(Object.fromEntries(rows.map((row) => [row.id, row])));
  if (byId(wanted) !== byId(records)) throw new Error(`the view is another: ${byId(records)}\n${byId(wanted)}`);
}

/** @param {any} life */
export async function checkEnd(life) {
  const { people, texts } = await life.line.door('truth');
  const left = [];
  for (const device of life.devices) {
    await checkView(device.store);
    await checkDevice(device, people[device.person]);
    left.push(...(await device.store.changes()));
  }
  checkTexts(life, texts, left);
}

/** @param {any} device @param {any} truth */
async function checkDevice(device, truth) {
  const snapshot = await device.store.read('snapshot', (tx) => tx.store.getAll());
  const have = Object.fromEntries(snapshot.filter((row) => !row.gone).map((row) => [row.id, row]));
  if (canonical(have) !== canonical(truth)) {
    const ids = Object.keys({ ...have, ...truth }).filter(
      (id) => canonical(have[id] ?? 0) !== canonical(truth[id] ?? 0),
    );
    throw new Error(`${device.id} differs: ${canonical(ids.map((id) => [have[id] ?? 0, truth[id] ?? 0]))}`);
  }
  for (const change of await device.store.pending()) {
    const why = change.state === 'refused' ? REASONS.includes(change.why) : change.state === 'behind';
    if (!why) throw new Error(`never settled: ${canonical(change)}`);
  }
}

/**
 * @param {any} life
 * @param {{kept: boolean, fields: any}[]} texts of the server
 * @param {any[]} left changes that still wait
 */
function checkTexts(life, texts, left) {
  const seen = new Set(tokens([texts, left.map((change) => change.fields)]));
  const lost = [...life.typed].filter((token) => !life.removed.has(token) && !seen.has(token));
  if (lost.length) throw new Error(`typed and out of sight: ${lost}`);
  const standing = texts.filter((one) => !one.kept).flatMap((one) => tokens({ ...one.fields, earlier: [] }));
  const twice = standing.filter((token, place) => standing.indexOf(token) !== place);
  if (twice.length) throw new Error(`stands twice: ${twice}`);
}
