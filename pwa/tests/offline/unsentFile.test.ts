import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/offline'
import { Phone, fill, photo, quiet, readyPhone, until } from './harness'
import { openBox } from './fakeSealing'
import { PART, inspectionChange, part, task } from './world'

const OTHER = '01900000-0000-7000-8000-000000000p02'
let phone: Phone
let engine: Engine
let photoIds: string[]

/** A submission that does not go out, and an open draft; each with a photo. */
beforeEach(async () => {
  ;({ phone, engine } = await readyPhone([inspectionChange(), inspectionChange(3, task('inspection-2', [part(OTHER)]))]))
  await until(engine, ({ lock }) => lock.fileSealed)
  phone.server.fault(/operations|uploads/, { is: 'lost_request' }, 99)
  await fill(engine, PART)
  photoIds = [(await engine.addPhoto(PART, photo(64, 65))).id]
  await engine.submit(PART)
  await fill(engine, OTHER)
  await engine.saveDraft(OTHER, { statement: '没有传上去的草稿' })
  photoIds.push((await engine.addPhoto(OTHER, photo(64, 66))).id)
  await quiet()
})
afterEach(() => phone.end())

/** Another phone of the same account, on the same server. */
async function anotherPhone(): Promise<Engine> {
  const other = new Phone()
  Object.assign(other, { server: phone.server })
  phone.server.moreDevices = true
  const { engine: second } = other.start()
  await second.enrol({ code: '12345678', deviceName: '备用手机' })
  await second.signIn({ username: 'li.wei', password: 'correct horse' })
  return second
}

describe('the file of unsent work', () => {
  it('is sealed: nothing in it can be read, and its key is for the server, this account and this phone', async () => {
    const text = await (await engine.exportUnsent()).text()
    expect(text).not.toMatch(/没有传上去|part\.submit|signature|A{16}|QUFB/)
    const file = JSON.parse(text)
    expect(file).toMatchObject({ schema: 'palmcheck/unsent/v2', photos: [{ part_id: OTHER }, { part_id: PART }] })
    const context = `palmcheck/unsent/v2/${file.account_id}/${file.device_id}`
    expect(await openBox(file.key, context)).toHaveLength(32)
    await expect(openBox(file.key, `${context}x`)).rejects.toThrow()
    expect(engine.view().unsent).toBe(3)
  })

  it('goes out from another phone as it was signed, and its drafts go on there', async () => {
    const signed = engine.view().outbox.map(({ operationId }) => operationId)
    const file = await engine.exportUnsent()
    phone.server.heal()
    engine.close()
    const second = await anotherPhone()
    expect(await second.importUnsent(file)).toEqual({ operations: 2, drafts: 2, photos: 2 })
    await until(second, ({ unsent }) => unsent === 0)
    expect([...phone.server.operations.keys()]).toEqual(signed)
    expect(phone.server.uploads.get(photoIds[0] ?? '')?.bytes).toEqual(new Uint8Array(64).fill(65))
    expect(await second.openDraft(OTHER)).toMatchObject({ state: 'open', statement: '没有传上去的草稿' })
    expect(new Uint8Array(await second.photoBytes(photoIds[1] ?? ''))).toEqual(new Uint8Array(64).fill(66))
    expect(await second.importUnsent(file)).toMatchObject({ operations: 0, drafts: 0 })
  }, 20_000)

  it('overwrites nothing of the phone that takes it in', async () => {
    const file = await engine.exportUnsent()
    await engine.saveDraft(OTHER, { statement: '后来又写的' })
    phone.server.heal()
    expect(await engine.importUnsent(file)).toEqual({ operations: 0, drafts: 0, photos: 0 })
    expect((await engine.openDraft(OTHER)).statement).toBe('后来又写的')
  })

  it('of another account, damaged, or none at all is refused with a reason', async () => {
    phone.server.heal()
    const text = await (await engine.exportUnsent()).text()
    const foreign = JSON.stringify({ ...JSON.parse(text), account_id: 'somebody' })
    await expect(engine.importUnsent(new Blob([foreign]))).rejects.toMatchObject({ problem: { code: 'offline.file_foreign' } })
    const damaged = JSON.stringify({ ...JSON.parse(text), work: 'AAAA' })
    await expect(engine.importUnsent(new Blob([damaged]))).rejects.toMatchObject({ problem: { code: 'offline.file_unreadable' } })
    for (const odd of ['', '[]', '{"schema":"x"}', 'null']) {
      await expect(engine.importUnsent(new Blob([odd]))).rejects.toMatchObject({ problem: { code: 'offline.file_unreadable' } })
    }
  })

  it('holds nothing that the server has', async () => {
    phone.server.heal()
    engine.retryNow()
    await until(engine, ({ unsent }) => unsent === 0)
    expect(JSON.parse(await (await engine.exportUnsent()).text())).toMatchObject({ photos: [{ part_id: OTHER }] })
  })
})
