// Looking at entries: as a list prints them, and as the reader does. The twin of mentorlog/journal/looking.py.
import { parts } from '../clock.js';
import * as forms from '../forms.js';
import { snippet } from '../prose.js';

const SNIPPET = 160;

/** An entry as a list prints it. @param {any} record @param {string} zone */
export function item(record, zone) {
  const { fields } = record;
  return {
    id: record.id, day: parts(record.at, zone), title: fields.title || '',
    snippet: snippet(fields.text || fields.lesson || '', SNIPPET), tags: fields.tags || [],
    session: Boolean(fields.session), waiting: record.waiting,
  };
}

/** The items of a page by the month in which they were written, newest first. @param {any[]} items */
export function byMonth(items) {
  /** @type {any[]} */
  const groups = [];
  for (const one of items) {
    const name = `${one.day.year}-${String(one.day.month).padStart(2, '0')}`;
    if (groups.at(-1)?.name !== name) groups.push({ name, year: one.day.year, month: one.day.month, entries: [] });
    groups.at(-1).entries.push(one);
  }
  return groups;
}

/** @param {any} ctx @param {any} record @param {string} zone */
export function whole(ctx, record, zone) {
  const { fields } = record;
  return { ...item(record, zone), text: fields.text || '', binned: Boolean(fields.binned_at), opening: forms.opening(ctx, record) };
}
