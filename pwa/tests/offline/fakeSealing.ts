/** The server's half of sealing, for the tests: a key pair, and opening by it. */
import { fromBase64url, utf8 } from '../../src/offline/bytes'
import type { SealedBox, SealingKey } from '../../src/offline'

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const
const pair = crypto.subtle.generateKey(CURVE, true, ['deriveBits'])

export async function serverKey(): Promise<SealingKey> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', (await pair).publicKey)
  return { key_id: 'test', x, y }
}

export async function openBox(box: SealedBox, context: string): Promise<Uint8Array> {
  const sender = await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', ...box.ephemeral }, CURVE, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: sender }, (await pair).privateKey, 256)
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const info = new Uint8Array([...utf8(context), 0, ...fromBase64url(box.ephemeral.x), ...fromBase64url(box.ephemeral.y)])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info }
  const key = await crypto.subtle.deriveKey(how, secret, { name: 'AES-GCM', length: 256 }, false, ['decrypt'])
  const opened = { name: 'AES-GCM', iv: fromBase64url(box.iv), additionalData: utf8(context) }
  return new Uint8Array(await crypto.subtle.decrypt(opened, key, fromBase64url(box.ciphertext)))
}
