import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine, Signed } from '../../src/offline'
import { Phone, fill, quiet, readyPhone, until } from './harness'
import { manyInspections } from './world'

const MANY = 60
let phone: Phone
let engine: Engine
beforeEach(async () => {
  ;({ phone, engine } = await readyPhone(manyInspections(MANY)))
})
afterEach(() => phone.end())

/** Queues the submissions of the first `count` parts while the server cannot be reached. */
async function queue(count: number): Promise<void> {
  phone.server.fault(/operations/, { is: 'lost_request' }, 9_999)
  for (let i = 0; i < count; i += 1) {
    await fill(engine, `part-${i}`)
    await engine.submit(`part-${i}`)
  }
  await quiet()
  phone.server.heal()
  phone.server.seen.length = 0
}

const pushed = (): Signed[][] =>
  phone.server.seen
    .filter(({ line }) => line === 'POST /api/field/operations')
    .map(({ body }) => (JSON.parse(body) as { operations: Signed[] }).operations)

async function retry(): Promise<void> {
  engine.retryNow()
  await quiet()
  await until(engine, ({ syncing }) => !syncing)
}

describe('a lost answer', () => {
  it('is followed by the same bytes, and the row is one', async () => {
    await queue(1)
    phone.server.fault(/operations/, { is: 'lost_answer' })
    await retry()
    expect(engine.view().outbox.map(({ state }) => state.at)).toEqual(['waiting', 'waiting'])
    expect(engine.view()).toMatchObject({ unsent: 2, lastProblem: { code: 'offline.no_connection' } })
    await retry()
    expect(phone.server.seen.filter(({ line }) => line.includes('operations')).map(({ body }) => body)).toHaveLength(2)
    expect(pushed()[1]).toEqual(pushed()[0])
    expect(phone.server.operations.size).toBe(2)
    expect(engine.view()).toMatchObject({ unsent: 0, lastProblem: null })
  })

  it('is repeated by the timer after the waiting time, not before', async () => {
    await queue(1)
    phone.server.fault(/operations/, { is: 'lost_answer' })
    await retry()
    const before = phone.server.count(/operations/)
    await engine.sync()
    expect(phone.server.count(/operations/)).toBe(before)
    await phone.pass(10_000)
    await until(engine, ({ unsent }) => unsent === 0)
  })
})

it('that times out is repeated in smaller batches, which a slow line can carry', async () => {
  await queue(8)
  phone.server.fault(/operations/, { is: 'held', until: new Promise(() => undefined) })
  engine.retryNow()
  await quiet()
  await phone.pass(61_000)
  await retry()
  expect(engine.view().unsent).toBe(0)
  expect(pushed().map((batch) => batch.length)).toEqual([8, 8])
})

it.each([
  ['the page of a portal', { is: 'answer', status: 200, body: '<html>登录</html>' }],
  ['a 502', { is: 'answer', status: 502, body: 'Bad Gateway' }],
  ['broken JSON', { is: 'answer', status: 200, body: '{"verd', type: 'application/json' }],
  ['JSON of something else', { is: 'answer', status: 200, body: '[]', type: 'application/json' }],
] as const)('%s counts as no connection: nothing is lost, all is repeated', async (_what, fault) => {
  await queue(2)
  phone.server.fault(/operations/, fault)
  await retry()
  expect(engine.view().lastProblem).toEqual({ code: 'offline.no_connection' })
  expect(engine.view().unsent).toBe(4)
  await retry()
  await retry()
  expect(phone.server.operations.size).toBe(4)
  expect(engine.view().unsent).toBe(0)
})

describe('batches', () => {
  it('carry at most 50 operations, in the order of minting', async () => {
    await queue(MANY)
    await retry()
    expect(pushed().map((batch) => batch.length)).toEqual([50, 50, 20])
    const sequence = pushed().flat().map(({ operation }) => operation.sequence)
    expect(sequence).toEqual([...sequence].sort((a, b) => a - b))
  }, 20_000)

  it('stay under 900 KB', async () => {
    phone.server.fault(/operations/, { is: 'lost_request' }, 9_999)
    for (let i = 0; i < 5; i += 1) {
      await fill(engine, `part-${i}`)
      await engine.saveDraft(`part-${i}`, { statement: '述'.repeat(100_000) }) // 300 KB in UTF-8
      await engine.submit(`part-${i}`)
    }
    await quiet()
    phone.server.heal()
    phone.server.seen.length = 0
    await retry()
    expect(engine.view().unsent).toBe(0)
    for (const { body } of phone.server.seen) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(900_000)
  }, 20_000)

  it('are halved on 413 until they fit', async () => {
    await queue(16)
    phone.server.bodyLimit = 6_000
    await retry()
    expect(engine.view().unsent).toBe(0)
    expect(phone.server.operations.size).toBe(32)
  })

  it('leave one record that is too large behind, rejected and visible', async () => {
    await queue(0)
    await fill(engine, 'part-0')
    await engine.saveDraft('part-0', { statement: 'x'.repeat(20_000) })
    phone.server.bodyLimit = 15_000
    await engine.submit('part-0')
    await fill(engine, 'part-1')
    await engine.submit('part-1')
    await retry()
    const rejected = engine.view().outbox.filter(({ state }) => state.at === 'rejected')
    expect(rejected).toMatchObject([{ partId: 'part-0', state: { problem: { code: 'offline.operation_too_large' } } }])
    expect(phone.server.operations.size).toBe(3)
  })

  it('that are refused as a whole are divided until the one that is meant is found', async () => {
    await queue(8)
    const poison = engine.view().outbox[5]?.operationId ?? ''
    const route = phone.server.fetch
    engine.close()
    engine = phone.start({
      fetch: (async (input: RequestInfo | URL, init?: RequestInit) =>
        String(init?.body).includes(`"id":"${poison}"`)
          ? new Response('{"code":"field.malformed"}', {
              status: 400,
              headers: { 'content-type': 'application/problem+json' },
            })
          : route(input, init)) as typeof fetch,
    }).engine
    await until(engine, ({ phase }) => phase === 'ready')
    await retry()
    const left = engine.view().outbox.filter(({ state }) => state.at !== 'accepted')
    expect(left).toMatchObject([{ operationId: poison, state: { at: 'rejected', problem: { code: 'field.malformed' } } }])
  })
})

describe('verdicts', () => {
  it('that are missing leave their operation unknown, the others count', async () => {
    await queue(2)
    const forgotten = engine.view().outbox[2]?.operationId
    phone.server.judge = ({ id }) => (id === forgotten ? { operation_id: 'nobody' } : null)
    await retry()
    expect(engine.view().outbox.map(({ state }) => state.at)).toEqual(['accepted', 'accepted', 'waiting', 'blocked'])
    phone.server.judge = () => null
    await retry()
    await retry()
    expect(engine.view().unsent).toBe(0)
  })

  it('that name no operation are those of the operation in their place', async () => {
    await queue(2)
    const unread = engine.view().outbox[2]?.operationId
    const problem = { code: 'field.operation_malformed' }
    phone.server.judge = ({ id }) => (id === unread ? { operation_id: null, verdict: 'rejected', problem } : null)
    await retry()
    expect(engine.view().outbox[2]?.state).toEqual({ at: 'rejected', problem })
    expect(engine.view().outbox[1]?.state).toEqual({ at: 'accepted' })
  })

  it('"retry later" waits longer each time and holds up nobody', async () => {
    await queue(2)
    const slow = engine.view().outbox[0]?.operationId
    phone.server.judge = ({ id }) => (id === slow ? { verdict: 'retry_later' } : null)
    await retry()
    const waits: number[] = []
    for (let turn = 0; turn < 4; turn += 1) {
      const state = engine.view().outbox[0]?.state
      if (state?.at !== 'waiting') throw new Error('not waiting')
      waits.push(state.until - phone.now)
      await phone.pass(state.until - phone.now)
    }
    expect(waits).toEqual([1_500, 3_000, 6_000, 12_000])
    expect(engine.view().outbox.slice(2).map(({ state }) => state.at)).toEqual(['accepted', 'accepted'])
  })

  it('"accepted into dispute" is sent for good, and shown as such', async () => {
    phone.server.judge = ({ kind }) => (kind === 'part.submit' ? { verdict: 'accepted_into_dispute' } : null)
    await queue(1)
    await retry()
    expect(engine.view().outbox[1]?.state).toEqual({ at: 'disputed' })
    expect(engine.view().unsent).toBe(0)
  })

  it('"blocked" by something that is through already asks again instead of waiting for ever', async () => {
    await queue(1)
    const checkIn = engine.view().outbox[0]?.operationId ?? ''
    phone.server.judge = ({ kind }) =>
      kind === 'part.submit' ? { verdict: 'blocked_by', blocked_by: checkIn } : { verdict: 'accepted' }
    await retry()
    expect(engine.view().outbox[1]?.state.at).toBe('waiting')
    phone.server.judge = () => null
    await retry()
    expect(engine.view().unsent).toBe(0)
  })

  it('"blocked" goes out by itself as soon as the other is accepted', async () => {
    await queue(1)
    const checkIn = engine.view().outbox[0]?.operationId
    phone.server.judge = ({ id }) => (id === checkIn ? { verdict: 'retry_later' } : null)
    await retry()
    expect(engine.view().outbox.map(({ state }) => state.at)).toEqual(['waiting', 'blocked'])
    phone.server.judge = () => null
    await phone.pass(60_000)
    await until(engine, ({ unsent }) => unsent === 0)
  })
})
