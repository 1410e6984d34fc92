// The screens that look back further: a month, and whether it has run its course. The twin of mentorlog/goals/routes_review.py.
import * as forms from '../forms.js';
import * as settings from '../settings.js';
import { Missing } from '../store.js';
import * as course from './course.js';
import * as looking from './looking.js';
import * as months from './month.js';
import * as planning from './planning.js';

/** @param {any} ctx */
export async function look(ctx) {
  const now = looking.today(ctx).slice(0, 7), name = ctx.url.searchParams.get('of') || months.before(now);
  if (!months.isMonth(name) || name > now) throw new Missing('month');
  const found = await looking.everything(ctx), held = await ctx.records.shelf('session');
  return ctx.show('goals/month.html', {
    month: await months.of(ctx, name, found, held), now: name === now, others: await months.others(ctx, name, found, held),
  });
}

/** @param {any} ctx */
export async function run(ctx) {
  const on = looking.today(ctx);
  if (ctx.method === 'POST') return beQuiet(ctx, forms.line(ctx, 'how'), on);
  const near = await planning.offered(ctx, ''), found = await looking.everything(ctx);
  const name = await course.partnerOf(ctx, await looking.linked(ctx, planning.soonest(near)));
  return ctx.show('goals/course.html', {
    signs: course.signs(found, await course.lately(ctx), ctx.zone), quiet: course.isQuiet(ctx.settings, on), next: near.slice(0, 1),
    name, opening: forms.opening(ctx),
  });
}

/** Ask no more for three months (`later`), or never; any other word takes that back. @param {any} ctx @param {string} how @param {string} on */
export async function beQuiet(ctx, how, on) {
  const { id, record } = await settings.own(ctx), until = course.quietUntil(how, on);
  await forms.save(ctx, forms.change('settings', { course_on: until }, forms.opening(ctx, record, id)));
  const words = new Map([['later', 'It does not ask for three months.'], ['never', 'It does not ask again.']]).get(how);
  if (!words) return ctx.seeOther('goals.run');
  await ctx.notice(words, { undo: ctx.urlFor('goals.run') });
  return ctx.seeOther('goals.index');
}
