// The zone of this device, filled into the form and shown, so that hours mean the same to both.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll('[data-zone]')) {
  if (field instanceof HTMLInputElement && !field.value) field.value = zone;
}
