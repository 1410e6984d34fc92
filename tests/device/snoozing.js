/** Cases of push.js: what a notification says that is put off, by what became of asking the server. */

import { onClick } from '/near/t/push.js';
import { equal } from '/cases/t/scene.js';

const OTHERWISE = "If it isn't working: phone +49 30 1234567.";
const SNOOZE = { action: 'snooze', title: 'Snooze 10 minutes' };
const BROKEN = { action: 'fallback', title: "It isn't working" };

/**
 * *Snooze* is pressed: the body and the buttons of what stands there then, null where it is closed.
 * @param {() => any} answer of the server
 * @param {string} [otherwise]
 */
async function pressed(answer, otherwise) {
  const { fetch } = globalThis, data = { reminder: 'x', actions: [SNOOZE, BROKEN], otherwise };
  let standing = { body: 'By video.', actions: data.actions };
  globalThis.registration = { showNotification: async (_title, shown) => (standing = shown) };
  globalThis.fetch = async (_path, { redirect }) => answer(redirect);
  try {
    await onClick({ action: 'snooze', notification: { title: 'Session', data, close: () => (standing = null) } });
  } finally {
    globalThis.fetch = fetch;
  }
  return standing && { body: standing.body, buttons: standing.actions.map(({ title }) => title) };
}

const reply = (status, body) => () => new Response(JSON.stringify(body), { status });
const unreached = () => Promise.reject(new TypeError('no network'));
/** As a browser does it: who follows a redirect is told more, who calls it an error nothing. */
const signedOut = (redirect) => (redirect === 'manual' ? { type: 'opaqueredirect', ok: false, status: 0 } : unreached());
const said = async (...given) => (await pressed(...given)).body;

export async function put_off_it_goes_and_also_when_nothing_is_left_to_say() {
  equal(await pressed(reply(200, { at: 'x', later: false, words: 'It comes again at 15:10.' })), null);
  equal(await pressed(reply(404, {})), null);
}

export async function why_it_could_not_be_put_off_is_told_apart() {
  const buttons = [SNOOZE.title, BROKEN.title];
  equal(await pressed(unreached), {
    body: 'It could not be put off: the server was not reached. It stays here.', buttons });
  equal(await pressed(signedOut), {
    body: 'It could not be put off: you are signed out on this device. Sign in again. It stays here.', buttons });
  for (const status of [429, 500, 503]) {
    equal(await pressed(reply(status, {})), {
      body: 'It could not be put off: the server answered, but could not do it. Try again in a minute. It stays here.',
      buttons });
  }
  equal(await pressed(reply(422, { error: 'It begins before that.' })), { body: 'It begins before that.', buttons });
}

export async function the_way_out_stays_whatever_is_said() {
  const later = { at: 'x', later: true, words: 'It comes again at 07:00 tomorrow, after your quiet hours.' };
  equal(await said(unreached, OTHERWISE), `It could not be put off: the server was not reached. It stays here. ${OTHERWISE}`);
  equal(await said(reply(422, { error: 'It begins before that.' }), OTHERWISE), `It begins before that. ${OTHERWISE}`);
  equal(await pressed(reply(200, later), OTHERWISE), { body: `${later.words} ${OTHERWISE}`, buttons: [BROKEN.title] });
}
