/** A fold says on its head what is chosen in it. */

function show() {
  for (const place of document.querySelectorAll('[data-said]')) {
    const chosen = place.closest('details')?.querySelector('label:has(:checked)');
    if (chosen) place.textContent = chosen.textContent?.trim() ?? '';
  }
}

show();
for (const heard of ['change', 'draft:restored', 'htmx:after:swap']) document.addEventListener(heard, show);
