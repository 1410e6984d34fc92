// A form that could not be taken: the text stays in it, and words say so. A part that asks by itself asks no more.
const TAKEN_BACK = 'Not taken. The text is still here.';
/** @type {Record<number, string>} */
const WORDS = {
  413: 'This is too much for one piece. The text is still here: make it shorter, and try again.',
  507: 'No room left on this device. The text is still here.',
  429: 'Too many tries just now. Wait a moment, and try again.',
};

/** The line is lost, or what it asks about is gone: the part says itself what is to be read then. @param {HTMLElement} part @param {number} status */
function stopAsking(part, status) {
  const still = /** @type {HTMLElement} */ (part.cloneNode());
  for (const name of ['get', 'trigger']) still.removeAttribute(`data-hx-${name}`);
  still.textContent = (status === 404 ? part.dataset.gone : part.dataset.trouble) ?? '';
  part.replaceWith(still); // the timer of one that is not in the page ends
}

/** @param {string} text */
function say(text) {
  const toasts = document.querySelector('.toasts');
  const toast = Object.assign(document.createElement('div'), { className: 'toast', role: 'alert', textContent: text });
  toasts?.querySelectorAll('[role="alert"]').forEach(old => old.remove());
  toasts?.append(toast);
}

/** Only a form of the person's: a part that follows the store tries again by itself. @param {Event} event */
function onTrouble(event) {
  const { target, detail } = /** @type {any} */ (event);
  const status = detail?.ctx?.response?.status ?? 0;
  if (target instanceof HTMLElement && target.matches('[data-hx-trigger^="every"]')) return stopAsking(target, status);
  if (!(target instanceof HTMLFormElement) || status === 422) return; // its words stand at the fields already
  say(target.dataset.trouble ?? WORDS[status] ?? TAKEN_BACK);
}

document.addEventListener('htmx:response:error', onTrouble);
document.addEventListener('htmx:error', onTrouble);
