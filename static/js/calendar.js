/** Busy times out of a calendar file. It is read on this device; what is sent, and only then, are from-until times. */

const LARGEST_BYTES = 20_000_000;
const LONGEST_MS = 30_000;
const TOO_LARGE = 'This file is larger than 20 MB. Nothing was changed. Most calendars can save a shorter time.';
const TOO_LONG = 'This calendar repeats more than can be read here. Nothing was changed.';
const LOST = 'This file could not be opened. Nothing was changed.';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** @typedef {import('./busy-times.js').Read} Read */
/** @type {Worker|null} */
let reader = null;
let turn = 0; // the newest file counts

/** @param {Document|Element} part @returns {HTMLFormElement[]} */
const formsIn = (part) => [.../** @type {NodeListOf<HTMLFormElement>} */ (part.querySelectorAll('[data-calendar]'))];

/** @param {HTMLFormElement} form @param {string[]} lines @param {boolean} isWrong */
function say(form, lines, isWrong) {
  const words = lines.map((line) => Object.assign(document.createElement('p'), { textContent: line, className: isWrong ? 'error' : '' }));
  form.querySelector('[data-calendar-said]')?.replaceChildren(...words);
}

/** @param {HTMLFormElement} form @param {string[]|null} spans null while there is nothing to keep @param {string} [until] how far it reaches */
function hold(form, spans, until = '') {
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('spans'));
  field.value = spans?.join('\n') ?? '';
  /** @type {HTMLInputElement} */ (form.elements.namedItem('read_at')).value = new Date().toISOString();
  /** @type {HTMLInputElement} */ (form.elements.namedItem('until')).value = until;
  form.querySelector('[data-calendar-keep]')?.toggleAttribute('hidden', spans === null);
}

/** @param {number} count @param {string} one @param {string} several */
const counted = (count, one, several) => (count ? [`${count} ${count === 1 ? one : several}`] : []);

/** What was found, in words. @param {Read} found */
function told({ spans, until, strange, endless, broken }) {
  const day = new Date(until);
  return [
    spans.length
      ? `${spans.length} busy ${spans.length === 1 ? 'time' : 'times'} until ${day.getDate()} ${MONTHS[day.getMonth()]}.`
      : `${endless ? 'Nothing else' : 'Nothing'} in it is busy in the next eight weeks.`,
    ...counted(strange, 'time zone in it is not known here: its hours are taken as yours.', 'time zones in it are not known here: their hours are taken as yours.'),
    ...counted(endless, 'event repeats too often to be taken in whole.', 'events repeat too often to be taken in whole.'),
    ...counted(broken, 'event says no time and is left out.', 'events say no time and are left out.'),
  ];
}

/** @param {string} text @param {string} zone @returns {Promise<Read & {why?: string}>} */
function read(text, zone) {
  reader?.terminate();
  const mine = new Worker(new URL('./busy-worker.js', import.meta.url), { type: 'module' });
  reader = mine;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(TOO_LONG)), LONGEST_MS);
    mine.onerror = () => reject(new Error(LOST));
    mine.onmessage = ({ data }) => resolve(data);
    mine.postMessage({ text, zone, now: new Date().toISOString() });
    mine.addEventListener('message', () => clearTimeout(late));
  });
}

/** What is to be said of a file, and what to keep of it. @param {File} file @param {string} zone @param {number} mine its turn */
async function taken(file, zone, mine) {
  try {
    const text = await file.text();
    const made = mine === turn ? await read(text, zone) : null;
    if (!made || made.why) return { lines: [made?.why ?? LOST], spans: null };
    return { lines: told(made), spans: made.spans, until: made.until };
  } catch (error) {
    return { lines: [error instanceof Error && error.message === TOO_LONG ? TOO_LONG : LOST], spans: null };
  }
}

/** @param {HTMLFormElement} form @param {File} file */
async function take(form, file) {
  const mine = ++turn;
  hold(form, null);
  if (file.size > LARGEST_BYTES) return say(form, [TOO_LARGE], true);
  say(form, ['Reading the file…'], false);
  const { lines, spans, until } = await taken(file, form.dataset.zoneOf ?? 'UTC', mine);
  if (mine !== turn) return undefined;
  reader?.terminate();
  hold(form, spans, until);
  return say(form, lines, spans === null);
}

document.addEventListener('change', ({ target }) => {
  const form = target instanceof HTMLInputElement && target.type === 'file' && target.closest('form');
  const [file] = (form && /** @type {HTMLInputElement} */ (target).files) || [];
  if (form && form.matches('[data-calendar]') && file) void take(form, file);
});
for (const form of formsIn(document)) form.hidden = false;
