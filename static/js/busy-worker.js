/** Reads a calendar beside the page, which goes on meanwhile and ends this when it takes too long. */

import { Unreadable } from './busy-lines.js';
import { read } from './busy-times.js';

addEventListener('message', ({ data: { text, now, zone } }) => {
  try {
    globalThis.postMessage(read(text, { now, zone }));
  } catch (error) {
    globalThis.postMessage({ why: error instanceof Unreadable ? error.message : 'This calendar cannot be read. Nothing was changed.' });
  }
});
