/** Cases of memory.js and journal/finding.js: what search looks at is read once, and follows what is written. */

import * as finding from '/near/t/journal/finding.js';
import * as memory from '/near/t/memory.js';
import { create, edit, equal, newId, news, ok, reply, row, scene, throws } from '/cases/t/scene.js';

/** @param {any[]} records */
async function withRecords(records) {
  const it = scene([() => reply(news({ records }))]);
  await it.sync.run();
  return it.store;
}

/** A store that says how often all of it was read. @param {any} store */
function counting(store) {
  const { batch } = store;
  store.reads = 0;
  store.batch = (...asked) => {
    store.reads += 1;
    return batch.apply(store, asked);
  };
  return store;
}

/** @param {any} store */
const texts = async (store) => (await memory.rows(store)).map((one) => one.text);

export async function everything_is_read_once_and_then_only_what_moved() {
  const store = counting(await withRecords([row(newId(), { text: 'Été' }, { at: '2026-11-01T08:00:00.000Z' })]));
  equal(await texts(store), ['\nete\n']);
  const { record } = await create(store, { title: 'New', text: '', tags: ['Tag'] });
  equal(await texts(store), ['new\n\n\ntag', '\nete\n']);
  await edit(store, record, { text: 'Changed' });
  equal((await texts(store))[0], 'new\nchanged\n\ntag');
  equal(store.reads, 1);
}

export async function what_is_binned_is_not_found_and_what_comes_back_is() {
  const store = counting(await withRecords([]));
  const { record } = await create(store, { text: 'x' });
  equal((await memory.rows(store)).map((one) => [one.id, one.waiting]), [[record, true]]);
  await edit(store, record, { binned_at: '2026-11-24T12:00:00.000Z' });
  equal(await texts(store), []);
  await edit(store, record, { binned_at: null });
  equal((await texts(store)).length, 1);
  equal(store.reads, 1);
}

export async function a_sync_moves_it_too() {
  const said = row(newId(), { text: 'Said', tags: ['a'], session: newId(), lesson: 'L' });
  const script = [[said], [{ ...said, rev: newId(), fields: { text: 'Said anew' } }], [{ id: said.id, gone: true }]];
  const { store, sync } = scene(script.map((records, at) => () => reply(news({ cursor: at + 1, records }))));
  await sync.run();
  const [one] = await memory.rows(store);
  equal(
    [one.text, one.tags, one.session, one.lesson, one.waiting],
    ['\nsaid\nl\na', ['a'], said.fields.session, true, false],
  );
  await sync.run();
  equal(await texts(store), ['\nsaid anew\n']);
  await sync.run();
  equal(await texts(store), []);
}

export async function the_newest_comes_first_and_of_one_moment_the_higher_id() {
  const ids = [newId(), newId(), newId()];
  const at = ['2026-11-02T08:00:00.000Z', '2026-11-03T08:00:00.000Z', '2026-11-02T08:00:00.000Z'];
  const store = await withRecords(ids.map((id, place) => row(id, {}, { at: at[place] })));
  equal((await memory.rows(store)).map((one) => one.id), [ids[1], ids[2], ids[0]]);
}

export async function who_comes_next_does_not_find_it() {
  const [first, second] = [counting(await withRecords([row(newId(), { text: 'Mine' })])), await withRecords([])];
  equal(await texts(first), ['\nmine\n']);
  equal(await texts(second), []);
  equal(first.follower, null);
  equal(await texts(first), ['\nmine\n']);
  equal(first.reads, 2);
  memory.forget();
  equal(first.follower, null);
}

export async function what_is_written_while_it_is_read_is_not_missed() {
  const store = await withRecords([row(newId(), { text: 'Old' })]);
  const { batch } = store;
  store.batch = async (...asked) => {
    const found = await batch.apply(store, asked);
    await create(store, { text: 'Meanwhile' });
    return found;
  };
  equal((await texts(store)).sort(), ['\nmeanwhile\n', '\nold\n']);
}

export async function two_letters_at_once_wait_for_the_same_reading() {
  const store = counting(await withRecords([row(newId(), { text: 'One' })]));
  await memory.rows(store);
  await create(store, { text: 'Two' });
  const both = await Promise.all([texts(store), texts(store)]);
  equal(both.map((found) => found.length), [2, 2]);
}

export async function a_reading_that_fails_is_begun_anew() {
  const store = counting(await withRecords([row(newId(), { text: 'One' })]));
  const { batch } = store;
  store.batch = () => Promise.reject(new DOMException('closed', 'InvalidStateError'));
  await throws(() => memory.rows(store), 'InvalidStateError');
  store.batch = batch;
  equal(await texts(store), ['\none\n']);
}

export async function months_are_counted_down_the_index_as_the_rows_say() {
  const moments = ['2026-10-31T23:30:00.000Z', '2026-11-01T00:30:00.000Z', '2026-10-31T22:59:59.999Z',
    '2024-02-29T12:00:00.000Z', '1900-01-01T12:00:00.000Z', '2199-12-31T12:00:00.000Z'];
  const store = await withRecords([
    ...moments.map((at) => row(newId(), {}, { at })),
    row(newId(), { binned_at: moments[0] }, { at: moments[0] }),
    row(newId(), {}, { kind: 'goal', at: moments[0] }),
  ]);
  for (const zone of ['Europe/Berlin', 'Asia/Tokyo', 'America/Los_Angeles', 'UTC']) {
    const ctx = { records: store, zone, url: new URL('https://a.example/journal') };
    const found = await (await finding.shelf(ctx, finding.asked(ctx))).months(zone);
    equal(found, finding.tally([...moments].sort().reverse(), zone), zone);
    ok(found.reduce((sum, one) => sum + one.count, 0) === moments.length, zone);
  }
}

export async function a_list_is_counted_by_stretches_and_read_upwards() {
  const ids = [newId(), newId(), newId(), newId()];
  const at = ['2026-11-01T08:00:00.000Z', '2026-11-02T08:00:00.000Z', '2026-11-02T08:00:00.000Z', '2026-11-03T08:00:00.000Z'];
  const store = await withRecords(ids.map((id, place) => row(id, {}, { at: at[place] })));
  equal([await store.count('entry', at[1]), await store.count('entry', '', at[1]), await store.count('entry', at[1], at[1]),
    await store.count('entry', at[3], at[0])], [3, 1, 0, 0]);
  const above = async (place) => (await store.newer('entry', { at: at[place], id: ids[place] }))?.id ?? null;
  equal([await above(0), await above(1), await above(2), await above(3)], [ids[1], ids[2], ids[3], null]);
}

export async function what_waits_is_found_by_its_state() {
  const store = await withRecords([row(newId(), { text: 'Sent' })]);
  const { record } = await create(store, { text: 'Waits' });
  const ctx = { records: store, zone: 'UTC', url: new URL('https://a.example/journal?waiting=1') };
  const page = await (await finding.shelf(ctx, finding.asked(ctx))).page(null, 10);
  equal(page.map((one) => one.id), [record]);
}
