import { IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Engine, PartState } from '../../src/offline'
import { Phone, fill, photo, quiet, readyPhone, until } from './harness'
import { PART, inspectionChange, manyInspections } from './world'

const CHUNK = 256 * 1024
let phone: Phone
let engine: Engine
beforeEach(async () => {
  ;({ phone, engine } = await readyPhone([inspectionChange(), ...manyInspections(1)]))
  await fill(engine, PART)
})
afterEach(() => {
  vi.restoreAllMocks()
  phone.end()
})

/** Submits with one photo of so many bytes; answers the photo's id. */
async function submitWith(bytes: number): Promise<string> {
  const { id } = await engine.addPhoto(PART, photo(bytes))
  await engine.submit(PART)
  await quiet()
  await until(engine, ({ syncing }) => !syncing)
  return id
}

async function retry(): Promise<void> {
  engine.retryNow()
  await quiet()
  await until(engine, ({ syncing }) => !syncing)
}

const whole = (id: string): number | undefined => phone.server.uploads.get(id)?.bytes.length

async function partBecomes(state: PartState): Promise<void> {
  const change = { kind: 'part_state', number: 8, inspection_id: 'inspection-1', part_id: PART, record_url: null } as const
  phone.server.changes.push({ ...change, state })
  await engine.sync()
}

describe('a photo', () => {
  it('goes in chunks, each with its checksum', async () => {
    const id = await submitWith(3 * CHUNK + 5)
    expect(whole(id)).toBe(3 * CHUNK + 5)
    expect(phone.server.count(/PATCH/)).toBe(4)
    expect(phone.server.uploads.get(id)?.partId).toBe(PART)
  })

  it('goes on where it stood when the connection was cut', async () => {
    let patches = 0
    phone.server.fault(/PATCH/, { is: 'lost_answer' }, 1)
    const id = await submitWith(3 * CHUNK)
    expect(whole(id)).toBe(CHUNK) // it arrived, the answer did not
    phone.server.seen.length = 0
    await retry()
    patches = phone.server.count(/PATCH/)
    expect([patches, phone.server.count(/HEAD/), phone.server.count(/POST .*uploads/)]).toEqual([2, 1, 0])
    expect(whole(id)).toBe(3 * CHUNK)
    expect(engine.view().unsent).toBe(0)
  })

  it('is not sent again when only the last answer was lost', async () => {
    phone.server.fault(/PATCH/, { is: 'lost_answer' })
    await submitWith(100)
    phone.server.seen.length = 0
    await retry()
    expect(phone.server.count(/PATCH/)).toBe(0)
    expect(engine.view().unsent).toBe(0)
  })

  it('survives a lost answer to its creation', async () => {
    phone.server.fault(/POST .*uploads/, { is: 'lost_answer' })
    const id = await submitWith(100)
    await retry()
    expect(whole(id)).toBe(100)
  })

  it('is created anew when the server has thrown it away', async () => {
    phone.server.fault(/PATCH/, { is: 'lost_answer' })
    const id = await submitWith(2 * CHUNK)
    phone.server.uploads.clear()
    await retry()
    expect(whole(id)).toBe(2 * CHUNK)
  })

  it.each([
    ['busy', 409, 'evidence.upload_busy'],
    ['just thrown away', 460, 'evidence.checksum_mismatch'],
  ])('whose upload is %s on the server waits and goes then', async (_what, status, code) => {
    const body = JSON.stringify({ code })
    phone.server.fault(/POST .*uploads/, { is: 'answer', status, body, type: 'application/problem+json' })
    const id = await submitWith(100)
    expect(engine.view().outbox[1]?.photoProblems).toEqual([])
    expect(engine.view().unsent).toBe(1)
    await phone.pass(3_000)
    expect(whole(id)).toBe(100)
  })

  it('that was damaged on the way is sent again', async () => {
    phone.server.fault(/PATCH/, { is: 'answer', status: 460 })
    const id = await submitWith(100)
    expect(whole(id)).toBe(100)
    expect(engine.view().unsent).toBe(0)
  })

  it('that never gets on waits instead of turning round for ever', async () => {
    phone.server.fault(/PATCH/, { is: 'answer', status: 460 }, 999)
    await submitWith(100)
    expect(phone.server.count(/PATCH/)).toBeLessThan(6)
    expect(engine.view().unsent).toBe(1)
  })

  it('may arrive before its submission, or after', async () => {
    phone.server.fault(/operations/, { is: 'lost_request' })
    const id = await submitWith(100)
    expect(whole(id)).toBe(100)
    expect(phone.server.operations.size).toBe(0)
    await retry()
    expect(engine.view().unsent).toBe(0)
  })

  it('that fails stops neither another photo nor the submission', async () => {
    const first = await engine.addPhoto(PART, photo(100, 1))
    const route = phone.server.fetch
    engine.close()
    engine = phone.start({
      fetch: (async (input: RequestInfo | URL, init?: RequestInit) =>
        String(input).endsWith(first.id)
          ? new Response('{"code":"evidence.not_yours"}', {
              status: 403,
              headers: { 'content-type': 'application/problem+json' },
            })
          : route(input, init)) as typeof fetch,
    }).engine
    const second = await submitWith(200)
    expect(whole(second)).toBe(200)
    expect(phone.server.operations.size).toBe(2)
    expect(engine.view().outbox[1]).toMatchObject({
      photos: { total: 2, sent: 1 },
      photoProblems: [{ code: 'evidence.not_yours' }],
    })
  })
})

it('asked to sync while a photo is on its way, the engine also sends what came after', async () => {
  let release = (): void => undefined
  phone.server.fault(/PATCH/, { is: 'held', until: new Promise((resolve) => (release = resolve)) })
  await engine.addPhoto(PART, photo())
  await engine.submit(PART)
  await quiet()
  await fill(engine, 'part-0')
  await engine.addPhoto('part-0', photo(50))
  await engine.submit('part-0')
  const synced = engine.sync()
  release()
  await synced
  expect(engine.view().unsent).toBe(0)
})

it('a photo taken out in a correction while it is on its way leaves nothing behind', async () => {
  let release = (): void => undefined
  phone.server.fault(/PATCH/, { is: 'held', until: new Promise((resolve) => (release = resolve)) })
  phone.server.judge = ({ kind, supersedes }) =>
    kind === 'part.submit' && !supersedes ? { verdict: 'rejected', problem: { code: 'inspections.photo_wrong' } } : null
  const { id } = await engine.addPhoto(PART, photo())
  await engine.submit(PART)
  await until(engine, ({ outbox }) => outbox[1]?.state.at === 'rejected')
  await engine.correct(engine.view().outbox[1]?.operationId ?? '')
  await engine.removePhoto(PART, id)
  const problems: unknown[] = []
  engine.subscribe(({ lastProblem }) => lastProblem && problems.push(lastProblem))
  await engine.submit(PART)
  release()
  await until(engine, ({ syncing, unsent }) => !syncing && unsent === 0)
  expect(problems).toEqual([])
  expect(engine.view()).toMatchObject({ outbox: [{}, {}, { photos: { total: 0, sent: 0 } }] })
})

it('a copy with marks is a photo of its own, and goes with the photo that it was made of', async () => {
  const first = await engine.addPhoto(PART, photo())
  const copy = await engine.addPhoto(PART, { ...photo(50, 3), annotates: first.id })
  const other = await engine.addPhoto(PART, photo(20, 4))
  expect([first.annotates, copy.annotates]).toEqual([undefined, first.id])
  await engine.removePhoto(PART, first.id)
  expect((await engine.openDraft(PART)).photos.map(({ id }) => id)).toEqual([other.id])
  await expect(engine.photoBytes(copy.id)).rejects.toMatchObject({ problem: { code: 'offline.photo_missing' } })
})

describe('bytes on the phone', () => {
  it('that are missing are an error that is seen', async () => {
    phone.server.fault(/uploads/, { is: 'lost_request' }, 99)
    const id = await submitWith(100)
    await overwrite(phone, id, null)
    phone.server.heal()
    await retry()
    expect(engine.view().outbox[1]?.photoProblems).toMatchObject([{ code: 'offline.photo_missing', field: id }])
    expect(engine.view().unsent).toBe(1)
  })

  it('that are not those that were signed are not sent', async () => {
    phone.server.fault(/uploads/, { is: 'lost_request' }, 99)
    const id = await submitWith(100)
    await overwrite(phone, id, new Uint8Array(100).buffer)
    phone.server.heal()
    await retry()
    expect(engine.view().outbox[1]?.photoProblems).toMatchObject([{ code: 'offline.photo_damaged' }])
    expect(whole(id)).toBeUndefined()
  })

  it('stay until the part is complete, and go then', async () => {
    const id = await submitWith(100)
    expect(engine.view().unsent).toBe(0)
    await partBecomes('awaiting_photos')
    expect((await engine.photoBytes(id)).byteLength).toBe(100)
    await partBecomes('complete')
    await expect(engine.photoBytes(id)).rejects.toMatchObject({ problem: { code: 'offline.photo_missing' } })
    expect(engine.view().outbox[1]?.photos).toEqual({ total: 1, sent: 1 })
    expect((await engine.openDraft(PART)).answers).toHaveProperty('grease') // the record may still be looked at
  })

  it.each([
    ['the photo is not whole on the server', /PATCH/],
    ['the submission is not accepted', /operations/],
  ])('stay although the part is said to be complete, when %s', async (_what, match) => {
    phone.server.fault(match, { is: 'lost_request' }, 99)
    const id = await submitWith(100)
    await partBecomes('complete')
    expect((await engine.photoBytes(id)).byteLength).toBe(100)
  })

  it('are written once: editing and sending never writes them again', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put')
    await submitWith(100)
    const photos = put.mock.contexts.filter((store) => (store as IDBObjectStore).name === 'photos')
    expect(photos).toHaveLength(1)
  })

  it('go with a photo that is taken out of a draft', async () => {
    const { id } = await engine.addPhoto(PART, photo())
    await engine.removePhoto(PART, id)
    await expect(engine.photoBytes(id)).rejects.toMatchObject({ problem: { code: 'offline.photo_missing' } })
    expect((await engine.openDraft(PART)).photos).toEqual([])
  })
})

/** Damages what is kept, behind the engine's back. */
async function overwrite(phone: Phone, id: string, bytes: ArrayBuffer | null): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = phone.factory.open('palmcheck')
    request.onsuccess = () => resolve(request.result)
  })
  await new Promise<void>((resolve) => {
    const tx = db.transaction('photos', 'readwrite')
    if (bytes) tx.objectStore('photos').put({ id, partId: PART, mediaType: 'image/jpeg', bytes })
    else tx.objectStore('photos').delete(id)
    tx.oncomplete = () => resolve()
  })
  db.close()
}
