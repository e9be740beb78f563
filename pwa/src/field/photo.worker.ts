import { refusedUnseen, sha256, shrunk, type ShrinkAnswer, type ToShrink } from './shrink'

/** Hashes the camera's file, then shrinks it, off the page's thread. The picture stands as the camera was held. */
async function shrink({ file, form }: ToShrink): Promise<ShrinkAnswer> {
  const original = await file.arrayBuffer()
  const refused = refusedUnseen(original)
  if (refused) return { refused }
  const originalSha256 = await sha256(original)
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const { width, height } = shrunk(picture.width, picture.height, form)
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d context')
  context.drawImage(picture, 0, 0, width, height)
  picture.close()
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: form.quality })
  return { bytes: await jpeg.arrayBuffer(), originalSha256, width, height }
}

self.addEventListener('message', (event: MessageEvent<ToShrink>) => {
  shrink(event.data).then(
    (done) => self.postMessage(done, { transfer: done && 'bytes' in done ? [done.bytes] : [] }),
    () => self.postMessage(null),
  )
})
