// Copy a text with one tap: `<button data-copy="<id of the element>">`, hidden until a script can do it.

/** @param {ParentNode} part */
function show(part) {
  if (!navigator.clipboard) return;
  for (const button of part.querySelectorAll('[data-copy][hidden]')) button.removeAttribute('hidden');
}

/** Put a word in place of the visible ones; what only a screen reader says stays. @param {HTMLElement} button @param {string} word */
function say(button, word) {
  const visible = [...button.childNodes].filter(node => node instanceof Text && node.data.trim());
  visible.forEach((node, at) => { node.textContent = at ? '' : word; });
}

/** @param {MouseEvent} event */
async function onClick(event) {
  const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest('[data-copy]'));
  const text = button && document.getElementById(button.dataset.copy ?? '')?.textContent;
  if (!button || !text) return;
  await navigator.clipboard.writeText(text);
  say(button, 'Copied');
}

show(document);
document.addEventListener('click', onClick);
document.addEventListener('htmx:after:swap', () => show(document));
