import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { precompress } from './precompress-build.ts'
import { serviceWorker } from './service-worker-build.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const among = (folder: string, names: string) => new RegExp(`src/${folder}/(${names.trim().split(/\s+/).join('|')})\\.`)

/**
 * On a slow network a file costs a round trip, whatever its size: what one step needs comes in one file. The console
 * shares `vendor`, `ui`, `checklist` and `question` alone; signatures, photos and codes stay in files that few visits need.
 */
const CHUNKS = [
  { name: 'vendor', test: /node_modules\/(?!(lean-)?qr\/|@noble)/, priority: 9 },
  { name: 'ui', test: among('(ui|messages)', 'AppBar Button Disclosure EmptyState Field Icon Notice Status icons base strokes t dates'), priority: 8 },
  { name: 'checklist', test: /src\/(checklist\/|field\/(numbering|numberInput)\.ts)/, priority: 7 },
  // The checklist editor previews with the phone's own cards: kept from `visit`, which leads to the phone's entry and would start it in the console.
  { name: 'question', test: among('field', 'parts/QuestionCard parts/ChoiceAnswer parts/NumberAnswer parts/LawBasis'), priority: 7 },
  { name: 'phone', test: /src\/offline\/(?!ids|bytes|vaultWork|vaultKeys|serverHelp|sealRows|sealing|pinRules|exportUnsent|importUnsent|unsentFile)|src\/messages\/field\.zh|src\/field\/(t|useEngine|useDraft)\.ts/, priority: 6 },
  { name: 'visit', test: among('field', `screens/Task screens/CheckIn screens/Checklist parts/QuestionCard parts/ChoiceAnswer parts/NumberAnswer
    parts/LawBasis parts/PhotoPart parts/SavedMark parts/SectionJump parts/ProblemNotice parts/Outcome useJudgement usePhotos rules signing`), priority: 5 },
]

export default defineConfig({
  plugins: [vue(), serviceWorker(), precompress()],
  define: { __VUE_OPTIONS_API__: 'false' }, // all components are script setup: the other half of Vue stays at home
  resolve: { alias: { '@problems': at('../backend/palmcheck/messages'), '@schemas': at('../schemas'), '@': at('./src') } },
  build: {
    target: 'es2022', outDir: 'dist', assetsDir: 'assets', assetsInlineLimit: 0, modulePreload: { polyfill: false },
    rolldownOptions: { input: { app: at('./app/index.html'), console: at('./console/index.html') }, output: { codeSplitting: { groups: CHUNKS, includeDependenciesRecursively: false } } },
  },
  server: { fs: { allow: [at('..')] }, proxy: { '/api': 'http://127.0.0.1:8000' } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
})
