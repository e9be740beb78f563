import { isHeic, QUALITY, sha256, shrunk, type Shrunk } from './shrink'

/** The picture cannot be used; `why` names the sentence to show. */
export class PhotoRefused extends Error {
  constructor(readonly why: 'heic' | 'unreadable') { super(why) }
}

const PATIENCE_MS = 20_000

/** What the worker makes of it; null when it cannot, fails, or keeps silent. */
function byWorker(file: Blob): Promise<Shrunk | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./photo.worker.ts', import.meta.url), { type: 'module' })
    const settle = (done: Shrunk | null) => { clearTimeout(late); worker.terminate(); resolve(done) }
    const late = setTimeout(() => settle(null), PATIENCE_MS)
    worker.addEventListener('message', (event: MessageEvent<Shrunk | null>) => settle(event.data))
    worker.addEventListener('error', () => settle(null))
    worker.postMessage(file)
  })
}

/** The same on the page's own thread, for browsers without OffscreenCanvas. */
async function onThePage(file: Blob): Promise<Shrunk> {
  const original = await file.arrayBuffer()
  const address = URL.createObjectURL(file)
  try {
    const picture = new Image()
    picture.src = address
    await picture.decode()
    const { width, height } = shrunk(picture.naturalWidth, picture.naturalHeight)
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
    const jpeg = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/jpeg', QUALITY) })
    if (!jpeg) throw new Error('nothing was drawn')
    return { bytes: await jpeg.arrayBuffer(), originalSha256: await sha256(original), width, height }
  } catch {
    throw new PhotoRefused(isHeic(original) ? 'heic' : 'unreadable')
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** Shrinks a photo from the camera to what is kept and sent, with the original's hash. Throws PhotoRefused. */
export async function takeIn(file: Blob): Promise<Shrunk> {
  const inWorker = typeof OffscreenCanvas === 'undefined' ? null : await byWorker(file)
  return inWorker ?? onThePage(file)
}
