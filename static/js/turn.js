/** Turning over the questions of a worksheet: by a swipe, by the arrow keys, by Ctrl+Enter. Each has a button, too. */

const FAR = 64; // px
const EDGE = 28; // px, where a phone's own back gesture begins
const LONG_MS = 600; // after that a finger selects
const FIELDS = 'input:not([type="hidden"], [type="checkbox"]), textarea';
/** @type {{x: number, y: number, at: number}|null} */
let touch = null;

/** The question on a phone's screen; null where all of them stand in a list. @returns {HTMLFormElement|null} */
function shown() {
  const found = [...document.querySelectorAll('form.question')].filter((form) => form.getClientRects().length);
  return found.length === 1 && footOf(found[0]) ? /** @type {HTMLFormElement} */ (found[0]) : null;
}

/** @param {Element} form */
const footOf = (form) => form.querySelector('.question-foot')?.getClientRects().length;

const isRtl = () => window.getComputedStyle(document.documentElement).direction === 'rtl';

/** @param {'before'|'after'} where */
function turn(where) {
  const to = shown()?.dataset[where];
  if (to) location.hash = to;
}

/** @param {TouchEvent} event */
function onStart({ touches: [one, ...more], target, timeStamp }) {
  const isEdge = one.clientX < EDGE || one.clientX > window.innerWidth - EDGE;
  const isWriting = target === document.activeElement && /** @type {Element} */ (target).matches(FIELDS);
  const isZoomed = (window.visualViewport?.scale ?? 1) > 1;
  touch = more.length || isEdge || isWriting || isZoomed ? null : { x: one.clientX, y: one.clientY, at: timeStamp };
}

/** @param {TouchEvent} event */
function onEnd({ changedTouches: [one], timeStamp }) {
  if (!touch || timeStamp - touch.at > LONG_MS || !window.getSelection()?.isCollapsed) return;
  const across = one.clientX - touch.x, down = one.clientY - touch.y;
  touch = null;
  if (Math.abs(across) < FAR || Math.abs(across) < 2 * Math.abs(down)) return;
  turn(across < 0 === isRtl() ? 'before' : 'after');
}

/** Ctrl+Enter in a field: keep the answer and go on. @param {HTMLFormElement} form */
function goOn(form) {
  const names = footOf(form) ? '.question-foot [data-kind="primary"]' : '[name="go"]';
  const next = form.dataset.after;
  form.requestSubmit(form.querySelector(names));
  if (next && !footOf(form)) /** @type {HTMLElement|null} */ (document.querySelector(`[id="${next}"] :is(${FIELDS})`))?.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {Element} */ (event.target), form = target.closest('form.question');
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !target.matches(`${FIELDS}, select, summary`);
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    goOn(/** @type {HTMLFormElement} */ (form));
  } else if (isPlain && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
    turn((event.key === 'ArrowLeft') === isRtl() ? 'after' : 'before');
  }
}

const sheet = /** @type {HTMLElement|null} */ (document.querySelector('[data-swipe]'));
sheet?.addEventListener('touchstart', onStart, { passive: true });
sheet?.addEventListener('touchend', onEnd, { passive: true });
sheet?.addEventListener('touchcancel', () => {
  touch = null;
}, { passive: true });
document.addEventListener('keydown', onKey);
