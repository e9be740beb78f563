import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NetworkError, ProblemError, type Engine } from '../../src/offline'
import { Phone, fill, photo, quiet, readyPhone, until, withoutKeptKeys } from './harness'
import { SIGNED_OUT } from './fakeServer'
import { PART } from './world'

const CODE = { code: '12345678', deviceName: '小李的手机' }
const LI = { username: 'li.wei', password: 'correct horse' }
let phone: Phone
let engine: Engine
afterEach(() => phone.end())

describe('enrolment', () => {
  beforeEach(() => {
    phone = new Phone()
    engine = phone.start().engine
  })

  it('binds the device and says whether it can sign', async () => {
    expect(engine.view().phase).toBe('starting')
    await until(engine, ({ phase }) => phase === 'not_enrolled')
    const enrolled = await engine.enrol(CODE)
    expect(enrolled.display_name).toBe('李伟')
    expect(engine.view()).toMatchObject({
      phase: 'signed_out',
      device: { id: enrolled.device_id, name: '小李的手机', signed: true },
    })
  })

  it('whose answer was lost is repeated with the same bytes, even after a restart', async () => {
    phone.server.fault(/devices/, { is: 'lost_answer' })
    await expect(engine.enrol(CODE)).rejects.toBeInstanceOf(NetworkError)
    engine.close()
    engine = phone.start().engine
    await engine.enrol(CODE)
    const bodies = phone.server.seen.filter(({ line }) => line.endsWith('/devices')).map(({ body }) => body)
    expect(bodies[1]).toBe(bodies[0])
    expect(phone.server.devices.size).toBe(1)
  })

  it('with a wrong code says so and may be tried again', async () => {
    await expect(engine.enrol({ ...CODE, code: '00000000' })).rejects.toMatchObject({
      problem: { code: 'accounts.enrolment_code_invalid' },
    })
    expect((await engine.enrol(CODE)).display_name).toBe('李伟')
  })

  it('where keys cannot be kept leaves the device unsigned, says so, and works', async () => {
    engine.close()
    engine = phone.start({ crypto: withoutKeptKeys() }).engine
    await engine.enrol(CODE)
    expect(engine.view().device?.signed).toBe(false)
  })

  it('without WebCrypto (plain http) is refused with a reason', async () => {
    engine.close()
    const bare = { getRandomValues: crypto.getRandomValues.bind(crypto) } as unknown as Crypto
    engine = phone.start({ crypto: bare }).engine
    await expect(engine.enrol(CODE)).rejects.toMatchObject({ problem: { code: 'offline.key_unavailable' } })
  })
})

describe('signing in', () => {
  beforeEach(async () => {
    ;({ phone, engine } = await readyPhone())
  })

  it('is kept over a restart without a connection', async () => {
    engine.close()
    phone.server.fault(/./, { is: 'lost_request' }, 999)
    engine = phone.start().engine
    await until(engine, ({ phase }) => phase === 'ready')
    expect(engine.view().me?.display_name).toBe('李伟')
    expect(engine.view().tasks).toHaveLength(1)
  })

  it('with a wrong password is refused and signs nobody out', async () => {
    await expect(engine.signIn({ ...LI, password: 'x' })).rejects.toMatchObject({
      problem: { code: 'accounts.credentials_invalid' },
    })
    expect(engine.view().phase).toBe('ready')
  })

  it('of another account is refused; what is kept here stays', async () => {
    await fill(engine, PART)
    await engine.signOut()
    await expect(engine.signIn({ ...LI, username: 'wang' })).rejects.toMatchObject({
      problem: { code: 'accounts.device_not_yours' },
    })
    phone.server.account = 'another'
    await expect(engine.signIn(LI)).rejects.toBeInstanceOf(ProblemError)
    expect(engine.view()).toMatchObject({ phase: 'signed_out', drafts: [{ partId: PART }] })
  })
})

describe('an expired session', () => {
  beforeEach(async () => {
    ;({ phone, engine } = await readyPhone())
    phone.server.endSession()
    await engine.sync()
  })

  it('shows as signed out, and work goes on', async () => {
    expect(engine.view()).toMatchObject({ phase: 'signed_out', lastProblem: { code: 'accounts.signed_out' } })
    await fill(engine, PART)
    await engine.addPhoto(PART, photo())
    await engine.submit(PART)
    await engine.sync()
    expect(engine.view()).toMatchObject({ unsent: 3, phase: 'signed_out' })
    expect(engine.view().outbox.map(({ state }) => state.at)).toEqual(['queued', 'queued'])
  })

  it('sends nothing until somebody signs in, then all of it', async () => {
    await fill(engine, PART)
    await engine.addPhoto(PART, photo())
    await engine.submit(PART)
    phone.server.seen.length = 0
    await engine.sync()
    expect(phone.server.seen).toEqual([])
    await engine.signIn(LI)
    await until(engine, ({ unsent }) => unsent === 0)
    expect(engine.view().lastProblem).toBeNull()
  })
})

it('a session that ends between operations and photos loses neither', async () => {
  ;({ phone, engine } = await readyPhone())
  await fill(engine, PART)
  await engine.addPhoto(PART, photo())
  phone.server.fault(/PATCH/, { is: 'answer', ...SIGNED_OUT })
  phone.server.sessionOpen = false
  await engine.submit(PART)
  await until(engine, ({ phase }) => phase === 'signed_out')
  expect(engine.view().unsent).toBeGreaterThan(0)
  await engine.signIn(LI)
  await until(engine, ({ unsent }) => unsent === 0)
})

it('an operation that meets a lost session is put back, not made to wait', async () => {
  ;({ phone, engine } = await readyPhone())
  phone.server.fault(/operations/, { is: 'answer', ...SIGNED_OUT })
  phone.server.sessionOpen = false
  await fill(engine, PART)
  await engine.submit(PART)
  await until(engine, ({ phase }) => phase === 'signed_out')
  expect(engine.view().outbox.map(({ state }) => state.at)).toEqual(['queued', 'queued'])
})

it('a late 401 of an earlier session does not end the new one', async () => {
  ;({ phone, engine } = await readyPhone())
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  phone.server.fault(/changes/, { is: 'held', until: held, answer: SIGNED_OUT })
  const pulling = engine.sync()
  await quiet()
  await engine.signIn(LI)
  release()
  await pulling
  expect(engine.view().phase).toBe('ready')
})

it('signed out with work to send, the phone does not spin', async () => {
  const ready = await readyPhone()
  ;({ phone, engine } = ready)
  phone.server.endSession()
  await fill(engine, PART)
  await engine.submit(PART)
  await until(engine, ({ phase }) => phase === 'signed_out')
  await quiet()
  expect([...ready.tab.timers].map(({ due }) => due - phone.now)).toEqual([120_000])
})

describe('signing out', () => {
  beforeEach(async () => {
    ;({ phone, engine } = await readyPhone())
    phone.server.fault(/operations/, { is: 'lost_request' }, 99)
    await fill(engine, PART)
    await engine.submit(PART)
    await quiet()
  })

  it('keeps unsent work, which goes out after the next sign-in', async () => {
    await engine.signOut()
    expect(engine.view()).toMatchObject({ phase: 'signed_out', unsent: 2 })
    phone.server.heal()
    await engine.signIn(LI)
    await until(engine, ({ unsent }) => unsent === 0)
  })

  it('works without a connection; the server hears of it later', async () => {
    phone.server.fault(/DELETE/, { is: 'lost_request' })
    await engine.signOut()
    expect(engine.view().phase).toBe('signed_out')
    expect(phone.server.signedIn).toBe(true)
    await engine.sync()
    expect(phone.server.signedIn).toBe(false)
  })
})

describe('signing out with a lost cookie', () => {
  beforeEach(async () => {
    ;({ phone, engine } = await readyPhone())
    phone.server.loseCookie()
  })

  it('ends the session on the server all the same', async () => {
    await engine.signOut()
    expect(phone.server.sessionOpen).toBe(false)
    expect(engine.view().phase).toBe('signed_out')
  })

  it('is owed while the line is down, and settled later', async () => {
    phone.server.fault(/challenges/, { is: 'lost_request' })
    await engine.signOut()
    expect(phone.server.sessionOpen).toBe(true)
    await engine.sync()
    expect(phone.server.sessionOpen).toBe(false)
  })

  it('of a session that is over asks no second time', async () => {
    phone.server.endSession()
    await engine.signOut()
    phone.server.seen.length = 0
    await engine.sync()
    expect(phone.server.seen).toEqual([])
  })
})

describe('an own password', () => {
  beforeEach(async () => {
    ;({ phone, engine } = await readyPhone())
  })

  it('is chosen, and refused when the current one is not right', async () => {
    await expect(engine.changePassword({ current: 'x', next: '山高水长-2026年' })).rejects.toMatchObject({ problem: { code: 'accounts.password_wrong' } })
    await engine.changePassword({ current: 'correct horse', next: '山高水长-2026年' })
    expect(engine.view().me?.must_change_password).toBe(false)
  })

  it('without a connection stays as it is', async () => {
    phone.server.fault(/password/, { is: 'lost_request' })
    await expect(engine.changePassword({ current: 'correct horse', next: '山高水长-2026年' })).rejects.toBeInstanceOf(NetworkError)
    expect(engine.view().phase).toBe('ready')
  })
})
