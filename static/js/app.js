// What every page of the app runs. Everything works without it but drafts, and knowing at once what was sent.
import './draft.js';
import './live.js';
import './pulse.js';
import './trouble.js';
import './update.js';

/** Only where the page has use for it, so that other pages stay light. @type {[string, string][]} */
const ONLY_WITH = [
  ['[data-copy]', './copy.js'],
  ['[data-zone]', './zone.js'],
  ['[data-aim]', './aim.js'],
  ['[data-arrive]', './arrive.js'],
  ['[data-lines]', './lines.js'],
  ['[data-left], [data-leaving]', './leave.js'],
  ['[data-remind]', './remind.js'],
];
for (const [selector, script] of ONLY_WITH) if (document.querySelector(selector)) import(script);
if (['granted', 'denied'].includes(globalThis.Notification?.permission)) import('./renew.js');
