/// <reference lib="webworker" />
// The field app without a network. The build puts FILES (addresses of this version) and VERSION (hash of their
// contents) before these lines. API answers never come from here: they are the sync engine's.
declare const FILES: readonly string[]
declare const VERSION: string

const worker = self as unknown as ServiceWorkerGlobalScope
const FAMILY = 'palmcheck-field-'
const SHELL = '/app/'

/** All files or none: half a version would fail later, in the field. */
async function install(): Promise<void> {
  try {
    const cache = await caches.open(FAMILY + VERSION)
    await cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })))
  } catch (fault) {
    await caches.delete(FAMILY + VERSION)
    throw fault
  }
}

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== FAMILY + VERSION)
  await Promise.all(old.map((name) => caches.delete(name)))
  await worker.clients.claim()
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(FAMILY + VERSION)
  return (await cache.match(request.mode === 'navigate' ? SHELL : request, { ignoreVary: true })) ?? fetch(request)
}

/** The page asks at its start; a second window would lose the files under its feet, so then the new version waits. */
async function takeOver(): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (windows.length <= 1) await worker.skipWaiting()
}

worker.addEventListener('install', (event) => { event.waitUntil(install()) })
worker.addEventListener('activate', (event) => { event.waitUntil(activate()) })
worker.addEventListener('message', (event) => { if (event.data === 'take-over') event.waitUntil(takeOver()) })
worker.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  const ours = origin === worker.location.origin && (pathname.startsWith('/app/') || FILES.includes(pathname))
  if (event.request.method === 'GET' && ours) event.respondWith(answer(event.request))
})
