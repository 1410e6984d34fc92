/**
 * The hours of a usual week, painted with thumb, mouse or keyboard. Without this file each tap asks the server. A finger
 * that moves up or down scrolls the page, until it was held for a moment: then it paints, as one does that moves sideways.
 */

const HOLD_MS = 250;
const SLOP_PX = 8; // a finger that rests is never quite still
const CELL = '[data-paint] button.slot';
const SAID = { good: 'good', possible: 'possible', protected: 'focus', never: 'never' };
const KEYS = new Map(Object.entries({ ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }));

/**
 * What a pointer is about: where it began, what stood there before, and whether it paints yet.
 * @typedef {{first: HTMLButtonElement, x: number, y: number, brush: string, before: Map<HTMLButtonElement, string>, paints: boolean, timer: number}} Stroke
 */
/** @type {Stroke|null} */
let stroke = null;
let isPainted = false; // a click that comes after it is the end of the stroke

/** @param {EventTarget|null} target @returns {HTMLButtonElement|null} */
const cellOf = (target) => (target instanceof Element ? target.closest(CELL) : null);

/** @param {Element} part @returns {HTMLFormElement} */
const formOf = (part) => /** @type {HTMLFormElement} */ (part.closest('form'));

/** @param {HTMLFormElement} form @returns {string} */
const brushOf = (form) => String(new FormData(form).get('brush') ?? 'good');

/** @param {HTMLButtonElement} cell @returns {[number, number]} row and column */
const placeOf = (cell) => {
  const { cellIndex, parentElement } = /** @type {HTMLTableCellElement} */ (cell.closest('td'));
  return [/** @type {HTMLTableRowElement} */ (parentElement).rowIndex, cellIndex];
};

/** @param {HTMLButtonElement} cell @param {number} row @param {number} column @returns {HTMLButtonElement|null} */
const cellAt = (cell, row, column) =>
  cell.closest('table')?.rows[row]?.cells[column]?.querySelector('button.slot') ?? null;

/** @param {HTMLButtonElement} cell @param {string} fit */
function show(cell, fit) {
  cell.dataset.fit = fit;
  cell.querySelector('[data-said]')?.replaceChildren(SAID[/** @type {'good'} */ (fit)]);
}

/** What the cells say goes into the fields that are sent, and into the draft. @param {HTMLFormElement} form */
function tell(form) {
  for (const field of /** @type {Iterable<any>} */ (form.elements)) {
    if (field.type !== 'hidden' || !(field.name in SAID)) continue;
    const cells = [...form.querySelectorAll(`button.slot[data-fit="${field.name}"]`)];
    field.value = cells.map((cell) => cell.getAttribute('value')).join(' ');
  }
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

/** What the fields say, such as those of a draft that is back, goes into the cells. @param {HTMLFormElement} form */
function read(form) {
  const said = new Map([...form.querySelectorAll('input[type="hidden"]')].map((field) => /** @type {HTMLInputElement} */ (field))
    .filter(({ name }) => name in SAID).flatMap(({ name, value }) => value.split(' ').map((cell) => [cell, name])));
  for (const cell of /** @type {NodeListOf<HTMLButtonElement>} */ (form.querySelectorAll(CELL))) {
    show(cell, said.get(cell.value) ?? 'never');
    if (cell.dataset.fit !== 'never') cell.closest('details')?.setAttribute('open', '');
  }
}

/** One cell, by a tap or a key. @param {HTMLButtonElement} cell */
function paint(cell) {
  const form = formOf(cell);
  show(cell, brushOf(form));
  tell(form);
  form.querySelector('[data-paint-said]')?.replaceChildren(cell.querySelector('.vh')?.textContent ?? '');
}

/** Everything between where the stroke began and this cell; what was painted on the way and is not in it is as before. @param {HTMLButtonElement} last */
function paintTo(last) {
  const { first, before, brush } = /** @type {Stroke} */ (stroke);
  const [[row, column], [toRow, toColumn]] = [placeOf(first), placeOf(last)];
  for (const [cell, fit] of before) {
    const [y, x] = placeOf(cell);
    const isIn = (y - row) * (y - toRow) <= 0 && (x - column) * (x - toColumn) <= 0;
    show(cell, isIn ? brush : fit);
  }
}

/** @param {HTMLButtonElement} cell */
function begin(cell) {
  if (!stroke) return;
  stroke.paints = true;
  isPainted = true;
  paintTo(cell);
}

/** @param {PointerEvent} event */
function onDown(event) {
  const cell = cellOf(event.target);
  isPainted = false;
  if (!cell || event.button || !event.isPrimary) return;
  const cells = [.../** @type {HTMLTableElement} */ (cell.closest('table')).querySelectorAll('button.slot')];
  const before = new Map(cells.map((one) => /** @type {HTMLButtonElement} */ (one)).map((one) => [one, one.dataset.fit ?? 'never']));
  const brush = brushOf(formOf(cell));
  stroke = { first: cell, x: event.clientX, y: event.clientY, brush, before, paints: false, timer: 0 };
  if (event.pointerType === 'mouse') begin(cell);
  else stroke.timer = window.setTimeout(begin, HOLD_MS, cell);
}

/** @param {PointerEvent} event */
function onMove(event) {
  if (!stroke || !event.isPrimary) return;
  if (!stroke.paints) {
    const [x, y] = [Math.abs(event.clientX - stroke.x), Math.abs(event.clientY - stroke.y)];
    if (x < SLOP_PX && y < SLOP_PX) return;
    clearTimeout(stroke.timer);
    if (y >= x) return; // the page scrolls; `pointercancel` says so, where it can
    begin(stroke.first);
  }
  const over = cellOf(document.elementFromPoint(event.clientX, event.clientY));
  if (over && stroke.before.has(over)) paintTo(over);
}

/** @param {PointerEvent} event */
function onEnd(event) {
  if (!stroke || !event.isPrimary) return;
  const { first, before, paints, timer } = stroke;
  clearTimeout(timer);
  stroke = null;
  if (!paints) return;
  if (event.type === 'pointercancel') for (const [cell, fit] of before) show(cell, fit);
  tell(formOf(first));
}

/** A page scrolls with a finger that paints, unless it is told not to. @param {TouchEvent} event */
function onTouchMove(event) {
  if (stroke?.paints && event.cancelable) event.preventDefault();
}

/** @param {MouseEvent} event */
function onClick(event) {
  const cell = cellOf(event.target);
  if (!cell) return;
  event.preventDefault();
  if (!isPainted || !event.detail) paint(cell); // a key has none
  isPainted = false;
}

/** Arrows move from hour to hour, and with shift they paint. @param {KeyboardEvent} event */
function onKey(event) {
  const cell = cellOf(event.target);
  const [down, right] = KEYS.get(event.key) ?? [];
  if (!cell || down === undefined || right === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const [row, column] = placeOf(cell);
  const next = cellAt(cell, row + down, column + right);
  if (!next) return;
  rove(next);
  next.focus();
  if (event.shiftKey) paint(next);
}

/** One stop of the tab key for each table. @param {HTMLButtonElement} cell */
function rove(cell) {
  for (const one of cell.closest('table')?.querySelectorAll('button.slot') ?? []) one.setAttribute('tabindex', one === cell ? '0' : '-1');
}

/** @param {ParentNode} part */
function look(part) {
  for (const table of part.querySelectorAll('[data-paint]')) {
    const cell = table.querySelector('button.slot');
    if (cell instanceof HTMLButtonElement) rove(cell);
  }
  for (const hint of part.querySelectorAll('[data-paint-hint]')) hint.removeAttribute('hidden');
}

document.addEventListener('pointerdown', onDown);
document.addEventListener('pointermove', onMove);
document.addEventListener('pointerup', onEnd);
document.addEventListener('pointercancel', onEnd);
document.addEventListener('touchmove', onTouchMove, { passive: false });
document.addEventListener('contextmenu', (event) => {
  if (stroke) event.preventDefault(); // of a finger that is held
});
document.addEventListener('click', onClick, { capture: true });
document.addEventListener('keydown', onKey);
document.addEventListener('focusin', ({ target }) => {
  const cell = cellOf(target);
  if (cell) rove(cell);
});
document.addEventListener('draft:restored', ({ target }) => {
  if (target instanceof HTMLFormElement && target.matches('[data-hours]')) read(target);
});
document.addEventListener('htmx:after:swap', () => look(document));
look(document);
for (const form of document.querySelectorAll('form[data-hours]')) read(/** @type {HTMLFormElement} */ (form));
