/** A device that was away for long: what it wrote before it went, and what it finds when it is back. */

import { opening, write } from '/near/t/changes.js';
import { openStore } from '/near/t/store.js';
import { openSync } from '/near/t/sync.js';

const NOW = '2025-11-24T12:00:00.000Z';

/** @param {{device: string, person: string}} who */
function opened({ device, person }) {
  const store = openStore(indexedDB, person, null);
  const replies = [];
  const counted = async (path, init) => {
    const reply = await fetch(path, init);
    replies.push((await reply.clone().text()).length);
    return reply;
  };
  return { store, replies, sync: openSync(store, device, { fetch: counted, zone: () => 'UTC' }) };
}

/** @param {any} store @param {any} form @param {object} fields */
async function save(store, { change, ...stands }, fields) {
  await write(store, [{ id: change, kind: 'entry', fields, ...stands }], { now: NOW });
}

/** Fetch everything, then write with no line. @param {any} who @param {{edited: [string, object][], added: object}} wishes */
export async function go(who, { edited, added }) {
  const { store, sync } = opened(who);
  const { sync: state } = await sync.run({ tapped: true });
  for (const [id, fields] of edited) await save(store, opening(await store.find('entry', id), () => crypto.randomUUID()), fields);
  await save(store, opening(null, () => crypto.randomUUID()), added);
  const { waiting } = await store.line();
  await store.close();
  return { state, waiting };
}

/** Come back; returns what the sync says and what every screen reads. @param {any} who */
export async function comeBack(who) {
  const { store, replies, sync } = opened(who);
  const { sync: state } = await sync.run({ tapped: true });
  const rows = await store.withBins();
  const { waiting, refused } = await store.line();
  await store.close();
  return { state, waiting, refused, replies, fields: Object.fromEntries(rows.map(({ id, fields }) => [id, fields])) };
}
