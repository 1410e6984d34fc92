/** The steps of a goal, or the ways of an agreement, in their form: moved and taken out on the spot. Without this file the buttons ask the server. */

const HOLD = '[data-slots]';

/** @param {Element} row @returns {HTMLInputElement} the field that is typed into */
const fieldOf = (row) => /** @type {HTMLInputElement} */ (row.querySelector('input[type="text"]'));

/** Fields, labels and buttons say the place in which a row stands. @param {Element} row @param {number} at */
function number(row, at) {
  for (const part of row.querySelectorAll('*')) {
    for (const name of ['name', 'id', 'for', 'aria-describedby']) {
      const said = part.getAttribute(name);
      if (said) part.setAttribute(name, said.replace(/(step|way)\d+/g, `$1${at + 1}`));
    }
    if (part instanceof HTMLButtonElement) part.value = part.value.replace(/\d+/, String(at + 1));
    if (part.matches('.vh')) part.textContent = (part.textContent ?? '').replace(/\d+/, String(at + 1));
  }
}

/** @param {Element} row */
function empty(row) {
  for (const input of row.querySelectorAll('input')) input.value = '';
  row.querySelector('.error')?.remove();
  fieldOf(row).removeAttribute('aria-invalid');
}

/** @param {Element} row @param {string} way */
function move(row, way) {
  const [before, after] = [row.previousElementSibling, row.nextElementSibling];
  if (way === 'up') before?.before(row);
  else if (way === 'down') after?.after(row);
  else {
    empty(row);
    row.parentElement?.append(row);
  }
}

/** @param {MouseEvent} event */
function onClick(event) {
  const button = /** @type {Element} */ (event.target).closest(`${HOLD} button[name="move"]`);
  const row = button?.closest('li');
  const list = row?.parentElement;
  if (!(button instanceof HTMLButtonElement) || !row || !list) return;
  event.preventDefault();
  const [place, way] = button.value.split('-');
  move(row, way);
  [...list.children].forEach(number);
  const at = [...list.children].indexOf(row) + 1;
  const hold = /** @type {HTMLElement|null} */ (list.closest(HOLD)), what = hold?.dataset.slots || 'Step';
  const said = hold?.querySelector('[data-slots-said]');
  said?.replaceChildren(way === 'out' ? `${what} ${place} is taken out.` : `${what} ${place} is ${what.toLowerCase()} ${at} now.`);
  button.focus();
  if (way === 'out' || document.activeElement !== button) fieldOf(way === 'out' ? list.children[Number(place) - 1] : row).focus();
  list.dispatchEvent(new Event('input', { bubbles: true })); // a draft keeps the order, too
}

/** Enter goes on to the next step; in an empty field it sends the form, as everywhere. @param {KeyboardEvent} event */
function onKey(event) {
  const row = /** @type {Element} */ (event.target).closest(`${HOLD} li`);
  const next = row?.nextElementSibling;
  if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
  if (!next || !event.target.value.trim()) return;
  event.preventDefault();
  fieldOf(next).focus();
}

document.addEventListener('click', onClick);
document.addEventListener('keydown', onKey);
