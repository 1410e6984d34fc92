/** Cases of wire.js and sync.js: what goes into a request, and when. */

import { NOW, create, equal, newId, ok, reply, scene, taken } from '/cases/t/scene.js';

export async function a_change_goes_up_and_comes_back_as_an_echo() {
  const { store, sync, asked, heard } = scene();
  const { change, record } = await create(store, { title: 'T', text: 'x' });
  const told = await sync.run();
  equal([told.sync, told.state, told.waiting], ['done', 'sent', 0]);
  equal(asked, [
    {
      v: 1,
      person: store.person,
      device: 'd1',
      zone: 'Europe/Berlin',
      sent_at: NOW,
      epoch: null,
      cursor: 0,
      told: true,
      changes: [{ id: change, kind: 'entry', record, fields: { title: 'T', text: 'x' }, made_at: NOW, base: null }],
    },
  ]);
  const found = await store.find('entry', record);
  equal(
    [found.fields, found.rev, found.waiting, found.top, found.at],
    [{ title: 'T', text: 'x' }, change, '', null, NOW],
  );
  equal(
    heard.map((message) => message.type),
    ['change:written', 'sync:moved', 'sync:finished'],
  );
  equal(heard[1].records, [record]);
  equal([await store.meta('contact'), await store.meta('trouble'), await store.meta('whole')], [NOW, null, true]);
}

export async function one_edit_is_one_round_trip() {
  const { store, sync, asked } = scene();
  await create(store);
  await sync.run();
  equal(asked.length, 1);
}

export async function large_requests_are_packed_and_small_ones_not() {
  const seen = [];
  const { store, sync } = scene([
    (asked, init) => {
      seen.push([init.headers['Content-Encoding'], init.body.byteLength]);
      return reply(taken(asked));
    },
  ]);
  await create(store, { text: 'short' });
  await sync.run();
  await create(store, { text: 'long '.repeat(500) });
  await sync.run();
  equal(
    seen.map(([packed]) => packed),
    [undefined, 'gzip'],
  );
  ok(seen[1][1] < 600, `${seen[1][1]} bytes`);
}

export async function no_request_is_larger_than_the_server_takes() {
  const sizes = [];
  const { store, sync, asked } = scene([
    (got) => {
      sizes.push([got.changes.length, JSON.stringify(got).length]);
      return reply(taken(got));
    },
  ]);
  await store.write('changes', async (tx) => {
    for (let seq = 1; seq <= 1_300; seq += 1) {
      const text = seq === 700 ? 'z'.repeat(1_200_000) : 'y'.repeat(1_500);
      tx.store.put({
        seq,
        id: newId(),
        kind: 'entry',
        record: newId(),
        fields: { text },
        was: {},
        base: null,
        group: newId(),
        made_at: NOW,
        state: 'waiting',
      });
    }
  });
  equal((await sync.run()).state, 'sent');
  ok(
    sizes.every(([count, size]) => count === 1 || (count <= 1_000 && size <= 900_500)),
    JSON.stringify(sizes),
  );
  ok(asked.slice(0, -1).every((one) => !one.told) && asked.at(-1).told);
}

export async function changes_of_one_form_go_in_one_batch() {
  const { store, sync, asked } = scene();
  await store.write('changes', async (tx) => {
    for (let seq = 1; seq <= 1_001; seq += 1) {
      tx.store.put({
        seq,
        id: newId(),
        kind: 'entry',
        record: newId(),
        fields: { text: 'x' },
        was: {},
        base: null,
        group: seq >= 1_000 ? 'pair' : newId(),
        made_at: NOW,
        state: 'waiting',
      });
    }
  });
  await sync.run();
  equal(
    asked.map((one) => one.changes.length),
    [999, 2],
  );
}

export async function a_change_is_marked_as_tried_before_it_leaves() {
  let seen = null;
  const { store, sync } = scene([
    async (asked) => {
      seen = (await store.changes()).map((change) => change.state);
      return reply(taken(asked));
    },
  ]);
  await create(store);
  await sync.run();
  equal(seen, ['tried']);
}

export async function only_one_is_at_it_at_a_time() {
  let release = () => {};
  const gate = new Promise((resolve) => {
    release = resolve;
  });
  const { store, sync, asked } = scene([
    async (body) => {
      await gate;
      return reply(taken(body));
    },
  ]);
  await create(store);
  const first = sync.run();
  while (!asked.length)
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  equal((await sync.run()).sync, 'busy');
  release();
  equal([(await first).sync, asked.length], ['done', 1]);
}

export async function what_is_written_during_a_sync_goes_too() {
  let written = null;
  const { store, sync, asked } = scene([
    async (body) => {
      written ??= await create(store, { text: 'Meanwhile.' });
      return reply(taken(body));
    },
  ]);
  await create(store);
  equal((await sync.run()).state, 'sent');
  equal(
    asked.map((one) => one.changes.length),
    [1, 1],
  );
}
