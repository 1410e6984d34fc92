/** The knot of the question that is aimed at: a phone shows one question at a time, by the # of the address. */

const knots = () => [...document.querySelectorAll('[data-aim] a')].map((knot) => /** @type {HTMLAnchorElement} */ (knot));
const first = knots().find((knot) => knot.hasAttribute('aria-current'))?.hash;

function mark() {
  const aimed = knots().find((knot) => knot.hash === (location.hash || first));
  if (!aimed) return;
  for (const knot of knots()) knot.removeAttribute('aria-current');
  aimed.setAttribute('aria-current', 'step');
}

window.addEventListener('hashchange', mark);
document.addEventListener('htmx:after:swap', mark);
mark();
