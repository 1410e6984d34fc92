/** Cases of copies/ and waiting/: a file brought in on a device, and what *Waiting* says of it. */

import { opening, write } from '/near/t/changes.js';
import { compare } from '/near/t/copies/comparing.js';
import { parse } from '/near/t/copies/reading.js';
import { forget, here, keep, kept, take, takeDrafts } from '/near/t/copies/taking.js';
import { copy } from '/near/t/settings.js';
import { discard } from '/near/t/settle.js';
import { NOW, create, equal, newId, news, reply, row, saved, scene, taken, throws, withRecord } from '/cases/t/scene.js';

const ME = newId();
/** @param {any} store */
const ctxOf = (store) => ({ records: store, person: { id: ME }, names: 'names', now: NOW });

/** @param {any} store @param {any[]} records @param {object} [more] */
function copyOf(store, records, more = {}) {
  const file = { owner: ME, person: 'Ada', made_at: NOW, changes: [], drafts: [], records, ...more };
  return parse(JSON.stringify(file));
}

/** What a file would do here, and then does. @param {any} store @param {any} copy */
async function brought(store, copy) {
  const ctx = ctxOf(store);
  const plan = await compare(copy, await here(ctx, copy));
  await take(ctx, [...plan.made, ...plan.beside, ...plan.sent]);
  await takeDrafts(ctx, plan.drafts);
  return plan;
}

/** @param {any} plan */
const sizes = ({ made, beside, sent, drafts, same }) => [made.length, beside.length, sent.length, drafts.length, same];

export async function what_is_not_here_waits_to_be_sent_with_its_own_day() {
  const { store, sync, asked, heard } = scene([(body) => reply(taken(body))]);
  const at = '2025-02-03T08:00:00.000Z';
  const copy = copyOf(store, [row(newId(), { title: 'T', text: 'Back.' }, { at, owner: ME })]);
  equal(sizes(await brought(store, copy)), [1, 0, 0, 0, 0]);
  const [found] = await store.shelf('entry');
  equal([found.fields, found.at, found.waiting], [{ title: 'T', text: 'Back.' }, at, 'waiting']);
  equal(heard.at(-1), { type: 'change:written', person: store.person, records: [found.id] });
  await sync.run();
  const [sent] = asked[0].changes;
  equal([sent.restore, sent.made_at, sent.base], [sent.id, at, undefined]);
  equal((await store.changes()).length, 0);
  equal(sizes(await brought(store, copy)), [0, 0, 0, 0, 1], 'read twice');
}

export async function other_words_stand_beside_at_once_and_nothing_is_overwritten() {
  const { store, said } = await withRecord({ title: 'T', text: 'As it is here.' });
  const copy = copyOf(store, [{ ...said, owner: ME, fields: { title: 'T', text: 'As the file has it.' } }]);
  equal(sizes(await brought(store, copy)), [0, 1, 0, 0, 0]);
  equal((await store.find('entry', said.id)).fields.text, 'As it is here.');
  const [kept] = await store.shelf('kept');
  equal(kept.fields, { of: said.id, field: 'text', text: 'As the file has it.' });
  equal(sizes(await brought(store, copy)), [0, 0, 0, 0, 1], 'read twice');
}

export async function what_had_waited_elsewhere_stands_on_what_its_form_showed() {
  const { store, said } = await withRecord({ title: 'T', text: 'One. Two.' });
  const first = { seq: 7, id: newId(), kind: 'entry', record: said.id, fields: { text: 'One. Two. Three.' } };
  const stands = { base: newId(), was: { text: 'One. Two.' }, made_at: NOW, state: 'tried', group: 'g', over: said.rev };
  const above = { ...first, seq: 8, id: newId(), fields: { title: 'U' }, after: first.id, made_at: NOW, state: 'refused' };
  const copy = copyOf(store, [], { changes: [{ ...first, ...stands }, above] });
  equal(sizes(await brought(store, copy)), [0, 0, 2, 0, 0]);
  const changes = await store.changes();
  equal(
    changes.map(({ id, base, after, was, state }) => [id, base, after, was, state]),
    [
      [first.id, stands.base, undefined, { text: 'One. Two.' }, 'tried'],
      [above.id, undefined, first.id, {}, 'waiting'],
    ],
  );
  equal((await store.find('entry', said.id)).fields, { title: 'U', text: 'One. Two. Three.' });
  equal(sizes(await brought(store, copy)), [0, 0, 0, 0, 0], 'read twice');
}

export async function a_page_made_without_a_line_comes_in_as_the_changes_that_made_it() {
  const { store } = scene();
  const { change, record } = await create(store, { text: 'Only there.' });
  const changes = await store.changes();
  const other = scene().store;
  const records = [row(record, { text: 'Only there.' }, { owner: ME, rev: '' })];
  equal(sizes(await brought(other, copyOf(other, records, { changes }))), [0, 0, 1, 0, 0]);
  const [found] = await other.changes();
  equal([found.id, found.record, found.base], [change, record, null]);
}

export async function a_page_that_was_thrown_away_here_can_come_back() {
  const { store } = scene();
  const { change, record } = await create(store, { text: 'Thrown away.' });
  const changes = await store.changes();
  const copy = copyOf(store, [row(record, { text: 'Thrown away.' }, { owner: ME, rev: '' })], { changes });
  await discard(store, change);
  await throws(() => store.find('entry', record), 'Missing');
  await brought(store, copy);
  equal((await store.find('entry', record)).fields, { text: 'Thrown away.' });
}

export async function what_was_deleted_is_made_anew_over_its_end() {
  const id = newId();
  const gone = { id, kind: 'entry', rev: newId(), gone: true };
  const { store, sync } = scene([() => reply(news({ records: [gone] }))]);
  await sync.run();
  const copy = copyOf(store, [row(id, { text: 'Deleted.' }, { owner: ME })]);
  equal(sizes(await brought(store, copy)), [1, 0, 0, 0, 0]);
  const [change] = await store.changes();
  equal([change.base, change.restore], [null, undefined]);
  equal((await store.find('entry', id)).fields, { text: 'Deleted.' });
}

export async function unfinished_texts_come_back_once() {
  const { store } = scene();
  const stands = { change: newId(), record: newId(), kind: 'entry', base: '', form: '/journal/new', at: NOW };
  const copy = copyOf(store, [], { drafts: [{ ...stands, fields: { text: ['Half a'] } }] });
  equal(sizes(await brought(store, copy)), [0, 0, 0, 1, 0]);
  const [draft] = await store.drafts();
  equal({ ...draft, change: stands.change }, { ...stands, fields: { text: ['Half a'] } });
  equal(draft.change === stands.change, false, 'where it was saved it may be gone on with, too');
  equal(sizes(await brought(store, copy)), [0, 0, 0, 0, 0]);
  const { change, record, base } = draft;
  await write(store, [saved({ change, record, base }, { text: 'Half a page' })], { now: NOW });
  equal(await store.drafts(), []);
  equal(sizes(await brought(store, copy)), [0, 0, 0, 0, 0], 'it is finished');
}

export async function a_text_that_is_still_being_written_here_does_not_come_back() {
  const { store } = scene();
  const draft = { change: newId(), record: newId(), kind: 'entry', base: '', form: '/journal/new', at: NOW };
  const typed = { ...draft, fields: { text: ['Half a'] } };
  await store.write('drafts', (tx) => tx.store.put(typed));
  equal(sizes(await brought(store, copyOf(store, [], { drafts: [typed] }))), [0, 0, 0, 0, 0]);
  equal(await store.drafts(), [typed]);
}

export async function thousands_come_in_and_go_out_in_pieces() {
  const { store, sync, asked } = scene([(body) => reply(taken(body))]);
  const records = Array.from({ length: 1_500 }, (_, n) => row(newId(), { text: `Page ${n}.` }, { owner: ME }));
  equal(sizes(await brought(store, copyOf(store, records))), [1_500, 0, 0, 0, 0]);
  equal([await store.count('entry'), (await store.line()).waiting], [1_500, 1_500]);
  await sync.run();
  equal([asked.length > 1, (await store.line()).waiting, await store.count('entry')], [true, 0, 1_500]);
}

export async function five_taps_bring_it_in_once() {
  const { store } = scene();
  const copy = copyOf(store, [row(newId(), { text: 'Once.' }, { owner: ME })]);
  await Promise.all([1, 2, 3, 4, 5].map(() => brought(store, copy)));
  equal([(await store.changes()).length, await store.count('entry')], [1, 1]);
}

export async function the_file_is_kept_for_a_day_at_most() {
  const { store } = scene();
  const ctx = ctxOf(store);
  const text = JSON.stringify({ owner: ME, records: [], made_at: NOW, person: 'Ada' });
  await keep(ctx, text);
  equal((await kept(ctx)).person, 'Ada');
  equal(await kept({ ...ctx, now: '2026-11-26T12:00:00.000Z' }), null);
  equal([await store.meta('copy'), await kept(ctx)], [null, null]);
  await keep(ctx, text);
  await forget(ctx);
  equal(await kept(ctx), null);
}

export async function what_is_saved_while_the_file_is_written_is_in_it() {
  for (const moment of [1, 2, 3]) {
    const { store } = scene();
    const opened = opening(null, newId);
    await store.write('drafts', (tx) => tx.store.put({ change: opened.change, fields: { text: ['Typed.'] } }));
    const read = store.read.bind(store);
    let reads = 0;
    store.read = async (...given) => {
      const found = await read(...given);
      reads += 1;
      if (reads === moment) await write(store, [saved(opened, { text: 'Typed.' })], { now: NOW }); // another tab
      return found;
    };
    const file = await copy({ ...ctxOf(store), file: (_name, text) => JSON.parse(text) });
    const [made, typed] = [file.changes.map((one) => one.fields.text), file.drafts.map((one) => one.fields.text[0])];
    equal([...made, ...typed], ['Typed.'], `saved after read ${moment}`);
    equal(file.records.length, made.length);
  }
}
