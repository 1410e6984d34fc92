// Look, zone, reminders, and a file of this device's copy. The twin of mentorlog/settings.py.
import { isZone, iso, parse, parts, wall } from './clock.js';
import { heldBack, outside } from './due/quiet.js';
import * as forms from './forms.js';
import { format, mails } from './generated/config.js';
import { nameId } from './ids.js';

const FLAGS = ['remind', 'remind_join', 'remind_prepare', 'remind_goal', 'remind_worksheet'];
const MAILS = ['mail_prepare', 'mail_join', 'mail_goal', 'mail_worksheet'];
const JOIN_BEFORE = 30; // minutes
/** @type {Record<string, string>} */
const WHEN = { prepare_day: 'before', goal_day: 'same', prepare_time: '19:00', goal_time: '09:00', worksheet_time: '19:00' };
const TYPED = ['prepare_day', 'prepare_time', 'join_before', 'goal_day', 'goal_time', 'worksheet_time', 'quiet_from',
  'quiet_until', 'lock_screen'];
const LEADS = [5, 10, 15, 30, 60, 120]; // minutes
const HALF = 'Quiet hours need both: from when, and until when. Leave both empty for none.';
const LEAST_LOUD = 60, A_DAY = 24 * 60; // minutes
const WHOLE_DAY = 'That would be quiet day and night: leave an hour. To hear of nothing at all, switch Remind me off.';

/** The settings as the form shows them, each with what holds when nothing was chosen. @param {any} fields */
export const shown = fields => ({
  theme: fields.theme || 'auto', text_size: fields.text_size || 'normal',
  zone: fields.zone || '', shortcuts: fields.shortcuts !== false,
});

/** The fields of the settings form; no zone means: follow the phone. @param {any} ctx */
export const typed = ctx => ({
  theme: forms.choice(ctx, 'theme'), text_size: forms.choice(ctx, 'text_size'), zone: forms.zone(ctx, 'zone'),
  shortcuts: forms.ticked(ctx, 'shortcuts'),
});

/** What somebody is reminded of and when, each with what holds when nothing was chosen. @param {any} fields @returns {Record<string, any>} */
export const reminding = fields => ({
  ...each(FLAGS, name => fields[name] !== false),
  ...each(Object.keys(WHEN), name => fields[name] || WHEN[name]),
  mail: fields.mail === true, ...each(MAILS, name => fields[name] !== false),
  join_before: fields.join_before || JOIN_BEFORE, quiet_from: fields.quiet_from || '', quiet_until: fields.quiet_until || '',
  lock_screen: fields.lock_screen || 'neutral',
});

/** @param {string[]} names @param {(name: string) => any} value @returns {Record<string, any>} */
const each = (names, value) => Object.fromEntries(names.map(name => [name, value(name)]));

/** The fields of the form of the reminders. Of letters it says nothing where it had no switches for them. @param {any} ctx @returns {Record<string, any>} */
export const typedReminding = ctx => ({
  ...each(FLAGS, name => forms.ticked(ctx, name)), ...each(Object.keys(WHEN), name => forms.choice(ctx, name)),
  ...each(forms.ticked(ctx, 'mails') ? ['mail', ...MAILS] : [], name => forms.ticked(ctx, name)),
  join_before: forms.number(ctx, 'join_before'), quiet_from: forms.choice(ctx, 'quiet_from'),
  quiet_until: forms.choice(ctx, 'quiet_until'), lock_screen: forms.choice(ctx, 'lock_screen'),
});

/** Field to words. Quiet hours are two wall times that leave some of a day, or none. @param {any} fields */
export function wrongReminding(fields) {
  const found = forms.problems('settings', fields), { quiet_from: start, quiet_until: end } = fields;
  if (Boolean(start) !== Boolean(end)) found[start ? 'quiet_until' : 'quiet_from'] ??= HALF;
  else if (start && !('quiet_from' in found) && !('quiet_until' in found) && loud(start, end) < LEAST_LOUD) found.quiet_until = WHOLE_DAY;
  return each(TYPED.filter(name => name in found), name => found[name]);
}

/** Minutes of a day that are left beside quiet hours; none where they are the whole of it. @param {string} start @param {string} end */
export function loud(start, end) {
  const [first, last] = [start, end].map(time => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return (first - last + A_DAY) % A_DAY;
}

/** Whether letters come in any case: 'on', 'off', or 'none' where none could. @param {any} form @param {boolean} served */
export function byLetter(form, served) {
  const kinds = MAILS.filter(name => form[name.replace('mail', 'remind')]);
  if (!served || !form.remind || !kinds.length) return 'none';
  return form.mail && kinds.some(name => form[name]) ? 'on' : 'off';
}

/** What the list of groups says beside their names; quiet_from: '' without quiet hours. @param {any} fields @param {string} zone in which hours are shown now */
export function listed(fields, zone) {
  const form = reminding(fields), city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return { on: form.remind && FLAGS.slice(1).some(name => form[name]), quiet_from: form.quiet_from, city };
}

/** A record as the file of a copy holds it. @param {any} record */
export const copied = ({ id, kind, owner, pair, at, fields, rev }) => ({ id, kind, owner, pair, at, fields, rev });

/** The id of the person's settings, and the record once there is one. @param {any} ctx */
export async function own(ctx) {
  const id = await nameId(ctx.names, 'settings');
  return { id, record: (await ctx.records.many([id])).get(id) ?? null };
}

/** What the person here is reminded of and when, as it is kept. focus: whether focus is kept; join: of a session, see hushed; letters: see byLetter; zone: by whose clock, see clockOf; here: in which this device shows hours. @param {any} ctx @param {any} [session] @returns {Promise<Record<string, any>>} */
export async function wished(ctx, session = null) {
  const ids = [await nameId(ctx.names, 'settings'), await nameId(ctx.names, 'hours')], found = await ctx.records.many(ids);
  const [kept, week] = ids.map(id => found.get(id)?.fields ?? {});
  const form = reminding(kept), letters = byLetter(form, mails), zone = clockOf(kept, await ctx.records.meta('home'));
  const join = session ? hushed(ctx, session, kept, week, zone) : null;
  return { ...form, focus: Boolean(week.protected?.length), join, letters, zone, here: ctx.zone };
}

/** The zone by whose clock reminders and quiet hours are; '' where it is not known here. @param {any} kept @param {string|null} home the zone of who chose none, as the server has it */
export const clockOf = (kept, home) => kept.zone || kept.here || home || '';

/**
 * To join a session that is to come, where hours in which nothing rings keep it from its moment: {at: parts of when it is
 * said, or null, over: whether no moment for it is left}; null where it is said as chosen, or at once, and
 * where the zone of such hours is not known here, or to this browser: an hour by another one would be false.
 * @param {any} ctx @param {any} session @param {any} kept @param {any} week @param {string} zone see clockOf
 */
export function hushed(ctx, session, kept, week, zone) {
  const form = reminding(kept), start = session.at;
  const coming = (session.fields.state || 'planned') === 'planned' && start > ctx.now;
  if (!(coming && wall(session.fields) && form.remind && form.remind_join && [zone, week.zone || zone].every(isZone))) return null;
  const chosen = iso(parse(start) - form.join_before * 60_000), wishes = { fields: kept, week, zone };
  const at = outside(wishes, chosen, start, true);
  if (at && at <= ctx.now) return (heldBack(wishes, ctx.now, start) ?? ctx.now) >= start ? { at: null, over: true } : null; // said, or planned in these hours
  return at === chosen ? null : { at: at && parts(at, ctx.zone), over: false };
}

/** What the list of groups says, which stands beside each of them where there is room. @param {any} ctx */
export const groups = ctx => listed(ctx.settings, ctx.zone);

/** @param {any} ctx */
export async function index(ctx) {
  if (ctx.method === 'POST') return look(ctx);
  const { id, record } = await own(ctx), form = reminding(record ? record.fields : {});
  return remindersScreen(ctx, forms.opening(ctx, record, id), form, {}, 200, 'settings/index.html');
}

/** @param {any} ctx */
export async function look(ctx) {
  const { id, record } = await own(ctx);
  if (ctx.method === 'GET') return lookScreen(ctx, forms.opening(ctx, record, id), shown(record ? record.fields : {}));
  const opening = forms.typedOpening(ctx, record, id), fields = typed(ctx), errors = forms.problems('settings', fields);
  if (Object.keys(errors).length) return lookScreen(ctx, opening, shown(fields), errors, 422);
  await forms.save(ctx, forms.change('settings', fields, opening));
  return ctx.seeOther('settings.look');
}

/** @param {any} ctx @param {any} opening @param {any} form @param {any} [errors] @param {number} [status] */
export const lookScreen = (ctx, opening, form, errors = {}, status = 200) =>
  ctx.show('settings/look.html', { opening, form, here: ctx.zone, groups: groups(ctx), errors }, status);

/** @param {any} ctx */
export async function reminders(ctx) {
  const { id, record } = await own(ctx);
  if (ctx.method === 'GET') return remindersScreen(ctx, forms.opening(ctx, record, id), reminding(record ? record.fields : {}));
  const opening = forms.typedOpening(ctx, record, id), fields = typedReminding(ctx), errors = wrongReminding(fields);
  if (Object.keys(errors).length) {
    const asked = { ...reminding(record ? record.fields : {}), ...each(Object.keys(fields), name => fields[name] ?? '') };
    return remindersScreen(ctx, opening, asked, errors, 422);
  }
  await forms.save(ctx, forms.change('settings', fields, opening));
  await ctx.notice('Your reminders are set.');
  return ctx.seeOther('settings.reminders');
}

/** @param {any} ctx @param {any} opening @param {any} form @param {any} [errors] @param {number} [status] @param {string} [template] */
export async function remindersScreen(ctx, opening, form, errors = {}, status = 200, template = 'settings/reminders.html') {
  const asked = typeof form.join_before === 'number' ? [form.join_before] : [];
  const leads = [...new Set([...LEADS, ...asked])].sort((one, other) => one - other);
  const data = { opening, form, leads, mails, reminding: await wished(ctx), groups: groups(ctx), errors };
  return ctx.show(template, data, status);
}

/** Letters in any case, by a tap where a device cannot remind. @param {any} ctx */
export async function by_mail(ctx) {
  const { id, record } = await own(ctx), kept = await wished(ctx);
  if (kept.letters === 'off') {
    const chosen = MAILS.some(name => kept[name] && kept[name.replace('mail', 'remind')]);
    const fields = { mail: true, ...each(chosen ? [] : MAILS, () => true) };
    await forms.save(ctx, forms.change('settings', fields, forms.opening(ctx, record, id)));
    await ctx.notice('You are reminded by e-mail in any case.');
  }
  return ctx.seeOther('settings.reminders');
}

/** @param {any} ctx */
export const install = ctx => ctx.show('settings/install.html', { groups: groups(ctx) });

/** @param {any} ctx */
export async function copy(ctx) {
  const { records, changes, drafts } = await ctx.records.copy();
  records.sort((/** @type {any} */ one, /** @type {any} */ other) => (one.id < other.id ? -1 : 1));
  const body = {
    app: 'mentorlog', format, made_at: ctx.now, owner: ctx.person.id, person: ctx.person.name,
    changes, drafts, records: records.map(copied),
  };
  return ctx.file('mentorlog.json', JSON.stringify(body, null, 1));
}
