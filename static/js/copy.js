// Copy a text with one tap: `<button data-copy="<id of the element>">`, hidden until a script can do it.

/** @param {ParentNode} part */
function show(part) {
  if (!navigator.clipboard) return;
  for (const button of part.querySelectorAll('[data-copy][hidden]')) button.removeAttribute('hidden');
}

/** @param {MouseEvent} event */
async function onClick(event) {
  const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest('[data-copy]'));
  const text = button && document.getElementById(button.dataset.copy ?? '')?.textContent;
  if (!button || !text) return;
  await navigator.clipboard.writeText(text);
  button.textContent = 'Copied';
}

show(document);
document.addEventListener('click', onClick);
document.addEventListener('htmx:after:swap', () => show(document));
