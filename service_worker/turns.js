// What a session went through: each state that it came into, with its word and when. Twin: mentorlog/turns.py.
import { parts } from './clock.js';

const MOST = 20;
const STATES = ['planned', 'held', 'missed', 'cancelled'];

/** @typedef {Record<string, any>} Fields */

/** The fields of a change with a line about the state that it brings; as they are where the state stays. @param {{now: string}} ctx @param {any} record @param {Fields} fields @param {string} change its id @returns {Fields} */
export function noted({ now }, record, fields, change) {
  /** @type {Fields[]} */
  const rows = record.fields.turns ?? [], before = rows.find(one => one.id === change);
  if (!('state' in fields) || !(before || fields.state !== (record.fields.state || 'planned'))) return fields;
  const line = { id: change, state: fields.state, why: fields.why || '', at: before?.at || now };
  return { ...fields, turns: [...rows.filter(one => one.id !== change), line].slice(-MOST) };
}

/** A change of a session with a line about the state that it brings. @param {{now: string}} ctx @param {any} record @param {any} change */
export const marked = (ctx, record, change) => ({ ...change, fields: noted(ctx, record, change.fields, change.id) });

/** The states that a session came into, the first one first; of a phone's list one may be half there. @param {any} record @param {string} zone */
export function told(record, zone) {
  /** @type {Fields[]} */
  const rows = (record.fields.turns ?? []).filter((/** @type {Fields} */ one) => one.at && STATES.includes(one.state));
  return rows.toSorted((one, other) => Number(one.at > other.at) - Number(one.at < other.at))
    .map(({ state, why, at }) => ({ state, why: why || '', at: parts(at, zone) }));
}
