import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'

const noScreen = {
  patterns: [{ group: ['vue', 'vue-*', '*.vue', '@/ui/*', '@/field/*', '@/console/*', '../ui/*', '../field/*', '../console/*'],
    message: 'src/offline and src/checklist know no Vue and no screen.' }],
}

export default tseslint.config(
  { ignores: ['dist', 'src/api/schema.d.ts'] },
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  { rules: {
    'vue/max-attributes-per-line': 'off', 'vue/singleline-html-element-content-newline': 'off',
    'vue/html-self-closing': 'off', 'vue/multi-word-component-names': 'off', 'vue/html-closing-bracket-newline': 'off',
    'vue/first-attribute-linebreak': 'off', 'vue/html-indent': 'off', 'vue/attributes-order': 'off',
    '@typescript-eslint/no-non-null-assertion': 'error', '@typescript-eslint/no-explicit-any': 'error',
  } },
  { files: ['src/offline/**', 'src/checklist/**'], rules: {
    'no-restricted-imports': ['error', noScreen],
    'no-restricted-globals': ['error', 'document', 'window', 'localStorage', 'sessionStorage'],
  } },
)
