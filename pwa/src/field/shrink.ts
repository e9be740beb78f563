import type { FieldRules } from '@/offline'

/** How a photo is kept: its long side in pixels at most, and its JPEG quality. */
export interface PhotoForm { readonly longSide: number; readonly quality: number }

/** The jurisdiction's form; unless it says otherwise, about 200 KB of a 12-megapixel picture. */
export function formOf(rules: Partial<FieldRules> | null): PhotoForm {
  return { longSide: rules?.photo_long_side ?? 1600, quality: (rules?.photo_quality ?? 82) / 100 }
}

/** Size after shrinking; a smaller picture is never blown up. */
export function shrunk(width: number, height: number, { longSide }: Pick<PhotoForm, 'longSide'>): { width: number; height: number } {
  const factor = Math.min(1, longSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

/** Why a file is no photo; each is a sentence of its own that says what to do. */
export type Refusal = 'empty' | 'not_image' | 'too_large' | 'heic' | 'unreadable'

/** More pixels than this are not decoded: a phone would run out of memory, and lose more than the photo. */
export const MOST_PIXELS = 100_000_000

/** What can be told from a file's own bytes before anything decodes it; null when nothing speaks against it. */
export function refusedUnseen(bytes: ArrayBuffer): Refusal | null {
  if (bytes.byteLength === 0) return 'empty'
  if (!isImage(bytes)) return 'not_image'
  const size = announcedSize(new DataView(bytes))
  return size && size.width * size.height > MOST_PIXELS ? 'too_large' : null
}

/** Why a file that looked like a photo could not be decoded. */
export function refusedUndecoded(bytes: ArrayBuffer): Refusal {
  return isHeic(bytes) ? 'heic' : 'unreadable'
}

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']
const STARTS = ['\xff\xd8\xff', '\x89PNG\r\n', 'GIF8', 'BM', 'II*\0', 'MM\0*']

const text = (bytes: ArrayBuffer, from: number, to: number) => String.fromCharCode(...new Uint8Array(bytes.slice(from, to)))

/** HEIC by its first bytes; names and media types lie. Most browsers cannot decode it. */
export function isHeic(bytes: ArrayBuffer): boolean {
  return text(bytes, 4, 8) === 'ftyp' && HEIC_BRANDS.includes(text(bytes, 8, 12))
}

/** Whether the first bytes are those of any picture, also of one that no browser shows. */
function isImage(bytes: ArrayBuffer): boolean {
  const start = text(bytes, 0, 8)
  const boxed = isHeic(bytes) || text(bytes, 4, 12) === 'ftypavif' || (start.startsWith('RIFF') && text(bytes, 8, 12) === 'WEBP')
  return boxed || STARTS.some((each) => start.startsWith(each))
}

/** The size that a JPEG or PNG announces; null for other kinds, and where it is not found. */
function announcedSize(view: DataView): { width: number; height: number } | null {
  if (view.byteLength >= 24 && view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
  return null
}

/** Lower-case hex SHA-256. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What is drawn, as a JPEG: nothing of the camera's file comes with it, no position and no name of a phone. */
export async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<ArrayBuffer> {
  const jpeg = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/jpeg', quality) })
  if (!jpeg) throw new Error('nothing was drawn')
  return jpeg.arrayBuffer()
}

export interface Shrunk { readonly bytes: ArrayBuffer; readonly originalSha256: string; readonly width: number; readonly height: number }

/** What the worker is asked, and what it answers; `null`: it cannot, the page's own thread may try. */
export interface ToShrink { readonly file: Blob; readonly form: PhotoForm }
export type ShrinkAnswer = Shrunk | { readonly refused: Refusal } | null
