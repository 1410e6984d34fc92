// What search and filters look at: a slim, folded row of each record, in memory while the worker lives and somebody
// looks for something. The twin of mentorlog/memory.py.
import { fold } from './prose.js';

const BATCH = 1_000; // rows read at once, so that a tap meanwhile need not wait for all of them
const IDLE_MS = 300_000; // after that long without a search it is dropped

/**
 * `text`: all texts of a record, folded, a line for each.
 * @typedef {{id: string, kind: string, at: string, text: string, tags: string[], session: string, lesson: boolean,
 *   waiting: boolean}} Row
 */
/**
 * `rows`: newest first, null when they are to be put in order. `moved`: ids of what was written since it was read here.
 * @typedef {{store: any, byId: Map<string, Row>, rows: Row[]|null, moved: Set<string>, ready: Promise<any>}} Kept
 */

/** The texts of each kind, the one that names it first. @type {Map<string, string[]>} */
const TEXTS = new Map(Object.entries({
  entry: ['title', 'text', 'lesson'], goal: ['text', 'why', 'earns', 'ended_why'], rating: ['reason'],
  worksheet: ['title'], answer: ['text'], set: ['title', 'about'], aim: ['text'], line: ['text'],
  session: ['notes', 'link'], partner: ['name', 'email', 'fallback'],
  agreement: ['confidentiality', 'blocked', 'rhythm_own'],
}));
/** What has a text of its own in each kind. @type {Map<string, string>} */
const ITEMS = new Map(Object.entries({ goal: 'steps', set: 'questions', agreement: 'ways' }));
/** Of one person only: who comes next does not find it. @type {Kept|null} */
let kept = null;
/** @type {any} */
let timer = 0;

/** What is searched of a record, the text that names it first. @param {any} record @returns {string[]} */
export function texts({ kind, fields }) {
  const found = (TEXTS.get(kind) ?? []).map(name => fields[name] || '');
  const items = fields[ITEMS.get(kind) ?? ''] || [];
  return [...found, ...fields.tags || [], ...items.map((/** @type {any} */ item) => item.text || item.address || '')];
}

/** The row of a record. @param {any} record @returns {Row} */
export function row(record) {
  const { id, kind, at, fields, waiting } = record;
  return {
    id, kind, at, text: fold(texts(record).join('\n')), tags: fields.tags || [], session: fields.session || '',
    lesson: Boolean(fields.lesson), waiting: Boolean(waiting),
  };
}

/**
 * A row for each record that can be found, newest first; of one moment by id. Reads all of them the first time, after
 * that only what moved.
 * @param {any} store
 * @returns {Promise<Row[]>}
 */
export async function rows(store) {
  const mine = kept?.store === store ? /** @type {Kept} */ (kept) : begin(store);
  clearTimeout(timer);
  timer = setTimeout(forget, IDLE_MS);
  mine.ready = mine.ready.then(() => refresh(mine));
  try {
    await mine.ready;
    return mine.rows ??= [...mine.byId.values()].sort(newestFirst);
  } catch (error) {
    if (kept === mine) forget();
    throw error;
  }
}

/** Let go of it: somebody else is here, or nobody looks for anything. */
export function forget() {
  if (kept) kept.store.follower = null;
  kept = null;
  clearTimeout(timer);
}

/** @param {any} store @returns {Kept} */
function begin(store) {
  forget();
  /** @type {Kept} */
  const mine = { store, byId: new Map(), rows: null, moved: new Set(), ready: Promise.resolve() };
  store.follower = (/** @type {string[]} */ ids) => ids.forEach(id => mine.moved.add(id)); // before the first is read
  mine.ready = read(mine);
  kept = mine;
  return mine;
}

/** @param {Kept} mine */
async function read(mine) {
  let found = await mine.store.batch('', BATCH);
  while (found.length) {
    for (const record of found) take(mine, record.id, record);
    found = found.length < BATCH ? [] : await mine.store.batch(found.at(-1).id, BATCH);
  }
}

/** @param {Kept} mine */
async function refresh(mine) {
  if (!mine.moved.size) return;
  const ids = [...mine.moved];
  mine.moved.clear();
  const found = await mine.store.many(ids);
  for (const id of ids) take(mine, id, found.get(id));
  mine.rows = null;
}

/** @param {Kept} mine @param {string} id @param {any} record undefined when it is deleted */
function take({ byId }, id, record) {
  if (record && record.shelf === record.kind && TEXTS.has(record.kind)) byId.set(id, row(record));
  else byId.delete(id);
}

/** @param {Row} one @param {Row} other */
function newestFirst(one, other) {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1;
  return one.id < other.id ? 1 : -1;
}
