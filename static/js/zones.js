/** The names of time zones to choose from, in a list that the browser makes itself once somebody is in such a field. */

const ZONES = 'input[list="zones"]';

/** @param {EventTarget|null} target */
function offer(target) {
  if (!(target instanceof HTMLInputElement) || !target.matches(ZONES) || document.getElementById('zones')) return;
  const list = Object.assign(document.createElement('datalist'), { id: 'zones' });
  for (const value of Intl.supportedValuesOf?.('timeZone') ?? []) {
    const label = value.split('/').reverse().join(', ').replaceAll('_', ' '); // New York, America
    list.append(Object.assign(document.createElement('option'), { value, label }));
  }
  document.body.append(list);
}

document.addEventListener('focusin', ({ target }) => offer(target));
offer(document.activeElement);
