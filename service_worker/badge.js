// The number on the app's icon: what waits for the person. Not what waits to be sent: that goes by itself.
import { coming } from './agenda/looking.js';
import { parts, zoneOf } from './clock.js';
import { nameId } from './ids.js';

/**
 * Changes that were not accepted, and sessions of today that are still to come or under way.
 * @param {import('./store.js').Store} store @param {string} now @param {string} zone
 */
export async function count(store, now, zone) {
  const { refused } = await store.line(), today = parts(now, zone).on;
  const planned = await coming({ records: store, now });
  return refused + planned.filter(one => parts(one.at, zone).on === today).length;
}

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
