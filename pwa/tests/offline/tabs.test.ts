import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/offline'
import { FILLED, Phone, fill, quiet, readyPhone, until } from './harness'
import { manyInspections } from './world'

let phone: Phone
let first: Engine
let second: Engine
/** Requests of the tab that does not own the queue. */
let foreign: string[]
beforeEach(async () => {
  ;({ phone, engine: first } = await readyPhone(manyInspections(8)))
  foreign = []
  const fetching = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    foreign.push(String(input))
    return phone.server.fetch(input, init)
  }
  second = phone.start({ fetch: fetching as typeof fetch }).engine
  await until(second, ({ phase }) => phase === 'ready')
})
afterEach(() => phone.end())

describe('two tabs', () => {
  it('have one owner of the queue, and the next takes over when it closes', async () => {
    expect([first.view().ownsQueue, second.view().ownsQueue]).toEqual([true, false])
    first.close()
    await until(second, ({ ownsQueue }) => ownsQueue)
  })

  it('show the same, whoever wrote it', async () => {
    await fill(second, 'part-0')
    await until(first, ({ drafts }) => drafts[0]?.answered === 2)
    await fill(first, 'part-1')
    await until(second, ({ drafts }) => drafts.length === 2)
  })

  it('mint one chain without a gap, and the owner sends all of it', async () => {
    const parts = Array.from({ length: 8 }, (_, i) => `part-${i}`)
    for (const [i, id] of parts.entries()) await fill(i % 2 ? first : second, id)
    await Promise.all(parts.map((id, i) => (i % 2 ? second : first).submit(id)))
    await until(second, ({ unsent, outbox }) => outbox.length === 16 && unsent === 0)
    const sequence = [...phone.server.operations.values()].map(({ operation }) => operation.sequence)
    expect(sequence.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
    expect(foreign).toEqual([])
  })

  it('submit the same part once', async () => {
    await fill(first, 'part-0')
    await Promise.all([first.submit('part-0'), second.submit('part-0')])
    await until(first, ({ unsent }) => unsent === 0)
    expect(phone.server.operations.size).toBe(2)
  })

  it('ask the owner to sync and to hurry', async () => {
    phone.server.seen.length = 0
    await second.sync()
    await quiet()
    expect(phone.server.count(/changes/)).toBe(1)
    second.retryNow()
    await quiet()
    expect(phone.server.count(/changes/)).toBe(2)
    expect(foreign).toEqual([])
  })

  it('a tab started later shows the outbox in the order of minting', async () => {
    for (let i = 0; i < 8; i += 1) await fill(first, `part-${i}`)
    for (let i = 7; i >= 0; i -= 1) await first.submit(`part-${i}`)
    const minted = first.view().outbox.map(({ operationId }) => operationId)
    const { engine } = phone.start()
    await until(engine, ({ phase }) => phase === 'ready')
    expect(engine.view().outbox.map(({ operationId }) => operationId)).toEqual(minted)
  })
})

describe('the view', () => {
  it('is told of at most once a microtask', async () => {
    await first.openDraft('part-0')
    await quiet()
    let told = 0
    const views = new Set<unknown>()
    first.subscribe((view) => {
      told += 1
      views.add(view)
    })
    await Promise.all([first.sync(), first.saveDraft('part-0', { statement: '…' })])
    await quiet()
    expect(told).toBeGreaterThan(0)
    expect(told).toBe(views.size) // never twice with the same snapshot
  })

  it('says that it syncs while it does, and no longer', async () => {
    const said: boolean[] = []
    first.subscribe(({ syncing }) => said.push(syncing))
    await first.sync()
    await quiet()
    expect([said.includes(true), said.at(-1), first.view().syncing]).toEqual([true, false, false])
  })

  it('is the same object until something changes, and cannot be changed', async () => {
    await quiet()
    expect(first.view()).toBe(first.view())
    expect(Object.isFrozen(first.view())).toBe(true)
    const { tasks } = first.view()
    await fill(first, 'part-0')
    expect(first.view().tasks).toBe(tasks) // parts that did not change stay as they are
  })

  it('is no longer told of after stopping', async () => {
    let told = 0
    first.subscribe(() => (told += 1))()
    await fill(first, 'part-0')
    await quiet()
    expect(told).toBe(0)
  })

  it('is not changed by a screen that changes the draft it was given', async () => {
    const opened = await first.openDraft('part-0')
    Object.assign(opened.answers, { licence: { value: 'yes' } })
    await first.openDraft('part-1')
    expect(first.view().drafts.map(({ answered }) => answered)).toEqual([0, 0])
  })

  it('takes a plain copy of what a screen hands over', async () => {
    const answers = { licence: new Proxy({ value: 'yes' }, {}) } // as a reactive object is one
    await first.openDraft('part-0')
    await first.saveDraft('part-0', { ...FILLED, answers })
    expect((await first.openDraft('part-0')).answers).toEqual({ licence: { value: 'yes' } })
  })
})

describe('triggers', () => {
  it.each(['online', 'return', 'timer'] as const)('%s: syncs', async (trigger) => {
    phone.server.seen.length = 0
    const [tab] = phone.tabs
    if (trigger === 'online') tab?.goOnline(true)
    if (trigger === 'return') tab?.comeBack()
    if (trigger === 'timer') await phone.pass(120_000)
    await quiet()
    expect(phone.server.count(/changes/)).toBe(1)
  })

  it('going offline shows at once', async () => {
    phone.tabs[0]?.goOnline(false)
    expect(first.view().online).toBe(false)
  })

  it('being online again sends what waited, without waiting', async () => {
    phone.server.fault(/operations/, { is: 'lost_request' }, 1)
    await fill(first, 'part-0')
    await first.submit('part-0')
    await until(first, ({ outbox }) => outbox.some(({ state }) => state.at === 'waiting'))
    phone.tabs[0]?.goOnline(true)
    await until(first, ({ unsent }) => unsent === 0)
  })
})

it('without Web Locks the page sends on its own', async () => {
  first.close()
  second.close()
  const { engine } = phone.start({ locks: null })
  await until(engine, ({ ownsQueue, phase }) => ownsQueue && phase === 'ready')
})

