import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/offline'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { isPin, waitAfter, waitLeft } from '../../src/offline/pinRules'
import { Phone, fill, photo, quiet, readyPhone, until } from './harness'
import { textAtRest } from './rawRows'
import { PART } from './world'

const PIN = '246810'
const MINUTE = 60_000
let phone: Phone
let engine: Engine
let tab: Awaited<ReturnType<typeof readyPhone>>['tab']
beforeEach(async () => {
  ;({ phone, engine, tab } = await readyPhone())
  await until(engine, ({ lock }) => lock.sealed)
})
afterEach(() => {
  vi.restoreAllMocks()
  phone.end()
})

const atRest = (...stores: string[]) => textAtRest(phone.factory, ...stores)

async function restart(): Promise<void> {
  engine.close()
  ;({ engine, tab } = phone.start())
  await until(engine, ({ phase }) => phase !== 'starting')
}

describe('at rest', () => {
  it('nothing of a draft, a photo or a submission can be read from the disk', async () => {
    tab.goOnline(false)
    phone.server.fault(/operations/, { is: 'lost_request' }, 9)
    await fill(engine, PART)
    await engine.addPhoto(PART, photo(64, 65))
    expect(await atRest('drafts', 'photos')).not.toMatch(/负责人不在场|A{16}/)
    await engine.submit(PART)
    expect(await atRest('drafts', 'photos', 'outbox')).not.toMatch(/负责人不在场|A{16}|signature/)
    expect((await engine.openDraft(PART)).party).toMatchObject({ reason: '负责人不在场' })
  })

  it('a row that was put in another row\'s place does not open', async () => {
    await engine.openDraft(PART)
    const { Vault } = await import('../../src/offline/vault')
    const vault = new Vault(crypto)
    vault.begin(xchacha20poly1305)
    vault.hold('drafts', new Uint8Array(32))
    const row = vault.toStore('drafts', { partId: 'a', statement: 'x' })
    expect(vault.fromStore('drafts', row)).toEqual({ partId: 'a', statement: 'x' })
    expect(() => vault.fromStore('drafts', { ...row, partId: 'b' })).toThrow()
  })
})

describe('with a PIN', () => {
  it('a restart locks, the right PIN opens, and the draft is whole', async () => {
    await fill(engine, PART)
    await engine.setPin(PIN)
    await restart()
    expect(engine.view().lock.state).toBe('locked')
    expect(engine.view().drafts).toEqual([])
    await expect(engine.openDraft(PART)).rejects.toMatchObject({ problem: { code: 'offline.locked' } })
    await expect(engine.unlock('000000')).rejects.toMatchObject({ problem: { code: 'offline.pin_wrong' } })
    await engine.unlock(PIN)
    expect(engine.view().lock.state).toBe('open')
    expect((await engine.openDraft(PART)).party).toMatchObject({ reason: '负责人不在场' })
  }, 20_000)

  it('what was submitted goes out while it is locked, photos as well', async () => {
    await fill(engine, PART)
    const { id } = await engine.addPhoto(PART, photo())
    await engine.setPin(PIN)
    phone.server.fault(/operations|uploads/, { is: 'lost_request' }, 2)
    await engine.submit(PART)
    await restart()
    expect(engine.view().lock.state).toBe('locked')
    phone.server.heal()
    engine.retryNow()
    await until(engine, ({ unsent }) => unsent === 0)
    expect(phone.server.uploads.get(id)?.bytes).toEqual(new Uint8Array(photo().bytes))
    await engine.unlock(PIN)
    expect((await engine.openDraft(PART)).state).toBe('submitted')
  }, 20_000)

  it('the feed may change the state of a draft that is locked, and nothing of it is lost', async () => {
    await fill(engine, PART)
    await engine.setPin(PIN)
    engine.lock()
    await quiet()
    phone.server.changes.push({ kind: 'part_state', number: 9, inspection_id: 'inspection-1', part_id: PART, state: 'under_way', record_url: null })
    await engine.sync()
    await engine.unlock(PIN)
    expect(await engine.openDraft(PART)).toMatchObject({ partState: 'under_way', party: { reason: '负责人不在场' } })
  }, 20_000)

  it('what was typed and taken as it locked is kept after the unlocking', async () => {
    await fill(engine, PART)
    await engine.setPin(PIN)
    engine.lock()
    const late = [engine.saveDraft(PART, { statement: '锁定前一刻' }), engine.addPhoto(PART, photo())]
    await quiet()
    await engine.unlock(PIN)
    expect(engine.view().drafts).toMatchObject([{ photos: 1 }])
    await Promise.all(late)
    expect((await engine.openDraft(PART)).statement).toBe('锁定前一刻')
  }, 20_000)

  it('wrong tries wait, also over a restart', async () => {
    await engine.setPin(PIN)
    engine.lock()
    for (let wrong = 0; wrong < 3; wrong += 1) await expect(engine.unlock('000000')).rejects.toMatchObject({ problem: { code: 'offline.pin_wrong' } })
    await restart()
    await expect(engine.unlock(PIN)).rejects.toMatchObject({ problem: { code: 'offline.pin_wait' } })
    await phone.pass(31_000)
    await engine.unlock(PIN)
    expect(engine.view().lock).toMatchObject({ state: 'open', waitUntil: 0 })
  }, 30_000)

  it('it locks after some minutes away, not sooner', async () => {
    await engine.setPin(PIN)
    await engine.lockAfter(5)
    tab.leave()
    await phone.pass(4 * MINUTE)
    tab.comeBack()
    expect(engine.view().lock.state).toBe('open')
    tab.leave()
    phone.now += 6 * MINUTE // no timer ran: the browser slept
    tab.comeBack()
    await until(engine, ({ lock }) => lock.state === 'locked')
  }, 20_000)

  it('may be changed and taken away by who knows it', async () => {
    await engine.setPin(PIN)
    await expect(engine.setPin('135790', '000000')).rejects.toMatchObject({ problem: { code: 'offline.pin_wrong' } })
    await engine.setPin('135790', PIN)
    await restart()
    await engine.unlock('135790')
    await engine.removePin('135790')
    await restart()
    expect(engine.view().lock.state).toBe('none')
  }, 30_000)

  it('forgotten: the account\'s password opens the drafts, by the key that the server alone could open', async () => {
    await fill(engine, PART)
    await engine.sync()
    await engine.setPin(PIN)
    await engine.sync()
    await until(engine, ({ lock }) => lock.wayBack)
    await restart()
    await engine.recoverPin('correct horse')
    expect(engine.view().lock.state).toBe('none')
    expect((await engine.openDraft(PART)).party).toMatchObject({ reason: '负责人不在场' })
  }, 20_000)

  it('a PIN set before the server was heard of gets its way back later', async () => {
    const lonely = new Phone()
    const { engine: early } = lonely.start()
    await early.enrol({ code: '12345678', deviceName: '手机' })
    await early.setPin(PIN)
    expect(early.view().lock.wayBack).toBe(false)
    await early.signIn({ username: 'li.wei', password: 'correct horse' })
    await early.sync()
    await until(early, ({ lock }) => lock.wayBack)
    lonely.end()
  }, 20_000)
})

describe('the rule of tries', () => {
  it('lets three go, then waits twice as long each time, up to an hour', () => {
    expect([0, 2, 3, 4, 5, 20].map(waitAfter)).toEqual([0, 0, 30_000, 60_000, 120_000, 3_600_000])
    expect(waitLeft(10 * 3_600_000, 0)).toBe(3_600_000)
    expect([waitLeft(5, 9), isPin('123456'), isPin('12345'), isPin('12345a')]).toEqual([0, true, false, false])
  })
})
