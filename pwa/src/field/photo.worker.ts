import { QUALITY, sha256, shrunk, type Shrunk } from './shrink'

/** Hashes the camera's file, then shrinks it, off the page's thread. */
async function shrink(file: Blob): Promise<Shrunk> {
  const original = await file.arrayBuffer()
  const originalSha256 = await sha256(original)
  const picture = await createImageBitmap(file)
  const { width, height } = shrunk(picture.width, picture.height)
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d context')
  context.drawImage(picture, 0, 0, width, height)
  picture.close()
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
  return { bytes: await jpeg.arrayBuffer(), originalSha256, width, height }
}

self.addEventListener('message', (event: MessageEvent<Blob>) => {
  shrink(event.data).then(
    (done) => self.postMessage(done, { transfer: [done.bytes] }),
    () => self.postMessage(null),
  )
})
