/** Lint for the worker and the pages. Core rules only, so that nothing needs to be installed beside eslint itself. */

const names = (text) => Object.fromEntries(text.split(' ').map((name) => [name, 'readonly']));

const BOTH = names(
  'AbortController AbortSignal atob Blob BroadcastChannel btoa clearTimeout console crypto CustomEvent DOMException Event '
  + 'EventTarget fetch File FormData Headers IDBKeyRange indexedDB Intl MessageChannel navigator performance queueMicrotask Request '
  + 'Response setTimeout structuredClone TextDecoder TextEncoder URL URLSearchParams CompressionStream '
  + 'DecompressionStream ReadableStream',
);
const WORKER = names('caches clients registration self skipWaiting location Clients FetchEvent Notification');
const PAGE = names(
  'alert addEventListener document Document Element HTMLElement HTMLFormElement htmx location matchMedia MutationObserver Node '
  + 'Notification PerformanceObserver PushManager requestAnimationFrame sessionStorage history window caches '
  + 'CSS Worker localStorage HTMLDialogElement HTMLInputElement HTMLTextAreaElement HTMLTemplateElement HTMLButtonElement HTMLSelectElement visualViewport requestIdleCallback',
);

const RULES = [
  // Likely mistakes.
  'array-callback-return', 'constructor-super', 'for-direction', 'getter-return', 'no-async-promise-executor',
  'no-class-assign', 'no-compare-neg-zero', 'no-cond-assign', 'no-const-assign', 'no-constant-binary-expression',
  'no-constant-condition', 'no-debugger', 'no-dupe-args', 'no-dupe-class-members', 'no-dupe-else-if',
  'no-dupe-keys', 'no-duplicate-case', 'no-empty-character-class', 'no-empty-pattern', 'no-ex-assign',
  'no-fallthrough', 'no-func-assign', 'no-global-assign', 'no-import-assign', 'no-inner-declarations',
  'no-invalid-regexp', 'no-irregular-whitespace', 'no-loss-of-precision', 'no-misleading-character-class',
  'no-new-native-nonconstructor', 'no-obj-calls', 'no-promise-executor-return', 'no-prototype-builtins',
  'no-self-assign', 'no-self-compare', 'no-setter-return', 'no-shadow-restricted-names', 'no-sparse-arrays',
  'no-this-before-super', 'no-undef', 'no-unexpected-multiline', 'no-unmodified-loop-condition', 'no-unreachable',
  'no-unreachable-loop', 'no-unsafe-finally', 'no-unsafe-negation', 'no-unsafe-optional-chaining',
  'no-unused-labels', 'no-unused-private-class-members', 'no-useless-assignment', 'no-useless-backreference',
  'require-yield', 'use-isnan', 'valid-typeof',
  // What the content security policy and the house rules forbid.
  'no-eval', 'no-implied-eval', 'no-new-func', 'no-script-url', 'no-alert', 'no-warning-comments',
  // The simpler way to say it.
  'default-case-last', 'dot-notation', 'eqeqeq', 'no-else-return', 'no-extra-boolean-cast', 'no-lone-blocks',
  'no-lonely-if', 'no-regex-spaces', 'no-unneeded-ternary', 'no-useless-call', 'no-useless-catch',
  'no-useless-computed-key', 'no-useless-concat', 'no-useless-constructor', 'no-useless-escape', 'no-useless-rename',
  'no-useless-return', 'no-var', 'object-shorthand', 'prefer-const', 'prefer-object-has-own', 'prefer-rest-params',
  'prefer-spread', 'prefer-template', 'yoda', 'no-array-constructor', 'no-caller', 'no-delete-var', 'no-empty-static-block',
  'no-extend-native', 'no-multi-assign', 'no-new-wrappers', 'no-octal', 'no-sequences',
  'no-throw-literal', 'no-with', 'symbol-description',
];

const rules = {
  ...Object.fromEntries(RULES.map((rule) => [rule, 'error'])),
  'no-empty': ['error', { allowEmptyCatch: true }],
  'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true }],
  'no-console': ['error', { allow: ['warn', 'error'] }],
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
};

const files = (patterns, globals) => ({
  files: patterns,
  rules,
  languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals },
  linterOptions: { reportUnusedDisableDirectives: 'error' },
});

export default [
  { ignores: ['**/vendor/**', '.venv/**', 'data/**', 'demo-data/**'] },
  files(['service_worker/**/*.js'], { ...BOTH, ...WORKER }),
  files(['static/js/**/*.js'], { ...BOTH, ...PAGE }),
  files(['tests/**/*.{js,mjs}', 'bench/**/*.{js,mjs}', '*.mjs'], { ...BOTH, ...WORKER, ...PAGE, ...names('process Buffer globalThis IDBObjectStore') }),
];
