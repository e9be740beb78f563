/** Long side of a kept photo in pixels, and its JPEG quality: about 200 KB of a 12-megapixel picture. */
export const LONG_SIDE = 1600
export const QUALITY = 0.82

/** Size after shrinking; a smaller picture is never blown up. */
export function shrunk(width: number, height: number): { width: number; height: number } {
  const factor = Math.min(1, LONG_SIDE / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

/** HEIC by its first bytes; names and media types lie. Most browsers cannot decode it. */
export function isHeic(bytes: ArrayBuffer): boolean {
  const head = String.fromCharCode(...new Uint8Array(bytes.slice(4, 12)))
  return head.startsWith('ftyp') && HEIC_BRANDS.includes(head.slice(4))
}

/** Lower-case hex SHA-256. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export interface Shrunk { readonly bytes: ArrayBuffer; readonly originalSha256: string; readonly width: number; readonly height: number }
