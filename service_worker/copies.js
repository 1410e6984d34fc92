// One's own copy: save a file, read one back. The twin of mentorlog/copies/.
import * as forms from './forms.js';
import { compare } from './copies/comparing.js';
import { Refused, parse, textOf } from './copies/reading.js';
import * as taking from './copies/taking.js';
import * as settings from './settings.js';

/** Choose a file; then what is in it, and what a tap would do. @param {any} ctx */
export async function index(ctx) {
  if (ctx.method === 'GET') return screen(ctx, await chosen(ctx));
  try {
    await taking.keep(ctx, await typed(ctx));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return screen(ctx, null, { copy: error.message }, 422);
  }
  return ctx.seeOther('copies.index');
}

/** The text of the file that was chosen. @param {any} ctx @throws {Refused} none was, or it is none of ours, or too large */
export async function typed(ctx) {
  const file = ctx.form.get('copy');
  if (!file?.size) throw new Refused('Choose a file first.');
  const text = await textOf(file);
  parse(text);
  return text;
}

/** The file that was chosen, in words; null while there is none. @param {any} ctx */
export async function chosen(ctx) {
  const copy = await taking.kept(ctx);
  if (!copy) return null;
  const here = await taking.here(ctx, copy);
  return taking.shown(copy, await compare(copy, here), here, ctx.zone);
}

/** The page. @param {any} ctx @param {any} copy @param {Record<string, string>} [errors] @param {number} [status] */
export const screen = (ctx, copy, errors = {}, status = 200) =>
  ctx.show('copies/index.html', { copy, groups: settings.groups(ctx), errors }, status);

/** Take what is in the file; without `beside` what stands here in other words is left alone. @param {any} ctx */
export async function bring(ctx) {
  const copy = await taking.kept(ctx);
  if (!copy) return ctx.seeOther('copies.index');
  const { made, beside, sent, drafts } = await compare(copy, await taking.here(ctx, copy));
  const wanted = forms.ticked(ctx, 'beside') ? beside : [];
  await taking.take(ctx, [...made, ...wanted, ...sent]);
  await taking.takeDrafts(ctx, drafts);
  ctx.stored = true;
  await taking.forget(ctx);
  await ctx.notice(taking.said({ made: made.length, beside: wanted.length, sent: sent.length, drafts: drafts.length }));
  return ctx.seeOther('copies.index');
}

/** Leave the file: nothing of it was taken. @param {any} ctx */
export async function leave(ctx) {
  await taking.forget(ctx);
  return ctx.seeOther('copies.index');
}
