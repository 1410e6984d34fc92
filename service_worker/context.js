// What a controller is given: the request, the person, the moment, the store, and how to answer.
import { zoneOf } from './clock.js';
import * as pages from './pages.js';
import { testing } from './generated/config.js';
import { nameId, newId } from './ids.js';
import { NoRoom } from './store.js';
import { urlFor } from './urls.js';

const SEAM = 'X-Seam'; // `<now> <step>`: a contract holds the clock and counts the ids of both servers

/** @param {Request} request */
function seams(request) {
  const held = testing && request.headers.get(SEAM);
  if (!held) return { now: new Date().toISOString(), newId };
  const [now, step] = held.split(' ');
  const hex = (/** @type {number} */ value) => value.toString(16).padStart(6, '0');
  let n = 0;
  return { now, newId: () => `00000000-0000-4000-8000-${hex(Number(step))}${hex(++n)}` };
}

/** With no room left the words about a save are lost, never the save. @param {unknown} error */
function onlyRoom(error) {
  if (!(error instanceof NoRoom)) throw error;
}

/** @param {Request} request */
const partName = request => decodeURIComponent((request.headers.get('HX-Target') ?? '').split('#')[1] ?? '').split('-')[0] || null;

/**
 * @param {Request} request @param {{endpoint: string, args: any}} found
 * @param {{who: {person: string, name: string, device: string}, store: any, names: string}} here
 */
export async function makeContext(request, found, here) {
  const settingsId = await nameId(here.names, 'settings');
  const settings = (await here.store.many([settingsId])).get(settingsId)?.fields ?? {};
  /** @type {any} */
  const ctx = {
    request, url: new URL(request.url), method: request.method, endpoint: found.endpoint, ...seams(request),
    person: { id: here.who.person, name: here.who.name }, device: here.who.device,
    names: here.names, records: here.store, settings, stored: false, behind: '',
    zone: zoneOf(settings.zone),
    partial: request.headers.get('HX-Request-Type') === 'partial', target: partName(request), urlFor,
    form: request.method === 'POST' ? await request.formData() : null,
  };
  ctx.show = (/** @type {string} */ template, /** @type {any} */ data, /** @type {number} */ status) =>
    pages.show(ctx, template, data, status);
  ctx.seeOther = (/** @type {string} */ endpoint, /** @type {any} */ args) => pages.seeOther(ctx, urlFor(endpoint, args));
  ctx.notice = (/** @type {string} */ text, { change = '', undo = '' } = {}) =>
    ctx.records.say({ text, change, undo }).catch(onlyRoom);
  ctx.file = (/** @type {string} */ name, /** @type {string} */ body) => pages.file(name, body);
  return ctx;
}
