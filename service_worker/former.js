/** After the server was restored from a backup: hand back what it forgot, before what was typed on top of it. */

import { bare } from './database.js';
import { nameId } from './ids.js';
import { VIEWED, rewrite } from './view.js';

/** @typedef {import('./store.js').Said} Said */
/** @typedef {import('./store.js').Store} Store */

/** Whether something of a former epoch is left to compare. @param {Store} store @returns {Promise<boolean>} */
export async function hasFormer(store) {
  return (await store.read('former', (tx) => tx.store.count())) > 0;
}

/**
 * Turn every record that the restored server has in another state, or not at all, into a change that stands before all
 * others. Its id follows from epoch and rev, so that two devices hand back the same.
 * @param {Store} store
 */
export async function handBack(store) {
  const { rows, said, epoch } = await readBoth(store);
  const lost = rows.filter((row) => isLost(row, said.get(row.id)));
  const ids = await Promise.all(lost.map((row) => nameId(epoch, row.rev ?? ''))); // in a transaction it would end it
  await store.write(
    [...VIEWED, 'meta'],
    async (tx) => {
      const changes = tx.objectStore('changes');
      const [first, left, now] = await Promise.all([
        changes.openKeyCursor(),
        tx.objectStore('former').count(),
        tx.objectStore('meta').get('epoch'),
      ]);
      if (!left || now !== epoch) return; // done by another, or restored once more meanwhile
      const box = bare(tx, 'changes');
      const start = Math.min(first?.key ?? 1, 1) - lost.length;
      lost.forEach((row, place) => box.put(asChange(row, ids[place], start + place)));
      bare(tx, 'former').clear();
      await rewrite(
        tx,
        rows.map((row) => row.id),
        store.person,
      );
    },
    'strict',
  );
  store.announce(rows.map((row) => row.id));
}

/** @param {Store} store @returns {Promise<{rows: Said[], said: Map<string, Said>, epoch: string}>} */
async function readBoth(store) {
  return store.read(['former', 'snapshot', 'meta'], async (tx) => {
    const [rows, said, epoch] = await Promise.all([
      tx.objectStore('former').getAll(),
      tx.objectStore('snapshot').getAll(),
      tx.objectStore('meta').get('epoch'),
    ]);
    return { rows, said: new Map(said.map((/** @type {Said} */ row) => [row.id, row])), epoch };
  });
}

/** @param {Said} had @param {Said|undefined} has */
function isLost(had, has) {
  if (!had.rev || had.rev === has?.rev) return false; // shown to me by another, or just as it was
  return !(had.gone && !has);
}

/** @param {Said} row @param {string} id @param {number} seq @returns {import('./store.js').Change} */
function asChange(row, id, seq) {
  return {
    seq,
    id,
    kind: row.kind,
    record: row.id,
    fields: row.fields ?? { deleted: true },
    restore: row.rev,
    made_at: row.at ?? null,
    was: {},
    group: id,
    state: 'waiting',
  };
}
