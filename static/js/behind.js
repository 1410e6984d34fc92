// Somebody is signed in and no worker was brought here, as when they went on early: it comes now, behind the page.
import { moveIn } from './move-in.js';

moveIn(document.documentElement.dataset).catch(() => null); // the next page tries again
