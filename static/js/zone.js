// The zone of this device, filled into the form and shown, so that hours mean the same to both.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[data-zone]'))) field.value ||= zone;
