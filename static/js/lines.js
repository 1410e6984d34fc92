/** Enter in a list goes to its next line. In its last line, or an empty one, it sends the form, as everywhere. */

document.addEventListener('keydown', (event) => {
  const line = event.target;
  if (event.key !== 'Enter' || event.isComposing || !(line instanceof HTMLInputElement)) return;
  const next = line.closest('[data-lines]') && line.value.trim() && line.nextElementSibling;
  if (!(next instanceof HTMLInputElement)) return;
  event.preventDefault();
  next.focus();
});
