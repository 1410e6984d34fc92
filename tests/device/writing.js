/** Cases of changes.js: what a save becomes. */

import { anew, further, opening, write } from '/near/t/changes.js';
import { nameId } from '/near/t/ids.js';
import { NOW, allOf, equal, newId, news, ok, reply, saved, scene, throws, withRecord } from '/cases/t/scene.js';

export async function a_new_record_is_in_the_view_at_once() {
  const { store } = scene();
  const opened = opening(null, newId);
  const written = await write(store, [saved(opened, { title: 'One', text: 'Two.' })], { now: NOW });
  equal(written, { again: false, moved: false, fresh: false, records: [opened.record], changes: [opened.change] });
  const found = await store.find('entry', opened.record);
  equal(found, {
    id: opened.record,
    kind: 'entry',
    owner: store.person,
    pair: null,
    with: null,
    at: NOW,
    waiting: 'waiting',
    rev: '',
    fields: { title: 'One', text: 'Two.' },
    top: opened.change,
    shelf: 'entry',
  });
}

export async function a_form_saved_five_times_is_one_change() {
  const { store } = scene();
  const opened = opening(null, newId);
  const results = await Promise.all(
    [1, 2, 3, 4, 5].map(() => write(store, [saved(opened, { text: 'x' })], { now: NOW })),
  );
  equal(
    results.map((one) => one.again),
    [false, true, true, true, true],
  );
  equal(
    results.map((one) => one.records[0]),
    Array(5).fill(opened.record),
  );
  equal((await store.changes()).length, 1);
}

export async function a_form_with_other_content_stands_on_its_first_save() {
  const { store } = scene();
  const opened = opening(null, newId);
  await write(store, [saved(opened, { text: 'One.' })], { now: NOW });
  const taps = await Promise.all(
    [1, 2, 3].map(() => write(store, [saved(opened, { text: 'One. Two.' })], { now: NOW })),
  );
  equal(
    taps.map((one) => one.again),
    [false, true, true],
  );
  const [first, second, ...more] = await store.changes();
  equal([second.after, second.record, second.fields, more.length], [first.id, opened.record, { text: 'One. Two.' }, 0]);
  equal(second.was, { text: 'One.' });
}

export async function a_form_is_known_after_the_server_took_it() {
  const { store, sync } = scene();
  const opened = opening(null, newId);
  await write(store, [saved(opened, { text: 'One.' })], { now: NOW });
  await sync.run();
  ok((await write(store, [saved(opened, { text: 'One.' })], { now: NOW })).again);
  await write(store, [saved(opened, { text: 'Two.' })], { now: NOW });
  const [change] = await store.changes();
  equal([change.after, change.fields, change.was], [opened.change, { text: 'Two.' }, {}]);
}

export async function an_empty_base_on_a_record_with_the_same_content_is_again() {
  const { store, record } = await withRecord({ text: 'Same.', tags: [] });
  const written = await write(store, [saved({ change: newId(), record: record.id, base: '' }, { text: 'Same.' })], {
    now: NOW,
  });
  equal([written.again, written.records], [true, [record.id]]);
}

export async function an_empty_base_on_another_record_makes_a_fresh_one() {
  const { store, record } = await withRecord({ text: 'Theirs.' });
  const opened = { change: newId(), record: record.id, base: '' };
  const written = await write(store, [saved(opened, { text: 'Mine.' })], { now: NOW });
  ok(written.fresh && written.records[0] !== record.id);
  equal((await store.find('entry', record.id)).fields.text, 'Theirs.');
  equal((await store.find('entry', written.records[0])).fields.text, 'Mine.');
  ok((await write(store, [saved(opened, { text: 'Mine.' })], { now: NOW })).again);
  equal((await store.changes()).length, 1);
}

export async function an_id_with_a_meaning_is_joined_and_the_person_told() {
  const { store, record } = await withRecord({ goal: newId(), value: 2, reason: '' }, { kind: 'rating' });
  const written = await write(
    store,
    [saved({ change: newId(), record: record.id, base: '' }, { value: 5 }, 'rating')],
    { now: NOW },
  );
  equal([written.moved, written.fresh, written.records], [true, false, [record.id]]);
  const [change] = await store.changes();
  equal([change.base, change.after, change.record], [null, undefined, record.id]);
}

export async function a_worksheet_of_no_session_can_be_filled_in_twice() {
  const { store, record } = await withRecord({ set: 'one', session: null }, { kind: 'worksheet' });
  const written = await write(
    store,
    [saved({ change: newId(), record: record.id, base: '' }, { set: 'two', session: null }, 'worksheet')],
    { now: NOW },
  );
  ok(written.fresh);
}

export async function an_empty_base_over_a_deleted_record_begins_anew() {
  const gone = { id: newId(), kind: 'entry', rev: newId(), gone: true };
  const { store, sync } = scene([() => reply(news({ records: [gone] }))]);
  await sync.run();
  await write(store, [saved({ change: newId(), record: gone.id, base: '' }, { text: 'Again.' })], { now: NOW });
  equal((await store.find('entry', gone.id)).fields, { text: 'Again.' });
}

export async function a_save_that_changes_nothing_is_no_change() {
  const { store, record } = await withRecord({ title: 'T', text: 'Old.', tags: ['a', 'b'] });
  const written = await write(store, [saved(opening(record, newId), { title: 'T', text: 'Old.', tags: ['a', 'b'] })], {
    now: NOW,
  });
  equal([written.again, written.records, (await store.changes()).length], [true, [record.id], 0]);
}

export async function a_deletion_remembers_all_that_was_seen() {
  const { store, record } = await withRecord({ title: 'T', text: 'Old.' });
  await write(store, [saved(opening(record, newId), { deleted: true })], { now: NOW });
  const [change] = await store.changes();
  equal(change.was, { title: 'T', text: 'Old.' });
  await throws(() => store.find('entry', record.id), 'Missing');
}

export async function several_changes_of_one_form_are_made_once() {
  const { store } = scene();
  const first = saved(opening(null, newId), { goal: newId(), value: 4 }, 'rating');
  const wishes = async () => [first, await anew(first, 2, 'goal', { text: 'Next.' })];
  const [one, two] = [
    await write(store, await wishes(), { now: NOW }),
    await write(store, await wishes(), { now: NOW }),
  ];
  equal([one.again, two.again, two.records], [false, true, one.records]);
  equal(
    (await store.changes()).map((change) => [change.kind, change.group]),
    [
      ['rating', first.id],
      ['goal', first.id],
    ],
  );
  equal((await store.changes())[1].id, await nameId(first.id, '2'));
}

export async function a_year_of_changes_stands_in_the_order_of_its_form() {
  const { store, record } = await withRecord({ title: 'T', text: 'Old.' });
  const first = saved(opening(record, newId), { text: 'New.' });
  const more = Array.from({ length: 53 }, (_, n) => anew(first, n, 'entry', { text: `${n}` }));
  const after = { change: '', record: record.id, after: first.id };
  const last = await further(first, 'entry', { text: 'Newest.' }, after);
  const wishes = [first, ...(await Promise.all(more)), last];
  const { changes, moved } = await write(store, wishes, { now: NOW });
  const found = await store.changes();
  equal(
    found.map((change) => change.fields.text),
    ['New.', ...more.map((_, n) => `${n}`), 'Newest.'],
  );
  equal(
    found.map((change) => change.id),
    changes,
  );
  const newest = found.at(-1);
  equal([newest?.after, newest?.was, moved], [first.id, { text: 'New.' }, false]);
  equal((await store.find('entry', record.id)).fields.text, 'Newest.');
}

export async function a_draft_goes_with_the_save_that_finishes_it() {
  const { store } = scene();
  const opened = opening(null, newId);
  await store.write('drafts', (tx) =>
    tx.store.put({
      change: opened.change,
      record: opened.record,
      kind: 'entry',
      base: '',
      form: '/',
      fields: {},
      at: NOW,
    }),
  );
  await write(store, [saved(opened, { text: 'x' })], { now: NOW });
  equal(await store.drafts(), []);
}

export async function hostile_names_of_fields_stay_fields() {
  const { store } = scene();
  const fields = JSON.parse('{"__proto__": {"deleted": true}, "constructor": "x", "text": "y"}');
  const opened = opening(null, newId);
  await write(store, [saved(opened, fields)], { now: NOW });
  const found = await store.find('entry', opened.record);
  equal(JSON.stringify(found.fields), JSON.stringify(fields));
  equal([found.fields.deleted, found.shelf], [undefined, 'entry']);
}

export async function ids_that_are_none_write_nothing() {
  const { store } = scene();
  const before = await allOf(store);
  const well = saved(opening(null, newId), { text: 'x' });
  for (const wrong of [
    { id: 'x' },
    { record: '../x' },
    { base: 'x' },
    { base: undefined },
    { base: '', after: newId() },
  ]) {
    await throws(() => write(store, [{ ...well, ...wrong }], { now: NOW }), 'Malformed');
  }
  equal(await allOf(store), before);
}

export async function a_session_stands_at_its_wall_time() {
  const { store } = scene();
  const opened = opening(null, newId);
  await write(
    store,
    [saved(opened, { starts_on: '2026-12-01', starts_time: '15:00', zone: 'Europe/Berlin' }, 'session')],
    { now: NOW },
  );
  equal((await store.find('session', opened.record)).at, '2026-12-01T14:00:00.000Z');
}

export async function an_aborted_save_writes_nothing_and_says_so() {
  const { store } = scene();
  const opened = opening(null, newId);
  await store.write('drafts', (tx) => tx.store.put({ change: opened.change }));
  const before = await allOf(store);
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function broken(...given) {
    const request = put.apply(this, given);
    if (this.name === 'records') request.addEventListener('success', () => this.transaction.abort());
    return request;
  };
  try {
    await throws(() => write(store, [saved(opened, { text: 'x' })], { now: NOW }), 'AbortError');
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  equal(await allOf(store), before);
}
