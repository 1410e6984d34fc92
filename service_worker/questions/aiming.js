// What are you looking for? The twin of mentorlog/questions/aiming.py.
import { parts } from '../clock.js';
import * as forms from '../forms.js';
import { kinds } from '../generated/kinds.js';
import { canonical } from '../seen.js';

const SEEKING = kinds.aim.fields.first.choices ?? [];

/** @typedef {Record<string, any>} Fields */

/** What was said, the newest first. @param {any} ctx @param {number} limit */
export const said = (ctx, limit) => ctx.records.shelf('aim', { limit });

/** What is looked for, the first one first. @param {any} record @returns {string[]} */
export function aims(record) {
  const fields = record ? record.fields : {}, sought = SEEKING.filter(name => (fields.seeking || []).includes(name));
  return [...sought.filter(name => name === fields.first), ...sought.filter(name => name !== fields.first)];
}

/** What was said once, and when. @param {any} record @param {string} zone */
export const item = (record, zone) => ({
  id: record.id, day: parts(record.at, zone), aims: aims(record), text: record.fields.text || '', waiting: record.waiting,
});

/** The fields as the form shows them. @param {Fields} fields */
export const shown = fields => ({ seeking: fields.seeking || [], first: fields.first || '', text: fields.text || '' });

/** The fields of the form. What comes first is among those ticked; of one alone there is no question. @param {any} ctx @returns {Fields} */
export function typed(ctx) {
  const ticked = ctx.form.getAll('seeking'), first = forms.choice(ctx, 'first'), sought = SEEKING.filter(name => ticked.includes(name));
  const alone = sought.length === 1 ? sought[0] : null;
  return { seeking: sought, first: first !== null && sought.includes(first) ? first : alone, text: forms.line(ctx, 'text') };
}

/** Field to words. @param {Fields} fields @returns {Record<string, string>} */
export function wrong(fields) {
  const found = forms.problems('aim', fields), fine = !Object.keys(found).length;
  if (fine && !fields.seeking.length && !fields.text) found.seeking = 'Choose one, or write a line of your own.';
  return found;
}

/** Whether something else is said than last time. @param {any} before @param {Fields} fields */
export const isNews = (before, fields) =>
  !before || Object.entries(fields).some(([name, value]) => canonical(before.fields[name] ?? null) !== canonical(value));
