// Look, zone, reminders, and a file of this device's copy. The twin of mentorlog/settings.py.
import * as forms from './forms.js';
import { format } from './generated/config.js';
import { nameId } from './ids.js';

/** The settings as the form shows them, each with what holds when nothing was chosen. @param {any} fields */
export const shown = fields => ({
  theme: fields.theme || 'auto', text_size: fields.text_size || 'normal',
  zone: fields.zone || '', remind: fields.remind !== false, shortcuts: fields.shortcuts !== false,
});

/** The fields of the settings form; no zone means: follow the device. @param {any} ctx */
export const typed = ctx => ({
  theme: forms.choice(ctx, 'theme'), text_size: forms.choice(ctx, 'text_size'), zone: forms.choice(ctx, 'zone'),
  remind: forms.ticked(ctx, 'remind'), shortcuts: forms.ticked(ctx, 'shortcuts'),
});

/** A record as the file of a copy holds it. @param {any} record */
export const copied = ({ id, kind, owner, pair, at, fields, rev }) => ({ id, kind, owner, pair, at, fields, rev });

/** The id of the person's settings, and the record once there is one. @param {any} ctx */
export async function own(ctx) {
  const id = await nameId(ctx.names, 'settings');
  return { id, record: (await ctx.records.many([id])).get(id) ?? null };
}

/** @param {any} ctx */
export async function index(ctx) {
  const { id, record } = await own(ctx);
  if (ctx.method === 'GET') return screen(ctx, forms.opening(ctx, record, id), shown(record ? record.fields : {}));
  const opening = forms.typedOpening(ctx, record, id), fields = typed(ctx), errors = forms.problems('settings', fields);
  if (Object.keys(errors).length) return screen(ctx, opening, shown(fields), errors, 422);
  await forms.save(ctx, forms.change('settings', fields, opening));
  return ctx.seeOther('settings.index');
}

/** @param {any} ctx @param {any} opening @param {any} form @param {any} [errors] @param {number} [status] */
export const screen = (ctx, opening, form, errors = {}, status = 200) =>
  ctx.show('settings/index.html', { opening, form, here: ctx.zone, errors }, status);

/** @param {any} ctx */
export const install = ctx => ctx.show('settings/install.html');

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
