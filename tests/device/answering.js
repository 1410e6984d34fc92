/** Cases of wire.js and sync.js: every status of the protocol, and replies that do not count. */

import { write } from '/near/t/changes.js';
import { NOW, create, equal, newId, ok, reply, saved, scene, taken } from '/cases/t/scene.js';

const HOTEL = () => new Response('<h1>Welcome</h1>', { headers: { 'Content-Type': 'text/html' } });

/**
 * What a reply that does not count leaves: everything, tried.
 * @param {(asked: any, init: any) => any} answer
 * @param {string} state
 * @param {object} [tools]
 */
async function keepsAll(answer, state, tools = {}) {
  const it = scene([answer], tools);
  await create(it.store);
  const told = await it.sync.run();
  equal([told.sync, told.waiting, told.state], [state, 1, 'waiting']);
  equal((await it.store.changes())[0].state, 'tried');
  return it;
}

export async function a_page_of_html_counts_for_nothing() {
  await keepsAll(HOTEL, 'later');
}

export async function json_that_is_not_ours_counts_for_nothing() {
  await keepsAll(() => reply({ welcome: true }), 'later');
  await keepsAll((asked) => reply({ ...taken(asked), epoch: undefined }), 'later');
  await keepsAll(
    (asked) => new Response(JSON.stringify(taken(asked)), { headers: { 'Content-Type': 'text/plain' } }),
    'later',
  );
}

export async function a_reply_cut_short_counts_for_nothing() {
  await keepsAll(
    (asked) =>
      new Response(JSON.stringify(taken(asked)).slice(0, -9), { headers: { 'Content-Type': 'application/json' } }),
    'later',
  );
}

export async function no_line_keeps_all() {
  await keepsAll(() => {
    throw new TypeError('Failed to fetch');
  }, 'later');
}

export async function a_redirect_is_not_followed() {
  await keepsAll((_, init) => {
    equal([init.redirect, init.method, init.cache], ['error', 'POST', 'no-store']);
    throw new TypeError('redirect');
  }, 'later');
}

export async function a_server_that_never_answers_is_given_up() {
  await keepsAll(
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    'later',
    { seconds: 0.05 },
  );
}

export async function expired_sign_in_keeps_all_and_is_noted() {
  const { store } = await keepsAll(() => reply({ error: 'signed_out' }, 401), 'signed_out');
  equal(await store.meta('trouble'), 'signed_out');
}

export async function a_sign_in_page_in_place_of_ours_is_no_sign_out() {
  await keepsAll(
    () => new Response('<h1>Pay first</h1>', { status: 401, headers: { 'Content-Type': 'text/html' } }),
    'later',
  );
}

export async function revoked_other_person_other_device_and_upgrade_stop_it() {
  for (const [status, error] of [
    [401, 'revoked'],
    [409, 'other_person'],
    [409, 'other_device'],
    [422, 'upgrade'],
  ]) {
    const { store, asked } = await keepsAll(() => reply({ error }, status), error);
    equal([await store.meta('trouble'), asked.length], [error, 1]);
  }
}

export async function trouble_is_forgotten_when_it_goes_again() {
  const { store, sync } = scene([() => reply({ error: 'signed_out' }, 401), (asked) => reply(taken(asked))]);
  await create(store);
  await sync.run();
  equal((await sync.run()).state, 'sent');
  equal(await store.meta('trouble'), null);
}

export async function server_errors_are_asked_again_later() {
  for (const status of [400, 403, 404, 500, 502, 503, 504]) await keepsAll(() => new Response('', { status }), 'later');
}

export async function retry_after_holds_back_all_but_a_tap() {
  const { sync, asked } = await keepsAll(
    () => new Response('', { status: 429, headers: { 'Retry-After': '30' } }),
    'later',
  );
  const told = await sync.run();
  equal([told.sync, asked.length], ['later', 1]);
  ok(told.pause > 28 && told.pause <= 30, `pause ${told.pause}`);
  await sync.run({ tapped: true });
  equal(asked.length, 2);
}

export async function retry_after_can_be_a_date() {
  const { sync } = await keepsAll(
    () => new Response('', { status: 503, headers: { 'Retry-After': new Date(Date.now() + 40_000).toUTCString() } }),
    'later',
  );
  const { pause } = await sync.run();
  ok(pause > 35 && pause <= 41, `pause ${pause}`);
}

/** A server that answers so whenever it meets the poison. @param {number} status @param {object} body */
async function meetsPoison(status, body) {
  const poison = newId();
  const { store, sync, asked } = scene([
    (got) => (got.changes.some((one) => one.record === poison) ? reply(body, status) : reply(taken(got))),
  ]);
  const wish = (record) => saved({ change: newId(), record, base: '' }, { text: 'x' });
  for (let place = 0; place < 40; place += 1) await write(store, [wish(place === 23 ? poison : newId())], { now: NOW });
  const told = await sync.run();
  return { store, told, asked, poison };
}

export async function a_batch_is_halved_until_the_poison_is_alone() {
  for (const [status, error] of [
    [413, 'too_big'],
    [422, 'malformed'],
    [422, 'not_json'],
  ]) {
    const { store, told, asked, poison } = await meetsPoison(status, { error });
    equal([told.sync, told.state, told.waiting], ['done', 'refused', 1]);
    const [left] = await store.changes();
    equal([left.record, left.state, left.why], [poison, 'refused', error]);
    ok(asked.length < 25, `${asked.length} requests`);
  }
}

export async function a_422_of_somebody_else_halves_nothing() {
  const { asked } = await keepsAll(
    () => new Response('<p>', { status: 422, headers: { 'Content-Type': 'text/html' } }),
    'later',
  );
  equal(asked.length, 1);
}
