// A device that was signed out from elsewhere: its screens are locked. What was not sent can be saved; then all goes.
import { controllers } from './controllers.js';
import * as device from './device.js';
import * as pages from './pages.js';

const COPY = 'settings.copy';
const REMOVE = 'people.sign_out';

/** What answers instead of a screen, while the server's last word was `revoked`; null for what goes on as always. @param {string} endpoint @param {any} here */
export async function guard(endpoint, here) {
  const trouble = await here.store.meta('trouble').catch(() => null);
  if (trouble !== 'revoked' || endpoint === COPY) return null;
  if (endpoint === REMOVE) return remove;
  return controllers[endpoint] ? screen : null;
}

/** What was not sent, and the file of it. With nothing left the page lets all go, once the page before it kept its drafts. @param {any} ctx */
async function screen(ctx) {
  if (ctx.partial) return pages.refresh();
  const { waiting, drafts } = await ctx.records.line();
  return ctx.show('waiting/revoked.html', { waiting, drafts });
}

/** The tap on *Remove everything from here*; without it the lock asks again. @param {any} ctx */
async function remove(ctx) {
  if (ctx.method !== 'POST') return screen(ctx);
  const shown = await ctx.show('waiting/revoked.html', { waiting: 0, drafts: 0 });
  await device.leave(ctx.person.id);
  return shown;
}
