/** Operations as they are signed: canonical bytes, hash chain, signature. */
import canonicalize from 'canonicalize'
import { base64url, hex, sha256, utf8 } from './bytes'
import type { ChainHead } from './rows'
import type { Operation, OperationBody, Signed } from './wire'

/** What an operation says, before it has a place in the chain. */
export type Wanted = OperationBody & {
  readonly id: string
  readonly depends_on: string[]
  readonly supersedes: string | null
}

/** What all operations of one minting share. */
export interface Circumstances {
  readonly device_id: string
  readonly account_id: string
  readonly nonce: string
  readonly captured_at: string
  readonly clock_offset_ms: number
}

/** Signs bytes by the device key: raw r||s; null: this device cannot sign. */
export type Sign = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array | null>

/** The head before the first operation. */
export const NO_OPERATION: ChainHead = { sequence: 0, sha256: '0'.repeat(64) }

/** RFC 8785 bytes of a JSON value. */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return utf8(canonicalText(value))
}

/** RFC 8785 text of a JSON value: the same value is the same text on every repeat. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/** Appends the wanted operations to the chain that ends in `head`; answers them and the new head. */
export async function mint(
  wanted: readonly Wanted[],
  around: Circumstances,
  head: ChainHead,
  crypto: Crypto,
  sign: Sign,
): Promise<{ signed: Signed[]; head: ChainHead }> {
  const signed: Signed[] = []
  for (const one of wanted) {
    const operation: Operation = {
      schema: 'palmcheck/operation/v1',
      alg: 'ES256',
      ...around,
      ...one,
      sequence: head.sequence + 1,
      previous_sha256: head.sha256,
    }
    const bytes = canonicalBytes(operation)
    const signature = await sign(bytes)
    signed.push({ operation, signature: signature ? base64url(signature) : '' })
    head = { sequence: operation.sequence, sha256: hex(await sha256(crypto, bytes)) }
  }
  return { signed, head }
}
