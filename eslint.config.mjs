import js from '@eslint/js';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

/** A number that a sentence of VS Code's l10n would print as it is, "48210" where people read "48,210": use ui/words/numbers.ts. */
const rawNumbers = {
  create: (context) => ({
    'CallExpression[callee.name="t"], CallExpression[callee.property.name="t"]': ({ arguments: [, ...given] }) => {
      for (const node of given) {
        // Places in a file and exit codes are names, not counts.
        if (/\b(line|column|exitCode)$/.test(context.sourceCode.getText(node))) continue;
        const type = context.sourceCode.parserServices.getTypeAtLocation(node);
        const types = type.isUnion() ? type.types : [type];
        if (types.some(({ flags }) => flags & ts.TypeFlags.NumberLike))
          context.report({ node, message: 'Format a count: numberText()' });
      }
    },
  }),
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', '**/node_modules/', '.vscode-test/', 'test/host/.cache/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { words: { rules: { 'no-raw-numbers': rawNumbers } } },
    rules: { 'words/no-raw-numbers': 'error' },
  },
  {
    // VS Code makes links of what stands in a message: src/ui/tell.ts is where that ends.
    files: ['src/**/*.ts'],
    ignores: ['src/ui/tell.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
          message: 'Use ui/tell.ts',
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
      },
    },
  },
);
