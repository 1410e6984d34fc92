/** Made by mentorlog/jinja_js: the addresses of the app, in the order in which they are tried. */
import type { Rule } from '../urls.js';

export const rules: Rule[];
