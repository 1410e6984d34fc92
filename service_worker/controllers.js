// Endpoint to controller: every screen that this device answers by itself.
import * as agenda from './agenda.js';
import * as agreement from './agreement.js';
import * as bin from './bin.js';
import * as copies from './copies.js';
import * as goals from './goals.js';
import * as history from './history.js';
import * as journal from './journal.js';
import * as knows from './knows.js';
import * as partners from './partners.js';
import * as questions from './questions.js';
import * as search from './search.js';
import * as sessions from './sessions.js';
import * as settings from './settings.js';
import * as times from './times.js';
import * as today from './today.js';
import * as versions from './versions.js';
import * as waiting from './waiting.js';

const features = {
  agenda, agreement, bin, copies, goals, history, journal, knows, partners, questions, search, sessions, settings, times, today,
  versions, waiting,
};

/** @type {Record<string, (ctx: any, args: any) => Promise<Response>>} */
export const controllers = Object.assign(Object.create(null), Object.fromEntries(
  Object.entries(features).flatMap(([feature, views]) =>
    Object.entries(views).map(([name, view]) => [`${feature}.${name}`, view]))));
