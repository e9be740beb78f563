import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npx vite build --config tests/field/page/vite.config.ts --outDir <folder>`: the screens over the fake engine. */
export default defineConfig({
  root: at('.'),
  publicDir: at('../../../public'),
  plugins: [vue()],
  resolve: { alias: { '@problems': at('../../../../backend/palmcheck/messages'), '@schemas': at('../../../../schemas'), '@': at('../../../src') } },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
