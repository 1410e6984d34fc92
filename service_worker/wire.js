/** One request of the sync protocol: what goes into it, and what counts as a reply (sync.md, "On the wire"). */

import { bare } from './database.js';
import { within } from './patience.js';
import { withStates } from './view.js';

/** @typedef {import('./store.js').Change} Change */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {{most: number, bytes: number}} Budget */
/**
 * `last`: the highest `seq` there was, so that what was written meanwhile is noticed.
 * @typedef {{epoch: string|null, cursor: number, told: boolean, changes: Change[], json: string[], last: number}} Asked
 */
/** @typedef {{outcome: string, why?: string, field?: string, kept?: string[], withheld?: boolean}} Outcome */
/** @typedef {import('./store.js').Said & {echo?: boolean}} Told one row of a reply */
/**
 * `home`: the zone of who chose none, until a phone of theirs moves.
 * @typedef {{epoch: string, names: string, home?: string, cursor: number, more: boolean,
 *   outcomes: Record<string, Outcome>, records: Told[]}} News
 */
/**
 * `status` 0: nothing that counts. `late`: there was none in time. `pause`: seconds that the server asks for. `bytes`: of
 * the two bodies, as packed as they were.
 * @typedef {{status: number, bytes: import('./meter.js').Bytes, news?: News, error?: string, pause?: number,
 *   late?: boolean}} Reply
 */
/**
 * @typedef {{fetch: typeof fetch, person: string, device: string, zone: string, sentAt: string,
 *   seconds: number}} Sender
 */

export const VERSION = 1;
export const MOST_CHANGES = 1_000;
export const MOST_BYTES = 900_000; // of 1,000,000: the rest of the request has room
const GZIP_FROM_BYTES = 1_000;
export const LONGEST_PAUSE_SECONDS = 3_600;
const encoder = new TextEncoder();

/**
 * Choose what to send and mark it as tried, on the disk, before anything leaves the device.
 * @param {Store} store
 * @param {Budget} budget
 * @param {string} now
 * @returns {Promise<Asked>}
 */
export async function choose(store, budget, now) {
  return store.write(
    ['changes', 'former', 'meta'],
    async (tx) => {
      const [all, former, epoch, cursor] = await Promise.all([
        tx.objectStore('changes').getAll(),
        tx.objectStore('former').count(),
        tx.objectStore('meta').get('epoch'),
        tx.objectStore('meta').get('cursor'),
      ]);
      const ready = withStates(all).filter((change) => change.state === 'waiting' || change.state === 'tried');
      const { changes, json } = former ? { changes: [], json: [] } : cut(/** @type {Change[]} */ (ready), budget);
      const box = bare(tx, 'changes');
      for (const change of changes) if (change.state === 'waiting') box.put({ ...change, state: 'tried', tried_at: now });
      return {
        epoch: epoch ?? null,
        cursor: cursor ?? 0,
        told: !former && changes.length === ready.length,
        changes,
        json,
        last: all.at(-1)?.seq ?? 0,
      };
    },
    'strict',
  );
}

/**
 * As many from the front as the budget holds, at least one; changes of one form stay together if they can.
 * @param {Change[]} ready
 * @param {Budget} budget
 */
function cut(ready, { most, bytes }) {
  /** @type {string[]} */
  const json = [];
  let size = 0;
  for (const change of ready.slice(0, most)) {
    const text = JSON.stringify(wire(change));
    size += encoder.encode(text).length + 1;
    if (json.length && size > bytes) break;
    json.push(text);
  }
  let count = json.length;
  while (count && count < ready.length && ready[count].group === ready[count - 1].group) count -= 1;
  count ||= json.length;
  return { changes: ready.slice(0, count), json: json.slice(0, count) };
}

/** A change as it is sent: it stands on exactly one thing. @param {Change} change */
export function wire({ id, kind, record, fields, made_at, base, after, restore, was, ask_was }) {
  const stands = restore ? { restore } : ask_was ? { was } : after ? { after } : { base: base ?? null };
  return { id, kind, record, fields, made_at, ...stands };
}

/**
 * Ask the server, and give up after a while.
 * @param {Sender} sender
 * @param {Asked} asked
 * @returns {Promise<Reply>}
 */
export async function post(sender, asked) {
  const bytes = { up: 0, down: 0 };
  try {
    const { body, headers } = await pack(bodyOf(sender, asked));
    bytes.up = body.byteLength;
    const response = await sender.fetch('/sync', {
      method: 'POST',
      body,
      headers,
      redirect: 'error',
      cache: 'no-store',
      credentials: 'same-origin',
      signal: within(sender.seconds),
    });
    return await read(response, bytes);
  } catch (error) {
    // no line, too late, a redirect, a reply cut short: as if nothing was said
    return { status: 0, bytes, late: error instanceof Error && error.name === 'TimeoutError' };
  }
}

/** @param {Sender} sender @param {Asked} asked */
function bodyOf({ person, device, zone, sentAt }, { epoch, cursor, told, json }) {
  const head = JSON.stringify({ v: VERSION, person, device, zone, sent_at: sentAt, epoch, cursor, told });
  return `${head.slice(0, -1)},"changes":[${json.join()}]}`;
}

/** @param {string} text @returns {Promise<{body: ArrayBuffer|Uint8Array<ArrayBuffer>, headers: Record<string, string>}>} */
async function pack(text) {
  const plain = encoder.encode(text);
  const headers = { 'Content-Type': 'application/json' };
  if (plain.length <= GZIP_FROM_BYTES || typeof CompressionStream === 'undefined') return { body: plain, headers };
  const packed = new Blob([plain]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(packed).arrayBuffer(), headers: { ...headers, 'Content-Encoding': 'gzip' } };
}

/**
 * A reply counts only if it is JSON and, as news, has an epoch: a hotel's page says 200 too.
 * @param {Response} response
 * @param {import('./meter.js').Bytes} bytes the reply's are noted in it
 * @returns {Promise<Reply>}
 */
async function read(response, bytes) {
  const { status } = response;
  const ours = response.headers.get('Content-Type')?.split(';')[0].trim() === 'application/json';
  const text = ours ? await response.text() : '';
  bytes.down = Number(response.headers.get('Content-Length')) || text.length;
  const body = ours ? JSON.parse(text) : null;
  if (status === 200) return isNews(body) ? { status, bytes, news: body } : { status: 0, bytes };
  const pause = pauseOf(response.headers.get('Retry-After'));
  const error = typeof body?.error === 'string' ? body.error : undefined;
  return { status: error || status === 413 ? status : 0, bytes, error, pause };
}

/** @param {any} body @returns {body is News} */
function isNews(body) {
  const shape = typeof body?.epoch === 'string' && typeof body.names === 'string' && Number.isSafeInteger(body.cursor);
  return shape && Array.isArray(body.records) && typeof body.outcomes === 'object' && body.outcomes !== null;
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3), at most an hour. @param {string|null} value */
function pauseOf(value) {
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1_000;
  return seconds > 0 ? Math.min(seconds, LONGEST_PAUSE_SECONDS) : undefined;
}
