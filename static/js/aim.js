/** Where one is in a worksheet, by the # of the address: its knot is marked, and an answer that was taken leads on. */

const knots = () => [...document.querySelectorAll('[data-aim] a')].map((knot) => /** @type {HTMLAnchorElement} */ (knot));
const first = document.querySelector('.question[data-current]')?.id ?? '';
/** The question that is being sent to go on from it, by id. @type {{id: string, after: string}|null} */
let leaving = null;

/** A question that comes anew from the server is no longer aimed at by the address, so that it is marked, too. */
function mark() {
  const aimed = document.getElementById(location.hash.slice(1)) ? location.hash.slice(1) : first;
  for (const form of document.querySelectorAll('.question')) form.toggleAttribute('data-current', form.id === aimed);
  for (const knot of knots()) knot.removeAttribute('aria-current');
  knots().find((knot) => knot.hash === `#${aimed}`)?.setAttribute('aria-current', 'step');
}

/** @param {SubmitEvent} event */
function onSubmit({ target, submitter }) {
  if (!(target instanceof HTMLFormElement) || !target.matches('.question')) return;
  const goesOn = submitter?.matches('[data-onward]');
  leaving = goesOn ? { id: target.id, after: target.dataset.after ?? '' } : leaving;
}

/** To the next question, unless what was typed came back with an error: then to that one, also from elsewhere. @param {Event} event */
function onSwap({ target }) {
  const { id } = /** @type {Element} */ (target), refused = document.getElementById(id)?.matches('.question:has([aria-invalid="true"])');
  const after = leaving?.id === id ? leaving.after : '';
  if (leaving?.id === id) leaving = null;
  if (refused || after) location.hash = refused ? id : after;
  mark();
}

document.addEventListener('submit', onSubmit, { capture: true });
window.addEventListener('hashchange', mark);
document.addEventListener('htmx:after:swap', onSwap);
mark();
