/** Runs the templates that mentorlog/jinja_js compiled. */

import { filters as ours } from './filters.js';
import {
  Safe, add, attr, eq, esc, fail, get, isDict, isIn, isText, item, items, iter, keys, missing, num, str, sub, truth,
  unpack, values,
} from './values.js';

export { Safe };

/**
 * @typedef {Record<string, any>} Scope names in sight; its prototype is the scope around it
 * @typedef {(scope: Scope, blocks: Blocks, depth: number) => string} Block
 * @typedef {Record<string, Block[]>} Blocks all blocks of a page, the child's first
 * @typedef {{blocks: Record<string, Block>, root: (scope: Scope, blocks: Blocks) => string}} Template
 * @typedef {(...values: any[]) => unknown} Tool a filter or function of the app
 */

/** @returns {any} an object that has nothing of its own */
const empty = () => Object.create(null);

/** @param {any} value */
const isMissing = (value) => value === undefined || (isDict(value) && Object.values(value).includes(undefined));

/** The app's tools never see a missing value. @param {Record<string, Tool>} tools */
function guarded(tools) {
  /** @type {(tool: Tool) => Tool} */
  const guard = (tool) => (...given) => (given.some(isMissing) ? missing() : tool(...given));
  return Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, guard(tool)]));
}

/** `a ~ b ~ c`. @param {unknown[]} parts */
function concat(parts) {
  return parts.some((part) => part instanceof Safe) ? new Safe(parts.map(esc).join('')) : parts.map(str).join('');
}

/** What compiled templates call, whatever the app: mentorlog/jinja_js/ writes these names. */
const language = {
  add, attr, concat, eq, esc, get, isDict, isIn, isText, item, items, iter, keys, num, sub, truth, unpack, values,
  absent: Symbol('an argument that was not given'),
  /** @type {(a: unknown, b: () => unknown) => unknown} */
  and: (a, b) => (truth(a) ? b() : a),
  /** @type {(a: unknown, b: () => unknown) => unknown} */
  or: (a, b) => (truth(a) ? a : b()),
  /** @param {string} html */
  safe: (html) => new Safe(html),
  /** @param {Scope} outer */
  scope: (outer) => Object.create(outer),
};

/**
 * Bind compiled templates to the app's filters and functions, which have the names they have in Python.
 * Keywords arrive as one object at the end; a filter that makes HTML returns `Safe`.
 * @param {(runtime: any) => Record<string, Template>} templates
 * @param {{filters?: Record<string, Tool>, functions?: Record<string, Tool>}} [app]
 * @returns {{render: (name: string, data: Record<string, unknown>) => string, has: (name: string) => boolean}}
 *   render throws where Python would
 */
export function environment(templates, { filters = {}, functions = {} } = {}) {
  const runtime = { ...language, ...between(() => all), f: { ...ours, ...guarded(filters) }, app: guarded(functions) };
  const all = templates(runtime);
  return {
    render: (name, data) => runtime.extend(name, Object.assign(empty(), data), empty()),
    has: (name) => Object.hasOwn(all, name),
  };
}

/** What templates want of each other. @param {() => Record<string, Template>} all */
function between(all) {
  /** @type {Map<string, Scope>} */
  const modules = new Map();

  /** @type {(name: string, scope: Scope, blocks: Blocks) => string} */
  function extend(name, scope, blocks) {
    const template = Object.hasOwn(all(), name) ? all()[name] : fail(`there is no template ${name}`);
    for (const [block, html] of Object.entries(template.blocks)) (blocks[block] ??= []).push(html);
    return template.root(scope, blocks);
  }

  /** @type {(blocks: Blocks, name: string, depth: number, scope: Scope) => string} */
  function blockAt(blocks, name, depth, scope) {
    const html = blocks[name][depth] ?? fail(`no block ${name} above this one`);
    return html(scope, blocks, depth);
  }

  /** The macros of another template, which see none of the page's data. @param {string} name */
  function module(name) {
    const scope = modules.get(name) ?? empty();
    if (!modules.has(name)) extend(name, scope, empty());
    modules.set(name, scope);
    return scope;
  }

  return {
    extend,
    module,
    /** @type {(name: string, scope: Scope, blocks: Blocks) => string} */
    block: (name, scope, blocks) => blockAt(blocks, name, 0, scope),
    /** @type {(blocks: Blocks, name: string, depth: number, scope: Scope) => Safe} */
    parent: (blocks, name, depth, scope) => new Safe(blockAt(blocks, name, depth + 1, scope)),
    /** @type {(name: string, scope: Scope) => string} */
    include: (name, scope) => extend(name, Object.create(scope), empty()),
  };
}
