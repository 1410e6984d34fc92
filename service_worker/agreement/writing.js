// Writing an agreement: what its forms show, what is typed, what is wrong. The twin of mentorlog/agreement/writing.py.
import * as forms from '../forms.js';
import * as ways from '../ways.js';
import { RHYTHMS } from './looking.js';

const MOST_WAYS = 4;
const MOST_SLOTS = 40; // fields for ways in one form; versions of two devices can join to more than four
const LENGTHS = [30, 45, 60, 90]; // minutes
const OWN = 'own';
export const OTHER = 'other';
/** @type {Record<string, string>} */
const KIND_OF = { call: 'call', sms: 'text', video: 'video', chat: 'chat', letter: 'mail', people: 'other' };
const ORDER = ['rhythm', 'rhythm_own', 'minutes', 'ways', 'wait_minutes', 'notice', 'blocked', 'confidentiality', 'review_on'];
const ONE_WAY = 'Write a second way, for when the first does not work either. One number can be called and texted.';
const NO_WORDS = 'Say it in a few words, such as: every third Tuesday.';
export const PAST = 'Choose a day that is still to come.';

/** @typedef {Record<string, any>} Fields */
/** @typedef {{id: string, kind: string, address: string}[]} Slots the fields for ways, empty ones too; id: '' for a new one */

/** A field for each way that there is, and room for more. @param {Fields[]} found @returns {Slots} */
export const slots = found => filledUp(found.map(({ id, way, address }) => ({ id, kind: way || 'call', address: address || '' })));

/** The fields for ways with room for more. @param {Slots} found @returns {Slots} */
export const filledUp = found =>
  [...found, ...Array.from({ length: Math.max(0, MOST_WAYS - found.length) }, () => ({ id: '', kind: 'call', address: '' }))];

/** The first ways to agree on: those that stand as lines on the card, else its number. @param {any} card */
export const suggested = card => filledUp(ways.ofCard(card.fields).slice(0, MOST_WAYS)
  .map(one => ({ id: '', kind: KIND_OF[one.icon], address: ways.addressOf(one) || one.own })));

/** The fields for ways as they came. @param {any} ctx @returns {Slots} */
export function typedSlots(ctx) {
  const names = Array.from({ length: MOST_SLOTS }, (_, at) => `way${at + 1}`).filter(name => ctx.form.has(name));
  return names.map(name => ({ id: forms.line(ctx, `${name}_id`), kind: forms.line(ctx, `${name}_kind`), address: forms.line(ctx, name) }));
}

/** The ways that were typed. @param {Slots} found @param {string} change */
export const typedWays = (found, change) => found
  .map((slot, at) => ({ id: slot.id || `${change}-${at + 1}`, way: slot.kind, address: addressed(slot) })).filter(one => one.address);

/** An address as it is kept: a bare one of a room becomes a link. @param {{kind: string, address: string}} slot */
export const addressed = ({ kind, address }) => (['video', 'chat'].includes(kind) ? ways.web(address) : address);

/** The fields of the form, without the ways. @param {any} ctx @returns {Fields} */
export const typed = ctx => ({
  rhythm: forms.choice(ctx, 'rhythm'), rhythm_own: forms.line(ctx, 'rhythm_own'), minutes: forms.number(ctx, 'minutes'),
  wait_minutes: forms.number(ctx, 'wait_minutes') ?? 5, notice: forms.choice(ctx, 'notice'),
  blocked: forms.text(ctx, 'blocked'), confidentiality: forms.text(ctx, 'confidentiality'), review_on: forms.choice(ctx, 'review_on'),
});

/** The fields of an agreement as its form shows them. @param {Fields} fields @param {Slots} found @returns {Fields} */
export const shown = (fields, found) =>
  ({ ...Object.fromEntries(ORDER.map(name => [name, fields[name] || ''])), wait_minutes: fields.wait_minutes ?? 5, ways: found });

/** The lengths to choose from, with the one that was chosen. @param {Fields} form */
export function lengths(form) {
  const found = typeof form.minutes === 'number' ? [...new Set([...LENGTHS, form.minutes])] : LENGTHS;
  return found.toSorted((one, other) => one - other).map(one => [one, one]);
}

/** Field to words; a way that cannot work is named `way1` ... @param {Fields} fields @param {Slots} found @param {Fields} before fields of the agreement @param {string} on today @returns {Record<string, string>} */
export function wrong(fields, found, before, on) {
  const errors = forms.problems('agreement', fields, before);
  if (fields.rhythm === OWN && !fields.rhythm_own) errors.rhythm_own = NO_WORDS;
  if (fields.ways.length === 1) errors.ways ??= ONE_WAY;
  if ((fields.review_on || on) < on && fields.review_on !== (before.review_on ?? null)) errors.review_on ??= PAST;
  const each = found.map((slot, at) => [`way${at + 1}`, wrongWay(slot)]).filter(([, words]) => words);
  const kept = ORDER.filter(name => errors[name] && !(name === 'ways' && each.length));
  return { ...Object.fromEntries(kept.map(name => [name, errors[name]])), ...Object.fromEntries(each) };
}

/** Why a way cannot work, in words; '' where it may, and for an empty field. @param {{kind: string, address: string}} slot @returns {string} */
export function wrongWay(slot) {
  const { kind } = slot, address = addressed(slot);
  const [problem] = Object.values(forms.itemProblems('agreement', 'ways', { id: 'new', way: kind, address }));
  if (!address || problem) return address ? problem : '';
  if (['call', 'text'].includes(kind)) return ways.wrongNumber(address);
  if (kind === 'mail') return ways.wrongMail(address);
  return kind === OTHER ? '' : ways.wrongLink(address);
}

/** The fields without words for a rhythm that needs none. @param {Fields} fields @returns {Fields} */
export const ownOnly = fields => (Object.hasOwn(RHYTHMS, fields.rhythm ?? '') ? { ...fields, rhythm_own: '' } : fields);
