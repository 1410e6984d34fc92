// Who answers: a controller of this device, or Flask. The pages themselves are made by the controllers.
import { match } from './urls.js';
import { makeContext } from './context.js';
import * as device from './device.js';
import * as pages from './pages.js';
import * as push from './push.js';
import { signature, testing, version } from './generated/config.js';
import { Missing } from './store.js';
import { controllers } from './controllers.js';

const PATIENCE = 10_000; // ms until a page of Flask's alone is given up
/** What was passed to Flask: tests fail on any they did not expect. @type {string[]} */
export const passed = [];

/** True for what this worker may answer. @param {Request} request @param {URL} url */
export function belongsHere(request, url) {
  // A form on another site can POST a navigation here, and neither SameSite nor Sec-Fetch-Site is visible. Leave it to
  // the server, and never re-send it with fetch(): that would make it look like our own.
  if (request.method !== 'GET' && request.mode === 'navigate' && !ours(request.referrer)) return false;
  return url.pathname !== '/sync' && url.pathname !== '/sw.js' && !url.pathname.startsWith('/near/');
}

/** @param {string} address */
const ours = address => address !== '' && new URL(address, location.href).origin === location.origin;

/** @param {Request} request @returns {Promise<Response>} */
export async function answer(request) {
  const found = match(request.method, new URL(request.url).pathname);
  const controller = found && controllers[found.endpoint];
  const here = controller && await device.opened();
  if (!here) return found?.endpoint === 'waiting.line' && await device.isBlind() ? pages.blindLine() : pass(request);
  const spare = request.clone();
  const ctx = await makeContext(request, found, here);
  if (stale(ctx)) return pages.refresh();
  try {
    return await controller(ctx, found.args);
  } catch (error) {
    if (error instanceof Missing) return pages.missing(ctx);
    console.error(error);
    return ctx.stored ? pages.alone('broken') : pass(spare);
  }
}

/** @param {any} ctx */
// The line fits every page: one of Flask's, of a newer version, asks an older worker for it.
const stale = ctx => ctx.endpoint !== 'waiting.line' && ctx.method === 'GET' && ctx.partial && ![null, version].includes(ctx.request.headers.get('X-Page-Version'));

/** Let Flask answer; a page that is not ours is not shown. @param {Request} request @returns {Promise<Response>} */
async function pass(request) {
  passed.push(`${request.method} ${new URL(request.url).pathname}`);
  try {
    const reply = await Promise.race([fetch(request), tooLate()]);
    const known = reply.type === 'opaqueredirect' || reply.headers.has(signature);
    return known || request.mode !== 'navigate' ? reply : pages.alone('elsewhere');
  } catch (error) {
    if (request.mode !== 'navigate') throw error;
    return pages.alone('offline');
  }
}

/** @returns {Promise<never>} */
const tooLate = () => new Promise((_, reject) => { setTimeout(() => reject(new Error('no answer in time')), PATIENCE); });

/** What a page says to the worker; the answer goes back on the port that came along. @param {any} event */
export async function hear(event) {
  const { type, ...said } = event.data ?? {};
  const reply = (/** @type {any} */ value) => event.ports[0]?.postMessage(value);
  if (type === 'skip-waiting') return /** @type {any} */ (self).skipWaiting();
  if (type === 'arrive') return reply(await device.arrive(said, progress => reply({ progress })));
  if (type === 'leave') return reply(await device.leave(said.person));
  if (type === 'sync') return reply(await device.sync());
  if (type === 'line') return reply(await device.line());
  if (type === 'push') return reply(await push.hear(said));
  if (type === 'passed') return reply(passed.splice(0));
  if (type === 'play' && testing) return reply(await play(said));
}

/** One step of a contract: the router's own answer, taken apart. @param {any} step */
async function play({ method, path, headers, body }) {
  const request = new Request(new URL(path, location.href), { method, headers, body, redirect: 'manual' });
  const response = await answer(request);
  return { status: response.status, headers: [...response.headers], body: await response.text() };
}
