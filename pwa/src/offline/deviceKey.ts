/** The device's signing key: ECDSA P-256, non-extractable, kept in IndexedDB. */
import type { Database } from './database'
import type { Sign } from './envelope'
import { ProblemError, localProblem } from './problems'
import { THIS } from './rows'
import type { Enrolment } from './wire'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const

/** A new key pair. Throws ProblemError `offline.key_unavailable` where there is no WebCrypto (plain http). */
export async function createKey(crypto: Crypto): Promise<CryptoKeyPair> {
  try {
    return await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
  } catch {
    throw new ProblemError(localProblem('offline.key_unavailable'))
  }
}

/** The public half as the server takes it. */
export async function publicJwk(crypto: Crypto, pair: CryptoKeyPair): Promise<Enrolment['public_key']> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return { kty: 'EC', crv: 'P-256', x, y }
}

/** Raw r||s, 64 bytes. */
export async function signBy(crypto: Crypto, pair: CryptoKeyPair, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(SIGNING, pair.privateKey, bytes))
}

/**
 * Keeps the key, reads it back and signs once with what was read. False: this browser cannot
 * keep it, so the device is "unsigned"; nothing else is lost by that.
 */
export async function keepKey(db: Database, crypto: Crypto, pair: CryptoKeyPair): Promise<boolean> {
  try {
    await db.write(['keys'], (tx) => tx.put('keys', { key: THIS, pair }))
    return (await signerFrom(db, crypto)(new Uint8Array([1]))) !== null
  } catch {
    return false
  }
}

/** Signs by the kept key; answers null when it is gone or does not work. */
export function signerFrom(db: Database, crypto: Crypto): Sign {
  return async (bytes) => {
    try {
      const row = await db.read(['keys'], (tx) => tx.get('keys', THIS))
      return row ? await signBy(crypto, row.pair, bytes) : null
    } catch {
      return null
    }
  }
}
