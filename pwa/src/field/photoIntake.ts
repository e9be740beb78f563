import { jpegOf, refusedUndecoded, refusedUnseen, sha256, shrunk, type PhotoForm, type Refusal, type ShrinkAnswer, type Shrunk, type ToShrink } from './shrink'

/** The picture cannot be used; `why` names the sentence to show. */
export class PhotoRefused extends Error {
  constructor(readonly why: Refusal) { super(why) }
}

const PATIENCE_MS = 20_000

/** What the worker makes of it; null when it cannot, fails, or keeps silent. */
function byWorker(asked: ToShrink): Promise<ShrinkAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./photo.worker.ts', import.meta.url), { type: 'module' })
    const settle = (done: ShrinkAnswer) => { clearTimeout(late); worker.terminate(); resolve(done) }
    const late = setTimeout(() => settle(null), PATIENCE_MS)
    worker.addEventListener('message', (event: MessageEvent<ShrinkAnswer>) => settle(event.data))
    worker.addEventListener('error', () => settle(null))
    worker.postMessage(asked)
  })
}

/** The same on the page's own thread, for browsers without OffscreenCanvas. An `img` turns itself as EXIF says. */
async function onThePage({ file, form }: ToShrink): Promise<Shrunk> {
  const original = await file.arrayBuffer()
  const refused = refusedUnseen(original)
  if (refused) throw new PhotoRefused(refused)
  const address = URL.createObjectURL(file)
  try {
    const picture = new Image()
    picture.src = address
    await picture.decode()
    const { width, height } = shrunk(picture.naturalWidth, picture.naturalHeight, form)
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
    return { bytes: await jpegOf(canvas, form.quality), originalSha256: await sha256(original), width, height }
  } catch {
    throw new PhotoRefused(refusedUndecoded(original))
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** Shrinks a photo from the camera to what is kept and sent, with the original's hash. Throws PhotoRefused. */
export async function takeIn(file: Blob, form: PhotoForm): Promise<Shrunk> {
  const inWorker = typeof OffscreenCanvas === 'undefined' ? null : await byWorker({ file, form })
  if (inWorker && 'refused' in inWorker) throw new PhotoRefused(inWorker.refused)
  return inWorker ?? onThePage({ file, form })
}
