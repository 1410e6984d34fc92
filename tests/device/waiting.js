/** Cases of waiting/list.js: what *Waiting* says of each change and each unfinished text, and why nothing is sent. */

import { change, draft, listed, reason, weight } from '/near/t/waiting/list.js';
import { setAside } from '/near/t/settle.js';
import { NOW, create, edit, equal, newId, ok, saved, scene, withRecord } from '/cases/t/scene.js';
import { opening, write } from '/near/t/changes.js';

/** @param {any} store */
const ctxOf = (store) => ({ records: store, person: { id: store.person }, now: NOW, zone: 'Europe/Berlin' });

const CTX = { now: NOW, zone: 'Europe/Berlin' };

/** @param {any} store @param {string} name */
async function each(store, name) {
  return (await listed(ctxOf(store), await store.pending())).map((one) => one[name]);
}

export async function each_change_says_what_it_does() {
  const { store, said } = await withRecord({ title: 'T', text: 'Old.' });
  await create(store, { title: 'New one', text: 'x' });
  await edit(store, said.id, { title: 'T', text: 'Newer.' });
  await edit(store, said.id, { binned_at: NOW });
  await edit(store, said.id, { binned_at: null });
  await edit(store, said.id, { deleted: true });
  equal(await each(store, 'does'), [
    'new',
    'changed',
    'put into the bin',
    'brought back from the bin',
    'deleted for good',
  ]);
}

export async function a_change_that_was_sent_says_since_when_and_cannot_be_taken_back() {
  const { store, sync } = scene([() => new Response('', { status: 500 })]);
  await create(store);
  await sync.run();
  const [one] = await listed(ctxOf(store), await store.pending());
  equal([one.state, one.tried.time, one.discard, one.edit], ['tried', '13:00', false, false]);
  await create(store, { text: 'Not sent yet.' });
  equal(await each(store, 'tried'), [one.tried, null]);
}

export async function what_waits_behind_a_refused_change_says_so() {
  const { store, said } = await withRecord({ title: 'T', text: 'Old.' });
  const first = await edit(store, said.id, { title: 'T', text: 'Too long.' });
  await edit(store, said.id, { title: 'U', text: 'Too long.' });
  await setAside(store, first, 'too_long');
  equal(await each(store, 'state'), ['refused', 'behind']);
  equal(await each(store, 'why'), ['This is too long.', '']);
}

export async function a_rating_is_known_by_its_goal() {
  const { store } = scene();
  const goal = await create(store, { text: 'Say the sentence first' }, 'goal');
  await write(store, [saved(opening(null, newId), { goal: goal.record, value: 4 }, 'rating')], { now: NOW });
  equal(await each(store, 'title'), ['Say the sentence first', 'Say the sentence first']);
  equal(await each(store, 'what'), ['Goal', 'Rating']);
}

export async function a_kind_that_is_not_known_any_more_still_stands_there() {
  const one = { id: newId(), kind: 'mood', record: newId(), fields: { text: 'x' }, made_at: NOW, state: 'refused' };
  const shown = change(ctxOf(scene().store), { ...one, why: 'unknown_kind' }, undefined, new Map());
  equal([shown.what, shown.title, shown.text, shown.edit, shown.again], ['mood', '', '', false, true]);
}

export async function an_unfinished_text_leads_to_the_page_on_which_it_goes_on() {
  const one = { change: newId(), record: newId(), kind: 'entry', base: '', form: '/journal/new', at: NOW };
  const shown = draft(CTX, { ...one, fields: { title: ['Half'], text: ['A thought'], tags: ['x'] } });
  equal(
    [shown.title, shown.text, shown.url, shown.since.time],
    ['Half', 'Half\n\nA thought\n\nx', `/journal/new#draft-${one.change}`, '13:00'],
  );
  const notes = draft(CTX, { ...one, kind: 'session', form: '/sessions/s1/notes', fields: { notes: ['N'] } });
  equal([notes.title, notes.url], ['N', `/sessions/s1#draft-${one.change}`]);
  const answer = { ...one, kind: 'answer', form: '/sessions/s1', fields: { question: ['q-4'], text: [''] } };
  equal(draft(CTX, answer).url, '/sessions/s1#question-q-4');
  equal(draft(CTX, { ...one, form: '/gone/for/ever', fields: {} }).url, `/today#draft-${one.change}`);
}

export async function the_weight_is_that_of_what_would_be_sent() {
  const { store } = scene();
  await create(store, { text: 'ü'.repeat(1_000) });
  const bytes = weight(await store.changes());
  ok(bytes > 2_000 && bytes < 2_400, `${bytes}`);
}

export async function why_nothing_is_sent() {
  const ctx = ctxOf(scene().store);
  const known = { trouble: null, pause: null, sendable: 1 };
  equal(await reason(ctx, known), 'unreached');
  equal(await reason(ctx, { ...known, pause: '2026-11-24T12:05:00.000Z' }), 'busy');
  equal(await reason(ctx, { ...known, pause: '2026-11-24T11:05:00.000Z' }), 'unreached');
  for (const trouble of ['signed_out', 'other_person', 'other_device', 'upgrade', 'revoked', 'no_room'])
    equal(await reason(ctx, { ...known, trouble }), trouble);
  equal(await reason(ctx, { ...known, trouble: 'of a newer version' }), 'unreached');
  equal(await reason(ctx, { ...known, sendable: 0 }), '');
  const during = await navigator.locks.request(`mentorlog-sync-${ctx.person.id}`, () => reason(ctx, known));
  equal(during, 'sending');
}
