/** What lies over a page, a sheet or a dialog, is closed by *Back* before the page is left. */

const OVER = 'over';
/** Steps back that are ours, and no person's. */
let own = 0;

/** What lies over the page now. */
export const opened = () => /** @type {NodeListOf<HTMLDialogElement>} */ (document.querySelectorAll('dialog[open]'));

function stepBack() {
  own += 1;
  history.back();
}

/** Each open one has an entry of the history, which goes with it. @param {any} event */
function onToggle({ target, newState }) {
  if (!(target instanceof HTMLDialogElement)) return;
  if (newState === 'open') history.pushState({ [OVER]: true }, '');
  else if (history.state?.[OVER]) stepBack();
}

function onBack() {
  if (own) own -= 1;
  else for (const dialog of opened()) dialog.close();
}

/** The page was left from a sheet, and is here again without it. */
function tidy() {
  if (history.state?.[OVER] && !opened().length) stepBack();
}

document.addEventListener('toggle', onToggle, { capture: true }); // it does not bubble
window.addEventListener('popstate', onBack);
tidy();
