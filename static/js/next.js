/** A line break in a field of one line goes to the field that `data-next` names. Corrections are done with it by then. */

document.addEventListener('beforeinput', (event) => {
  const field = event.target;
  const isBreak = event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph';
  if (!isBreak || event.isComposing || !(field instanceof HTMLElement) || !field.dataset.next) return;
  event.preventDefault();
  document.getElementById(field.dataset.next)?.focus();
});
