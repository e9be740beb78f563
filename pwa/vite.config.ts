import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { precompress } from './precompress-build.ts'
import { serviceWorker } from './service-worker-build.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [vue(), serviceWorker(), precompress()],
  resolve: { alias: { '@problems': at('../backend/palmcheck/messages'), '@schemas': at('../schemas'), '@': at('./src') } },
  build: {
    target: 'es2022', outDir: 'dist', assetsDir: 'assets', assetsInlineLimit: 0, modulePreload: { polyfill: false },
    rollupOptions: { input: { app: at('./app/index.html'), console: at('./console/index.html') } },
  },
  server: { fs: { allow: [at('..')] }, proxy: { '/api': 'http://127.0.0.1:8000' } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
})
