/** The line between the devices of a life and the server: it loses, doubles and delays what goes over it. */

import { bodyOf } from '/cases/t/scene.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };

export class Line {
  faults = true;
  /** @type {(() => Promise<unknown>)[]} */
  late = [];
  /** @type {(() => Promise<Response>)|null} what happens when the next reply arrives */
  onReply = null;

  /** @param {any} life */
  constructor(life) {
    this.life = life;
  }

  /** @param {string} name @param {object} [asked] */
  async door(name, asked = {}) {
    const reply = await fetch(`/door/${name}`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(asked) });
    if (!reply.ok) throw new Error(`${name}: ${await reply.text()}`);
    return reply.json();
  }

  /** What a device's sync takes for `fetch`. @param {string} path @param {RequestInit} init */
  fetch = async (path, init) => {
    const { life } = this;
    const fault = this.faults ? life.chance() : 1;
    const send = () => fetch(path, { ...init, signal: undefined });
    if (fault < 0.06) return this.lose('lost request');
    if (fault < 0.1) return this.answer('401', { error: 'signed_out' }, 401);
    if (fault < 0.14) return this.answer('500', {}, 500);
    if (fault < 0.17)
      return this.answer('413', { error: 'too_big' }, (await bodyOf(init)).changes.length > 1 ? 413 : 503);
    if (fault < 0.2)
      return this.answer('422', { error: 'malformed' }, (await bodyOf(init)).changes.length > 1 ? 422 : 503);
    const reply = await send();
    if (reply.status === 500) throw new Error(`the server broke: ${await reply.text()}`);
    if (this.onReply) return this.onReply();
    if (fault < 0.28) return this.lose('lost reply');
    if (fault < 0.36) return this.count('duplicate', send());
    if (fault < 0.42) this.late.push(send);
    return reply;
  };

  /** @param {string} name */
  lose(name) {
    this.life.count(name);
    throw new TypeError(name);
  }

  /** @param {string} name @param {object} body @param {number} status */
  answer(name, body, status) {
    return this.count(name, new Response(JSON.stringify(body), { status, headers: JSON_TYPE }));
  }

  /** @template T @param {string} name @param {T} what */
  count(name, what) {
    this.life.count(name);
    return what;
  }

  async deliverLate() {
    const send = this.late.pop();
    if (!send) return;
    this.life.count('late duplicate');
    await send();
  }
}
