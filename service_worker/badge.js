// The number on the app's icon: what waits for the person. Not what waits to be sent: that goes by itself.
import { coming } from './agenda/looking.js';
import { parts, zoneOf } from './clock.js';
import { MOST_OPEN, unrated } from './goals/looking.js';
import { nameId } from './ids.js';

/**
 * Changes that were not accepted, two versions of a text that nobody settled, sessions of today that are still to come
 * or under way, and goals that want something.
 * @param {import('./store.js').Store} store @param {string} now @param {string} zone
 */
export async function count(store, now, zone) {
  const ctx = { records: store, now }, today = parts(now, zone).on;
  const [{ refused }, kept, planned, open] = await Promise.all([store.line(), store.shelf('kept'), coming(ctx), unrated(ctx)]);
  return refused + kept.length + planned.filter(one => parts(one.at, zone).on === today).length + wanting(open, today);
}

/** Open goals whose day has come, and those beyond three; one that is both counts once. @param {any[]} open @param {string} today */
const wanting = (open, today) =>
  Math.max(open.filter(({ fields }) => fields.due_on && fields.due_on <= today).length, open.length - MOST_OPEN);

/** Put it on the icon; 0 takes it away. Where there is none, or no leave for it, nothing is lost. @param {number} number */
export const put = async number => {
  await (number ? navigator.setAppBadge?.(number) : navigator.clearAppBadge?.())?.catch(() => {});
};

/** Say it anew for the person who is signed in here. @param {{store: any, names: string}} here */
export async function show({ store, names }) {
  if (!navigator.setAppBadge) return;
  const id = await nameId(names, 'settings'), chosen = (await store.many([id])).get(id)?.fields.zone;
  await put(await store.meta('trouble') === 'revoked' ? 0 : await count(store, new Date().toISOString(), zoneOf(chosen)));
}
