/** Cases of take.js: what a reply does to the store. */

import { opening, write } from '/near/t/changes.js';
import {
  NOW,
  allOf,
  bodyOf,
  create,
  edit,
  equal,
  newId,
  news,
  ok,
  reply,
  row,
  scene,
  taken,
  withRecord,
} from '/cases/t/scene.js';

export async function a_reply_for_another_cursor_is_thrown_away_and_asked_again() {
  let calls = 0;
  const late = row(newId(), { text: 'Late.' });
  const it = scene([
    async (asked) => {
      calls += 1;
      if (calls === 1) await it.store.setMeta({ epoch: 'e1', cursor: 7 });
      return reply(calls === 1 ? news({ cursor: 3, records: [late] }) : taken(asked, { cursor: 9 }));
    },
  ]);
  await it.sync.run();
  equal([calls, it.asked[1].cursor, await it.store.meta('cursor'), await it.store.shelf('entry')], [2, 7, 9, []]);
}

export async function the_zone_of_who_chose_none_is_kept_as_the_server_said_it_last() {
  const replies = [{ home: 'Europe/Berlin' }, { home: 'Asia/Tokyo' }, {}].map((some) => () => reply(news(some)));
  const { store, sync } = scene(replies);
  for (const home of ['Europe/Berlin', 'Asia/Tokyo', 'Asia/Tokyo']) {
    await sync.run();
    equal(await store.meta('home'), home);
  }
}

export async function refused_and_behind_stay_with_their_reason() {
  const { store, sync } = scene([
    (asked) =>
      reply(
        news({
          outcomes: {
            [asked.changes[0].id]: { outcome: 'refused', why: 'too_long', field: 'text' },
            [asked.changes[1].id]: { outcome: 'behind' },
          },
        }),
      ),
  ]);
  const { record } = await create(store);
  await edit(store, record, { text: 'y' });
  const told = await sync.run();
  equal([told.sync, told.state, told.waiting, told.refused, told.sendable], ['done', 'refused', 2, 1, 0]);
  const [one, two] = await store.pending();
  equal([one.state, one.why, one.field, two.state], ['refused', 'too_long', 'text', 'behind']);
  equal((await store.changes())[1].state, 'waiting', 'the server has said that it did not take it');
}

export async function an_outcome_the_server_owes_is_not_waited_for() {
  const { store, sync, asked } = scene([() => reply(news())]);
  await create(store);
  equal([(await sync.run()).sync, asked.length], ['later', 1]);
}

export async function what_was_seen_is_sent_when_it_is_asked_for() {
  const said = row(newId(), { title: 'T', text: 'Old.' });
  const { store, sync, asked } = scene([
    () => reply(news({ records: [said] })),
    (body) => reply(news({ cursor: 1, outcomes: { [body.changes[0].id]: { outcome: 'need_was' } } })),
    (body) => reply(taken(body)),
  ]);
  await sync.run();
  await edit(store, said.id, { title: 'T', text: 'New.' });
  equal((await sync.run()).state, 'sent');
  const [, first, second] = asked.map((one) => one.changes[0]);
  equal(
    [first.base, first.was, second.base, second.was, second.id],
    [said.rev, undefined, undefined, { text: 'Old.' }, first.id],
  );
}

export async function withdrawn_content_goes_at_once() {
  const shown = { id: newId(), kind: 'goal', owner: 'ada', at: NOW, fields: { text: 'secret' } };
  const { store, sync } = scene([
    () => reply(news({ records: [shown] })),
    () => reply(news({ cursor: 2, records: [{ id: shown.id, gone: true }] })),
  ]);
  await sync.run();
  equal((await store.shelf('goal')).length, 1);
  await sync.run();
  ok(!JSON.stringify(await allOf(store)).includes('secret'));
}

export async function a_deleted_record_with_unsent_text_keeps_the_text() {
  const said = row(newId(), { text: 'Old.' });
  const gone = { id: said.id, kind: 'entry', rev: newId(), gone: true };
  const { store, sync } = scene([
    () => reply(news({ records: [said] })),
    (asked) =>
      reply(
        news({
          cursor: 2,
          records: [gone],
          outcomes: Object.fromEntries(asked.changes.map(({ id }) => [id, { outcome: 'refused', why: 'too_long' }])),
        }),
      ),
  ]);
  await sync.run();
  await edit(store, said.id, { text: 'Mine.' });
  await sync.run();
  equal((await store.pending())[0].fields, { text: 'Mine.' });
  equal(await store.shelf('entry'), []);
}

export async function the_person_is_told_what_was_joined_by_keeping_both() {
  const said = row(newId(), { text: 'Old.' });
  const kept = row(newId(), { of: said.id, field: 'text', text: 'Mine.' }, { kind: 'kept' });
  const { store, sync } = scene([
    () => reply(news({ records: [said] })),
    (asked) =>
      reply(
        news({
          cursor: 3,
          outcomes: { [asked.changes[0].id]: { outcome: 'kept', kept: [kept.id] } },
          records: [{ ...said, rev: newId(), fields: { text: 'Theirs.' } }, kept],
        }),
      ),
  ]);
  await sync.run();
  await edit(store, said.id, { text: 'Mine.' });
  await sync.run();
  equal(
    [(await store.find('entry', said.id)).fields.text, (await store.shelf('kept'))[0].fields.text],
    ['Theirs.', 'Mine.'],
  );
  equal((await store.takeNotices()).length, 1);
}

export async function the_person_is_told_of_sharing_withheld_and_of_the_bin() {
  const said = row(newId(), { text: 'Old.' });
  const { store, sync } = scene([
    () => reply(news({ records: [said] })),
    (asked) =>
      reply(
        news({
          cursor: 3,
          outcomes: { [asked.changes[0].id]: { outcome: 'merged', withheld: true } },
          records: [{ ...said, rev: newId(), fields: { text: 'Mine.', binned_at: NOW } }],
        }),
      ),
  ]);
  await sync.run();
  await edit(store, said.id, { text: 'Mine.' });
  await sync.run();
  equal((await store.takeNotices()).length, 2);
}

export async function an_eviction_in_the_middle_of_a_pull_is_no_half_of_it() {
  const rows = Array.from({ length: 20 }, () => row(newId(), { text: 'x' }));
  const { store, sync } = scene([() => reply(news({ records: rows }))]);
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function broken(...given) {
    const request = put.apply(this, given);
    if (given[0]?.id === rows[15].id) request.addEventListener('success', () => this.transaction.abort());
    return request;
  };
  try {
    await sync.run().catch((error) => equal(error.name, 'AbortError'));
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  equal([await store.shelf('entry'), await store.meta('cursor')], [[], null]);
  await sync.run();
  equal((await store.shelf('entry')).length, 20);
}

export async function an_echo_of_what_is_not_held_here_fetches_everything_anew() {
  const { store, sync, said, record } = await withRecord({ title: 'One', text: 'Old.' });
  const { change, ...stands } = opening(record, newId);
  const two = { ...said, rev: newId(), fields: { title: 'Two', text: 'Old.' } };
  const now = { ...said, rev: change, fields: { title: 'One', text: 'New.' } }; // somebody changed the title back
  const answers = [
    () => reply(news({ cursor: 2, records: [two] })),
    (asked) => reply(taken(asked, { cursor: 4 })),
    () => reply(news({ cursor: 4, records: [now] })),
  ];
  const cursors = [];
  sync.tools.fetch = async (_, init) => {
    const asked = await bodyOf(init);
    cursors.push(asked.cursor);
    return answers.shift()(asked);
  };
  await sync.run();
  await write(store, [{ id: change, kind: 'entry', fields: { title: 'One', text: 'New.' }, ...stands }], { now: NOW });
  equal((await sync.run()).state, 'sent');
  equal(cursors, [1, 2, 0]);
  equal((await store.find('entry', said.id)).fields, { title: 'One', text: 'New.' });
}
