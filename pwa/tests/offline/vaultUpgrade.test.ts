import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/offline'
import { Phone, fill, photo, quiet, readyPhone, until } from './harness'
import { putAtRest, rowsAtRest, textAtRest } from './rawRows'
import { PART, inspectionChange, part, task } from './world'

const PART_2 = '01900000-0000-7000-8000-000000000p02'

/** The database as the app before the vault left it (version 1, no sealed row), with work of every kind in it. */
let phone: Phone
let engine: Engine
let photoIds: string[]

/** A browser that makes no AES key: an engine on it keeps rows plain, as the older app did. */
const WITHOUT_AES = new Proxy(crypto, {
  get: (real, name) => name !== 'subtle' ? (Reflect.get(real, name) as (...of: unknown[]) => unknown).bind?.(real) : new Proxy(real.subtle, {
    get: (subtle, verb) => verb === 'generateKey'
      ? (how: EcKeyGenParams, ...rest: [boolean, KeyUsage[]]) => how.name === 'ECDSA' ? subtle.generateKey(how, ...rest) : Promise.reject(new Error('no AES here'))
      : (Reflect.get(subtle, verb) as (...of: unknown[]) => unknown).bind(subtle),
  }),
})

beforeEach(async () => {
  const old = await readyPhone([inspectionChange(), inspectionChange(3, task('inspection-2', [part(PART_2)]))], { crypto: WITHOUT_AES })
  old.phone.server.fault(/operations|uploads/, { is: 'lost_request' }, 99)
  await fill(old.engine, PART)
  photoIds = [(await old.engine.addPhoto(PART, photo(64, 65))).id]
  await old.engine.submit(PART)
  await fill(old.engine, PART_2)
  await old.engine.saveDraft(PART_2, { statement: '旧版草稿' })
  photoIds.push((await old.engine.addPhoto(PART_2, photo(64, 66))).id)
  await quiet()
  old.phone.end()
  const stored = await rowsAtRest(old.phone.factory)
  delete stored['vault']
  phone = old.phone
  const factory = new IDBFactory()
  await putAtRest(factory, 1, stored)
  Object.assign(phone, { factory })
  expect(await textAtRest(factory)).toMatch(/旧版草稿.*A{16}|A{16}.*旧版草稿/s)
  phone.server.heal()
  phone.server.fault(/operations|uploads/, { is: 'lost_request' }, 2)
})
afterEach(() => {
  vi.restoreAllMocks()
  phone.end()
})

function start(): void {
  ;({ engine } = phone.start())
}

async function expectAllThere(): Promise<void> {
  expect(await engine.openDraft(PART_2)).toMatchObject({ statement: '旧版草稿', party: { reason: '负责人不在场' } })
  expect((await engine.openDraft(PART)).state).toBe('submitted')
  for (const [i, id] of photoIds.entries()) expect(new Uint8Array(await engine.photoBytes(id))).toEqual(new Uint8Array(64).fill(65 + i))
  expect(engine.view().outbox.map(({ kind }) => kind)).toEqual(['part.check_in', 'part.submit'])
}

/** Sealing goes on behind the screen: waits until nothing lies plain. */
async function untilSealed(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    if (!SECRETS.test(await textAtRest(phone.factory, 'drafts', 'photos', 'outbox'))) return
    await quiet()
  }
  throw new Error('something stayed plain')
}

const SECRETS = /旧版草稿|负责人不在场|A{16}|B{16}|signature":"/

describe('what an older app kept plain', () => {
  it('is sealed at the next start, whole, and goes out', async () => {
    start()
    await untilSealed()
    await expectAllThere()
    phone.server.heal()
    engine.retryNow()
    await until(engine, ({ unsent }) => unsent === 0)
    expect(phone.server.uploads.get(photoIds[0] ?? '')?.bytes).toEqual(new Uint8Array(64).fill(65))
  }, 20_000)

  it('is whole when the disk is full, and sealed at a start after that', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    start()
    await until(engine, ({ phase }) => phase !== 'starting')
    await quiet()
    await expectAllThere()
    vi.restoreAllMocks()
    engine.close()
    start()
    await untilSealed()
    await expectAllThere()
  }, 20_000)

  it('is whole when the app dies after any of the writes', async () => {
    for (let lives = 1; ; lives += 1) {
      let left = lives
      const put = IDBObjectStore.prototype.put
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...of: Parameters<IDBObjectStore['put']>) {
        if (left-- <= 0) throw new DOMException('died', 'AbortError')
        return put.apply(this, of)
      })
      start()
      await until(engine, ({ phase }) => phase !== 'starting')
      await quiet()
      engine.close()
      vi.restoreAllMocks()
      start()
      await until(engine, ({ phase }) => phase !== 'starting')
      await expectAllThere()
      engine.close()
      if (left > 0 || lives > 40) return
    }
  }, 60_000)
})
