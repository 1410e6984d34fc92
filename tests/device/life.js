/** Lives of devices, by seed: two tabs, forms that stay open for long, a line that fails, a server that is set back. */

import { opening, write } from '/near/t/changes.js';
import { nameId } from '/near/t/ids.js';
import { editAndSend } from '/near/t/mending.js';
import { discard } from '/near/t/settle.js';
import { begun, edited, isShared, textOf, words } from '/cases/t/fields.js';
import { checkEnd, checkView, tokens } from '/cases/t/promises.js';
import { CLOCKS, Handset, chances } from '/cases/t/handset.js';
import { Line } from '/cases/t/line.js';

const STEPS = 60;
const OFTEN = ['entry', 'entry', 'goal', 'session']; // beside all the others
const ABOUT = { goal: 'rating', session: 'worksheet', worksheet: 'answer', partner: 'agreement' };
const ONCE = ['settings', 'hours', 'busy']; // one for each person
const WHEN = { starts_on: '2026-12-01', starts_time: '15:00', zone: 'Europe/Berlin' };

class Life {
  /** @param {number} seed */
  constructor(seed) {
    this.seed = seed;
    this.chance = chances(seed);
    this.serial = 0;
    this.typed = new Set();
    this.removed = new Set();
    this.stats = {};
    this.line = new Line(this);
  }

  /** @param {any[]} list */
  pick(list) {
    return list[Math.floor(this.chance() * list.length)];
  }

  /** @param {string} name */
  count(name) {
    this.stats[name] = (this.stats[name] ?? 0) + 1;
  }

  newId = () => {
    this.serial += 1;
    return `${this.seed.toString(16).padStart(8, '0')}-0000-4000-8000-${this.serial.toString(16).padStart(12, '0')}`;
  };

  locks() {
    let held = false;
    const request = async (_name, _options, work) => {
      if (held) return work(null);
      held = true;
      try {
        return await work({});
      } finally {
        held = false;
      }
    };
    return { request };
  }

  token() {
    this.serial += 1;
    const token = `t${this.serial}x`;
    this.typed.add(token);
    return token;
  }

  /** Somebody took these words out on purpose, having seen them. @param {unknown} thing */
  forget(thing) {
    for (const token of tokens(thing)) this.removed.add(token);
  }

  /** A sentence more, or another one in its place. @param {string} text */
  changeText(text) {
    const parts = text.split(/(?<=\.)\s+/).filter(Boolean);
    const place = Math.floor(this.chance() * (parts.length + 1));
    if (this.chance() < 0.25 && place < parts.length) this.forget(parts.splice(place, 1));
    parts.splice(place, 0, `I ${this.token()} wrote.`);
    return parts.join(' ');
  }

  // -- what people do

  /** @param {any} device */
  async act(device) {
    if (this.chance() < 0.08) device.skew = this.pick(CLOCKS);
    const what = this.chance();
    if (device.forms.length && what < 0.3) return this.saveOldForm(device);
    const rows = (await device.store.read('records', (tx) => tx.store.getAll())).filter(
      (row) => row.rev || row.waiting,
    );
    if (what < 0.34) return this.emptyBin(device, rows);
    const row = what < 0.48 || !rows.length ? null : this.pick(rows);
    if (!row) return this.writeNew(device);
    if (row.fields.deleted) return undefined;
    if (ABOUT[row.kind] && this.chance() < 0.4) return this.writeAbout(device, row);
    return this.write(device, { ...opening(row, this.newId), kind: row.kind, shown: row.fields });
  }

  /** @param {any} device */
  async writeNew(device) {
    if (this.chance() < 0.1) return this.setUp(device);
    const kind = this.pick([...OFTEN, ...begun()]);
    const form = { ...opening(null, this.newId), kind, shown: {} };
    if (this.chance() < 0.2) return void device.forms.push(form);
    const fields = { [textOf(kind)]: this.changeText('') };
    const pair = ['session', 'line'].includes(kind) && this.chance() < 0.8 ? { pair: this.pick(device.pairs) } : {};
    return this.submit(device, form, kind === 'session' ? { ...fields, ...WHEN, ...pair } : { ...fields, ...pair });
  }

  /** @param {any} device */
  async setUp(device) {
    const kind = this.pick(ONCE);
    return this.writeNamed(device, kind, kind, (shown) => edited(this, kind, shown, []));
  }

  /** Two doors, one record: the id of a rating, a worksheet, an answer or an agreement follows from what it is about. */
  async writeAbout(device, { id, kind }) {
    const about = ABOUT[kind];
    const [name, fields] = {
      rating: [`rating:${id}`, { goal: id, value: 1 + Math.floor(this.chance() * 5) }],
      worksheet: [`worksheet:${id}:set`, { session: id, set: 'set' }],
      answer: [`answer:${id}:q1`, { worksheet: id, question: 'q1' }],
      agreement: [`agreement:${id}`, { partner: id }],
    }[about];
    const speaks = this.chance() < 0.6;
    return this.writeNamed(device, about, name, (shown) => ({ ...fields, ...(speaks && words(this, about, shown)) }));
  }

  /** A record whose id has a meaning. */
  async writeNamed(device, kind, name, fieldsOf) {
    const names = await device.store.meta('names');
    if (!names) return undefined;
    const id = await nameId(names, name);
    const row = (await device.store.many([id])).get(id) ?? null;
    const form = { ...opening(row, this.newId, id), kind, shown: row?.fields ?? {} };
    return this.submit(device, form, fieldsOf(form.shown));
  }

  /** @param {any} device @param {any[]} rows */
  async emptyBin(device, rows) {
    for (const row of rows.filter(({ fields }) => fields.binned_at && !fields.deleted)) {
      this.count('bin emptied');
      this.forget(row.fields);
      await this.submit(device, { ...opening(row, this.newId), kind: row.kind, shown: row.fields }, { deleted: true });
    }
  }

  /**
   * Save now, or leave the form open; or save, and leave the same open in a second tab.
   * @param {any} device
   * @param {any} form
   */
  async write(device, form) {
    if (this.chance() < 0.25) {
      device.forms.push({ ...form });
      if (this.chance() < 0.5) return undefined;
      form.change = this.newId();
    }
    const fields = this.edited(device, form);
    return fields && this.submit(device, form, fields);
  }

  /** What somebody makes of what a form shows; the form sends all it shows. @param {any} device @param {any} form */
  edited(device, { kind, shown }) {
    const what = this.chance();
    if (kind === 'kept' || (what < 0.06 && !ONCE.includes(kind))) {
      this.forget(shown);
      return { deleted: true };
    }
    if (what < 0.18 && !ONCE.includes(kind)) return { binned_at: shown.binned_at ? null : '2026-11-24T09:00:00.000Z' };
    if (what < 0.36 && isShared(kind)) return { shared: this.pick([...device.shares, null]) };
    if (what < 0.4 && kind === 'entry') return { title: 'z'.repeat(201), text: this.changeText(shown.text ?? '') };
    if (what < 0.6 || !textOf(kind)) return edited(this, kind, shown, []);
    const all = Object.entries(shown).filter(([one]) => ['title', 'text', 'notes', 'reason', 'value'].includes(one));
    return { ...Object.fromEntries(all), ...words(this, kind, shown) };
  }

  /** @param {any} device @param {any} form @param {any} fields */
  async submit(device, form, fields) {
    const wish = this.wishOf(form, fields);
    const store = this.chance() < 0.2 ? device.tab : device.store;
    if (this.chance() < 0.06) return this.saveAborted(store, wish, device);
    const taps = this.chance() < 0.15 ? 3 : 1;
    const made = await Promise.all(Array.from({ length: taps }, () => write(store, [wish], { now: device.skew })));
    if (made.filter((one) => !one.again).length > 1) throw new Error('a double tap was two changes');
    if (!fields.deleted && this.chance() < 0.12)
      device.forms.push({ ...form, shown: { ...form.shown, ...fields }, filled: fields });
    return checkView(device.store);
  }

  /** @param {any} form @param {any} fields */
  wishOf({ change, record, kind, base, after }, fields) {
    return { id: change, record, kind, fields, ...(after ? { after } : { base }) };
  }

  /** The disk is full, or the device dies inside the transaction: nothing remains, and nothing was promised. */
  async saveAborted(store, wish, device) {
    this.count('aborted save');
    const before = JSON.stringify(await store.changes());
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function broken(...given) {
      const request = put.apply(this, given);
      if (this.name === 'records') request.addEventListener('success', () => this.transaction.abort());
      return request;
    };
    const kept = await write(store, [wish], { now: device.skew }).then(
      (made) => made.again,
      () => true,
    );
    IDBObjectStore.prototype.put = put;
    if (!kept || JSON.stringify(await store.changes()) !== before)
      throw new Error('an aborted save was reported as done');
    this.forget(wish.fields); // the form shows them still, and the person gives up
  }

  /** A form opened long ago is saved as it was then, or one that *Back* brought, with more. @param {any} device */
  async saveOldForm(device) {
    const [form] = device.forms.splice(Math.floor(this.chance() * device.forms.length), 1);
    this.count(form.filled ? 'back' : 'old form');
    const fresh = form.base === '' && !form.filled;
    const fields = fresh ? { [textOf(form.kind)]: this.changeText('') } : this.edited(device, form);
    if (!fields) return undefined;
    await write(device.store, [this.wishOf(form, { ...form.filled, ...fields })], { now: device.skew });
    return checkView(device.store);
  }

  /** A person settles what was refused. @param {any} device */
  async settle(device) {
    for (const change of (await device.store.pending()).filter((one) => one.state === 'refused')) {
      const { title, ...fields } = change.fields;
      if (change.why === 'too_long' && title && Object.keys(fields).length && this.chance() < 0.6) {
        this.count('edit and send');
        const more = textOf(change.kind) in fields ? words(this, change.kind, fields) : {};
        const wish = { id: this.newId(), kind: change.kind, record: change.record, fields: { ...fields, ...more } };
        await editAndSend(device.store, change.id, wish, { now: device.skew });
      } else if (this.chance() < 0.3 && !change.restore) {
        this.count('discard');
        this.forget(change.fields);
        await discard(device.store, change.id);
      }
    }
  }

  async step() {
    const device = this.pick(this.devices);
    const what = this.chance();
    if (what < 0.55) return this.act(device);
    if (what < 0.75) return device.sync.run({ tapped: true });
    if (what < 0.83) return Promise.all([device.sync.run({ tapped: true }), device.other.run({ tapped: true })]);
    if (what < 0.86) return this.crash(device);
    if (what < 0.89) return this.line.deliverLate();
    if (what < 0.94) return this.settle(device);
    if (what < 0.96) return this.line.door('backup');
    if (what < 0.98) return this.line.door('restore').then((did) => did && this.count('restore'));
    return this.chance() < 0.2 ? this.line.door('end') : undefined;
  }

  /** The browser is killed while the request of a sync is under way. @param {any} device */
  async crash(device) {
    this.count('killed');
    const killed = new Promise((resolve) => {
      this.line.onReply = async () => {
        await device.kill();
        resolve(null);
        return new Promise(() => {});
      };
    });
    await Promise.race([killed, device.sync.run({ tapped: true })]);
    this.line.onReply = null;
  }

  async run() {
    this.devices = (await this.line.door('reset', { seed: this.seed })).map((row) => new Handset(this, row));
    for (let step = 0; step < STEPS; step += 1) await this.step();
    this.line.faults = false;
    for (let round = 0; round < 5; round += 1) {
      for (const device of this.devices) {
        if (round < 2) await this.settle(device);
        await device.sync.run({ tapped: true });
      }
    }
    await checkEnd(this);
    for (const device of this.devices) await device.store.forget();
    return this.stats;
  }
}

/** @param {number} first @param {number} count @returns {Promise<Record<string, number>>} what happened, by name */
export async function live(first, count) {
  const all = {};
  for (let seed = first; seed < first + count; seed += 1) {
    const stats = await new Life(seed).run().catch((error) => {
      throw new Error(`seed ${seed}: ${error.stack}`);
    });
    for (const [name, times] of Object.entries(stats)) all[name] = (all[name] ?? 0) + times;
  }
  return all;
}
