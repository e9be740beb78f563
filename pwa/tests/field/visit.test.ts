import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { distanceM, FAR_M, findPosition, isFar } from '@/field/position'
import { cameraOpens, cameraReturned, takeWayBack } from '@/field/resume'
import { hasRoom } from '@/field/room'
import { formOf, isHeic, refusedUndecoded, refusedUnseen, sha256, shrunk } from '@/field/shrink'
import { lackingOf, unsigned, withSignature } from '@/field/signing'
import { BOX, isSigned, pathOf, unitsOf, withPoint } from '@/ui/strokes'

describe('the position', () => {
  it('measures along the great circle', () => {
    expect(distanceM({ latitude: 31.56, longitude: 107.09 }, { latitude: 31.56, longitude: 107.09 })).toBe(0)
    expect(distanceM({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 1 })).toBe(111_195)
  })

  it('is far only beyond its own inaccuracy', () => {
    expect(isFar(FAR_M + 100, 20)).toBe(true)
    expect(isFar(FAR_M + 100, 150)).toBe(false)
  })

  const failing = (code: number) => ({ getCurrentPosition: (_done: unknown, fail: (fault: { code: number }) => void) => fail({ code }) }) as unknown as Geolocation
  it.each([[1, 'denied'], [2, 'unavailable'], [3, 'timeout']] as const)('fault %d is %s, and nothing is thrown', async (code, because) => {
    expect(await findPosition(failing(code))).toBe(because)
  })

  it('gives up when the browser never answers, and without the interface', async () => {
    vi.useFakeTimers()
    const waiting = findPosition({ getCurrentPosition: () => undefined } as unknown as Geolocation, 1000)
    await vi.advanceTimersByTimeAsync(2000)
    expect(await waiting).toBe('timeout')
    expect(await findPosition(undefined)).toBe('unavailable')
    vi.useRealTimers()
  })

  it('keeps place and accuracy', async () => {
    const found = { getCurrentPosition: (done: (p: unknown) => void) => done({ coords: { latitude: 31.5, longitude: 107, accuracy: 12.4 } }) } as unknown as Geolocation
    expect(await findPosition(found)).toEqual({ latitude: 31.5, longitude: 107, accuracy_m: 12 })
  })
})

describe('the way back from the camera', () => {
  it('is taken once', async () => {
    await cameraOpens('/parts/1/checklist/people', 1000)
    expect(await takeWayBack(2000)).toBe('/parts/1/checklist/people')
    expect(await takeWayBack(2000)).toBeNull()
  })

  it('is not taken when the page lived on, or when it is long ago, or leads elsewhere', async () => {
    await cameraOpens('/a', 0)
    await cameraReturned()
    expect(await takeWayBack(1)).toBeNull()
    await cameraOpens('/a', 0)
    expect(await takeWayBack(31 * 60_000)).toBeNull()
    await cameraOpens('https://elsewhere', 0)
    expect(await takeWayBack(1)).toBeNull()
  })
})

describe('a photo', () => {
  it('is not begun on a full phone, and a browser that keeps silent is trusted', () => {
    expect(hasRoom({ persisted: true, usageBytes: 99_000_000, quotaBytes: 100_000_000 })).toBe(false)
    expect(hasRoom({ persisted: true, usageBytes: 1, quotaBytes: 100_000_000 })).toBe(true)
    expect(hasRoom({ persisted: true, usageBytes: null, quotaBytes: null })).toBe(true)
  })

  it('shrinks to the long side, and is never blown up', () => {
    const form = formOf(null)
    expect(shrunk(4000, 3000, form)).toEqual({ width: 1600, height: 1200 })
    expect(shrunk(3000, 4000, form)).toEqual({ width: 1200, height: 1600 })
    expect(shrunk(800, 600, form)).toEqual({ width: 800, height: 600 })
    expect(shrunk(20_000, 3, form)).toEqual({ width: 1600, height: 1 })
  })

  it('is kept as the jurisdiction says, and as ever by a phone that has not heard of it', () => {
    expect(formOf(null)).toEqual({ longSide: 1600, quality: 0.82 })
    expect(formOf({ contact_attempts: 2 })).toEqual({ longSide: 1600, quality: 0.82 })
    expect(formOf({ photo_long_side: 2400, photo_quality: 90 })).toEqual({ longSide: 2400, quality: 0.9 })
  })

  it('is refused before anything is decoded when it is empty, no picture, or of too many pixels', () => {
    const bytes = (...values: number[]) => new Uint8Array(values).buffer
    const jpeg = (height: number, width: number) => bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3, 1)
    const png = (width: number, height: number) => {
      const view = new DataView(new ArrayBuffer(24))
      ;[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].forEach((value, at) => view.setUint8(at, value))
      view.setUint32(16, width)
      view.setUint32(20, height)
      return view.buffer
    }
    expect(refusedUnseen(bytes())).toBe('empty')
    expect(refusedUnseen(new TextEncoder().encode('%PDF-1.7 and so on').buffer)).toBe('not_image')
    expect(refusedUnseen(jpeg(10_000, 10_000))).toBeNull()
    expect(refusedUnseen(jpeg(10_000, 10_001))).toBe('too_large')
    expect(refusedUnseen(png(10_001, 10_000))).toBe('too_large')
    expect(refusedUnseen(png(3000, 4000))).toBeNull()
    expect(refusedUnseen(bytes(0xff, 0xd8, 0xff, 0xe0))).toBeNull() // cut off: decoding will say
    expect(refusedUndecoded(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe('unreadable')
    expect(refusedUndecoded(new TextEncoder().encode('\0\0\0\x18ftypheic0000').buffer)).toBe('heic')
  })

  it('is known as HEIC by its bytes', () => {
    const bytes = (text: string) => new TextEncoder().encode(text).buffer
    expect(isHeic(bytes('\0\0\0\x18ftypheic0000'))).toBe(true)
    expect(isHeic(bytes('\0\0\0\x18ftypisom0000'))).toBe(false)
    expect(isHeic(new ArrayBuffer(2))).toBe(false)
  })

  it('is hashed in lower-case hex', async () => {
    expect(await sha256(new ArrayBuffer(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})

describe('a signature', () => {
  it('is whole units inside its box', () => {
    expect(unitsOf(999, 0, { width: 358, height: 143.2 })).toEqual([BOX.width, 0])
    expect(unitsOf(179, 71.6, { width: 358, height: 143.2 })).toEqual([500, 200])
    expect(unitsOf(-5, 999, { width: 358, height: 143.2 })).toEqual([0, BOX.height])
  })

  it('drops points that add nothing', () => {
    expect(withPoint([10, 10], [12, 11])).toEqual([10, 10])
    expect(withPoint([10, 10], [20, 10])).toEqual([10, 10, 20, 10])
  })

  it('needs more ink than a slip of the finger', () => {
    expect(isSigned([[10, 10]])).toBe(false)
    expect(isSigned([[0, 0, 100, 0], [0, 10, 100, 10]])).toBe(true)
    expect(pathOf([[1, 2], [1, 2, 3, 4]])).toBe('M1 2L1 2M1 2L3 4')
  })

  it('replaces the one before of the same officer only', () => {
    const one = withSignature([], 'a', [[0, 0, 9, 9]], 't1')
    const two = withSignature(one, 'b', [[1, 1, 9, 9]], 't2')
    expect(withSignature(two, 'a', [[5, 5, 6, 6]], 't3').map((each) => [each.inspector_id, each.signed_at])).toEqual([['b', 't2'], ['a', 't3']])
    expect(withSignature(two, 'a', [], 't4').map((each) => each.inspector_id)).toEqual(['b'])
  })
})

describe('a changed answer', () => {
  const officerSignatures = [{ inspector_id: 'a', strokes: [[0, 0, 500, 0]], signed_at: 't' }]

  it('takes the signatures, for nobody signed the changed record, and keeps the name', () => {
    const party = { kind: 'signed' as const, name: '王', strokes: [[0, 0, 500, 0]], signed_at: 't' }
    expect(unsigned({ officerSignatures, party })).toEqual({ officerSignatures: [], party: { ...party, strokes: [] } })
  })

  it('leaves a refusal as it is, and says when there was nothing to take', () => {
    const party = { kind: 'refused' as const, reason: 'r', refused_at: 't' }
    expect(unsigned({ officerSignatures, party })?.party).toEqual(party)
    expect(unsigned({ officerSignatures: [], party })).toBeNull()
  })
})

describe('what lacks before a submission', () => {
  const ink = [[0, 0, 500, 0]]
  const arrival = { entered_at: 't', position: null, no_position_because: 'denied' as const, distance_note: null }
  const whole = {
    outcome: null, problems: [], expertFindings: [], countersigners: [], photos: [{ id: 'p' }], certificatesShown: ['a', 'b'].map((inspector_id) => ({ inspector_id, certificate_number: '51' })),
    checkIn: arrival, checkInOperationId: null, rightsReadAt: 't', party: { kind: 'signed' as const, name: '王', strokes: ink, signed_at: 't' },
    officerSignatures: [{ inspector_id: 'a', strokes: ink, signed_at: 't' }, { inspector_id: 'b', strokes: ink, signed_at: 't' }],
  }

  it('is nothing when two officers and the party have signed', () => {
    expect(lackingOf(whole, ['a', 'b'])).toEqual([])
  })

  it('is each thing that lacks', () => {
    expect(lackingOf({ ...whole, certificatesShown: [], checkIn: null, checkInOperationId: null, officerSignatures: whole.officerSignatures.slice(1), rightsReadAt: null, party: null }, ['a', 'b'])).toEqual(['check_in', 'officer_signature', 'certificates', 'rights', 'party'])
    expect(lackingOf({ ...whole, party: { ...whole.party, name: ' ', strokes: [] } }, ['a', 'b'])).toEqual(['party', 'party_name'])
  })

  it('is no signature of an officer who signs on his own phone', () => {
    expect(lackingOf({ ...whole, officerSignatures: whole.officerSignatures.slice(0, 1), countersigners: ['b'] }, ['a', 'b'])).toEqual([])
  })

  it('counts no slip of the finger as an officer\'s signature', () => {
    const slip = whole.officerSignatures.map((each) => ({ ...each, strokes: [[5, 5]] }))
    expect(lackingOf({ ...whole, officerSignatures: slip }, ['a', 'b'])).toEqual(['officer_signature'])
  })

  it('a refusal stands for the signature, with its reason (R29)', () => {
    const refused = (reason: string) => lackingOf({ ...whole, party: { kind: 'refused', reason, refused_at: 't' } }, ['a', 'b'])
    expect(refused('')).toEqual(['refuse_reason', 'witness'])
    expect(refused('负责人不在场，店员拒签')).toEqual(['witness'])
    const seen = { kind: 'refused' as const, reason: '拒签', refused_at: 't', photo_ids: ['p'] }
    expect(lackingOf({ ...whole, party: seen }, ['a', 'b'])).toEqual([])
  })

  it('a result of its own asks for its evidence, and for no party', () => {
    const outcome = { kind: 'closed' as const, note: null, photo_ids: [], position: null, no_position_because: 'denied' as const, witness: null, attempts: [], registry_doubt: true }
    const alone = { ...whole, outcome, party: null, rightsReadAt: null, certificatesShown: [] }
    expect(lackingOf(alone, ['a', 'b'])).toEqual(['outcome'])
    expect(lackingOf({ ...alone, outcome: { ...outcome, photo_ids: ['p'] } }, ['a', 'b'])).toEqual([])
  })

  it('a problem needs words, and an order its day (R13)', () => {
    const problem = { id: 'x', question_key: null, what: '', handling: 'order_to_correct' as const, due_on: null, photo_ids: [] }
    expect(lackingOf({ ...whole, problems: [problem] }, ['a', 'b'])).toEqual(['problems'])
    expect(lackingOf({ ...whole, problems: [{ ...problem, what: '积水', due_on: '2099-12-31' }] }, ['a', 'b'])).toEqual([])
  })
})
