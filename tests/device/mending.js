/** Cases of mending.js: what a change becomes that is mended, and forms that showed it before. */

import { write } from '/near/t/changes.js';
import { editAndSend } from '/near/t/mending.js';
import { discard, setAside } from '/near/t/settle.js';
import {
  NOW,
  create,
  edit,
  equal,
  newId,
  news,
  reply,
  row,
  scene,
  stands,
  wish,
  withRecord,
  withRefused,
} from '/cases/t/scene.js';

export async function an_edited_change_takes_the_place_of_the_refused_one() {
  const { store, said, first, second, third } = await withRefused();
  const id = newId();
  const placed = await editAndSend(store, first, { ...wish(said.id, { text: 'Short.' }), id }, { now: NOW });
  equal(placed.record, said.id);
  equal(await stands(store), [
    { id, base: said.rev, fields: { text: 'Short.' }, was: { text: 'Old.' }, state: 'waiting' },
    { id: second, after: id, fields: { text: 'Second.' }, was: { text: 'Too long.' }, state: 'waiting' },
    { id: third, after: second, fields: { title: 'U' }, was: { title: 'T' }, state: 'waiting' },
  ]);
}

export async function what_is_mended_after_its_record_was_deleted_is_not_deleted() {
  const { store, said, first } = await withRefused();
  const end = await edit(store, said.id, { deleted: true });
  const mended = wish(said.id, { title: 'T', text: 'Short.' });
  await editAndSend(store, first, mended, { now: NOW });
  const left = await store.changes();
  equal([left.length, left[0].id, left.some((one) => one.id === end)], [3, mended.id, false]);
  equal((await store.find('entry', said.id)).fields, { title: 'U', text: 'Second.' });
}

export async function what_was_written_above_asks_to_be_joined_where_it_hides_mended_words() {
  const { store, said, first } = await withRefused();
  await editAndSend(store, first, wish(said.id, { text: 'Too long. Typed while it was mended.' }), { now: NOW });
  const [, second, third] = await store.changes();
  equal([second.ask_was, second.was, third.ask_was], [true, { text: 'Too long.' }, undefined]);
}

export async function what_was_written_above_is_left_alone_where_it_hides_no_mended_word() {
  const { store, said, first } = await withRefused();
  await editAndSend(store, first, wish(said.id, { text: 'Too. Second.' }), { now: NOW });
  equal((await store.changes())[1].ask_was, undefined);
}

export async function what_is_mended_above_stands_on_the_words_below_once_it_has_them() {
  const { store, said, first, second } = await withRefused();
  const [below, above] = ['A word.', 'A word, second.'].map((text) => wish(said.id, { text }));
  await editAndSend(store, first, below, { now: NOW });
  equal((await store.changes())[1].ask_was, true);
  await editAndSend(store, second, above, { now: NOW });
  const now = (await store.changes())[1];
  equal([now.after, now.ask_was, now.was], [below.id, undefined, { text: 'A word.' }]);
}

export async function a_change_edited_five_times_over_is_edited_once() {
  const { store, said, first } = await withRefused();
  const edited = wish(said.id, { text: 'Short.' });
  const taps = await Promise.all([1, 2, 3, 4, 5].map(() => editAndSend(store, first, edited, { now: NOW })));
  equal(
    taps.map((one) => one.change),
    [edited.id, null, null, null, null],
  );
  equal((await store.changes()).length, 3);
}

export async function a_second_edit_from_the_same_form_is_not_lost() {
  const { store, said, first } = await withRefused();
  const edited = wish(said.id, { text: 'Short.' });
  await editAndSend(store, first, edited, { now: NOW });
  await editAndSend(store, first, { ...edited, fields: { text: 'Shorter.' } }, { now: NOW });
  const last = (await store.changes()).at(-1);
  equal([last.after, last.fields], [edited.id, { text: 'Shorter.' }]);
}

export async function an_edit_of_a_change_that_may_be_sent_is_a_change_on_it() {
  const { store, sync } = scene([
    () => {
      throw new TypeError('no line');
    },
  ]);
  const opened = await create(store, { text: 'One.' });
  await sync.run();
  const placed = await editAndSend(store, opened.change, wish(opened.record, { text: 'Two.' }), { now: NOW });
  const [first, second] = await store.changes();
  equal([first.state, second.id, second.after], ['tried', placed.change, opened.change]);
}

export async function a_form_opened_on_a_change_that_was_edited_stands_on_the_new_one() {
  const { store, said, first } = await withRefused();
  const old = { ...wish(said.id, { text: 'From the old form.' }), after: first };
  const id = newId();
  await editAndSend(store, first, { ...wish(said.id, { text: 'Short.' }), id }, { now: NOW });
  await write(store, [old], { now: NOW });
  equal((await store.changes()).at(-1).after, id);
}

export async function a_second_edit_from_another_tab_tells_what_its_form_showed() {
  const { store, said, first } = await withRefused();
  const [one, other] = [wish(said.id, { text: 'Short.' }), wish(said.id, { text: 'Shorter.' })];
  await editAndSend(store, first, one, { now: NOW });
  const placed = await editAndSend(store, first, other, { now: NOW });
  const last = (await store.changes()).at(-1);
  equal([placed.moved, last.after, last.fields], [true, one.id, { text: 'Shorter.' }]);
  equal([last.ask_was, last.was], [true, { text: 'Too long.' }], 'not what the first tab made of it');
}

export async function a_form_opened_on_a_change_that_was_edited_leaves_the_new_words_alone() {
  const { store, said } = await withRecord({ title: 'T', text: 'Old.' });
  const first = await edit(store, said.id, { title: 'T', text: 'Too long.' });
  await setAside(store, first, 'too_long');
  const old = { ...wish(said.id, { title: 'U', text: 'Too long.' }), after: first };
  await editAndSend(store, first, wish(said.id, { text: 'Short.' }), { now: NOW });
  await write(store, [old], { now: NOW });
  equal((await store.changes()).at(-1).fields, { title: 'U' });
}

export async function a_second_edit_that_is_edited_still_tells_what_was_seen_first() {
  const { store, said, first } = await withRefused();
  const [one, other, third] = ['Short.', 'Shorter.', 'Shortest.'].map((text) => wish(said.id, { text }));
  await editAndSend(store, first, one, { now: NOW });
  await editAndSend(store, first, other, { now: NOW });
  await editAndSend(store, other.id, third, { now: NOW });
  const last = (await store.changes()).at(-1);
  equal([last.id, last.ask_was, last.was], [third.id, true, { text: 'Too long.' }]);
}

export async function a_form_whose_change_was_edited_and_then_discarded_stands_where_that_one_stood() {
  const { store, said, first } = await withRefused();
  const [one, old] = [wish(said.id, { text: 'Short.' }), { ...wish(said.id, { text: 'From the old form.' }), after: first }];
  await editAndSend(store, first, one, { now: NOW });
  await discard(store, one.id);
  await write(store, [old], { now: NOW });
  const last = (await store.changes()).at(-1);
  equal([last.base, last.after, last.was], [said.rev, undefined, { text: 'Old.' }]);
}

export async function words_of_what_was_edited_go_with_their_record() {
  const shownOf = (store) => store.meta(`showed:${said.id}`);
  const rows = [];
  const { store, sync } = scene([(asked) => reply(news({ records: rows, cursor: asked.cursor + 1 }))]);
  const said = row(newId(), { text: 'Old.' });
  rows.push(said);
  await sync.run();
  const first = await edit(store, said.id, { text: 'Too long.' });
  await editAndSend(store, first, wish(said.id, { text: 'Short.' }), { now: NOW });
  equal(await shownOf(store), { [first]: { text: 'Too long.' } });
  rows.splice(0, 1, { id: said.id, kind: 'entry', rev: newId(), gone: true });
  await sync.run();
  equal(await shownOf(store), null);
  const opened = await create(store, { text: 'x' });
  const mended = wish(opened.record, { text: 'y' });
  await editAndSend(store, opened.change, mended, { now: NOW });
  await discard(store, mended.id);
  equal(await store.meta(`showed:${opened.record}`), null);
}
