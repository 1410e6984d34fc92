/** The worker's sync: one at a time, round by round, until all is told; what waits stays in every case but success. */

import { handBack, hasFormer } from './former.js';
import * as meter from './meter.js';
import { setAside } from './settle.js';
import { NoRoom } from './store.js';
import { take } from './take.js';
import { LONGEST_PAUSE_SECONDS, MOST_BYTES, MOST_CHANGES, choose, post } from './wire.js';

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./wire.js').Asked} Asked */
/** @typedef {import('./wire.js').News} News */
/** @typedef {import('./wire.js').Reply} Reply */
/**
 * `later`: no reply that counts, ask again after a pause. `busy`: another is at it. `no_room`: the device is full.
 * `signed_out` and the rest: only a person can go on from there.
 * @typedef {'done'|'later'|'busy'|'no_room'|'signed_out'|'revoked'|'other_person'|'other_device'|'upgrade'} State
 */
/**
 * What pages hear on the channel, and the caller gets: which records moved, how the line is (`state`, `waiting` ...),
 * and for how many seconds the server asked to be left alone.
 * @typedef {import('./store.js').Line & {type: 'sync:moved'|'sync:finished', person: string, sync: State|null,
 *   records: string[], pause: number}} Message
 */
/**
 * `seconds`: how long to wait for a reply.
 * @typedef {{fetch: typeof fetch, locks: LockManager|null, now: () => string, zone: () => string,
 *   seconds: number}} Tools
 */

/** `took`: seconds until the reply was here; `where`: the zone it told. @typedef {{asked: Asked, reply: Reply, took: number, where: string}} Spoken */

const SECONDS = 20;
const FIRST_BYTES = 250_000; // about three seconds on a slow line, gzipped
const GOOD_SECONDS = 3; // for a piece: progress is seen, and little is sent again when the line breaks
const FAIR_BYTES = 60_000; // below it a slow reply has other causes than the size
const LEAST_BYTES = 20_000;
const MOST_ROUNDS = 1_000;
/** @type {Record<number, string[]>} */
const STOPS = { 401: ['signed_out', 'revoked'], 409: ['other_person', 'other_device'], 422: ['upgrade'] };

/** The sync of one person on this device. */
export class Sync {
  #budget = { most: MOST_CHANGES, bytes: FIRST_BYTES };
  /** By `performance.now()`; null until it is looked up what an earlier start of the worker was told. @type {number|null} */
  #quietUntil = null;
  /** The page after the one that is being taken: the line and the disk work at the same time. @type {Promise<Spoken>|null} */
  #ahead = null;
  /** The zone that is noted; '' until one is. */
  #zone = '';
  /** What went over the line and is not noted yet. @type {import('./meter.js').Spent} */
  #spent = {};

  /**
   * @param {Store} store
   * @param {string} device
   * @param {Tools} tools
   */
  constructor(store, device, tools) {
    this.store = store;
    this.device = device;
    this.tools = tools;
  }

  /**
   * Send what waits and fetch what is new, if nobody else is at it.
   * @param {{tapped?: boolean, waits?: boolean, progress?: (message: Message) => void}} [options] `tapped`: a person asks,
   *   so a pause that the server wished for does not count; `waits`: after whoever is at it
   * @returns {Promise<Message>}
   */
  async run({ tapped = false, waits = false, progress } = {}) {
    const { locks } = this.tools;
    this.#quietUntil ??= await this.#pauseToldBefore();
    if (this.#pauseLeft() && !tapped) return this.#finish('later');
    const rounds = () => this.#rounds(progress ?? (() => {}));
    const alone = { ifAvailable: !waits };
    /** @param {Lock|null} lock @returns {Promise<State>} */
    const held = async (lock) => (lock ? rounds() : 'busy');
    const name = `mentorlog-sync-${this.store.person}`;
    return this.#finish(locks ? await locks.request(name, alone, held) : await rounds());
  }

  /** Seconds; not by the wall clock, which may be set back. */
  #pauseLeft() {
    return Math.max(0, Math.ceil(((this.#quietUntil ?? 0) - performance.now()) / 1_000));
  }

  async #pauseToldBefore() {
    const pause = await this.store.meta('pause'), left = pause ? Date.parse(pause) - Date.parse(this.tools.now()) : 0;
    return performance.now() + Math.min(Math.max(left, 0), 1_000 * LONGEST_PAUSE_SECONDS);
  }

  /** @param {State} sync */
  async #finish(sync) {
    if (sync !== 'busy') await noteIfRoom(() => this.#note(sync));
    return this.#tell('sync:finished', [], sync);
  }

  /** @param {State} sync */
  async #note(sync) {
    const { store, tools } = this;
    const spent = this.#spent;
    await store.setMeta(this.#known(sync));
    if (!Object.keys(spent).length) return;
    this.#spent = {};
    await meter.add(store, meter.monthOf(tools.now()), spent);
  }

  /** @param {Asked} asked @param {Reply} reply */
  #count(asked, { news, bytes }) {
    const purpose = asked.changes.length || news?.records.length ? 'pages' : 'news';
    this.#spent = meter.sum(this.#spent, { [purpose]: bytes });
  }

  /** What is known of the line after a sync: last contact, what only a person can mend, until when to wait. @param {State} sync */
  #known(sync) {
    const now = this.tools.now();
    if (sync === 'done') return { contact: now, trouble: null, pause: null };
    if (sync !== 'later') return { trouble: sync };
    const left = this.#pauseLeft();
    return { pause: left ? new Date(Date.parse(now) + 1_000 * left).toISOString() : null };
  }

  /**
   * @param {Message['type']} type
   * @param {string[]} records
   * @param {State|null} sync
   * @returns {Promise<Message>}
   */
  async #tell(type, records, sync) {
    const { store } = this;
    const message = { ...(await store.line()), type, person: store.person, sync, records, pause: this.#pauseLeft() };
    store.tell(message);
    return message;
  }

  /** @param {(message: Message) => void} progress @returns {Promise<State>} */
  async #rounds(progress) {
    this.#ahead = null;
    try {
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const state = await this.#round(progress);
        if (state) return state;
      }
      return 'later';
    } catch (error) {
      if (error instanceof NoRoom) return 'no_room';
      throw error;
    }
  }

  /** @param {(message: Message) => void} progress @returns {Promise<State|null>} null: one more round */
  async #round(progress) {
    const { asked, reply, took, where } = await (this.#ahead ?? this.#ask(await choose(this.store, this.#budget, this.tools.now())));
    if (!reply.news) return this.#refused(asked, reply, progress);
    this.#quietUntil = 0;
    this.#fit(asked, took);
    this.#ahead = isPlainPage(asked, reply.news) ? this.#ask({ ...asked, ...place(reply.news) }) : null;
    const taken = await take(this.store, asked, reply.news);
    if (taken && !reply.news.more) await this.#noteZone(where); // before a page is told to look again
    if (taken?.moved.length) progress(await this.#tell('sync:moved', taken.moved, null));
    if (!taken || taken.doubt || (this.#ahead && (await this.store.line()).sendable)) this.#ahead = null;
    if (!taken || taken.doubt || reply.news.more) return null;
    return this.#afterLastPage(asked, reply.news);
  }

  /** @param {Asked} asked @returns {Promise<Spoken>} */
  async #ask(asked) {
    const { fetch, now, zone, seconds } = this.tools;
    const where = zone();
    const sender = { fetch, person: this.store.person, device: this.device, zone: where, sentAt: now(), seconds };
    const begun = performance.now();
    const reply = await post(sender, asked);
    this.#count(asked, reply);
    return { asked, reply, took: (performance.now() - begun) / 1_000, where };
  }

  /** The zone of this device that the server knows: what the settings say of it is right only for that. @param {string} zone */
  async #noteZone(zone) {
    if (this.#zone === zone) return;
    await noteIfRoom(() => this.store.setMeta({ zone }));
    this.#zone = zone;
  }

  /** @param {Asked} asked @param {News} news @returns {Promise<State|null>} */
  async #afterLastPage(asked, news) {
    const { store } = this;
    const outcomes = Object.values(news.outcomes);
    if (await hasFormer(store)) {
      await handBack(store);
      return null;
    }
    if (asked.epoch && asked.epoch !== news.epoch) return null; // it has heard nothing of what was in that request
    if (asked.changes.length && !outcomes.length) return 'later'; // nor says why
    const isMore = !asked.told || outcomes.some(({ outcome }) => outcome === 'need_was');
    return isMore || (await wroteMeanwhile(store, asked)) ? null : 'done';
  }

  /** @param {Asked} asked @param {Reply} reply @param {(message: Message) => void} progress @returns {Promise<State|null>} */
  async #refused(asked, { status, error, pause, late }, progress) {
    this.#ahead = null;
    if (pause) this.#quietUntil = performance.now() + 1_000 * pause;
    if (error && STOPS[status]?.includes(error)) return /** @type {State} */ (error);
    if (late) this.#shrink(LEAST_BYTES); // a slow line needs smaller pieces
    if ((status !== 413 && status !== 422) || !asked.changes.length) return 'later';
    this.#budget.most = Math.ceil(asked.changes.length / 2); // until the one that cannot pass is alone
    const [{ id, record }, ...others] = asked.changes;
    if (others.length) return null;
    await setAside(this.store, id, error ?? 'too_big');
    progress(await this.#tell('sync:moved', [record], null));
    return null;
  }

  /** The next piece has more bytes only if this one went quickly and left something behind. @param {Asked} asked @param {number} took */
  #fit({ told, changes }, took) {
    const { most, bytes } = this.#budget;
    this.#budget.most = Math.min(MOST_CHANGES, 2 * most);
    if (!changes.length) return;
    if (took > GOOD_SECONDS) this.#shrink(FAIR_BYTES);
    else if (!told) this.#budget.bytes = Math.min(MOST_BYTES, 2 * bytes);
  }

  /** @param {number} least */
  #shrink(least) {
    this.#budget.bytes = Math.max(Math.min(least, this.#budget.bytes), this.#budget.bytes / 2);
  }
}

/** Whether it is certain already what is asked next: the page after this one, and nothing else. @param {Asked} asked @param {News} news */
function isPlainPage({ changes, epoch }, news) {
  return news.more && !changes.length && (epoch === null || epoch === news.epoch);
}

/** @param {News} news */
function place({ epoch, cursor }) {
  return { epoch, cursor };
}

/** @param {Store} store @param {Asked} asked */
async function wroteMeanwhile(store, asked) {
  const all = await store.changes();
  return (all.at(-1)?.seq ?? 0) > asked.last;
}

/** Contact, trouble, pause and bytes are for the words of the sync line; a full device goes without. @param {() => Promise<void>} work */
async function noteIfRoom(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NoRoom)) throw error;
  }
}

/**
 * @param {Store} store
 * @param {string} device
 * @param {Partial<Tools>} [tools]
 */
export function openSync(store, device, tools = {}) {
  return new Sync(store, device, {
    fetch: (...asked) => fetch(...asked),
    locks: navigator.locks ?? null,
    now: () => new Date().toISOString(),
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    seconds: SECONDS,
    ...tools,
  });
}
