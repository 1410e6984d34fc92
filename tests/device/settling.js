/** Cases of settle.js: refused, behind, discarded, set aside. */

import { write } from '/near/t/changes.js';
import { discard, discardWhole, holdsAlone, orphans, sendAgain, setAside } from '/near/t/settle.js';
import { VIEWED } from '/near/t/view.js';
import { throwAway } from '/near/t/waiting/orphans.js';
import {
  NOW,
  create,
  equal,
  newId,
  news,
  ok,
  reply,
  saved,
  scene,
  stands,
  taken,
  throws,
  wish,
  withRecord,
  withRefused,
} from '/cases/t/scene.js';

export async function a_record_says_whether_the_server_accepted_it_until_that_is_settled() {
  const { store, said, first, second } = await withRefused();
  const shown = async () => (await store.find('entry', said.id)).waiting;
  equal(await shown(), 'refused', 'put aside');
  await sendAgain(store, first);
  equal(await shown(), 'waiting', 'sent again');
  await setAside(store, second, 'too_long');
  equal(await shown(), 'refused', 'what stands above it');
  await discard(store, second);
  equal(await shown(), 'waiting', 'discarded');
}

export async function what_comes_after_a_refused_change_is_behind() {
  const { store, first, second, third } = await withRefused();
  equal(
    (await store.pending()).map((change) => [change.id, change.state]),
    [
      [first, 'refused'],
      [second, 'behind'],
      [third, 'behind'],
    ],
  );
  await create(store);
  equal((await store.pending()).at(-1).state, 'waiting');
}

export async function discarding_gives_what_stood_on_it_its_place() {
  const { store, said, first, second, third } = await withRefused();
  equal(await discard(store, first), said.id);
  equal(await stands(store), [
    { id: second, base: said.rev, fields: { text: 'Second.' }, was: { text: 'Old.' }, state: 'waiting' },
    { id: third, after: second, fields: { title: 'U' }, was: { title: 'T' }, state: 'waiting' },
  ]);
  equal((await store.find('entry', said.id)).fields, { title: 'U', text: 'Second.' });
}

export async function discarding_all_shows_what_the_server_said() {
  const { store, said, first, second, third } = await withRefused();
  for (const id of [third, second, first]) await discard(store, id);
  const found = await store.find('entry', said.id);
  equal([found.fields, found.waiting, found.top], [said.fields, '', null]);
}

export async function discarding_an_unsent_record_leaves_nothing_of_it() {
  const { store } = scene();
  const opened = await create(store, { text: 'x' });
  await discard(store, opened.change);
  await throws(() => store.find('entry', opened.record), 'Missing');
  equal(await store.shelf('entry'), []);
  const back = await write(store, [saved(opened, { text: 'x' })], { now: NOW });
  equal(
    [back.again, (await store.find('entry', opened.record)).fields],
    [false, { text: 'x' }],
    'Back, Save: it is there again',
  );
}

export async function a_form_opened_on_a_discarded_change_stands_where_that_one_stood() {
  const { store, said, first } = await withRefused();
  const old = { ...wish(said.id, { text: 'From the old form.' }), after: first };
  await discard(store, first);
  await write(store, [old], { now: NOW });
  const last = (await store.changes()).at(-1);
  equal([last.base, last.after, last.was], [said.rev, undefined, { text: 'Old.' }]);
}

export async function what_may_be_on_the_server_cannot_be_discarded() {
  const { store, sync } = scene([() => new Response('', { status: 500 })]);
  const opened = await create(store, { text: 'x' });
  await sync.run();
  await throws(() => discard(store, opened.change), 'Tried');
  await throws(() => discard(store, newId()), 'Missing');
  equal((await store.changes()).length, 1);
}

export async function a_refused_change_can_be_sent_as_it_is_once_more() {
  let calls = 0;
  const { store, sync, asked } = scene([
    (body) => {
      calls += 1;
      const outcomes = Object.fromEntries(
        body.changes.map(({ id }) => [id, { outcome: 'refused', why: 'server_error' }]),
      );
      return reply(calls === 1 ? news({ outcomes }) : taken(body));
    },
  ]);
  const opened = await create(store, { text: 'x' });
  equal((await sync.run()).state, 'refused');
  equal((await sync.run()).state, 'refused');
  equal(asked.at(-1).changes, [], 'it waits for the person');
  await sendAgain(store, opened.change);
  equal((await sync.run()).state, 'sent');
}

export async function whatever_stands_nowhere_else_is_known() {
  const { store, sync } = scene();
  equal(await holdsAlone(store), false);
  await store.write('drafts', (tx) => tx.store.put({ change: newId() }));
  equal(await holdsAlone(store), true);
  await store.write('drafts', (tx) => tx.store.clear());
  await create(store, { text: 'x' });
  equal(await holdsAlone(store), true);
  await sync.run();
  ok(!(await holdsAlone(store)));
}

/** A worksheet with an answer, of which nothing is sent. @param {any} store */
async function withAnswer(store) {
  const sheet = await create(store, { title: 'T' }, 'worksheet');
  const answer = await create(store, { worksheet: sheet.record, question: 'q1', text: 'x' }, 'answer');
  await write(
    store,
    [{ id: newId(), kind: 'answer', record: answer.record, fields: { text: 'Better.' }, after: answer.change }],
    { now: NOW },
  );
  return { sheet, answer };
}

export async function nothing_stays_behind_of_a_whole_that_is_discarded() {
  const { store } = scene();
  const { sheet, answer } = await withAnswer(store);
  const parts = await orphans(store, { id: sheet.change, record: sheet.record });
  equal(
    parts.map((part) => part.id),
    [answer.record],
  );
  const entry = { id: newId(), kind: 'entry', record: newId(), fields: { text: 'Better.' }, base: '' };
  await discardWhole(store, sheet.change, { parts, instead: [entry], now: NOW });
  equal(
    (await stands(store)).map(({ id, fields }) => ({ id, fields })),
    [{ id: entry.id, fields: entry.fields }],
  );
  await throws(() => store.find('answer', answer.record), 'Missing');
}

export async function a_part_that_may_be_on_the_server_is_deleted_there() {
  const { store, sync } = scene([() => new Response('', { status: 500 })]);
  const { sheet, answer } = await withAnswer(store);
  await sync.run();
  await setAside(store, sheet.change, 'too_long');
  const parts = await orphans(store, { id: sheet.change, record: sheet.record });
  await discardWhole(store, sheet.change, { parts, instead: [], now: NOW });
  const last = (await store.changes()).at(-1);
  equal([last.record, last.fields, last.after], [answer.record, { deleted: true }, parts[0].top]);
  await throws(() => store.find('answer', answer.record), 'Missing');
}

export async function an_answer_whose_question_is_discarded_has_no_place_any_more() {
  const { store } = scene();
  const [one, two] = ['q1', 'q2'].map((id) => ({ id, text: 'Why?' }));
  const sheet = await create(store, { title: 'T', questions: [one] }, 'worksheet');
  const arranged = { id: newId(), kind: 'worksheet', record: sheet.record, fields: { questions: [one, two] }, after: sheet.change };
  await write(store, [arranged], { now: NOW });
  const answers = [];
  for (const question of ['q1', 'q2']) answers.push(await create(store, { worksheet: sheet.record, question, text: 'x' }, 'answer'));
  equal((await orphans(store, arranged)).map(({ id }) => id), [answers[1].record]);
  const titled = { id: newId(), kind: 'worksheet', record: sheet.record, fields: { title: 'U' }, after: arranged.id };
  await write(store, [titled], { now: NOW });
  equal(await orphans(store, { id: sheet.change, record: sheet.record }), [], 'the change above asks them');
  await discard(store, arranged.id);
  const left = await orphans(store, { id: sheet.change, record: sheet.record });
  equal(left.map(({ id }) => id), [answers[0].record], 'what is left has a title and asks nothing');
}

export async function a_whole_that_stays_keeps_its_parts() {
  const { store, said } = await withRecord({ title: 'T' }, { kind: 'worksheet' });
  await create(store, { worksheet: said.id, question: 'q1', text: 'x' }, 'answer');
  const change = { id: newId(), kind: 'worksheet', record: said.id, fields: { title: 'U' }, base: said.rev };
  await write(store, [change], { now: NOW });
  equal(await orphans(store, change), []);
  const { sheet } = await withAnswer(store);
  const above = { id: newId(), kind: 'worksheet', record: sheet.record, fields: { title: 'V' }, after: sheet.change };
  await write(store, [above], { now: NOW });
  equal(await orphans(store, { id: sheet.change, record: sheet.record }), [], 'the change above makes it now');
}

export async function an_answer_that_comes_while_its_worksheet_is_discarded_is_in_the_journal_too() {
  const { store } = scene();
  const sheet = await create(store, { title: 'T', questions: ['q1', 'q2'].map((id) => ({ id, text: id })) }, 'worksheet');
  const answer = (question, text) => create(store, { worksheet: sheet.record, question, text }, 'answer');
  const first = await answer('q1', 'One.');
  const change = { id: first.record, kind: 'answer', record: first.record, fields: { text: 'One, and more.' }, after: first.change };
  const meanwhile = [() => answer('q2', 'Two.'), () => write(store, [{ ...change, id: newId() }], { now: NOW })]; // another tab
  const read = store.read.bind(store);
  store.read = async (stores, work) => {
    const found = await read(stores, work);
    if (stores === VIEWED) await meanwhile.shift()?.();
    return found;
  };
  equal(await throwAway({ records: store, now: NOW }, sheet.change), ['q1\n\nOne, and more.', 'q2\n\nTwo.']);
  equal([await store.shelf('answer'), meanwhile.length], [[], 0]);
  const entries = await store.shelf('entry');
  equal(entries.map(({ fields }) => fields.text), ['q1\n\nOne, and more.\n\nq2\n\nTwo.']);
}
