/** Cases of take.js and former.js: the server was restored from a backup. */

import { opening, write } from '/near/t/changes.js';
import { nameId } from '/near/t/ids.js';
import { take } from '/near/t/take.js';
import { wire } from '/near/t/wire.js';
import { NOW, create, edit, equal, newId, news, reply, row, saved, scene, taken, withRecord } from '/cases/t/scene.js';

export async function a_restored_server_gets_back_what_it_forgot() {
  const [lost, kept] = [row(newId(), { text: 'Forgotten.' }), row(newId(), { text: 'Known.' })];
  const older = { ...kept, rev: newId(), fields: { text: 'Older.' } };
  const shown = { id: newId(), kind: 'goal', owner: 'ada', at: NOW, fields: { text: 'theirs' } };
  const during = [];
  const it = scene([
    () => reply(news({ records: [lost, kept, shown], cursor: 9 })),
    () => reply(news({ epoch: 'e2', cursor: 1, more: true, records: [older] })),
    async () => {
      during.push(...(await it.store.shelf('entry')).map((one) => one.fields.text).sort());
      return reply(news({ epoch: 'e2', cursor: 2 }));
    },
    (body) => reply(taken(body, { epoch: 'e2' })),
  ]);
  await it.sync.run();
  const { change } = await create(it.store, { text: 'Waiting.' });
  equal((await it.sync.run()).state, 'sent');
  equal(during, ['Forgotten.', 'Older.', 'Waiting.'], 'nothing vanishes while it is asked');
  const [, first, , last] = it.asked;
  equal([first.told, last.told, last.epoch], [true, true, 'e2']);
  const restores = await Promise.all([lost, kept].map((one) => nameId('e2', one.rev)));
  equal(
    last.changes
      .map((one) => one.id)
      .slice(0, 2)
      .sort(),
    restores.sort(),
  );
  equal(last.changes.map((one) => one.id)[2], change, 'before what was typed on top of it');
  equal(
    last.changes
      .filter((one) => one.restore)
      .map((one) => one.restore)
      .sort(),
    [lost.rev, kept.rev].sort(),
  );
  equal((await it.store.shelf('goal')).length, 0, 'what another showed is theirs to show again');
  equal((await it.store.shelf('entry')).map((one) => one.fields.text).sort(), ['Forgotten.', 'Known.', 'Waiting.']);
}

export async function what_waits_tells_a_restored_server_what_its_author_saw() {
  const { store, said, record } = await withRecord({ title: 'T', text: 'Old.' });
  const old = opening(record, newId);
  await edit(store, said.id, { title: 'T', text: 'New.' });
  await edit(store, said.id, { title: 'U', text: 'New.' });
  await write(store, [saved(old, { title: 'V', text: 'Old.' })], { now: NOW });
  await take(store, { epoch: 'e1', cursor: 1 }, news({ epoch: 'e2', cursor: 0, more: true }));
  const sent = (await store.changes()).map(wire);
  equal(
    sent.map(({ was, after }) => [was, after]),
    [
      [{ text: 'Old.' }, undefined],
      [undefined, sent[0].id],
      [{ title: 'T' }, undefined],
    ],
  );
}

export async function a_form_from_before_the_restore_tells_that_nothing_is_known() {
  const { store, said, record } = await withRecord({ text: 'Old.' });
  const old = opening(record, newId);
  await take(store, { epoch: 'e1', cursor: 1 }, news({ epoch: 'e2', cursor: 2, records: [{ ...said, rev: newId() }] }));
  await write(store, [saved(old, { text: 'New.' })], { now: NOW });
  equal(wire((await store.changes())[0]).was, {});
}

export async function a_restored_server_hears_that_nothing_is_left_to_hand_back() {
  const { sync, asked } = scene([
    () => reply(news()),
    () => reply(news({ epoch: 'e2' })),
    () => reply(news({ epoch: 'e2' })),
  ]);
  await sync.run();
  await sync.run();
  equal(
    asked.map((one) => [one.epoch, one.told]),
    [
      [null, true],
      ['e1', true],
      ['e2', true],
    ],
  );
}

export async function a_change_on_a_record_that_nobody_knows_any_more_makes_it_anew() {
  const first = { text: 'One.' };
  const { store, sync, asked } = scene([
    (body) => reply(taken(body)),
    (body) => reply(news({ cursor: 2, records: [{ id: body.changes[0].record, gone: true }], outcomes: {} })),
    (body) => reply(news({ cursor: 2, outcomes: { [body.changes[0].id]: { outcome: 'need_was' } } })),
    (body) => reply(taken(body)),
  ]);
  const made = await create(store, first);
  const opened = opening(await store.find('entry', made.record), newId);
  await sync.run();
  await write(store, [saved(opened, { text: 'One. Two.' })], { now: NOW });
  await sync.run();
  equal((await sync.run()).state, 'sent');
  const last = asked.at(-1).changes[0];
  equal([last.id, last.base, last.after, last.was], [opened.change, null, undefined, undefined]);
}
