/** The names of time zones to choose from, in a list that the browser makes itself once somebody is in such a field. */

/** @param {EventTarget|null} target */
function offer(target) {
  if (!(target instanceof HTMLInputElement) || !target.matches('[data-zones]')) return;
  if (!document.getElementById('zones')) document.body.append(zones());
  target.setAttribute('list', 'zones'); // not before: a page names no list that is not in it
}

function zones() {
  const list = Object.assign(document.createElement('datalist'), { id: 'zones' });
  for (const value of Intl.supportedValuesOf?.('timeZone') ?? []) {
    const label = value.split('/').reverse().join(', ').replaceAll('_', ' '); // New York, America
    list.append(Object.assign(document.createElement('option'), { value, label }));
  }
  return list;
}

document.addEventListener('focusin', ({ target }) => offer(target));
offer(document.activeElement);
