/** The app dies at each step of a visit; a new one on the same database must bring all of it home, once. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/offline'
import { Phone, fill, photo, quiet, readyPhone, until } from './harness'
import { PART } from './world'

const STEPS = 14
const CHUNK = 256 * 1024
let phone: Phone
afterEach(() => phone.end())

/** What the inspector does, from the first tap; done again by him if the app died under it. */
async function visit(engine: Engine): Promise<void> {
  await fill(engine, PART)
  if ((await engine.openDraft(PART)).photos.length === 0) await engine.addPhoto(PART, photo(CHUNK + 10))
  await engine.submit(PART)
  await engine.sync()
}

async function again(engine: Engine): Promise<void> {
  if ((await engine.openDraft(PART)).state === 'open') await visit(engine)
  engine.retryNow()
  await until(engine, ({ unsent, syncing }) => unsent === 0 && !syncing)
}

/** A phone whose first app is closed; the second one dies when `die` says so. */
async function started(die: (engine: () => Engine) => Parameters<Phone['start']>[0]): Promise<Engine> {
  const ready = await readyPhone()
  phone = ready.phone
  ready.engine.close()
  phone.server.seen.length = 0
  const holder: { engine?: Engine } = {}
  const living = (): Engine => {
    if (!holder.engine) throw new Error('not started')
    return holder.engine
  }
  holder.engine = phone.start(die(living)).engine
  return holder.engine
}

function expectAllHome(): void {
  const operations = [...phone.server.operations.values()].map(({ operation }) => operation)
  expect(operations.map(({ kind, sequence }) => [kind, sequence])).toEqual([
    ['part.check_in', 1],
    ['part.submit', 2],
  ])
  const named = operations[1]?.kind === 'part.submit' ? operations[1].body.photos.map(({ id }) => id) : []
  expect(named).toHaveLength(1)
  for (const id of named) expect(phone.server.uploads.get(id)?.bytes.length).toBe(CHUNK + 10)
}

/** Every body that carried an operation carried the same one: never two versions of one id. */
function expectSameBytes(): void {
  const texts = new Map<string, string>()
  for (const { line, body } of phone.server.seen) {
    if (line !== 'POST /api/field/operations') continue
    for (const signed of (JSON.parse(body) as { operations: { operation: { id: string } }[] }).operations) {
      const text = JSON.stringify(signed)
      expect(texts.get(signed.operation.id) ?? text).toBe(text)
      texts.set(signed.operation.id, text)
    }
  }
}

describe('killed after commit', () => {
  it.each(Array.from({ length: STEPS }, (_, i) => i + 1))('%i', async (step) => {
    let commits = 0
    const engine = await started((living) => ({
      onCommit: () => {
        commits += 1
        if (commits === step) living().close()
      },
    }))
    await visit(engine).catch(() => undefined)
    await quiet()
    engine.close()
    await again(phone.start().engine)
    expectAllHome()
    expectSameBytes()
  })
})

describe.each(['before', 'after'])('killed %s the server did the work of request', (when) => {
  it.each(Array.from({ length: 8 }, (_, i) => i + 1))('%i', async (step) => {
    let requests = 0
    const engine = await started((living) => ({
      fetch: (async (input: RequestInfo | URL, init?: RequestInit) => {
        requests += 1
        const dies = requests === step
        if (dies && when === 'before') living().close()
        if (dies && when === 'before') throw new TypeError('gone')
        const answer = await phone.server.fetch(input, init)
        if (dies) living().close()
        return answer
      }) as typeof fetch,
    }))
    await visit(engine).catch(() => undefined)
    await quiet()
    engine.close()
    await again(phone.start().engine)
    expectAllHome()
    expectSameBytes()
  })
})
