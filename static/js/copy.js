// Copy a text with one tap: `<button data-copy="<ids of its elements>">`, hidden until a script can do it. An element may be
// a template, for a text that the page does not show like that.

/** @param {ParentNode} part */
export function show(part) {
  if (!navigator.clipboard) return;
  for (const button of part.querySelectorAll('[data-copy][hidden]')) button.removeAttribute('hidden');
}

/** Put a word in place of the visible ones; what only a screen reader says stays. @param {HTMLElement} button @param {string} word */
function say(button, word) {
  const visible = [...button.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
  visible.forEach((node, at) => { node.textContent = at ? '' : word; });
}

/** What stands in an element now; in a field that is not what the page came with. @param {string} id */
function textOf(id) {
  const element = document.getElementById(id);
  if (element instanceof HTMLTemplateElement) return element.content.textContent?.trim() ?? '';
  return element instanceof HTMLTextAreaElement ? element.value : element?.textContent ?? '';
}

/** @param {MouseEvent} event */
async function onClick(event) {
  const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest('[data-copy]'));
  const text = button?.dataset.copy?.split(' ').map(textOf).filter(Boolean).join('\n\n');
  if (!button || !text) return;
  await navigator.clipboard.writeText(text);
  say(button, 'Copied');
}

show(document);
document.addEventListener('click', onClick);
document.addEventListener('htmx:after:swap', () => show(document));
