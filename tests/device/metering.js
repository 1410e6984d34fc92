/** Cases of meter.js: about how much went over the line. */

import { add, monthOf, size, told } from '/near/t/meter.js';
import { NOW, create, equal, news, ok, reply, row, scene, newId, taken } from '/cases/t/scene.js';

export async function bytes_in_words() {
  const words = { 0: '0 kB', 1: 'under 1 kB', 999: 'under 1 kB', 1_000: '1 kB', 1_549: '1.5 kB', 9_960: '10 kB' };
  const more = { 96_400: '96 kB', 99_999: '100 kB', 100_000: '0.1 MB', 1_260_000: '1.3 MB', 250_000_000: '250 MB' };
  for (const [bytes, wanted] of Object.entries({ ...words, ...more })) equal(size(Number(bytes)), wanted, bytes);
}

export async function a_sync_counts_what_it_sent_and_what_came() {
  const sent = [];
  const answers = (body, init) => {
    sent.push(init.body.byteLength);
    return reply(taken(body), 200, { 'Content-Length': '210' });
  };
  const { store, sync } = scene([answers]);
  await create(store, { text: 'long '.repeat(2_000) });
  await sync.run();
  const none = { up: 0, down: 0 };
  equal((await store.meta('bytes'))['2026-11'], { pages: { up: sent[0], down: 210 }, news: none, app: none });
  ok(sent[0] < 2_000, 'packed, as it went');
  await sync.run();
  equal((await store.meta('bytes'))['2026-11'].news, { up: sent[1], down: 210 }, 'nothing was new');
}

export async function what_comes_without_its_length_is_counted_by_its_text() {
  const body = news({ records: [row(newId(), { text: 'x'.repeat(3_000) })] });
  const { store, sync } = scene([() => reply(body)]);
  await sync.run();
  equal((await store.meta('bytes'))['2026-11'].pages.down, JSON.stringify(body).length);
}

export async function a_request_without_an_answer_went_up_all_the_same() {
  const { store, sync } = scene([
    () => {
      throw new TypeError('no line');
    },
  ]);
  await create(store);
  equal((await sync.run()).sync, 'later');
  const { pages } = (await store.meta('bytes'))['2026-11'];
  equal([pages.up > 100, pages.down], [true, 0]);
  const [change] = await store.changes();
  equal([change.state, change.tried_at], ['tried', NOW]);
}

export async function two_months_are_kept_and_no_month_to_come() {
  const { store } = scene();
  const spent = { pages: { up: 1_000, down: 2_000 } };
  for (const month of ['2029-01', '2026-08', '2026-10', '2026-11', '2026-11']) await add(store, month, spent);
  const months = await store.meta('bytes');
  equal(Object.keys(months).sort(), ['2026-10', '2026-11']);
  const said = told(months, monthOf(NOW));
  equal([said.month, said.all, said.up, said.down, said.last], [11, '6 kB', '2 kB', '4 kB', { month: 10, all: '3 kB' }]);
  equal(
    said.rows.map((one) => one.size),
    ['6 kB', '0 kB', '0 kB'],
  );
  equal(told(null, '2026-11'), null);
  equal(told({}, '2026-11'), null);
}
