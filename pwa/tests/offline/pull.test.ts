import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change, Engine } from '../../src/offline'
import { Phone, fill, quiet, readyPhone, until } from './harness'
import { PART, inspectionChange, manyInspections, task } from './world'

let phone: Phone
let engine: Engine
beforeEach(async () => {
  ;({ phone, engine } = await readyPhone())
})
afterEach(() => phone.end())

const names = (): string[] => engine.view().tasks.map(({ id }) => id)
const withdrawn: Change = { kind: 'withdrawn', number: 9, inspection_id: 'inspection-1', reason: '企业已注销' }

describe('the feed', () => {
  it('is taken page by page', async () => {
    phone.server.pageSize = 3
    phone.server.changes.push(...manyInspections(10))
    await engine.sync()
    expect(names()).toHaveLength(11)
  })

  it('goes on from the last page that was kept when a page is lost', async () => {
    phone.server.pageSize = 4
    phone.server.changes.push(...manyInspections(10))
    phone.server.seen.length = 0
    let pages = 0
    const route = phone.server.fetch
    engine.close()
    engine = phone.start({
      fetch: (async (input: RequestInfo | URL, init?: RequestInit) => {
        if (String(input).includes('/changes') && (pages += 1) === 2) throw new TypeError('Failed to fetch')
        return route(input, init)
      }) as typeof fetch,
    }).engine
    await until(engine, ({ lastProblem }) => lastProblem !== null)
    expect(names()).toHaveLength(5)
    await engine.sync()
    expect(names()).toHaveLength(11)
    expect(engine.view().lastProblem).toBeNull()
  })

  it('that says "more" without moving on is not asked for ever', async () => {
    phone.server.seen.length = 0
    engine.close()
    engine = phone.start({
      fetch: (async (input: RequestInfo | URL, init?: RequestInit) => {
        const answer = await phone.server.fetch(input, init)
        if (!String(input).includes('/changes') || phone.server.seen.length > 20) return answer
        const page = (await answer.json()) as object
        return new Response(JSON.stringify({ ...page, more: true }), { headers: { 'content-type': 'application/json' } })
      }) as typeof fetch,
    }).engine
    await until(engine, ({ phase }) => phase === 'ready')
    await quiet()
    expect(phone.server.count(/changes/)).toBe(1)
  })

  it('lists what is due first at the top', async () => {
    phone.server.changes.push(inspectionChange(3, { ...task('soon', []), due_on: '2026-11-24' }))
    await engine.sync()
    expect(names()).toEqual(['soon', 'inspection-1'])
  })

  it('with a kind of a newer server does not stop', async () => {
    phone.server.changes.push({ kind: 'show_code', number: 3 } as unknown as Change, ...manyInspections(1))
    await engine.sync()
    expect(names()).toContain('many-0')
  })

  it('that fails does not stop the outbox', async () => {
    phone.server.fault(/changes/, { is: 'answer', status: 502 }, 99)
    await fill(engine, PART)
    await engine.submit(PART)
    await engine.sync()
    expect(engine.view()).toMatchObject({ unsent: 0, lastProblem: { code: 'offline.no_connection' } })
  })

  it('that fails is asked again with growing patience', async () => {
    phone.server.fault(/changes/, { is: 'lost_request' }, 99)
    await engine.sync()
    phone.server.heal()
    phone.server.seen.length = 0
    await phone.pass(1_000)
    expect(phone.server.count(/changes/)).toBe(0)
    await phone.pass(1_000)
    await until(engine, ({ lastProblem }) => lastProblem === null)
  })

  it('brings the state of a part and the address of its record', async () => {
    phone.server.changes.push({
      kind: 'part_state',
      number: 3,
      inspection_id: 'inspection-1',
      part_id: PART,
      state: 'published',
      record_url: '/records/1',
    })
    await engine.sync()
    expect(engine.view().tasks[0]?.parts[0]).toMatchObject({ state: 'published', record_url: '/records/1' })
  })
})

describe('a withdrawn inspection', () => {
  it('goes away when nothing was begun', async () => {
    phone.server.changes.push(withdrawn)
    await engine.sync()
    expect(names()).toEqual([])
  })

  it('stays, with the reason, while work of ours is on it', async () => {
    await fill(engine, PART)
    phone.server.changes.push(withdrawn)
    await engine.sync()
    expect(engine.view().tasks[0]?.gone).toEqual({ because: 'withdrawn', reason: '企业已注销' })
    await engine.submit(PART)
    await engine.sync()
    expect(phone.server.operations.size).toBe(2)
  })
})

describe('another epoch', () => {
  it('forgets the tasks and takes the feed as the whole; drafts and outbox stay', async () => {
    await fill(engine, PART)
    phone.server.changes.push(...manyInspections(2))
    await engine.sync()
    phone.server.fault(/operations/, { is: 'lost_request' }, 99)
    await fill(engine, 'part-0')
    await engine.submit('part-0')
    await quiet()

    phone.server.epoch = 'e2'
    phone.server.changes = [phone.server.changes[0] as Change, inspectionChange(2, task('inspection-9', []))]
    await engine.sync()
    expect(names().sort()).toEqual(['inspection-1', 'inspection-9', 'many-0'])
    expect(engine.view().tasks.find(({ id }) => id === 'many-0')?.gone).toEqual({ because: 'not_listed' })
    expect((await engine.openDraft(PART)).answers).toHaveProperty('grease')
    expect(engine.view().unsent).toBe(2)

    phone.server.heal()
    engine.retryNow()
    await until(engine, ({ unsent }) => unsent === 0)
  })
})

describe('a wrong clock', () => {
  it('is measured against the server, and every operation says by how much', async () => {
    phone.now += 3 * 3_600_000 // three hours fast
    await engine.sync()
    await fill(engine, PART)
    await engine.submit(PART)
    await engine.sync()
    const [signed] = phone.server.operations.values()
    expect(signed?.operation.clock_offset_ms).toBe(3 * 3_600_000)
    expect(signed?.operation.captured_at).toBe('2026-11-23T05:00:00.000Z')
  })

  it('set back does not freeze what waits', async () => {
    phone.server.fault(/operations/, { is: 'lost_request' })
    await fill(engine, PART)
    await engine.submit(PART)
    await quiet()
    phone.now -= 365 * 86_400_000
    await engine.sync()
    await until(engine, ({ unsent }) => unsent === 0)
  })
})
