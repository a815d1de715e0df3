// Beside the usual rules: the layers of the UI are kept apart.  api knows nothing of the others,
// store has no DOM, views reach the server only through the store.
import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

const DOM = [
  'window',
  'document',
  'navigator',
  'location',
  'localStorage',
  'indexedDB',
  'fetch',
  'WebSocket',
  'requestAnimationFrame',
];

function without(globals, message) {
  return ['error', ...globals.map((name) => ({ name, message }))];
}

function notFrom(...group) {
  return ['error', { patterns: [{ group, message: 'This layer must not know that one.' }] }];
}

export default ts.config(
  { ignores: ['dist/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  {
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', 300],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Text is rendered as text nodes only.',
        },
      ],
    },
  },
  {
    files: ['src/api/**'],
    rules: {
      'no-restricted-imports': notFrom('**/store/*', '**/views/*', '**/platform/*', '**/i18n/*'),
    },
  },
  {
    files: ['src/store/**'],
    rules: {
      'no-restricted-globals': without(DOM, 'The store has no DOM: take it as a dependency.'),
      'no-restricted-imports': notFrom('**/views/*', '**/platform/*', '**/i18n/*'),
    },
  },
  {
    files: ['src/views/**', 'src/design/**'],
    rules: {
      'no-restricted-globals': without(
        ['fetch', 'WebSocket', 'indexedDB', 'localStorage'],
        'Views ask the store.',
      ),
    },
  },
  {
    files: ['scripts/**', 'tests/**'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
);
