// At each start of the app the server is told anew where this device gets its reminders: the one cure for a lost
// subscription that works in every browser. Only where they were asked for; the worker knows.
import { controller, tell } from './tell.js';

const DONE = 'remind-renewed';

async function renew() {
  const told = await tell(controller(), { type: 'push', want: 'renew' });
  if (told && told.state !== 'later') sessionStorage.setItem(DONE, '1');
}

if (!sessionStorage.getItem(DONE)) renew();
