/** How many words a text has, in faint type at its foot: said to nobody who does not look. */

const PAUSE_MS = 400;
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'word' }) : null;
let timer = 0;

/** @param {string} text */
function count(text) {
  if (!segmenter) return text.split(/\s+/u).filter(Boolean).length;
  let words = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words += 1;
  return words;
}

function show() {
  for (const place of document.querySelectorAll('[data-words]')) {
    const area = place.parentElement?.querySelector('textarea');
    const words = area ? count(area.value) : 0;
    place.textContent = words ? `${words} word${words === 1 ? '' : 's'}` : '';
  }
}

function soon() {
  clearTimeout(timer);
  timer = window.setTimeout(show, PAUSE_MS);
}

show();
document.addEventListener('input', soon);
document.addEventListener('draft:restored', show);
document.addEventListener('htmx:after:swap', show);
