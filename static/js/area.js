/** An edit of a text area that the browser can undo, and that others hear as typing. */

/**
 * @param {HTMLTextAreaElement} area
 * @param {import('./marks.js').Edit} edit
 */
export function apply(area, { from, to, insert, start, end }) {
  area.focus();
  area.setSelectionRange(from, to);
  // The one way of writing that the browser's own undo knows; Firefox before 89 did not have it in text areas.
  const isDone = from === to && !insert ? true : document.execCommand(insert ? 'insertText' : 'delete', false, insert);
  if (!isDone) {
    area.setRangeText(insert);
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
  area.setSelectionRange(start, end);
}
