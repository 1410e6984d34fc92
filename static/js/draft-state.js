/** Where what is typed is: said in words in the form; when there is no room for it, with a way to copy it. */

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Said once, not at every pause. @param {HTMLFormElement} form @param {''|'kept'|'full'} what */
export function say(form, what) {
  const place = /** @type {HTMLElement|null} */ (form.querySelector('[data-draft-state]'));
  if (!place || place.dataset.draftState === what) return;
  place.dataset.draftState = what;
  const words = {
    '': '',
    kept: ', not finished',
    full: 'No room on this device: this text stands on the screen and nowhere else.',
  }[what];
  place.replaceChildren(
    ...(what === 'kept' ? [span('if-phone', 'On this phone'), span('if-desktop', 'On this device')] : []),
    words,
  );
  offerCopy(form, place, what === 'full');
}

/** Where a form has a notice for it, what has no room can be copied. @param {HTMLFormElement} form @param {HTMLElement} place @param {boolean} isFull */
function offerCopy(form, place, isFull) {
  form.querySelector('[data-draft-room]')?.remove();
  const note = /** @type {HTMLTemplateElement|null} */ (form.querySelector('[data-draft-full]'));
  if (!note || !isFull) return;
  place.textContent = `Not kept since ${clock(new Date())}`;
  note.after(note.content.cloneNode(true));
  void import('./copy.js');
}

/** @param {Date} at */
const clock = (at) => at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** The hour of today, else with its day, as macros/dates.html has it: Mon 23 Nov, 15:00. @param {Date} at */
export function when(at) {
  if (at.toDateString() === new Date().toDateString()) return clock(at);
  return `${DAYS[at.getDay()]} ${at.getDate()} ${MONTHS[at.getMonth()]}, ${clock(at)}`;
}

/** @param {string} name @param {string} text */
function span(name, text) {
  return Object.assign(document.createElement('span'), { className: name, textContent: text });
}
