// Writing an entry: what its form shows, what was typed, and what is wrong with it. The twin of mentorlog/journal/writing.py.
import * as forms from '../forms.js';
import { SPACE } from '../prose.js';

/** Tags as they were typed, between commas or spaces, without `#`, each once, in order. @param {string} typed */
export const splitTags = typed => [...new Set(typed.replace(SPACE, ' ').split(/[ ,#]/).filter(Boolean))];

/** The fields of the entry form. @param {any} ctx */
export const typed = ctx =>
  ({ title: forms.line(ctx, 'title'), text: forms.text(ctx, 'text'), tags: splitTags(forms.text(ctx, 'tags')) });

/** The fields of an entry as its form shows them. @param {any} fields */
export const shown = fields =>
  ({ title: fields.title || '', text: fields.text || '', tags: (fields.tags || []).join(' ') });

/** Field to words. An entry without a word is none. @param {any} fields */
export function wrong(fields) {
  const found = forms.problems('entry', fields);
  if (!Object.keys(found).length && !fields.title && !fields.text.replace(SPACE, '')) found.text = 'Write something first. One word is enough.';
  return found;
}
