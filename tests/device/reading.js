/** Cases of store.js and database.js. */

import { openDevice } from '/near/t/signed-in.js';
import { openStore } from '/near/t/store.js';
import { equal, newId, news, ok, reply, row, scene, throws } from '/cases/t/scene.js';

/** @param {number} day */
const at = (day) => `2026-11-${String(day).padStart(2, '0')}T08:00:00.000Z`;

/** @param {any[]} records */
async function withRecords(records) {
  const { store, sync } = scene([() => reply(news({ records }))]);
  await sync.run();
  return store;
}

export async function a_shelf_is_read_newest_first_page_by_page() {
  const rows = [3, 1, 2, 5, 4].map((day) => row(newId(), { text: `${day}` }, { at: at(day) }));
  const store = await withRecords([...rows, row(newId(), { text: 'goal' }, { kind: 'goal' })]);
  const first = await store.shelf('entry', { limit: 2 });
  const second = await store.shelf('entry', { after: first[1], limit: 2 });
  const third = await store.shelf('entry', { after: second[1], limit: 2 });
  equal(
    [first, second, third].map((page) => page.map((one) => one.fields.text)),
    [['5', '4'], ['3', '2'], ['1']],
  );
  equal(
    (await store.shelf('entry')).map((one) => one.fields.text),
    ['5', '4', '3', '2', '1'],
  );
  equal([await store.count('entry'), await store.count('goal'), await store.count('session')], [5, 1, 0]);
  equal(await store.shelf('entry', { limit: 0 }), []);
}

export async function records_of_one_moment_are_read_by_id_downwards() {
  const ids = [newId(), newId(), newId()];
  const store = await withRecords(ids.map((id) => row(id, {})));
  const [first, ...rest] = await store.shelf('entry');
  equal(
    [first, ...rest].map((one) => one.id),
    [...ids].reverse(),
  );
  equal(
    (await store.shelf('entry', { after: first })).map((one) => one.id),
    [ids[1], ids[0]],
  );
}

export async function the_bin_is_a_shelf_of_its_own_and_out_of_search() {
  const [kept, binned] = [row(newId(), { text: 'a' }), row(newId(), { text: 'b', binned_at: at(1) })];
  const store = await withRecords([kept, binned]);
  equal(
    (await store.shelf('entry')).map((one) => one.id),
    [kept.id],
  );
  equal(
    (await store.shelf('entry/bin')).map((one) => one.id),
    [binned.id],
  );
  equal(
    (await store.batch('', 10)).map((one) => one.shelf).sort(),
    ['entry', 'entry/bin'],
  );
  equal((await store.find('entry', binned.id)).fields.text, 'b');
}

export async function what_is_not_there_or_of_another_kind_is_missing() {
  const [one, gone] = [row(newId(), {}), { id: newId(), kind: 'entry', rev: newId(), gone: true }];
  const store = await withRecords([one, gone]);
  await throws(() => store.find('goal', one.id), 'Missing');
  await throws(() => store.find('entry', gone.id), 'Missing');
  await throws(() => store.find('entry', newId()), 'Missing');
  equal([...(await store.many([one.id, gone.id, newId()])).keys()], [one.id]);
}

export async function a_record_shown_by_another_has_no_rev() {
  const store = await withRecords([{ id: newId(), kind: 'goal', owner: 'ada', at: at(1), fields: { text: 'x' } }]);
  const [shown] = await store.shelf('goal');
  equal([shown.rev, shown.owner, shown.pair, shown.waiting], ['', 'ada', null, '']);
}

export async function a_notice_is_given_out_once() {
  const { store } = scene();
  await store.say({ text: 'One.', change: 'c' });
  await store.say({ text: 'Two.' });
  equal(await Promise.all([store.takeNotices(), store.takeNotices()]), [
    [{ text: 'One.', change: 'c' }, { text: 'Two.' }],
    [],
  ]);
}

export async function the_device_knows_who_is_signed_in() {
  const device = openDevice(indexedDB);
  await device.clear();
  equal(await device.get(), null);
  await device.update({ whole: true });
  equal(await device.get(), null);
  await device.put({ person: 'p', device: 'd', whole: false, name: 'Ada' });
  await device.update({ whole: true });
  equal(await device.get(), { person: 'p', device: 'd', whole: true, name: 'Ada' });
  await device.clear();
}

export async function a_store_opens_again_after_it_was_closed() {
  const { store } = scene();
  await store.setMeta({ names: 'n' });
  await store.close();
  equal(await store.meta('names'), 'n');
  (await store.open()).close(); // as when the browser does it, without a word to us
  equal(await store.meta('names'), 'n');
}

export async function a_forgotten_store_is_empty_and_another_tab_does_not_hinder_it() {
  const { store } = scene();
  const tab = openStore(indexedDB, store.person, null);
  await store.setMeta({ names: 'n' });
  equal(await tab.meta('names'), 'n');
  await store.forget();
  equal(await tab.meta('names'), null);
  await throws(() => store.meta('names'), 'Error'); // what is still under way here must not make it anew
}

export async function the_line_counts_changes_and_drafts() {
  const { store } = scene();
  equal(await store.line(), { state: 'sent', waiting: 0, refused: 0, drafts: 0, sendable: 0 });
  const change = (seq, record, state) => ({
    seq,
    id: `c${seq}`,
    kind: 'entry',
    record,
    fields: {},
    was: {},
    base: null,
    group: 'g',
    made_at: null,
    state,
  });
  await store.write(['changes', 'drafts'], async (tx) => {
    await tx.objectStore('drafts').put({ change: 'x' });
    for (const one of [
      change(1, 'a', 'tried'),
      change(2, 'b', 'refused'),
      change(3, 'b', 'waiting'),
      change(4, 'c', 'waiting'),
    ]) {
      await tx.objectStore('changes').put(one);
    }
  });
  equal(await store.line(), { state: 'refused', waiting: 4, refused: 1, drafts: 1, sendable: 2 });
  equal(
    (await store.pending()).map((one) => one.state),
    ['tried', 'refused', 'behind', 'waiting'],
  );
  ok((await store.changes())[2].state === 'waiting', 'behind is computed, never stored');
}
