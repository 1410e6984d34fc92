/** What every case starts from: a device of its own, and a server that says what the case tells it to say. */

import { opening, write } from '/near/t/changes.js';
import { setAside } from '/near/t/settle.js';
import { openStore } from '/near/t/store.js';
import { openSync } from '/near/t/sync.js';

export const NOW = '2026-11-24T12:00:00.000Z';
let people = 0;
let ids = 0;

/** Ids in the shape of UUIDs, each another. */
export function newId() {
  ids += 1;
  return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
}

/** @param {unknown} value @param {string} [about] */
export function ok(value, about = '') {
  if (!value) throw new Error(`not so: ${about || value}`);
}

/** @param {unknown} found @param {unknown} wanted @param {string} [about] */
export function equal(found, wanted, about = '') {
  const [one, other] = [found, wanted].map(sorted);
  if (one !== other) throw new Error(`${about}\n  found  ${one}\n  wanted ${other}`);
}

/** @param {unknown} value */
function sorted(value) {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** @param {() => Promise<unknown>} work @param {string} name of the error */
export async function throws(work, name) {
  const error = await work().then(
    () => null,
    (thrown) => thrown,
  );
  equal(error?.name ?? null, name, `${error}`);
}

/** The body of a request, unpacked if it was packed. @param {RequestInit} init */
export async function bodyOf(init) {
  const { body, headers } = new Request('/sync', init);
  const stream = headers.get('Content-Encoding') === 'gzip' ? body.pipeThrough(new DecompressionStream('gzip')) : body;
  return JSON.parse(await new Response(stream).text());
}

/**
 * A reply as the server writes it.
 * @param {unknown} body
 * @param {number} [status]
 * @param {Record<string, string>} [headers]
 */
export function reply(body, status = 200, headers = {}) {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

/** News with nothing in it but what is given. @param {Record<string, unknown>} [some] */
export function news(some = {}) {
  return { epoch: 'e1', names: newId(), cursor: 1, more: false, outcomes: {}, records: [], ...some };
}

/** Every change accepted, each record an echo. @param {any} asked @param {Record<string, unknown>} [some] */
export function taken(asked, some = {}) {
  const outcomes = Object.fromEntries(asked.changes.map((change) => [change.id, { outcome: 'accepted' }]));
  const last = new Map(asked.changes.map((change) => [change.record, change.id]));
  const records = [...last].map(([id, rev]) => ({ id, rev, echo: true }));
  return news({ cursor: asked.cursor + records.length, outcomes, records, ...some });
}

/** A record as the server tells it. @param {string} id @param {object} fields @param {object} [some] */
export function row(id, fields, some = {}) {
  return { id, kind: 'entry', owner: 'me', pair: null, rev: newId(), at: NOW, fields, ...some };
}

/**
 * The change that a form makes.
 * @param {any} opened
 * @param {object} fields
 * @param {string} [kind]
 */
export function saved({ change, ...stands }, fields, kind = 'entry') {
  return { id: change, kind, fields, ...stands };
}

/** Save a form for a new record. @param {any} store @param {object} [fields] @param {string} [kind] */
export async function create(store, fields = { text: 'x' }, kind = 'entry') {
  const opened = opening(null, newId);
  await write(store, [saved(opened, fields, kind)], { now: NOW });
  return opened;
}

/** Open a form on an entry as it is now, and save it. @param {any} store @param {string} id @param {object} fields */
export async function edit(store, id, fields) {
  const opened = opening(await store.find('entry', id), newId);
  await write(store, [saved(opened, fields)], { now: NOW });
  return opened.change;
}

/** A scene whose server has said this record. @param {object} fields @param {object} [some] */
export async function withRecord(fields, some = {}) {
  const said = row(newId(), fields, some);
  const it = scene([() => reply(news({ records: [said], cursor: 1 }))]);
  await it.sync.run();
  return { ...it, said, record: await it.store.find(said.kind, said.id) };
}

/**
 * @param {((asked: any, init: RequestInit) => any)[]} [script] one answer for each request; the last goes on answering
 * @param {object} [tools]
 */
export function scene(script = [(asked) => reply(taken(asked))], tools = {}) {
  people += 1;
  const heard = [];
  const asked = [];
  const store = openStore(indexedDB, `case-${Date.now()}-${people}`, { postMessage: (message) => heard.push(message) });
  const fetch = async (path, init) => {
    equal(path, '/sync');
    const body = await bodyOf(init);
    asked.push(body);
    const answer = script[Math.min(asked.length, script.length) - 1];
    return answer(body, init);
  };
  const sync = openSync(store, 'd1', { fetch, now: () => NOW, zone: () => 'Europe/Berlin', ...tools });
  return { store, sync, heard, asked };
}

/** The whole of a store, to show that nothing changed. @param {any} store */
export async function allOf(store) {
  const names = ['snapshot', 'former', 'changes', 'records', 'drafts', 'notices', 'used', 'meta'];
  return store.read(names, async (tx) => Promise.all(names.map((name) => tx.objectStore(name).getAll())));
}

/** What *Edit and send* wants. @param {string} record @param {object} fields */
export function wish(record, fields) {
  return { id: newId(), kind: 'entry', record, fields };
}

/** A record that the server has, with three changes on it, the first of them refused. */
export async function withRefused() {
  const it = await withRecord({ title: 'T', text: 'Old.' });
  const { said } = it;
  const first = await edit(it.store, said.id, { title: 'T', text: 'Too long.' });
  const second = await edit(it.store, said.id, { title: 'T', text: 'Second.' });
  const third = await edit(it.store, said.id, { title: 'U', text: 'Second.' });
  await setAside(it.store, first, 'too_long');
  return { ...it, first, second, third };
}

/** On what each change stands that waits. @param {any} store */
export async function stands(store) {
  return (await store.pending()).map(({ id, base, after, fields, was, state }) => ({
    id,
    base,
    after,
    fields,
    was,
    state,
  }));
}
