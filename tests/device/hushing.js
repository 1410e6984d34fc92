/** Cases of settings.js: by whose clock reminders are, and when it is said to join a session in quiet or focus hours. */

import { nameId } from '/near/t/ids.js';
import { wished } from '/near/t/settings.js';
import { equal, newId } from '/cases/t/scene.js';

const NOW = '2026-11-24T09:00:00.000Z';
const BERLIN = 'Europe/Berlin';
const UNKNOWN = 'Mars/Base'; // as a new name is to an older browser
const NIGHT = { quiet_from: '20:00', quiet_until: '07:00' };
const EVENING = { protected: ['tue-21'] };
const SESSION = {
  at: '2026-11-24T20:30:00.000Z',
  fields: { starts_on: '2026-11-24', starts_time: '21:30', zone: BERLIN },
};

/**
 * What is said, on a phone in Berlin, of reminders.
 * @param {object} settings
 * @param {object} [week]
 * @param {string|null} [home] as the server said it
 */
async function told(settings, week = {}, home = null) {
  const names = newId();
  const kept = new Map([
    [await nameId(names, 'settings'), { fields: settings }],
    [await nameId(names, 'hours'), { fields: week }],
  ]);
  const records = { many: async () => kept, meta: async (name) => (name === 'home' ? home : null) };
  return wished({ names, records, now: NOW, zone: BERLIN }, SESSION);
}

/** @param {Parameters<told>} given */
const joined = async (...given) => (await told(...given)).join;

export async function reminders_are_by_the_clock_that_the_server_goes_by() {
  const zones = async (...given) => [await told(...given)].map(({ zone, here }) => [zone, here])[0];
  equal(await zones({}, {}, 'Europe/Lisbon'), ['Europe/Lisbon', BERLIN]);
  equal(await zones({ here: 'America/New_York' }, {}, 'Europe/Lisbon'), ['America/New_York', BERLIN]);
  equal(await zones({ here: 'America/New_York', zone: BERLIN }, {}, 'Europe/Lisbon'), [BERLIN, BERLIN]);
  equal(await zones({}), ['', BERLIN], 'not told yet, as by an older version');
}

export async function a_zone_that_this_browser_lacks_makes_no_hour_and_no_page_fail() {
  equal((await joined({ ...NIGHT, zone: BERLIN })).at.time, '19:55');
  equal((await joined({ zone: BERLIN }, EVENING)).at.time, '20:55');
  for (const name of ['zone', 'here']) {
    equal(await joined({ ...NIGHT, [name]: UNKNOWN }), null);
    equal(await joined({ [name]: UNKNOWN }, EVENING), null);
  }
  for (const quiet of [NIGHT, {}]) equal(await joined({ ...quiet, zone: BERLIN }, { ...EVENING, zone: UNKNOWN }), null);
}

export async function who_chose_no_zone_has_their_hours_where_the_server_has_them() {
  equal((await joined(NIGHT, {}, 'Europe/Lisbon')).at.time, '20:55');
  equal((await joined(NIGHT, {}, BERLIN)).at.time, '19:55');
  equal((await joined({ ...NIGHT, here: BERLIN }, {}, 'Europe/Lisbon')).at.time, '19:55');
  equal(await joined(NIGHT), null, 'not told yet, as by an older version');
  equal(await joined(NIGHT, {}, UNKNOWN), null);
}
