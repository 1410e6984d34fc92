/** Cases of changes.js: a change stands on what its form showed. */

import { opening, write } from '/near/t/changes.js';
import { wire } from '/near/t/wire.js';
import { NOW, create, edit, equal, newId, news, reply, saved, scene, withRecord } from '/cases/t/scene.js';

export async function a_first_change_stands_on_nothing() {
  const { store } = scene();
  await write(store, [saved(opening(null, newId), { text: 'x' })], { now: NOW });
  const [change] = await store.changes();
  equal(
    [change.base, change.after, change.was, change.state, change.seq, change.made_at],
    [null, undefined, {}, 'waiting', 1, NOW],
  );
}

export async function a_change_stands_on_the_rev_its_form_showed() {
  const { store, record, said } = await withRecord({ title: 'T', text: 'Old.' });
  const opened = opening(record, newId);
  equal([opened.base, opened.after], [said.rev, undefined]);
  const written = await write(store, [saved(opened, { title: 'T', text: 'New.' })], { now: NOW });
  equal(written.moved, false);
  const [change] = await store.changes();
  equal([change.base, change.fields, change.was], [said.rev, { text: 'New.' }, { text: 'Old.' }]);
}

export async function a_form_older_than_a_pull_keeps_its_base_and_says_so() {
  const { store, sync, record, said } = await withRecord({ title: 'T', text: 'Old.' });
  const opened = opening(record, newId);
  sync.tools.fetch = async () =>
    reply(news({ records: [{ ...said, rev: newId(), fields: { title: 'T', text: 'Else.' } }], cursor: 2 }));
  await sync.run();
  const written = await write(store, [saved(opened, { title: 'T', text: 'Mine.' })], { now: NOW });
  equal(written.moved, true);
  const [change] = await store.changes();
  equal([change.base, change.was, change.fields], [said.rev, {}, { title: 'T', text: 'Mine.' }]);
}

export async function a_second_tab_stands_on_its_own_form() {
  const { store, record, said } = await withRecord({ text: 'Old.' });
  const [one, other] = [opening(record, newId), opening(record, newId)];
  equal((await write(store, [saved(one, { text: 'One.' })], { now: NOW })).moved, false);
  equal((await write(store, [saved(other, { text: 'Other.' })], { now: NOW })).moved, true);
  equal(
    (await store.changes()).map((change) => [change.base, change.after]),
    [
      [said.rev, undefined],
      [said.rev, undefined],
    ],
  );
}

export async function a_form_opened_on_waiting_text_stands_after_it() {
  const { store } = scene();
  const first = await create(store, { title: 'T', text: 'One.' });
  const opened = opening(await store.find('entry', first.record), newId);
  equal([opened.after, opened.base], [first.change, undefined]);
  const written = await write(store, [saved(opened, { title: 'T', text: 'One. Two.' })], { now: NOW });
  equal(written.moved, false);
  const change = (await store.changes())[1];
  equal([change.after, change.fields, change.was], [first.change, { text: 'One. Two.' }, { text: 'One.' }]);
}

export async function after_stays_after_when_that_change_was_acknowledged() {
  const { store, sync } = scene();
  const first = await create(store, { text: 'One.' });
  const opened = opening(await store.find('entry', first.record), newId);
  await sync.run();
  const written = await write(store, [saved(opened, { text: 'Two.' })], { now: NOW });
  const [change] = await store.changes();
  equal([written.moved, change.after, change.base, change.was], [false, first.change, undefined, {}]);
}

export async function what_a_form_showed_is_told_where_the_change_below_had_not_seen_it() {
  const { store, record } = await withRecord({ title: 'T', text: 'Old.' });
  const tab = opening(record, newId);
  await edit(store, record.id, { title: 'T', text: 'Old. New.' });
  await write(store, [saved(tab, { title: 'Tab', text: 'Old.' })], { now: NOW });
  const id = await edit(store, record.id, { title: 'Tab', text: 'Old. New. Last.' });
  const change = (await store.changes()).at(-1);
  equal(
    [change.id, change.after, change.was, wire(change).was],
    [id, tab.change, { text: 'Old. New.' }, { text: 'Old. New.' }],
  );
}

export async function a_chain_of_changes_tells_only_on_what_it_stands() {
  const { store, record } = await withRecord({ title: 'T', text: 'Old.' });
  const first = await edit(store, record.id, { title: 'T', text: 'Old. New.' });
  await edit(store, record.id, { title: 'T', text: 'Old. New. Last.' });
  const { after, was } = wire((await store.changes()).at(-1));
  equal([after, was], [first, undefined]);
}

export async function a_day_and_its_time_are_sent_together() {
  const { store, record } = await withRecord(
    { starts_on: '2026-12-01', starts_time: '15:00', zone: 'Europe/Berlin', link: '' },
    { kind: 'session' },
  );
  const fields = { starts_on: '2026-12-01', starts_time: '16:00', zone: 'Europe/Berlin', link: '' };
  await write(store, [saved(opening(record, newId), fields, 'session')], { now: NOW });
  equal(Object.keys((await store.changes())[0].fields).sort(), ['starts_on', 'starts_time', 'zone']);
}

export async function a_form_opened_before_its_text_was_joined_says_so() {
  const { store, sync, record, said } = await withRecord({ text: 'Old.' });
  const first = opening(record, newId);
  await write(store, [saved(first, { text: 'Old. Mine.' })], { now: NOW });
  const opened = opening(await store.find('entry', record.id), newId);
  const joined = { ...said, rev: first.change, fields: { text: 'Theirs. Old. Mine.' } };
  sync.tools.fetch = async () =>
    reply(news({ cursor: 2, records: [joined], outcomes: { [first.change]: { outcome: 'merged' } } }));
  await sync.run();
  equal((await write(store, [saved(opened, { text: 'Old. Mine. More.' })], { now: NOW })).moved, true);
}
