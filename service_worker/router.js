// Who answers: a controller of this device, or Flask. The pages themselves are made by the controllers.
import { match } from './urls.js';
import { makeContext } from './context.js';
import * as device from './device.js';
import * as lock from './lock.js';
import * as pages from './pages.js';
import { giveWay, within } from './patience.js';
import * as push from './push.js';
import { signature, testing, version } from './generated/config.js';
import { Missing, NoRoom } from './store.js';
import { controllers } from './controllers.js';

const SHARE = '/share';
const PAGE_SECONDS = 10; // until a page of Flask's alone is given up
const SCRIPT_SECONDS = 30; // for what a page fetches: it has a limit of its own, of 20 s at most
/** What was passed to Flask: tests fail on any they did not expect. @type {string[]} */
export const passed = [];

/** True for what this worker may answer. @param {Request} request @param {URL} url */
export function belongsHere(request, url) {
  // A form on another site can POST a navigation here, and neither SameSite nor Sec-Fetch-Site is visible. Leave it to
  // the server, and never re-send it with fetch(): that would make it look like our own. What is shared writes nothing.
  if (request.method !== 'GET' && request.mode === 'navigate' && !ours(request.referrer) && url.pathname !== SHARE) return false;
  return url.pathname !== '/sync' && url.pathname !== '/sw.js' && !url.pathname.startsWith('/near/');
}

/** @param {string} address */
const ours = address => address !== '' && new URL(address, location.href).origin === location.origin;

/** @param {Request} request @returns {Promise<Response>} */
export async function answer(request) {
  const found = match(request.method, new URL(request.url).pathname);
  const here = found && await device.opened();
  const controller = here && (await lock.guard(found.endpoint, here) ?? controllers[found.endpoint]);
  if (!controller) return !here && found?.endpoint === 'waiting.line' && await device.isBlind() ? pages.blindLine() : pass(request);
  const spare = request.clone();
  /** @type {any} */
  let ctx = null;
  try {
    ctx = await makeContext(request, found, here);
    return stale(ctx) ? pages.refresh() : await madeOrFetched(ctx, () => controller(ctx, found.args));
  } catch (error) {
    return failed(error, ctx, spare);
  }
}

/**
 * What was made elsewhere a moment ago, such as what a notification speaks of, may still be on its way here: the server is
 * asked before a whole page says that nothing stands at its address.
 * @param {any} ctx @param {() => Promise<Response>} make
 */
async function madeOrFetched(ctx, make) {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof Missing) || ctx.method !== 'GET' || ctx.request.mode !== 'navigate') throw error;
    if (await device.isBehind()) ctx.behind = ctx.url.pathname + ctx.url.search;
    return make();
  }
}

/** Nothing of what was typed is lost over it. @param {unknown} error @param {any} ctx null before there was one @param {Request} spare */
function failed(error, ctx, spare) {
  if (error instanceof Missing) return pages.missing(ctx);
  if (error instanceof NoRoom && ctx?.method === 'POST' && !ctx.stored) return pages.full(ctx);
  console.error(error);
  return ctx?.stored ? pages.alone('broken') : pass(spare);
}

/** @param {any} ctx */
// The line fits every page: one of Flask's, of a newer version, asks an older worker for it.
const stale = ctx => ctx.endpoint !== 'waiting.line' && ctx.method === 'GET' && ctx.partial && ![null, version].includes(ctx.request.headers.get('X-Page-Version'));

/** Let Flask answer; what is not ours is neither shown nor swapped into a page. @param {Request} request @returns {Promise<Response>} */
async function pass(request) {
  passed.push(`${request.method} ${new URL(request.url).pathname}`);
  try {
    const reply = await Promise.race([fetch(request), tooLate(request)]);
    const known = reply.type === 'opaqueredirect' || reply.headers.has(signature);
    void device.spend(Number(reply.headers.get('Content-Length')));
    if (known) return reply;
    return request.mode === 'navigate' ? pages.alone('elsewhere', request.method) : Response.error();
  } catch (error) {
    if (request.mode !== 'navigate') throw error;
    return pages.alone('offline', request.method);
  }
}

/** What is sent waits its time in any case: the server may be taking it. @param {Request} request @returns {Promise<never>} */
const tooLate = ({ method, mode }) => new Promise((_, reject) => {
  const seconds = mode === 'navigate' ? PAGE_SECONDS : SCRIPT_SECONDS;
  const end = method === 'GET' ? within(seconds) : AbortSignal.timeout(1_000 * seconds);
  const giveUp = () => reject(new Error('no answer in time'));
  if (end.aborted) giveUp();
  else end.addEventListener('abort', giveUp);
});

/** What a page may say to the worker, and what answers it. @type {Record<string, (said: any, progress: (done: number) => void) => any>} */
const HEARD = {
  arrive,
  leave: ({ person, empty }) => device.leave(person, empty),
  close: ({ person }) => device.close(person),
  sync: ({ tapped }) => device.sync({ tapped: tapped === true }),
  warm: () => device.warm(),
  line: () => device.line(),
  moved: ({ since }) => device.movedSince(since),
  push: said => push.hear(said),
  passed: () => passed.splice(0),
  'give-way': () => giveWay(),
  ...testing ? { play } : {},
};

/**
 * The pages that are open come over once everything is here, and not before: until then Flask alone can answer them.
 * @param {any} said @param {(done: number) => void} progress
 */
async function arrive(said, progress) {
  const told = await device.arrive(said, progress);
  if (told.whole) await /** @type {any} */ (self).clients.claim();
  return told;
}

/** The answer goes back on the port that came along: null for what this version does not know, or cannot do now. @param {any} event */
export async function hear(event) {
  const { type, ...said } = event.data ?? {}, port = event.ports[0];
  if (type === 'skip-waiting') return /** @type {any} */ (self).skipWaiting();
  try {
    port?.postMessage(await HEARD[type]?.(said, progress => port?.postMessage({ progress })) ?? null);
  } catch (error) {
    console.warn(error);
    port?.postMessage(null);
  }
}

/** One step of a contract: the router's own answer, taken apart. @param {any} step */
async function play({ method, path, headers, body }) {
  const request = new Request(new URL(path, location.href), { method, headers, body, redirect: 'manual' });
  const response = await answer(request);
  return { status: response.status, headers: [...response.headers], body: await response.text() };
}
