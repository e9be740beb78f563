import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine, Operation } from '../../src/offline'
import { FILLED, Phone, fill, photo, quiet, readyPhone, until } from './harness'
import { PART, inspectionChange, manyInspections } from './world'

let phone: Phone
let engine: Engine
beforeEach(async () => {
  ;({ phone, engine } = await readyPhone([inspectionChange(), ...manyInspections(6)]))
})
afterEach(() => phone.end())

const arrived = (): Operation[] => [...phone.server.operations.values()].map(({ operation }) => operation)
const states = (): string[] => engine.view().outbox.map(({ state }) => state.at)
const lastId = (): string => engine.view().outbox.at(-1)?.operationId ?? ''

describe('a submission', () => {
  it('reaches the server with its check-in and its photo', async () => {
    await fill(engine, PART)
    const meta = await engine.addPhoto(PART, photo())
    await engine.submit(PART)
    await engine.sync()

    const [checkIn, submission] = arrived()
    expect(checkIn).toMatchObject({ kind: 'part.check_in', sequence: 1, previous_sha256: '0'.repeat(64) })
    expect(submission).toMatchObject({ kind: 'part.submit', sequence: 2, depends_on: [checkIn?.id], nonce: 'nonce-e1' })
    expect(phone.server.uploads.get(meta.id)?.bytes.length).toBe(1_000)
    expect(engine.view()).toMatchObject({ unsent: 0, lastProblem: null })
    expect(engine.view().outbox.map(({ state, photos }) => [state.at, photos])).toEqual([
      ['accepted', { total: 0, sent: 0 }],
      ['accepted', { total: 1, sent: 1 }],
    ])
  })

  it('counts as unsent, photo by photo, until the server has it', async () => {
    phone.server.fault(/operations|uploads/, { is: 'lost_request' }, 99)
    await fill(engine, PART)
    await engine.addPhoto(PART, photo())
    expect(engine.view().unsent).toBe(0) // a draft is not yet something to send
    await engine.submit(PART)
    expect(engine.view().unsent).toBe(3)
    phone.server.heal()
    engine.retryNow()
    await until(engine, ({ unsent }) => unsent === 0)
  })

  it('says what is lacking, and queues nothing', async () => {
    await engine.openDraft(PART)
    await engine.saveDraft(PART, { ...FILLED, party: null })
    await expect(engine.submit(PART)).rejects.toMatchObject({
      problem: { code: 'offline.draft_incomplete', field: 'party' },
    })
    expect(engine.view().outbox).toEqual([])
    expect((await engine.openDraft(PART)).state).toBe('open')
  })

  it('asked for twice is minted once', async () => {
    await fill(engine, PART)
    await Promise.all([engine.submit(PART), engine.submit(PART), engine.submit(PART)])
    await engine.sync()
    expect(arrived().map(({ kind }) => kind)).toEqual(['part.check_in', 'part.submit'])
  })

  it('of many parts at once leaves one chain without a gap', async () => {
    const parts = Array.from({ length: 6 }, (_, i) => `part-${i}`)
    for (const id of parts) await fill(engine, id)
    await Promise.all(parts.map((id) => engine.submit(id)))
    await engine.sync()
    const operations = arrived().sort((a, b) => a.sequence - b.sequence)
    expect(operations.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
    expect(new Set(operations.map(({ previous_sha256 }) => previous_sha256)).size).toBe(12)
  })

  it('takes what was typed while it was being signed', async () => {
    await fill(engine, PART)
    engine.close()
    const { crypto: typing, typed } = cryptoThat(() => engine.saveDraft(PART, { statement: '补充说明' }))
    engine = phone.start({ crypto: typing }).engine
    await engine.submit(PART)
    await typed()
    await until(engine, ({ unsent }) => unsent === 0)
    expect(arrived()[1]).toMatchObject({ body: { statement: '补充说明' }, sequence: 2 })
  })

  it('may not be edited afterwards', async () => {
    await fill(engine, PART)
    await engine.submit(PART)
    await expect(engine.saveDraft(PART, { statement: '…' })).rejects.toMatchObject({
      problem: { code: 'offline.already_submitted' },
    })
  })
})

describe('a check-in', () => {
  const entered = { entered_at: '2026-11-23T02:00:30.000Z', position: null, distance_note: null } as const

  it('goes out on its own, and the submission hangs on it', async () => {
    await engine.checkIn(PART, { ...entered, no_position_because: 'denied' })
    await engine.sync()
    expect(arrived()).toHaveLength(1)
    await engine.saveDraft(PART, { ...FILLED, checkIn: null })
    await engine.submit(PART)
    await engine.sync()
    expect(arrived()[1]).toMatchObject({ kind: 'part.submit', depends_on: [arrived()[0]?.id] })
  })

  it('stands: a second one changes nothing', async () => {
    await engine.checkIn(PART, { ...entered, no_position_because: 'denied' })
    await engine.checkIn(PART, { ...entered, no_position_because: 'timeout' })
    await engine.sync()
    expect(arrived().map(({ body }) => body)).toMatchObject([{ no_position_because: 'denied' }])
  })
})

describe('a rejected submission', () => {
  beforeEach(async () => {
    phone.server.judge = (operation) =>
      operation.kind === 'part.submit' && !operation.supersedes
        ? { verdict: 'rejected', problem: { code: 'inspections.answer_invalid', field: 'grease' } }
        : null
    await fill(engine, PART)
    await engine.addPhoto(PART, photo())
    await engine.submit(PART)
    await engine.sync()
  })

  it('stays, visible, with its problem, and counts as unsent', async () => {
    await engine.sync()
    expect(engine.view().outbox[1]?.state).toEqual({
      at: 'rejected',
      problem: { code: 'inspections.answer_invalid', field: 'grease' },
    })
    expect(engine.view().unsent).toBe(1)
    expect(phone.server.count(/operations/)).toBe(1) // and is not sent again by itself
  })

  it('is corrected by one that supersedes it; its photo is not sent again', async () => {
    const rejected = lastId()
    const uploading = phone.server.count(/uploads/)
    expect(await engine.correct(rejected)).toBe(PART)
    expect((await engine.openDraft(PART)).answers).toMatchObject({ grease: { value: 'no' } })
    await engine.saveDraft(PART, { answers: { grease: { value: 'yes' }, licence: null } })
    await engine.submit(PART)
    await engine.sync()

    expect(arrived().at(-1)).toMatchObject({ supersedes: rejected, body: { answers: { grease: { value: 'yes' } } } })
    expect(states()).toEqual(['accepted', 'rejected', 'accepted'])
    expect(engine.view().outbox[1]?.supersededBy).toBe(lastId())
    expect(engine.view().unsent).toBe(0)
    expect(phone.server.count(/uploads/)).toBe(uploading)
  })

  it('does not stop another', async () => {
    await fill(engine, 'part-1')
    await engine.submit('part-1')
    await engine.sync()
    expect(states()).toEqual(['accepted', 'rejected', 'accepted', 'rejected'])
    expect(arrived().map(({ body }) => body.part_id)).toEqual([PART, 'part-1'])
  })

  it('cannot be corrected twice over, nor what was accepted', async () => {
    const [checkIn, rejected] = engine.view().outbox.map(({ operationId }) => operationId)
    await engine.correct(rejected ?? '')
    await engine.submit(PART)
    const refusal = { problem: { code: 'offline.not_correctable' } }
    await expect(engine.correct(rejected ?? '')).rejects.toMatchObject(refusal)
    await expect(engine.correct(checkIn ?? '')).rejects.toMatchObject(refusal)
  })
})

it('a rejected check-in blocks its submission; both are superseded by the correction', async () => {
  phone.server.judge = (operation) =>
    operation.kind === 'part.check_in' && !operation.supersedes
      ? { verdict: 'rejected', problem: { code: 'inspections.too_early' } }
      : null
  await fill(engine, PART)
  await engine.submit(PART)
  await engine.sync()
  expect(states()).toEqual(['rejected', 'blocked'])
  const [checkIn, submission] = engine.view().outbox.map(({ operationId }) => operationId)

  expect(await engine.correct(checkIn ?? '')).toBe(PART)
  await engine.submit(PART)
  await engine.sync()
  expect(arrived().map(({ supersedes }) => supersedes)).toEqual([checkIn, submission])
  expect(engine.view().unsent).toBe(0)
})

it('a rejected check-in is corrected alone when its submission was taken all the same', async () => {
  phone.server.judge = ({ kind, supersedes }) =>
    kind === 'part.check_in' && !supersedes
      ? { verdict: 'rejected', problem: { code: 'inspections.too_early' } }
      : { verdict: 'accepted' }
  await fill(engine, PART)
  await engine.submit(PART)
  await engine.sync()
  await engine.correct(engine.view().outbox[0]?.operationId ?? '')
  expect((await engine.openDraft(PART)).state).toBe('submitted')
  await engine.checkIn(PART, { entered_at: '2026-11-23T02:06:00.000Z', position: null, no_position_because: 'denied', distance_note: null })
  await engine.sync()
  expect(states()).toEqual(['rejected', 'accepted', 'accepted'])
  expect(engine.view().unsent).toBe(0)
})

it('what is superseded is not sent any more, although nobody knows what became of it', async () => {
  phone.server.judge = (operation) => {
    if (operation.supersedes) return null
    return operation.kind === 'part.check_in'
      ? { verdict: 'rejected', problem: { code: 'inspections.too_early' } }
      : { verdict: 'retry_later' }
  }
  await fill(engine, PART)
  await engine.submit(PART)
  await engine.sync()
  const [checkIn, submission] = engine.view().outbox.map(({ operationId }) => operationId)
  expect(states()).toEqual(['rejected', 'waiting'])
  await engine.correct(checkIn ?? '')
  await engine.submit(PART)
  await engine.sync()
  phone.server.seen.length = 0
  await phone.pass(600_000)
  engine.retryNow()
  await quiet()
  expect(phone.server.seen.filter(({ body }) => body.includes(submission ?? '?'))).toEqual([])
  expect(engine.view().unsent).toBe(0)
})

it('a draft keeps the checklist version that it was begun with', async () => {
  await engine.openDraft(PART)
  const content = engine.view().checklists.values().next().value?.content
  if (!content) throw new Error('no checklist')
  const newer = inspectionChange(20)
  if (newer.kind === 'inspection') newer.inspection.parts.forEach((one) => (one.checklist_id = 'c-2'))
  phone.server.changes.push(
    { kind: 'checklist', number: 19, checklist: { id: 'c-2', code: 'CL-01', version: 2, content } },
    newer,
  )
  await engine.sync()
  expect((await engine.openDraft(PART)).checklist.version).toBe(1)
})

/** WebCrypto that does something else, once, before it signs. */
function cryptoThat(first: () => Promise<void>): { crypto: Crypto; typed: () => Promise<void> } {
  let typing: Promise<void> | null = null
  const sign = async (...args: Parameters<SubtleCrypto['sign']>): Promise<ArrayBuffer> => {
    typing ??= first()
    await typing
    return crypto.subtle.sign(...args)
  }
  const others = ['digest', 'encrypt', 'decrypt', 'generateKey'] as const
  const subtle = { sign, ...Object.fromEntries(others.map((name) => [name, crypto.subtle[name].bind(crypto.subtle)])) }
  return {
    crypto: { subtle, getRandomValues: crypto.getRandomValues.bind(crypto) } as unknown as Crypto,
    typed: () => typing ?? Promise.reject(new Error('nothing was signed')),
  }
}
