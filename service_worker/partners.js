// Partner cards: how a mentee reaches a mentor who has no account here. The twin of mentorlog/partners.py.
import * as forms from './forms.js';

const MOST_WAYS = 10;
const ORDER = ['name', 'email', 'phone', 'link', 'zone', 'fallback'];
// ASCII rules alone: \s, \w and ignored case are not the same in Python and in JavaScript.
const LINK = /https?:\/\/[^\x00-\x20]+/i;
const ALL_LINK = /^https?:\/\/[^\x00-\x20]+$/i;
const BARE_LINK = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(\/[^\x00-\x20]*)?$/i;
const MAIL = /[^\x00-\x20@,<>]{1,64}@[^\x00-\x20@,<>]{1,180}\.[^\x00-\x20@,<>.]{1,60}/;
const ALL_MAIL = /^[^\x00-\x20@,<>]{1,64}@[^\x00-\x20@,<>]{1,180}\.[^\x00-\x20@,<>.]{1,60}$/;
const NUMBER = /\+?[0-9][0-9 ()/.-]{2,38}[0-9]/;
const ABROAD = /^[ (]*\+/;
const MESSAGE = /^(sms|text|message)/i;
const VIDEO = /^video/i;

/** @typedef {Record<string, any>} Fields */
/** @typedef {{href: string, icon: string, title: string, own: string, small: string}} Way */

/** A link as it was typed, with `https://` before a bare address such as meet.example/room. @param {string} typed */
export const web = typed => (BARE_LINK.test(typed) ? `https://${typed}` : typed);

/** True for what a browser can open; nothing else becomes a link. @param {string} link */
export const isWeb = link => ALL_LINK.test(link);

/** The digits of a phone number for `tel:` and `sms:`, with a leading plus; '' where there are too few. @param {string} phone */
export function number(phone) {
  const plus = ABROAD.test(phone) ? '+' : '';
  const digits = (plus ? phone.replace('(0)', '') : phone).replace(/[^0-9]/g, '');
  return digits.length > 2 ? plus + digits : '';
}

/** The fallback ways of a card in their order, else its phone number. @param {Fields} fields @returns {Way[]} */
export function ways(fields) {
  const typed = (fields.fallback || '').split('\n').map((/** @type {string} */ line) => line.replace(/^ +| +$/g, ''));
  const name = fields.name || 'your mentor';
  const found = typed.filter(Boolean).slice(0, MOST_WAYS).map((/** @type {string} */ line) => way(line, name));
  const phone = fields.phone || '';
  if (found.length) return found;
  return number(phone) ? [call(phone, '', name), message(phone, '', name)] : [];
}

/** One line of the fallback, such as `phone +49 30 1234567` or `chat https://…`. @param {string} line @param {string} name @returns {Way} */
export function way(line, name) {
  const link = LINK.exec(line)?.[0];
  if (link) {
    const said = without(line, link);
    return { href: link, icon: VIDEO.test(said) ? 'video' : 'chat', own: said, title: 'Open the link', small: link };
  }
  const mail = MAIL.exec(line)?.[0];
  if (mail) return { href: `mailto:${mail}`, icon: 'letter', own: '', title: `Write to ${name}`, small: mail };
  const dialled = NUMBER.exec(line)?.[0];
  if (dialled) return (MESSAGE.test(line) ? message : call)(dialled, without(line, dialled), name);
  return { href: '', icon: 'people', own: line, title: '', small: '' };
}

/** What a person wrote beside an address. @param {string} line @param {string} address */
export const without = (line, address) => line.replace(address, ' ').replace(/^[ :,-]+|[ :,-]+$/g, '');

/** A way by phone. @param {string} phone @param {string} said @param {string} name @returns {Way} */
export const call = (phone, said, name) =>
  ({ href: `tel:${number(phone)}`, icon: 'call', own: '', title: `Call ${name}`, small: beside(said, phone) });

/** A way by text message. @param {string} phone @param {string} said @param {string} name @returns {Way} */
export const message = (phone, said, name) =>
  ({ href: `sms:${number(phone)}`, icon: 'sms', own: '', title: `Text ${name}`, small: beside(said, phone) });

/** The number, with what a person wrote beside it when that is more than the name of the way. @param {string} said @param {string} phone */
export const beside = (said, phone) => (said.includes(' ') ? `${phone}, ${said}` : phone);

/**
 * The way into a session: the session's own link or number, else the one on the card.
 * @param {Fields} fields @param {Fields} card @returns {{href: string, words: string}}
 */
export function reach(fields, card) {
  const phone = fields.phone || card.phone || '', channel = fields.channel || 'video';
  if (channel === 'phone') {
    const digits = number(phone);
    return { href: digits ? `tel:${digits}` : '', words: phone };
  }
  const link = fields.link || (channel === 'in_person' ? '' : card.link || '');
  return { href: isWeb(link) ? link : '', words: link };
}

/** A card as a list prints it. @param {any} record */
export const item = ({ id, fields, waiting }) =>
  ({ id, name: fields.name || '', phone: fields.phone || '', zone: fields.zone || '', waiting });

/** All cards of a person by id, the newest first. @param {any} ctx @returns {Promise<Map<string, any>>} */
export const cards = async ctx =>
  new Map((await ctx.records.shelf('partner')).map((/** @type {any} */ record) => [record.id, record]));

/** The fields of the card's form. @param {any} ctx */
export const typed = ctx => ({
  name: forms.line(ctx, 'name'), email: forms.line(ctx, 'email'), phone: forms.line(ctx, 'phone'),
  link: web(forms.line(ctx, 'link')), zone: forms.choice(ctx, 'zone'), fallback: forms.text(ctx, 'fallback'),
});

/** The fields of a card as its form shows them. @param {Fields} fields */
export const shown = fields => Object.fromEntries(ORDER.map(name => [name, fields[name] || '']));

/** Field to words. @param {Fields} fields @returns {Record<string, string>} */
export function wrong(fields) {
  const found = forms.problems('partner', fields);
  if (!fields.name) found.name = 'Write the name you know your mentor by.';
  if (fields.email && !ALL_MAIL.test(fields.email)) found.email ??= 'Write an e-mail address, such as name@example.org.';
  if (fields.phone && !number(fields.phone)) found.phone ??= 'Write the number with its country code, such as +49 30 1234567.';
  if (fields.link && !isWeb(fields.link)) found.link ??= 'Write the whole address, beginning with https://.';
  return Object.fromEntries(ORDER.filter(name => found[name]).map(name => [name, found[name]]));
}

/** @param {any} ctx */
async function create(ctx) {
  if (ctx.method === 'GET') {
    return ctx.show('partners/form.html', { id: '', opening: forms.opening(ctx), form: shown({}), errors: {} });
  }
  return write(ctx, '', forms.typedOpening(ctx));
}
export { create as new };

/** @param {any} ctx @param {string} id @param {any} opening */
export async function write(ctx, id, opening) {
  const fields = typed(ctx), errors = wrong(fields);
  if (!Object.keys(errors).length) {
    return ctx.seeOther('partners.show', { id: await forms.save(ctx, forms.change('partner', fields, opening)) });
  }
  return ctx.show('partners/form.html', { id, opening, form: shown(fields), errors }, 422);
}

/** @param {any} ctx @param {{id: string}} args */
export async function show(ctx, { id }) {
  return ctx.show('partners/show.html', { card: whole(await ctx.records.find('partner', id)) });
}

/** A card as its page prints it; what can be tapped beside what was typed. @param {any} record */
export function whole(record) {
  const { fields } = record, email = fields.email || '', digits = number(fields.phone || ''), link = fields.link || '';
  return {
    ...item(record), email, mail: ALL_MAIL.test(email) ? `mailto:${email}` : '',
    call: digits ? `tel:${digits}` : '', link, web: isWeb(link) ? link : '', ways: ways(fields),
  };
}

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const record = await ctx.records.find('partner', id);
  if (ctx.method === 'GET') {
    const opening = forms.opening(ctx, record);
    return ctx.show('partners/form.html', { id, opening, form: shown(record.fields), errors: {} });
  }
  return write(ctx, id, forms.typedOpening(ctx, record));
}
