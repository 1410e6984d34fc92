/** Print this page: `<button data-print>`, hidden until a script can do it; an installed app has no menu for it. */

const reveal = () => document.querySelectorAll('[data-print][hidden]').forEach(button => button.removeAttribute('hidden'));

/** @param {MouseEvent} event */
function onClick({ target }) {
  if (/** @type {Element} */ (target).closest('[data-print]')) window.print();
}

reveal();
document.addEventListener('click', onClick);
document.addEventListener('htmx:after:swap', reveal);
