/** Cases of the page that is asked for while the one before is being taken. */

import { create, equal, newId, news, reply, row, scene } from '/cases/t/scene.js';

const page = (cursor, text, more = true) => news({ cursor, more, records: [row(newId(), { text })] });

/** The texts on the device, in order. @param {any} store */
async function texts(store) {
  return (await store.shelf('entry')).map((record) => record.fields.text).sort();
}

export async function pages_follow_each_other_by_their_cursors() {
  const script = [page(1, 'a'), page(2, 'b'), page(3, 'c', false)].map((told) => () => reply(told));
  const { store, sync, asked } = scene(script);
  equal((await sync.run()).sync, 'done');
  equal(
    asked.map((one) => [one.epoch, one.cursor, one.changes.length]),
    [
      [null, 0, 0],
      ['e1', 1, 0],
      ['e1', 2, 0],
    ],
  );
  equal([await texts(store), await store.meta('cursor'), await store.meta('whole')], [['a', 'b', 'c'], 3, true]);
}

export async function what_is_written_while_pages_come_does_not_wait_for_the_last() {
  const later = (asked) =>
    reply({
      ...page(asked.cursor + 1, `p${asked.cursor + 1}`, asked.cursor < 4),
      outcomes: Object.fromEntries(asked.changes.map((change) => [change.id, { outcome: 'accepted' }])),
    });
  const { store, sync, asked } = scene([
    async (got) => {
      await create(store, { text: 'Meanwhile.' });
      return later(got);
    },
    later,
  ]);
  equal((await sync.run()).waiting, 0);
  const first = asked.findIndex((one) => one.changes.length);
  equal([first < asked.length - 1, asked[first].cursor], [true, 1], JSON.stringify(asked.map((one) => one.cursor)));
  equal(await store.meta('cursor'), 5);
}

export async function a_page_asked_ahead_of_another_epoch_begins_anew() {
  const { store, sync, asked } = scene([
    () => reply(page(1, 'old')),
    () => reply({ ...page(1, 'new', false), epoch: 'e2' }),
    (got) => reply(news({ epoch: 'e2', cursor: got.cursor })),
  ]);
  await sync.run();
  equal([await store.meta('epoch'), asked[1].cursor, asked.at(-1).epoch], ['e2', 1, 'e2']);
  equal(await texts(store), ['new', 'old'], 'what the other server had is handed back, not lost');
}

export async function a_page_asked_ahead_that_never_comes_is_asked_for_again() {
  const { store, sync, asked } = scene([
    () => reply(page(1, 'a')),
    () => reply({ error: 'busy' }, 503),
    () => reply(page(2, 'b', false)),
  ]);
  equal((await sync.run()).sync, 'later');
  equal((await sync.run()).sync, 'done');
  equal([asked.map((one) => one.cursor), await texts(store)], [[0, 1, 1], ['a', 'b']]);
}
