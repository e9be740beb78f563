/** AES-256-GCM by WebCrypto, with a key of random bytes: iv, ciphertext and tag in one piece. */
import { utf8 } from './bytes'

type Bytes = Uint8Array<ArrayBuffer>
const AES = 'AES-GCM'
const IV_BYTES = 12
export const KEY_BYTES = 32

/** `place` says where it belongs: under another it does not open. */
export async function aesSeal(crypto: Crypto, key: Bytes, bytes: BufferSource, place: string): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const by = await crypto.subtle.importKey('raw', key, AES, false, ['encrypt'])
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt({ name: AES, iv, additionalData: utf8(place) }, by, bytes)))
}

/** Rejects what was altered, or sealed by another key or for another place. */
export async function aesOpen(crypto: Crypto, key: Bytes, sealed: Bytes, place: string): Promise<ArrayBuffer> {
  const by = await crypto.subtle.importKey('raw', key, AES, false, ['decrypt'])
  const how = { name: AES, iv: sealed.slice(0, IV_BYTES), additionalData: utf8(place) }
  return crypto.subtle.decrypt(how, by, sealed.slice(IV_BYTES))
}

export function joined(head: Uint8Array, tail: Uint8Array): Bytes {
  const both = new Uint8Array(head.length + tail.length)
  both.set(head)
  both.set(tail, head.length)
  return both
}
