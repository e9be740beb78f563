import vectors from '@schemas/vectors/operation.json'
import { afterEach, describe, expect, it } from 'vitest'
import { hex, sha256 } from '../../src/offline/bytes'
import { clockOffset } from '../../src/offline/clock'
import { NO_OPERATION, canonicalBytes, mint } from '../../src/offline/envelope'
import { uuidv7 } from '../../src/offline/ids'
import type { Operation, Signed } from '../../src/offline'
import { Phone, fill, readyPhone, until } from './harness'
import { PART } from './world'

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const

async function verifies(publicKey: JsonWebKey, operation: unknown, signature: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('jwk', publicKey, ECDSA, false, ['verify'])
  return crypto.subtle.verify(SHA256, key, Buffer.from(signature, 'base64url'), canonicalBytes(operation))
}

describe('the shared vectors', () => {
  it.each(vectors.valid)('$name: bytes, hash, signature', async ({ operation, canonical_hex, sha256: hash, signature }) => {
    const bytes = canonicalBytes(operation)
    expect(hex(bytes)).toBe(canonical_hex)
    expect(hex(await sha256(crypto, bytes))).toBe(hash)
    expect(await verifies(vectors.key.public, operation, signature)).toBe(true)
  })

  it('are one chain', () => {
    const hashes = [vectors.first_previous_sha256, ...vectors.valid.map(({ sha256: hash }) => hash)]
    vectors.valid.forEach(({ operation }, i) => expect(operation.previous_sha256).toBe(hashes[i]))
  })

  it.each(vectors.tampered)('$name: refused', async ({ operation, signature }) => {
    expect(await verifies(vectors.key.public, operation, signature)).toBe(false)
  })

  it('prove an enrolment', async () => {
    const { claim, canonical_hex, proof } = vectors.enrolment
    expect(hex(canonicalBytes(claim))).toBe(canonical_hex)
    expect(await verifies(vectors.key.public, claim, proof)).toBe(true)
  })

  it('are minted again to the same bytes', async () => {
    let head = NO_OPERATION
    for (const { operation, canonical_hex } of vectors.valid) {
      const { id, kind, body, depends_on, supersedes, device_id, account_id, nonce, captured_at, clock_offset_ms } =
        operation as unknown as Operation
      const wanted = { id, kind, body, depends_on, supersedes } as Parameters<typeof mint>[0][number]
      const around = { device_id, account_id, nonce, captured_at, clock_offset_ms }
      const minted = await mint([wanted], around, head, crypto, async () => null)
      expect(hex(canonicalBytes(minted.signed[0]?.operation))).toBe(canonical_hex)
      head = minted.head
    }
  })
})

describe('what a phone sends', () => {
  let phone: Phone
  afterEach(() => phone.end())

  it('verifies by the key that it enrolled, as one chain', async () => {
    const ready = await readyPhone()
    phone = ready.phone
    await fill(ready.engine, PART)
    await ready.engine.submit(PART)
    await until(ready.engine, ({ unsent }) => unsent === 0)
    const enrolment = JSON.parse([...phone.server.devices.values()][0] ?? '{}')
    const { device_id, code, proof } = enrolment
    const claim = { purpose: 'palmcheck/device-enrolment/v1', device_id, code }
    expect(await verifies(enrolment.public_key, claim, proof)).toBe(true)

    let previous = '0'.repeat(64)
    for (const { operation, signature } of phone.server.operations.values() as Iterable<Signed>) {
      expect(operation).toMatchObject({ previous_sha256: previous, device_id, alg: 'ES256' })
      expect(await verifies(enrolment.public_key, operation, signature)).toBe(true)
      previous = hex(await sha256(crypto, canonicalBytes(operation)))
    }
  })

  it('carries an empty signature when the key is lost, and the device says so', async () => {
    const ready = await readyPhone()
    phone = ready.phone
    await clearKeys(phone)
    await fill(ready.engine, PART)
    await ready.engine.submit(PART)
    await until(ready.engine, ({ unsent }) => unsent === 0)
    expect([...phone.server.operations.values()].map(({ signature }) => signature)).toEqual(['', ''])
    expect(ready.engine.view().device?.signed).toBe(false)
  })
})

describe('ids', () => {
  it('are UUIDv7 of the given time and sort by it', () => {
    const at = Date.parse('2026-11-23T02:00:00.000Z')
    const id = uuidv7(crypto, at)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at)
    expect(uuidv7(crypto, at + 1) > id).toBe(true)
  })
})

it('the clock offset is taken at the middle of the request; an unreadable time counts as none', () => {
  expect(clockOffset(1_000, 3_000, new Date(500).toISOString())).toBe(1_500)
  expect(clockOffset(1_000, 3_000, 'soon')).toBe(0)
})

async function clearKeys(phone: Phone): Promise<void> {
  await new Promise<void>((resolve) => {
    const request = phone.factory.open('palmcheck')
    request.onsuccess = () => {
      const tx = request.result.transaction('keys', 'readwrite')
      tx.objectStore('keys').clear()
      tx.oncomplete = () => {
        request.result.close()
        resolve()
      }
    }
  })
}
