/** Cases of take.js and view.js: replies that come late, and what waits when its record moves. */

import { take } from '/near/t/take.js';
import { create, edit, equal, newId, news, reply, row, scene, withRecord } from '/cases/t/scene.js';

const ASKED = { epoch: 'e1', cursor: 1 };

export async function a_reply_to_an_older_cursor_of_the_same_epoch_is_thrown_away() {
  const { store } = await withRecord({ text: 'Here.' });
  await take(store, ASKED, news({ cursor: 5 }));
  equal(await take(store, ASKED, news({ cursor: 3, records: [row(newId(), { text: 'Late.' })] })), null);
  equal([await store.meta('cursor'), (await store.shelf('entry')).length], [5, 1]);
}

export async function a_reply_of_a_former_epoch_is_thrown_away() {
  const { store } = await withRecord({ text: 'Here.' });
  await take(store, ASKED, news({ epoch: 'e2', cursor: 1, more: true }));
  equal(await take(store, ASKED, news({ cursor: 2, records: [row(newId(), { text: 'Late.' })] })), null);
  equal([await store.meta('epoch'), (await store.shelf('entry')).length], ['e2', 1]);
}

export async function what_waits_stays_on_the_screen_when_its_record_moves() {
  const { store, said } = await withRecord({ title: 'T', text: 'Old.' });
  await edit(store, said.id, { title: 'T', text: 'Mine.' });
  const moved = { ...said, rev: newId(), fields: { title: 'U', text: 'Theirs.' } };
  await take(store, ASKED, news({ cursor: 2, records: [moved] }));
  const found = await store.find('entry', said.id);
  equal([found.fields, found.waiting], [{ title: 'U', text: 'Mine.' }, 'waiting']);
}

export async function a_state_that_a_restored_server_has_is_not_handed_back() {
  const said = row(newId(), { text: 'Known.' });
  const it = scene([
    () => reply(news({ records: [said], cursor: 9 })),
    () => reply(news({ epoch: 'e2', cursor: 1, records: [said] })),
  ]);
  await it.sync.run();
  await it.sync.run();
  equal([await it.store.meta('epoch'), it.asked.flatMap(({ changes }) => changes)], ['e2', []]);
}

export async function a_session_in_the_making_belongs_to_its_pair() {
  const { store } = scene();
  const pair = newId();
  const when = { starts_on: '2026-12-01', starts_time: '15:00', zone: 'Europe/Berlin' };
  const { record } = await create(store, { ...when, pair }, 'session');
  equal((await store.find('session', record)).pair, pair);
}
