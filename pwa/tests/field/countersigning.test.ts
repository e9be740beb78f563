import encodeQR from 'qr'
import decodeQR from 'qr/decode.js'
import { expect, it } from 'vitest'
import { codeText, readCode, spokenCode, typedCode } from '@/field/countersigning'

const PART = '01900000-0000-7000-8000-000000000001'
const SHA256 = '3fa977c1'.repeat(8)

it('what one phone shows, the other reads', () => {
  expect(readCode(codeText({ partId: PART, sha256: SHA256 }))).toEqual({ partId: PART, sha256: SHA256 })
  expect(readCode('https://example.org/s/abc')).toBeNull()
})

it('a picture of the code gives the code back', () => {
  const text = codeText({ partId: PART, sha256: SHA256 })
  const bits = encodeQR(text, 'raw', { scale: 4 })
  const size = bits.length
  const data = new Uint8ClampedArray(bits.flatMap((row) => row.flatMap((dark) => Array<number>(3).fill(dark ? 0 : 255).concat(255))))
  expect(decodeQR({ width: size, height: size, data })).toBe(text)
})

it('what is read out may be typed with gaps, capitals and look-alikes', () => {
  const spoken = spokenCode(SHA256)
  expect(spoken).toBe('3fa9 77c1 3fa9 77c1 3fa9')
  expect(typedCode(spoken.toUpperCase())).toBe(SHA256.slice(0, 20))
  expect(typedCode('lO'.repeat(10))).toBe('10'.repeat(10))
  expect(typedCode('3fa9 77c1')).toBeNull()
  expect(typedCode('3fa9 77c1 3fa9 77c1 3faz')).toBeNull()
})
