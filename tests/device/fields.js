/** Another value for a field of any type: what people make of what a form shows. Every word is typed once in a life. */

import { kinds } from '/near/t/generated/kinds.js';

const NOT_TYPED = new Set(
  ['binned_at', 'deleted', 'shared', 'pair', 'goal', 'worksheet', 'question', 'set', 'partner'], // and what only the server writes
);
const VALUES = {
  day: ['2026-12-02', '2026-12-03', '2026-12-04'],
  time: ['09:00', '15:00'],
  instant: ['2026-12-02T09:00:00.000Z', '2026-12-03T09:00:00.000Z'],
  zone: ['Europe/Berlin', 'Europe/Lisbon'],
  slug: ['q1', 'q2'],
};
const FEW = 6;
const CELLS = ['mon-06', 'mon-10', 'wed-09', 'wed-17', 'sun-21'];
const SPANS = ['2026-12-07T08:00Z/90', '2026-12-08T08:00Z/30', '2026-12-09T18:30Z/1440'];

/** The field that most of a record's words stand in; undefined where there is none. @param {string} kind */
export function textOf(kind) {
  return ['text', 'notes', 'reason', 'title', 'fallback', 'confidentiality'].find((name) => name in kinds[kind].fields);
}

/** Kinds that are begun by themselves; the others are about something. */
export function begun() {
  return Object.keys(kinds).filter((kind) => kind !== 'kept' && (!kinds[kind].meaning || kind === 'worksheet'));
}

/** Whether one thing of this kind can be shown to a mentor. @param {string} kind */
export function isShared(kind) {
  return 'shared' in kinds[kind].fields;
}

/**
 * One or two fields of a record with other values.
 * @param {any} life
 * @param {string} kind
 * @param {Record<string, any>} shown
 * @param {string[]} refs ids that it can name
 */
export function edited(life, kind, shown, refs) {
  const { fields, together } = kinds[kind];
  const names = Object.keys(fields).filter((name) => !NOT_TYPED.has(name) && !fields[name].server);
  const chosen = new Set([life.pick(names), life.pick(names)]);
  for (const group of together) if (group.some((name) => chosen.has(name))) group.forEach((name) => chosen.add(name));
  return Object.fromEntries([...chosen].map((name) => [name, other(life, fields[name], shown[name], refs)]));
}

/** @param {any} life @param {any} spec @param {any} value @param {string[]} refs */
function other(life, spec, value, refs) {
  if (spec.join === 'text') return longer(life, value ?? '', spec.max);
  if (spec.type === 'pieces') return spec.join === 'set' ? toggled(life, value ?? []) : [life.pick(SPANS)];
  if (spec.join === 'set') return [...new Set([...(value ?? []), `tag${life.serial % 7}`])].slice(-3);
  if (spec.item) return items(life, spec.item, value ?? []);
  if (spec.type === 'whole') return spec.min + Math.floor(life.chance() * (spec.max - spec.min + 1));
  if (spec.type === 'flag') return !value;
  return life.pick(spec.choices ?? VALUES[spec.type] ?? [...refs, life.newId()]);
}

/** One hour more, or one less. @param {any} life @param {string[]} cells */
function toggled(life, cells) {
  const cell = life.pick(CELLS);
  return cells.includes(cell) ? cells.filter((one) => one !== cell) : [...cells, cell];
}

/** The record's words with a sentence more. @param {any} life @param {string} kind @param {any} shown */
export function words(life, kind, shown) {
  const name = textOf(kind);
  return { [name]: longer(life, shown[name] ?? '', kinds[kind].fields[name].max) };
}

/** A sentence more; all anew if the field is full. @param {any} life @param {string} value @param {number} max */
function longer(life, value, max) {
  if (value.length < max - 20) return life.changeText(value);
  life.forget(value);
  return life.changeText('');
}

/** Add, change, take out or move an element. @param {any} life @param {any} item @param {any[]} rows */
function items(life, item, rows) {
  const name = Object.keys(item).find((one) => item[one].join === 'text');
  if (!name) return rows; // the days of a goal hold no words
  const what = rows.length ? Math.floor(life.chance() * 4) : 0;
  const place = Math.floor(life.chance() * rows.length);
  const more = () => ({ id: life.newId(), [name]: life.token() });
  if (what === 0 && rows.length < FEW) return rows.toSpliced(place, 0, more());
  if (what === 3 || !rows.length) return [...rows].reverse();
  life.forget(rows[place]);
  if (what === 2) return rows.toSpliced(place, 1);
  return rows.with(place, { ...rows[place], [name]: life.token() });
}
