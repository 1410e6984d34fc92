// Drawing a week: which record it is, and what its form sends. Twin: mentorlog/times/drawing.py.
import * as forms from '../forms.js';
import { nameId } from '../ids.js';
import * as grids from './grids.js';

/** The name of the record for nameId: my own hours, or those of a partner as I know them. @param {string} [partner] */
export const name = (partner = '') => (partner ? `hours:${partner}` : 'hours');

/** The id of an hours record, and the record once there is one. @param {any} ctx @param {string} [partner] */
export async function own(ctx, partner = '') {
  const id = await nameId(ctx.names, name(partner));
  return { id, record: (await ctx.records.many([id])).get(id) ?? null };
}

/** The sets as the form sends them, one text each. @param {any} ctx @param {string[]} fits those that this form knows */
export const typed = (ctx, fits) => grids.sortedOut(grids.fitsOf(Object.fromEntries(fits.map(fit => [fit, forms.line(ctx, fit).split(' ')]))));
