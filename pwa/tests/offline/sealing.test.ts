import { expect, it } from 'vitest'
import vector from '@schemas/vectors/sealed.json'
import { fromBase64url } from '../../src/offline/bytes'
import { sealTo } from '../../src/offline/sealing'
import { openBox, serverKey } from './fakeSealing'

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const

it('the shared vector is sealed to the same bytes', async () => {
  const jwk = { kty: 'EC', crv: 'P-256', ...vector.box.ephemeral }
  const pair = {
    publicKey: await crypto.subtle.importKey('jwk', jwk, CURVE, true, []),
    privateKey: await crypto.subtle.importKey('jwk', { ...jwk, d: vector.ephemeral_private }, CURVE, false, ['deriveBits']),
  }
  const box = await sealTo(crypto, vector.server, vector.context, fromBase64url(vector.content), { pair, iv: fromBase64url(vector.box.iv) })
  expect(box).toEqual(vector.box)
})

it('opens under the same words only, and never twice to the same bytes', async () => {
  const bytes = new Uint8Array([1, 2, 3])
  const box = await sealTo(crypto, await serverKey(), 'mine', bytes)
  expect(await openBox(box, 'mine')).toEqual(bytes)
  await expect(openBox(box, 'yours')).rejects.toThrow()
  expect((await sealTo(crypto, await serverKey(), 'mine', bytes)).ciphertext).not.toBe(box.ciphertext)
})
