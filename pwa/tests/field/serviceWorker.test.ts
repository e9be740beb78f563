import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { transformWithOxc, type Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'
import { filesOf } from '../../service-worker-build'

const source = join(import.meta.dirname, '../../src/sw.ts')

/** The worker in a world of its own: its listeners, its caches, and who asked for what. */
async function worker({ broken = '', windows = 1, kept = [] as string[] } = {}) {
  const { code } = await transformWithOxc(await readFile(source, 'utf8'), source)
  const listeners = new Map<string, (event: unknown) => void>()
  const stores = new Map<string, Set<string>>(kept.map((name) => [name, new Set()]))
  const calls: string[] = []
  class Req { constructor(readonly url: string) {} }
  const cacheOf = (name: string) => ({
    addAll: (requests: Req[]) => {
      if (requests.some(({ url }) => url === broken)) return Promise.reject(new Error('404'))
      requests.forEach(({ url }) => stores.get(name)?.add(url))
      return Promise.resolve()
    },
    match: (asked: string | { url: string }) => {
      const path = typeof asked === 'string' ? asked : new URL(asked.url).pathname
      return Promise.resolve(stores.get(name)?.has(path) ? `kept ${path}` : undefined)
    },
  })
  runInNewContext(`const FILES = ['/app/', '/assets/app.js']; const VERSION = 'v2'; ${code}`, {
    URL, Request: Req, Promise, fetch: (request: { url: string }) => Promise.resolve(`fetched ${new URL(request.url).pathname}`),
    caches: {
      open: (name: string) => { if (!stores.has(name)) stores.set(name, new Set()); return Promise.resolve(cacheOf(name)) },
      delete: (name: string) => Promise.resolve(stores.delete(name)), keys: () => Promise.resolve([...stores.keys()]),
    },
    self: {
      addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
      location: { origin: 'https://county' }, skipWaiting: () => { calls.push('skipWaiting') },
      clients: { claim: () => { calls.push('claim') }, matchAll: () => Promise.resolve(Array.from({ length: windows })) },
    },
  })
  async function tell(type: string, more: object = {}): Promise<unknown> {
    let answer: Promise<unknown> | undefined
    const settle = (promise: Promise<unknown>) => { answer = promise }
    listeners.get(type)?.({ ...more, waitUntil: settle, respondWith: settle })
    return answer
  }
  const get = (url: string, more: object = {}) => tell('fetch', { request: { url: `https://county${url}`, method: 'GET', mode: 'cors', ...more } })
  return { tell, get, stores, calls }
}

describe('the service worker', () => {
  it('keeps all files of its version, and lets old versions of the field app go', async () => {
    const { tell, stores } = await worker({ kept: ['palmcheck-field-v1', 'someone-else'] })
    await tell('install')
    expect([...stores.get('palmcheck-field-v2') ?? []]).toEqual(['/app/', '/assets/app.js'])
    await tell('activate')
    expect([...stores.keys()].sort()).toEqual(['palmcheck-field-v2', 'someone-else'])
  })

  it('keeps nothing of a version that did not come whole', async () => {
    const { tell, stores } = await worker({ broken: '/assets/app.js' })
    await expect(tell('install')).rejects.toThrow('404')
    expect([...stores.keys()]).toEqual([])
  })

  it('never takes over by itself, nor while a second window is open', async () => {
    const alone = await worker()
    await alone.tell('install')
    await alone.tell('activate')
    expect(alone.calls).not.toContain('skipWaiting')
    await alone.tell('message', { data: 'take-over' })
    expect(alone.calls).toContain('skipWaiting')
    const two = await worker({ windows: 2 })
    await two.tell('message', { data: 'take-over' })
    expect(two.calls).not.toContain('skipWaiting')
  })

  it('opens every address of the app from what is kept', async () => {
    const { tell, get } = await worker()
    await tell('install')
    expect(await get('/app/parts/1/checklist/people', { mode: 'navigate' })).toBe('kept /app/')
    expect(await get('/assets/app.js')).toBe('kept /assets/app.js')
  })

  it('leaves the API, the console and everything that is not GET alone', async () => {
    const { get } = await worker()
    expect(await get('/api/field/changes')).toBeUndefined()
    expect(await get('/assets/console.js')).toBeUndefined()
    expect(await get('/app/x', { method: 'POST' })).toBeUndefined()
  })
})

it('the list of files holds what the field app may load, later chunks and workers too, and nothing of the console', () => {
  const chunk = (fileName: string, more: object = {}) => ({ type: 'chunk', fileName, imports: [], dynamicImports: [], code: '', ...more })
  const bundle = {
    'app.js': chunk('app.js', { imports: ['vue.js'], dynamicImports: ['review.js'], viteMetadata: { importedCss: new Set(['app.css']) } }),
    'vue.js': chunk('vue.js'), 'review.js': chunk('review.js', { code: 'new URL("photo.worker-1.js")', imports: ['vue.js'] }),
    'app.css': { type: 'asset', fileName: 'app.css' }, 'photo.worker-1.js': { type: 'asset', fileName: 'photo.worker-1.js' },
    'console.js': chunk('console.js', { imports: ['vue.js'] }),
  } as unknown as Rolldown.OutputBundle
  expect(filesOf(bundle, 'app.js')).toEqual(['app.css', 'app.js', 'photo.worker-1.js', 'review.js', 'vue.js'])
})
