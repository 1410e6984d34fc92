// Partner cards: how a mentee reaches a mentor who has no account here. The twin of mentorlog/partners.py.
import * as agreement from './agreement/looking.js';
import { isZone, parts } from './clock.js';
import * as forms from './forms.js';
import * as ways from './ways.js';
import { number, opens, web } from './ways.js';

const ORDER = ['name', 'email', 'phone', 'link', 'zone', 'fallback'];
/** @type {[string, (typed: string) => string][]} */
const CANNOT_WORK = [['email', ways.wrongMail], ['phone', ways.wrongNumber], ['link', ways.wrongLink], ['fallback', ways.wrongLines]];

/** @typedef {Record<string, any>} Fields */
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
  return { href: opens(link) ? link : '', words: link };
}

/** A card as a list prints it. @param {any} record */
export const item = ({ id, fields, waiting }) =>
  ({ id, name: fields.name || '', phone: fields.phone || '', zone: fields.zone || '', waiting });

/** A card as the list of sessions prints it: also the hour on its clock, and its agreement in brief. @param {any} ctx @param {any} card */
export const row = (ctx, card) =>
  ({ ...item(card), now: there(ctx, card.fields), agreement: agreement.brief(card.agreement, parts(ctx.now, ctx.zone).on) });

/** What the clock of a partner shows now, as parts; null where it is mine or not known. @param {any} ctx @param {Fields} fields */
export const there = (ctx, { zone }) => (zone && zone !== ctx.zone && isZone(zone) ? parts(ctx.now, zone) : null);

/** All cards of a person by id, the newest first, each with the fields of its `agreement`, {} without one. @param {any} ctx @returns {Promise<Map<string, any>>} */
export async function cards(ctx) {
  const agreed = await agreement.byCard(ctx), found = await ctx.records.shelf('partner');
  return new Map(found.map((/** @type {any} */ record) => [record.id, { ...record, agreement: agreed.get(record.id) ?? {} }]));
}

/** The fields of the card's form. @param {any} ctx */
export const typed = ctx => ({
  name: forms.line(ctx, 'name'), email: forms.line(ctx, 'email'), phone: forms.line(ctx, 'phone'),
  link: web(forms.line(ctx, 'link')), zone: forms.zone(ctx, 'zone'), fallback: forms.text(ctx, 'fallback'),
});

/** The fields of a card as its form shows them. @param {Fields} fields */
export const shown = fields => Object.fromEntries(ORDER.map(name => [name, fields[name] || '']));

/** Field to words. @param {Fields} fields @returns {Record<string, string>} */
export function wrong(fields) {
  const found = forms.problems('partner', fields);
  if (!fields.name) found.name = 'Write the name you know your mentor by.';
  for (const [name, rule] of CANNOT_WORK) {
    const words = fields[name] && rule(fields[name]);
    if (words) found[name] ??= words;
  }
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
  const record = await ctx.records.find('partner', id), of = await agreement.ofCard(ctx, id);
  return ctx.show('partners/show.html', { card: whole(ctx, record, of ? of.fields : {}) });
}

/** A card as its page prints it; what can be tapped beside what was typed. @param {any} ctx @param {any} record @param {Fields} agreed fields of its agreement */
export function whole(ctx, record, agreed) {
  const { on } = parts(ctx.now, ctx.zone);
  const { fields } = record, found = agreement.waysTo(fields, agreed);
  const [email, phone, link] = ['email', 'phone', 'link'].map(name => fields[name] || '');
  const mail = ways.isMail(email) ? ways.mailto(email) : '', call = number(phone) ? `tel:${number(phone)}` : '', web = opens(link) ? link : '';
  return {
    ...item(record), email, mail, call, web,
    kept: [[link, web], [phone, call], [email, mail]].filter(([typed, href]) => typed && !href).map(([typed]) => typed), ways: found, now: there(ctx, fields),
    lines: agreed.ways?.length ? others(ways.ofCard({ fallback: fields.fallback }), found) : [], agreement: agreement.brief(agreed, on),
  };
}

/** The lines of a card that lead elsewhere than the ways which stand above them. @param {Fields[]} lines @param {Fields[]} found */
export function others(lines, found) {
  const said = found.map(leads);
  return lines.filter(one => !said.includes(leads(one)));
}

/** Where a way leads, whatever a text message says already. @param {Fields} way @returns {string} */
export const leads = ({ href, own }) => (href.startsWith('sms:') ? href.split('?')[0] : href) || own;

/** @param {any} ctx @param {{id: string}} args */
export async function edit(ctx, { id }) {
  const record = await ctx.records.find('partner', id);
  if (ctx.method === 'GET') {
    const opening = forms.opening(ctx, record);
    return ctx.show('partners/form.html', { id, opening, form: shown(record.fields), errors: {} });
  }
  return write(ctx, id, forms.typedOpening(ctx, record));
}
