import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/offline'
import { SIGNED_OUT } from './fakeServer'
import { fill, photo, quiet, readyPhone, until, withoutKeptKeys, type Phone } from './harness'
import { PART } from './world'

const CHALLENGES = /POST .*\/sessions\/challenges/
const RESUMPTIONS = /POST .*\/sessions\/resumptions/
const LI = { username: 'li.wei', password: 'correct horse' }
let phone: Phone
let engine: Engine
afterEach(() => phone.end())

/** Work that waits: a check-in, a submission, a photo whose creation the server may have seen. */
async function workWaits(): Promise<void> {
  phone.server.fault(/operations|uploads/, { is: 'lost_request' }, 99)
  await fill(engine, PART)
  await engine.addPhoto(PART, photo())
  await engine.submit(PART)
  await quiet()
  phone.server.heal()
}

/** The phone kills the browser, whose cookie is not on disk yet; later the app is opened again. */
function killAndStart(): void {
  engine.close()
  phone.server.loseCookie()
  phone.server.seen.length = 0
  engine = phone.start().engine
}

/** A fault that is held until the answered function is called. */
function hold(match: RegExp, answer?: typeof SIGNED_OUT): () => void {
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  phone.server.fault(match, { is: 'held', until: held, ...(answer ? { answer } : {}) })
  return release
}

/** Of a started engine: before, it knows of nothing. */
const uploaded = (): Promise<void> => until(engine, ({ phase, unsent }) => phase === 'ready' && unsent === 0)
const asked = (): number => phone.server.count(CHALLENGES) + phone.server.count(RESUMPTIONS)

describe('a cookie that the killed browser had not written', () => {
  beforeEach(async () => {
    ;({ phone, engine } = await readyPhone())
    await workWaits()
  })

  it('is replaced by itself: everything is uploaded, nobody is asked for a password', async () => {
    const phases = new Set<string>()
    killAndStart()
    engine.subscribe(({ phase }) => phases.add(phase))
    engine.retryNow()
    await uploaded()
    await quiet()
    expect([...phases]).toEqual(['starting', 'ready'])
    expect(engine.view()).toMatchObject({ lastProblem: null, me: { display_name: '李伟' } })
    expect(phone.server.count(/POST .*\/sessions$/)).toBe(0)
  })

  it('is replaced once for pull, push and uploads together', async () => {
    killAndStart()
    engine.retryNow()
    await uploaded()
    expect([phone.server.count(CHALLENGES), phone.server.count(RESUMPTIONS)]).toEqual([1, 1])
  })

  it('is not replaced again for an answer that was on its way meanwhile', async () => {
    const release = hold(/changes/, SIGNED_OUT)
    killAndStart()
    engine.retryNow()
    await uploaded()
    release()
    await quiet()
    expect(phone.server.count(RESUMPTIONS)).toBe(1)
    expect(engine.view()).toMatchObject({ phase: 'ready', lastProblem: null })
  })

  it.each([CHALLENGES, RESUMPTIONS])('waits for the network like anything else: %s', async (match) => {
    phone.server.fault(match, { is: 'lost_request' }, 99)
    killAndStart()
    engine.retryNow()
    await quiet()
    expect(engine.view()).toMatchObject({ phase: 'ready', unsent: 3, lastProblem: { code: 'offline.no_connection' } })
    expect(engine.view().outbox.map(({ state }) => state.at)).toEqual(['waiting', 'waiting'])
    phone.server.heal()
    for (let turn = 0; turn < 10; turn += 1) await phone.pass(10_000)
    expect(engine.view()).toMatchObject({ phase: 'ready', unsent: 0, lastProblem: null })
  })

  it('whose replacement was lost on the way is replaced anew', async () => {
    phone.server.fault(RESUMPTIONS, { is: 'answer', status: 502 })
    killAndStart()
    await quiet()
    for (let turn = 0; turn < 10; turn += 1) await phone.pass(10_000)
    expect(engine.view()).toMatchObject({ phase: 'ready', unsent: 0 })
  })

  it.each([429, 503])('waits when the server is busy (%i)', async (status) => {
    const busy = { status, body: '{"code":"kernel.busy"}', type: 'application/problem+json' }
    phone.server.fault(CHALLENGES, { is: 'answer', ...busy }, 99)
    killAndStart()
    await quiet()
    expect(engine.view()).toMatchObject({ phase: 'ready', unsent: 3 })
    expect(engine.view().outbox.every(({ photoProblems }) => photoProblems.length === 0)).toBe(true)
  })

  it('waits when the phone slept until the challenge was too old', async () => {
    const release = hold(RESUMPTIONS)
    killAndStart()
    await quiet()
    phone.now += 180_000
    phone.server.clock += 180_000
    release()
    await quiet()
    expect(engine.view().phase).toBe('ready')
    for (let turn = 0; turn < 10; turn += 1) await phone.pass(10_000)
    expect(engine.view()).toMatchObject({ phase: 'ready', unsent: 0 })
  })

  it('that the browser never keeps ends in a sign-in, not in a circle', async () => {
    phone.server.fault(/changes|operations|uploads/, { is: 'answer', ...SIGNED_OUT }, 99)
    killAndStart()
    await until(engine, ({ phase }) => phase === 'signed_out')
    await phone.pass(120_000)
    expect(phone.server.count(RESUMPTIONS)).toBeLessThanOrEqual(3)
  })
})

describe('a session that is over', () => {
  beforeEach(async () => {
    ;({ phone, engine } = await readyPhone())
    await workWaits()
    phone.server.endSession()
  })

  it('is signed out; drafts and outbox stay, and the server is left in peace', async () => {
    killAndStart()
    engine.retryNow()
    await until(engine, ({ phase }) => phase === 'signed_out')
    await quiet()
    expect(engine.view()).toMatchObject({ unsent: 3, drafts: [{}], lastProblem: { code: 'accounts.signed_out' } })
    expect(engine.view().outbox.map(({ state }) => state.at)).toEqual(['queued', 'queued'])
    phone.server.seen.length = 0
    await phone.pass(300_000)
    expect(phone.server.seen).toEqual([])
  })

  it('goes on after a sign-in, also after a restart', async () => {
    killAndStart()
    await until(engine, ({ phase }) => phase === 'signed_out')
    killAndStart()
    await quiet()
    expect(asked()).toBe(0)
    await engine.signIn(LI)
    await uploaded()
  })
})

describe('who signed out on this phone', () => {
  beforeEach(async () => {
    ;({ phone, engine } = await readyPhone())
    await workWaits()
    phone.server.seen.length = 0
  })

  it.each([
    ['the server knows', 0],
    ['the server has not been told', 99],
  ])('stays signed out, also after a restart, when %s', async (_what, lost) => {
    phone.server.fault(/DELETE/, { is: 'lost_request' }, lost)
    await engine.signOut()
    phone.server.sessionOpen = true
    engine.retryNow()
    await quiet()
    killAndStart()
    engine.retryNow()
    await phone.pass(300_000)
    expect(engine.view().phase).toBe('signed_out')
    expect(asked()).toBe(0)
  })

  it.each([
    ['here', false],
    ['in another tab', true],
  ])('%s while the challenge was under way leaves no session', async (_where, elsewhere) => {
    const release = hold(CHALLENGES)
    phone.server.loseCookie()
    engine.retryNow()
    await quiet()
    await (elsewhere ? await otherTab() : engine).signOut()
    release()
    await quiet()
    expect(phone.server).toMatchObject({ signedIn: false, sessionOpen: false })
    expect(engine.view()).toMatchObject({ phase: 'signed_out', unsent: 3 })
  })

  it.each([
    ['here', false],
    ['in another tab', true],
  ])('%s while the session was being resumed has it ended again', async (_where, elsewhere) => {
    const release = hold(RESUMPTIONS)
    phone.server.loseCookie()
    engine.retryNow()
    await quiet()
    await (elsewhere ? await otherTab() : engine).signOut()
    release()
    await quiet()
    expect(phone.server.sessionOpen).toBe(false)
    expect(engine.view()).toMatchObject({ phase: 'signed_out', unsent: 3 })
  })
})

describe('a phone that cannot sign', () => {
  it('never asks, and is signed out', async () => {
    ;({ phone, engine } = await readyPhone(undefined, { crypto: withoutKeptKeys() }))
    phone.server.loseCookie()
    await engine.sync()
    expect(engine.view()).toMatchObject({ phase: 'signed_out', device: { signed: false } })
    expect(asked()).toBe(0)
  })

  it('because its key is gone is signed out', async () => {
    ;({ phone, engine } = await readyPhone())
    engine.close()
    phone.server.loseCookie()
    engine = phone.start({ crypto: withoutKeptKeys(0) }).engine
    await until(engine, ({ phase }) => phase === 'signed_out')
    expect(phone.server.count(RESUMPTIONS)).toBe(0)
  })
})

/** A second window of the app; it does not own the queue. */
async function otherTab(): Promise<Engine> {
  const other = phone.start().engine
  await until(other, ({ phase }) => phase !== 'starting')
  return other
}
