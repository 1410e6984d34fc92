/** While a tag is typed, only the known ones that begin like it are offered; taking one replaces what was typed of it. */

/** @param {string} text */
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The tag that is being typed: what stands after the last blank. @param {HTMLInputElement} field */
const begun = (field) => field.value.match(/[^\s,#]*$/u)?.[0] ?? '';

/** @param {HTMLInputElement} field */
function offer(field) {
  const start = fold(begun(field));
  const chips = [...(field.closest('[data-tags]')?.querySelectorAll('.chip') ?? [])];
  const fits = start ? chips.filter((chip) => fold(chip.textContent ?? '').startsWith(start)) : [];
  const shown = fits.length ? fits : chips.filter((chip) => !chip.hasAttribute('data-more'));
  for (const chip of chips) chip.toggleAttribute('hidden', !shown.includes(chip) && !chip.querySelector(':checked'));
}

/** @param {HTMLInputElement} box */
function take(box) {
  const field = box.closest('[data-tags]')?.querySelector('input[name="tags"]');
  if (!(field instanceof HTMLInputElement)) return;
  const start = begun(field);
  if (box.checked && start && fold(box.value).startsWith(fold(start))) field.value = field.value.slice(0, -start.length);
  offer(field);
}

/** @param {Event} event */
function onInput({ target }) {
  if (!(target instanceof HTMLInputElement) || !target.closest('[data-tags]')) return;
  if (target.name === 'tags') offer(target);
  else take(target);
}

document.addEventListener('input', onInput);
