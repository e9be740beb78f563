/** Sealed for the server alone: ephemeral ECDH P-256, HKDF-SHA256, AES-256-GCM. */
import { base64url, fromBase64url, utf8 } from './bytes'
import type { SealedBox, SealingKey } from './wire'

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const
const IV_BYTES = 12

/** `context` says what it is and whose; without the same words nobody opens it. `own`: a fixed pair, for tests. */
export async function sealTo(
  crypto: Crypto,
  server: SealingKey,
  context: string,
  bytes: Uint8Array<ArrayBuffer>,
  own: { readonly pair?: CryptoKeyPair; readonly iv?: Uint8Array<ArrayBuffer> } = {},
): Promise<SealedBox> {
  const pair = own.pair ?? (await crypto.subtle.generateKey(CURVE, true, ['deriveBits']))
  const iv = own.iv ?? crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const theirs = await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x: server.x, y: server.y }, CURVE, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256)
  const key = await keyFrom(crypto, shared, infoOf(context, x, y))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(context) }, key, bytes)
  return {
    schema: 'palmcheck/sealed/v1',
    alg: 'ECDH-P256+HKDF-SHA256+A256GCM',
    key_id: server.key_id,
    ephemeral: { x, y },
    iv: base64url(iv),
    ciphertext: base64url(new Uint8Array(sealed)),
  }
}

async function keyFrom(crypto: Crypto, shared: ArrayBuffer, info: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info }
  return crypto.subtle.deriveKey(how, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
}

/** The context, a zero byte, the ephemeral key's coordinates. */
function infoOf(context: string, x: string, y: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array([...utf8(context), 0, ...fromBase64url(x), ...fromBase64url(y)])
}
