import { IDBObjectStore, forceCloseDatabase } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/offline'
import { Phone, fill, photo, quiet, readyPhone, until } from './harness'
import { PART } from './world'

let phone: Phone
let engine: Engine
beforeEach(async () => {
  ;({ phone, engine } = await readyPhone())
})
afterEach(() => {
  vi.restoreAllMocks()
  phone.end()
})

/** From now on the phone has no room for rows of these stores. */
function fillUp(...stores: string[]): void {
  const put = IDBObjectStore.prototype.put
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, row, key) {
    if (stores.includes(this.name)) throw new DOMException('full', 'QuotaExceededError')
    return key === undefined ? put.call(this, row) : put.call(this, row, key)
  })
}

const FULL = { problem: { code: 'offline.storage_full' } }

describe('a full phone', () => {
  it('refuses a photo, says so, and keeps no half of it', async () => {
    await fill(engine, PART)
    fillUp('photos')
    await expect(engine.addPhoto(PART, photo())).rejects.toMatchObject(FULL)
    expect((await engine.openDraft(PART)).photos).toEqual([])
    expect(engine.view().lastProblem).toEqual({ code: 'offline.storage_full' })
    vi.restoreAllMocks()
    await engine.addPhoto(PART, photo())
    expect(engine.view().lastProblem).toBeNull()
  })

  it.each(['outbox', 'uploads', 'drafts', 'device'])('refuses a submission whole when %s has no room', async (store) => {
    await fill(engine, PART)
    await engine.addPhoto(PART, photo())
    fillUp(store)
    await expect(engine.submit(PART)).rejects.toMatchObject(FULL)
    vi.restoreAllMocks()
    expect(engine.view()).toMatchObject({ outbox: [], unsent: 0 })
    expect((await engine.openDraft(PART)).state).toBe('open')
    await engine.submit(PART)
    await until(engine, ({ unsent }) => unsent === 0)
    expect([...phone.server.operations.values()].map(({ operation }) => operation.sequence)).toEqual([1, 2])
  })

  it('keeps the draft as it was when a change does not fit', async () => {
    await fill(engine, PART)
    fillUp('drafts')
    await expect(engine.saveDraft(PART, { statement: '异议' })).rejects.toMatchObject(FULL)
    vi.restoreAllMocks()
    expect((await engine.openDraft(PART)).statement).toBeNull()
  })

  it('is not hammered: what cannot be marked as sent waits longer each time', async () => {
    phone.server.fault(/operations/, { is: 'lost_request' })
    await fill(engine, PART)
    await engine.submit(PART)
    await quiet()
    fillUp('outbox')
    phone.server.seen.length = 0
    for (let second = 0; second < 30; second += 1) await phone.pass(1_000)
    expect(phone.server.count(/changes/)).toBeLessThan(8)
    vi.restoreAllMocks()
    engine.retryNow()
    await until(engine, ({ unsent }) => unsent === 0)
  })

  it('shows that the feed could not be kept, and takes it later', async () => {
    phone.server.changes.push({ kind: 'withdrawn', number: 3, inspection_id: 'inspection-1', reason: 'x' })
    fillUp('feed')
    await engine.sync()
    expect(engine.view()).toMatchObject({ lastProblem: { code: 'offline.storage_full' } })
    expect(engine.view().tasks).toHaveLength(1)
    vi.restoreAllMocks()
    await engine.sync()
    expect(engine.view().tasks).toHaveLength(0)
  })
})

describe('a database handle that dies', () => {
  it('is replaced, and nothing is lost', async () => {
    const opened: IDBDatabase[] = []
    engine.close()
    const open = phone.factory.open.bind(phone.factory)
    vi.spyOn(phone.factory, 'open').mockImplementation((name, version) => {
      const request = open(name, version)
      request.addEventListener('success', () => opened.push(request.result as unknown as IDBDatabase))
      return request
    })
    engine = phone.start().engine
    await fill(engine, PART)
    forceCloseDatabase(opened[0] as never)
    await engine.saveDraft(PART, { statement: '异议' })
    expect((await engine.openDraft(PART)).statement).toBe('异议')
    expect(opened).toHaveLength(2)
  })
})

it('room and the promise to keep it are shown', async () => {
  await engine.sync()
  await until(engine, ({ storage }) => storage.usageBytes !== null)
  expect(engine.view().storage).toEqual({ persisted: true, usageBytes: 1_000, quotaBytes: 2_000 })
})

it('a database that does not open is said, and tried again', async () => {
  engine.close()
  const open = vi.spyOn(phone.factory, 'open').mockImplementation(() => {
    throw new DOMException('no', 'UnknownError')
  })
  engine = phone.start().engine
  await until(engine, ({ lastProblem }) => lastProblem?.code === 'offline.storage_unavailable')
  expect(engine.view().phase).toBe('starting')
  open.mockRestore()
  await phone.pass(3_000)
  await until(engine, ({ phase }) => phase === 'ready')
})
