/** Phones for the tests: an engine on a database of its own, its tabs, its clock, its server. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { createEngine, type Engine, type EngineView, type Surroundings, type TabMessage } from '../../src/offline'
import type { Change, DraftChange, EngineOptions, Locks, NewPhoto } from '../../src/offline'
import { FakeServer } from './fakeServer'
import { CHECKLIST_CHANGE, inspectionChange } from './world'

/** Web Locks of one origin: one holder a name, the others wait in order. */
export class FakeLocks implements Locks {
  private tail: Promise<void> = Promise.resolve()

  request(_name: string, { signal }: { signal: AbortSignal }, whileHeld: () => Promise<void>): Promise<unknown> {
    const before = this.tail
    const mine = before.then(() => (signal.aborted ? undefined : whileHeld()))
    this.tail = mine.catch(() => undefined)
    return mine
  }
}

/** What surrounds one tab; `phone` is what its tabs share. */
class FakeSurroundings implements Surroundings {
  readonly storage = {
    persist: async () => true,
    persisted: async () => true,
    estimate: async () => ({ usage: 1_000, quota: 2_000 }),
  }
  online = true
  private readonly onlineListeners = new Set<(online: boolean) => void>()
  private readonly returnListeners = new Set<() => void>()
  private readonly leaveListeners = new Set<() => void>()
  readonly hear = new Set<(message: TabMessage) => void>()
  readonly timers = new Set<{ readonly due: number; readonly run: () => void }>()

  constructor(
    private readonly phone: Phone,
    private readonly onCommit: () => void,
  ) {}

  isOnline = (): boolean => this.online
  onOnlineChange = (listener: (online: boolean) => void) => added(this.onlineListeners, listener)
  onReturn = (listener: () => void) => added(this.returnListeners, listener)
  onLeave = (listener: () => void) => added(this.leaveListeners, listener)
  onTabMessage = (listener: (message: TabMessage) => void) => added(this.hear, listener)

  after = (milliseconds: number, run: () => void): (() => void) =>
    added(this.timers, { due: this.phone.now + milliseconds, run })

  tellTabs = (message: TabMessage): void => {
    if (message === 'changed') this.onCommit()
    for (const tab of this.phone.tabs) {
      if (tab !== this) queueMicrotask(() => tab.hear.forEach((listener) => listener(message)))
    }
  }

  goOnline(online: boolean): void {
    this.online = online
    this.onlineListeners.forEach((listener) => listener(online))
  }

  leave(): void {
    this.leaveListeners.forEach((listener) => listener())
  }

  comeBack(): void {
    this.returnListeners.forEach((listener) => listener())
  }

  /** Runs the timers whose time has come. */
  fire(): void {
    for (const timer of [...this.timers]) {
      if (timer.due > this.phone.now) continue
      this.timers.delete(timer)
      timer.run()
    }
  }
}

function added<T>(set: Set<T>, one: T): () => void {
  set.add(one)
  return () => set.delete(one)
}

/** One browser profile: its database outlives every engine. */
export class Phone {
  readonly server = new FakeServer()
  readonly factory = new IDBFactory()
  readonly locks = new FakeLocks()
  readonly tabs: FakeSurroundings[] = []
  now = Date.parse('2026-11-23T02:00:00.000Z')
  private readonly open: Engine[] = []

  /** A new tab, or the app started again. `onCommit` hears of every committed transaction of this tab. */
  start(changed: Partial<EngineOptions> & { onCommit?: () => void } = {}): { engine: Engine; tab: FakeSurroundings } {
    const { onCommit = () => undefined, ...options } = changed
    const tab = new FakeSurroundings(this, onCommit)
    this.tabs.push(tab)
    const engine = createEngine({
      surroundings: tab,
      baseUrl: 'https://palmcheck.invalid',
      fetch: this.server.fetch as typeof fetch,
      indexedDB: this.factory,
      locks: this.locks,
      now: () => this.now,
      random: () => 0.5,
      ...options,
    })
    engine.subscribe(() => undefined) // as a screen does: snapshots are taken at every change
    this.open.push(engine)
    return { engine, tab }
  }

  /** Lets time pass on the device and on the server, and runs what was due. */
  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds
    this.server.clock += milliseconds
    this.tabs.forEach((tab) => tab.fire())
    await quiet()
  }

  end(): void {
    this.open.forEach((engine) => engine.close())
  }
}

/** An enrolled, signed-in phone that has pulled one inspection of one part. */
export async function readyPhone(
  inspections: Change[] = [inspectionChange()],
  options: Partial<EngineOptions> = {},
): Promise<{ phone: Phone; engine: Engine; tab: FakeSurroundings }> {
  const phone = new Phone()
  phone.server.changes = [CHECKLIST_CHANGE, ...inspections]
  const { engine, tab } = phone.start(options)
  await engine.enrol({ code: '12345678', deviceName: '小李的手机' })
  await engine.signIn({ username: 'li.wei', password: 'correct horse' })
  await engine.sync()
  return { phone, engine, tab }
}

/** All that a submission needs. */
export const FILLED: DraftChange = {
  answers: { licence: { value: 'yes' }, grease: { value: 'no' } },
  officerSignatures: [{ inspector_id: 'i1', strokes: [[0, 0, 500, 200]], signed_at: '2026-11-23T02:40:00.000Z' }],
  party: { kind: 'refused', reason: '负责人不在场', refused_at: '2026-11-23T02:41:00.000Z' },
  rightsReadAt: '2026-11-23T02:05:00.000Z',
  enteredAt: '2026-11-23T02:01:00.000Z',
  leftAt: '2026-11-23T02:45:00.000Z',
  resultCode: 'ordered_to_correct',
  checkIn: {
    entered_at: '2026-11-23T02:01:00.000Z',
    position: { latitude: 30.1, longitude: 104.2, accuracy_m: 12 },
    no_position_because: null,
    distance_note: null,
  },
}

export function photo(size = 1_000, fill = 7): NewPhoto {
  return {
    bytes: new Uint8Array(size).fill(fill).buffer,
    originalSha256: 'ab'.repeat(32),
    width: 1600,
    height: 1200,
    questionKey: 'grease',
    capturedAt: '2026-11-23T02:10:00.000Z',
  }
}

/** Opens the part's draft and fills it. */
export async function fill(engine: Engine, partId: string): Promise<void> {
  await engine.openDraft(partId)
  await engine.saveDraft(partId, FILLED)
}

/** Waits until the view is as asked. */
export async function until(engine: Engine, wanted: (view: EngineView) => boolean): Promise<void> {
  for (let turn = 0; turn < 500; turn += 1) {
    if (wanted(engine.view())) return
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error(`never came: ${wanted.toString()}`)
}

/** Lets what is under way come to rest. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 25; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** A browser whose keys sign so many times (the proof of an enrolment), but not once they were stored. */
export function withoutKeptKeys(works = 1): Crypto {
  let signings = 0
  const subtle = new Proxy(crypto.subtle, {
    get(target, name: keyof SubtleCrypto) {
      if (name === 'sign') {
        return (...args: Parameters<SubtleCrypto['sign']>) => {
          signings += 1
          if (signings > works) return Promise.reject(new DOMException('lost', 'InvalidAccessError'))
          return target.sign(...args)
        }
      }
      return (target[name] as (...args: unknown[]) => unknown).bind(target)
    },
  })
  return { subtle, getRandomValues: crypto.getRandomValues.bind(crypto) } as unknown as Crypto
}
