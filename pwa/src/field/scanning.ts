import { decodeQR } from 'qr/decode.js'

/** Most pixels on the longer side of a frame that is searched: a code held before the camera fills half of it. */
const LONG_SIDE = 640
const EVERY_MS = 150

/** Reads QR codes from the back camera until told to stop. Rejects when there is no camera, or it is refused. */
export async function scan(video: HTMLVideoElement, found: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  video.srcObject = stream
  await video.play()
  const canvas = document.createElement('canvas')
  const timer = setInterval(() => {
    const text = textIn(video, canvas)
    if (text !== null) found(text)
  }, EVERY_MS)
  return () => {
    clearInterval(timer)
    stream.getTracks().forEach((track) => track.stop())
  }
}

function textIn(video: HTMLVideoElement, canvas: HTMLCanvasElement): string | null {
  const scale = Math.min(1, LONG_SIDE / Math.max(video.videoWidth, video.videoHeight))
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)]
  if (width === 0 || height === 0) return null
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return null
  pen.drawImage(video, 0, 0, width, height)
  try {
    return decodeQR({ width, height, data: pen.getImageData(0, 0, width, height).data })
  } catch {
    return null // no code in this frame
  }
}
