/** Made by mentorlog/jinja_js: the templates, compiled. */
import type { Template } from '../jinja/runtime.js';

export const templates: (runtime: any) => Record<string, Template>;
