/** What a draft brought back is in sight: its folds open, and what has no field of its own any more stands in another. */

/** @typedef {import('./draft.js').Typed} Typed */

/** @param {any} field */
function isChanged(field) {
  if (field.type === 'hidden') return false;
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked && !field.defaultChecked;
  return field.value !== field.defaultValue;
}

/** @param {HTMLFormElement} form */
function openFolds(form) {
  for (const fold of form.querySelectorAll('details')) {
    if ([...fold.querySelectorAll('input, textarea')].some(isChanged)) fold.open = true;
  }
}

/** Whether a field of this name can hold this value. @param {HTMLFormElement} form @param {string} name @param {string} value */
function hasPlace(form, name, value) {
  const fields = [...form.querySelectorAll(`[name="${name}"]`)].map((field) => /** @type {any} */ (field));
  return fields.some((field) => !['checkbox', 'radio'].includes(field.type) || field.value === value);
}

/** `data-rest`: the names of fields whose words this one takes up when they are not there. @param {HTMLFormElement} form @param {Typed} typed */
function takeUp(form, typed) {
  for (const field of /** @type {NodeListOf<any>} */ (form.querySelectorAll('[data-rest]'))) {
    const names = field.dataset.rest.split(' ');
    const left = names.flatMap((/** @type {string} */ name) => (typed[name] ?? []).filter((value) => value && !hasPlace(form, name, value)));
    if (left.length) field.value = [field.value, ...left].filter(Boolean).join(field.tagName === 'TEXTAREA' ? '\n\n' : ' ');
  }
}

/**
 * `data-asks`: names for which the address can ask, each with the fields for which it matters (`rate:value:reason`). What
 * the draft is about, and this form is not, is asked for once.
 * @param {HTMLFormElement} form @param {Typed} typed
 */
function ask(form, typed) {
  const address = new URL(location.href);
  for (const [name, ...needs] of (form.dataset.asks?.split(' ') ?? []).map((word) => word.split(':'))) {
    const [wanted] = (typed[name]?.[0] ?? '').split(':');
    const about = form.querySelector(`[name="${name}"][data-about]`)?.getAttribute('data-about') ?? null;
    const isHere = about === null ? hasPlace(form, name, wanted) : about === wanted;
    const isNeeded = needs.length === 0 || needs.some((need) => typed[need]?.some(Boolean));
    if (wanted && isNeeded && !isHere) address.searchParams.set(name, wanted);
  }
  if (address.href !== location.href) location.replace(address);
}

/** @param {HTMLFormElement} form @param {Typed} typed what stood in the draft */
export function bringBack(form, typed) {
  openFolds(form);
  takeUp(form, typed);
  form.dispatchEvent(new Event('draft:restored', { bubbles: true }));
  ask(form, typed);
}
