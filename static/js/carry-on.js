/**
 * A line break in a list goes on with the list, in an empty item it ends it. Only after the break is there, so that
 * corrections, dictation and input methods are done with it; with Shift it stays a plain break.
 */

import { apply } from './area.js';
import { carriedOn } from './marks.js';

let isPlain = false;

/** @param {InputEvent} event */
function onInput(event) {
  const area = event.target;
  const isBreak = event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph';
  if (!isBreak || event.isComposing || isPlain) return;
  if (!(area instanceof HTMLTextAreaElement) || !area.matches('[data-prose]')) return;
  const edit = carriedOn(area.value, area.selectionStart);
  if (edit) apply(area, edit);
}

document.addEventListener('keydown', (event) => {
  isPlain = event.key === 'Enter' && event.shiftKey;
});
document.addEventListener('input', (event) => onInput(/** @type {InputEvent} */ (event)));
