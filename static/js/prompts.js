/** The chips on the keyboard open the prompts, which stand under the text. What is written in one is said by a tick. */

const CHIP = '[data-prompt]';

/** @param {Element} chip */
const foldOf = (chip) => /** @type {HTMLDetailsElement|null} */ (document.getElementById(chip.getAttribute('data-prompt') ?? ''));

/** Its first field; where it has none, its link. @param {HTMLElement} fold @returns {HTMLElement|null} */
const firstIn = (fold) => fold.querySelector('textarea, input:not([type="hidden"])') ?? fold.querySelector('a');

/** Whether something was written or chosen in it, now or before. @param {HTMLElement} fold */
function isWritten(fold) {
  const fields = [.../** @type {NodeListOf<any>} */ (fold.querySelectorAll('textarea, input[type="radio"]:checked'))];
  return fields.length === 0 || fields.some((field) => field.value.trim());
}

/** Chips are of use with a script only; they say what their folds are. */
function show() {
  for (const part of document.querySelectorAll('[data-prompts]')) part.removeAttribute('hidden');
  for (const chip of document.querySelectorAll(CHIP)) {
    const fold = foldOf(chip);
    if (!fold) continue;
    chip.setAttribute('aria-expanded', String(fold.open));
    chip.toggleAttribute('data-written', isWritten(fold));
  }
}

/** Open it and go there; what is open and has nothing in it, or is in hand already, is closed. @param {Element} chip */
function onChip(chip) {
  const fold = foldOf(chip);
  if (!fold) return;
  if (fold.open && (!isWritten(fold) || fold.contains(document.activeElement))) {
    fold.open = false;
    return;
  }
  fold.open = true;
  firstIn(fold)?.focus({ preventScroll: true });
  fold.scrollIntoView({ block: 'nearest' });
}

/** A tap leaves the keyboard where it is, until a field of the prompt takes it. @param {MouseEvent} event */
function onPress(event) {
  if (/** @type {Element} */ (event.target).closest(CHIP)) event.preventDefault();
}

show();
document.addEventListener('mousedown', onPress);
document.addEventListener('click', (event) => {
  const chip = /** @type {Element} */ (event.target).closest(CHIP);
  if (chip) onChip(chip);
});
document.addEventListener('toggle', show, { capture: true });
for (const heard of ['change', 'focusout', 'draft:restored', 'htmx:after:swap']) document.addEventListener(heard, show);
