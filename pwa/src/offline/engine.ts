/** The engine: puts the parts together and offers them to the screens. */
import type { Core } from './core'
import { Database, type StoreChange } from './database'
import { addPhoto, openDraft, photoBytes, removePhoto, saveDraft } from './drafts'
import { Http } from './http'
import { markInbox } from './inbox'
import { Locking } from './locking'
import { Mirror } from './mirror'
import { Notifier } from './notifier'
import { ProblemError, localProblem } from './problems'
import { ownQueue } from './queueOwner'
import { StorageRoom } from './storageRoom'
import { SessionHttp } from './sessionHttp'
import { changePassword, enrol, signIn, signOut } from './session'
import { askRecusal, checkIn, correct, countersign, submissionHash, submit } from './submitting'
import { Sync } from './sync'
import type {
  CheckIn,
  Draft,
  DraftChange,
  Engine,
  EngineOptions,
  EngineView,
  Imported,
  NewPhoto,
  PhotoMeta,
  Recusal,
  TabMessage,
} from './types'
import { Vault } from './vault'
import { makeVault, openKeptVault, vaultWork } from './vaultLoading'
import { ViewBuilder } from './view'
import type { Enrolled, Problem } from './wire'

const DATABASE = 'palmcheck'
/** Before a database that would not open is tried again. */
const REOPEN_MS = 3_000

/** Starts at once; `view().phase` is `starting` until the database is open. */
export function createEngine(options: EngineOptions): Engine {
  return new FieldEngine(options)
}

class FieldEngine implements Engine {
  private readonly core: Core
  private readonly traffic: Sync
  private readonly room: StorageRoom
  private readonly locking: Locking
  private readonly views: Notifier<EngineView>
  private readonly started: Promise<void>
  private readonly stops: (() => void)[] = []
  private readonly late = new Set<Promise<unknown>>()
  private opened = false
  private closed = false
  /** Why the phone could not write; cleared by the next draft or photo that is kept. */
  private storageProblem: Problem | null = null

  constructor(private readonly options: EngineOptions) {
    const { surroundings } = options
    const builder = new ViewBuilder()
    this.views = new Notifier(() => builder.build(this.core.mirror, this.live()))
    const changed = (): void => this.views.changed()
    const vault = new Vault(options.crypto ?? crypto)
    this.core = {
      db: new Database(options.indexedDB ?? indexedDB, this.name(), vault, (changes) => this.committed(changes)),
      vault,
      mirror: new Mirror(changed),
      http: new Http(options, surroundings.after),
      inSession: new SessionHttp(() => this.core),
      crypto: options.crypto ?? crypto,
      now: options.now ?? Date.now,
      random: options.random ?? Math.random,
    }
    this.traffic = new Sync(this.core, surroundings, changed)
    this.locking = new Locking(this.core, surroundings, () => void this.readAnew().catch(() => undefined))
    this.room = new StorageRoom(surroundings.storage, changed)
    this.started = this.start()
  }

  view(): EngineView {
    return this.views.value()
  }

  subscribe(listener: (view: EngineView) => void): () => void {
    return this.views.subscribe(listener)
  }

  async enrol(input: { code: string; deviceName: string }): Promise<Enrolled> {
    const enrolled = await this.local(() => enrol(this.core, input))
    void this.room.askToPersist()
    return enrolled
  }

  async signIn(input: { username: string; password: string }): Promise<void> {
    await this.local(() => signIn(this.core, input))
    void this.traffic.hurry()
  }

  async changePassword(input: { current: string; next: string }): Promise<void> {
    await this.local(() => changePassword(this.core, input))
    void this.traffic.hurry()
  }

  signOut(): Promise<void> {
    return this.local(() => signOut(this.core))
  }

  async sync(): Promise<void> {
    await this.started
    await this.traffic.run()
    void this.room.measure()
  }

  retryNow(): void {
    void this.started.then(() => this.traffic.hurry())
  }

  openDraft(partId: string): Promise<Draft> {
    return this.unlocked(() => openDraft(this.core, partId))
  }

  saveDraft(partId: string, change: DraftChange): Promise<void> {
    return this.onceUnlocked(() => saveDraft(this.core, partId, change))
  }

  async addPhoto(partId: string, photo: NewPhoto): Promise<PhotoMeta> {
    const meta = await this.onceUnlocked(() => addPhoto(this.core, partId, photo))
    void this.room.measure()
    return meta
  }

  removePhoto(partId: string, photoId: string): Promise<void> {
    return this.unlocked(() => removePhoto(this.core, partId, photoId))
  }

  photoBytes(photoId: string): Promise<ArrayBuffer> {
    return this.unlocked(() => photoBytes(this.core, photoId))
  }

  async submit(partId: string): Promise<void> {
    await this.unlocked(() => submit(this.core, partId))
    void this.traffic.wake()
  }

  async checkIn(partId: string, entered: CheckIn): Promise<void> {
    await this.unlocked(() => checkIn(this.core, partId, entered))
    void this.traffic.wake()
  }

  async askRecusal(partId: string, recusal: Recusal): Promise<void> {
    await this.unlocked(() => askRecusal(this.core, partId, recusal))
    void this.traffic.wake()
  }

  async countersign(partId: string, submissionSha256: string): Promise<void> {
    await this.unlocked(() => countersign(this.core, partId, submissionSha256))
    void this.traffic.wake()
  }

  submissionHash(partId: string): Promise<string | null> {
    return this.local(() => submissionHash(this.core, partId))
  }

  async markInbox(ids: readonly string[], read: boolean): Promise<void> {
    await this.local(() => markInbox(this.core, ids, read))
    void this.traffic.tellInbox()
  }

  correct(operationId: string): Promise<string> {
    return this.unlocked(() => correct(this.core, operationId))
  }

  async setPin(pin: string, current?: string): Promise<void> {
    await this.local(async () => {
      const work = await vaultWork()
      await work.openVault(this.core)
      if (current !== undefined) await work.unlock(this.core, current)
      await work.setPin(this.core, pin)
    })
  }

  removePin(current: string): Promise<void> {
    return this.local(async () => {
      const work = await vaultWork()
      await work.unlock(this.core, current)
      await work.removePin(this.core)
    })
  }

  unlock(pin: string): Promise<void> {
    return this.local(async () => {
      await (await vaultWork()).unlock(this.core, pin)
      await this.readAnew()
    })
  }

  lock(): void {
    this.locking.lock()
  }

  lockAfter(minutes: number): Promise<void> {
    return this.local(async () => (await vaultWork()).lockAfter(this.core, minutes))
  }

  recoverPin(password: string): Promise<void> {
    return this.local(async () => {
      await (await vaultWork()).recoverPin(this.core, password)
      await this.readAnew()
    })
  }

  exportUnsent(): Promise<Blob> {
    return this.unlocked(async () => (await vaultWork()).exportUnsent(this.core))
  }

  async importUnsent(file: Blob): Promise<Imported> {
    const taken = await this.unlocked(async () => (await vaultWork()).importUnsent(this.core, file))
    void this.traffic.hurry()
    return taken
  }

  close(): void {
    this.traffic.close()
    this.locking.close()
    for (const stop of this.stops) stop()
    this.core.http.close()
    this.core.db.close()
    this.views.close()
    this.closed = true
  }

  private async start(): Promise<void> {
    await this.openDatabase()
    if (this.closed) return
    void makeVault(this.core).then(() => this.views.changed())
    const { surroundings } = this.options
    this.stops.push(
      surroundings.onOnlineChange((online) => {
        this.views.changed()
        if (online) void this.traffic.hurry()
      }),
      surroundings.onReturn(() => void this.traffic.run()),
      surroundings.onTabMessage((message) => void this.hear(message)),
      ownQueue(this.locks(), this.name(), () => void this.traffic.takeOver()),
    )
    void (this.view().phase === 'not_enrolled' ? this.room.measure() : this.room.askToPersist())
  }

  /** Tried until it opens: without storage nothing may be entered, and the view says so. */
  private async openDatabase(): Promise<void> {
    while (!this.closed) {
      try {
        await openKeptVault(this.core)
        await this.core.mirror.load(this.core.db)
        this.opened = true
        this.storageProblem = null
        return this.views.changed()
      } catch {
        this.storageProblem = localProblem('offline.storage_unavailable')
        this.views.changed()
        await new Promise<void>((resolve) => void this.options.surroundings.after(REOPEN_MS, resolve))
      }
    }
  }

  /** Another tab wrote, or asks the owner of the queue to work. */
  private async hear(message: TabMessage): Promise<void> {
    if (message === 'changed') {
      if (!this.core.vault.active) await openKeptVault(this.core).catch(() => undefined)
      await this.core.mirror.load(this.core.db).catch(() => undefined)
      if (this.traffic.owns) await this.traffic.wake()
    } else if (this.traffic.owns) {
      await (message === 'sync' ? this.traffic.run() : this.traffic.hurry())
    }
  }

  /** The vault was opened or closed: the mirror shows what can be read now. */
  private async readAnew(): Promise<void> {
    if (!this.core.vault.locked) await Promise.allSettled(this.late)
    await this.core.mirror.load(this.core.db)
    if (!this.core.vault.locked) void makeVault(this.core)
    this.views.changed()
  }

  /** Work on drafts. Throws ProblemError `offline.locked`. */
  private unlocked<T>(work: () => Promise<T>): Promise<T> {
    return this.local(() => {
      if (this.core.vault.locked) throw new ProblemError(localProblem('offline.locked'))
      return work()
    })
  }

  /** What was typed or taken must not be lost to a lock that came in between: it waits in memory, then is kept before anything is shown. */
  private async onceUnlocked<T>(work: () => Promise<T>): Promise<T> {
    const late = this.local(async () => {
      await this.core.vault.whenOpen()
      return work()
    })
    this.late.add(late)
    try {
      return await late
    } finally {
      this.late.delete(late)
    }
  }

  private async local<T>(work: () => Promise<T>): Promise<T> {
    await this.started
    try {
      return await work()
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'offline.storage_full') {
        this.storageProblem = error.problem
        this.views.changed()
      }
      throw error
    }
  }

  private committed(changes: readonly StoreChange[]): void {
    if (changes.some(({ store }) => store === 'drafts' || store === 'photos')) this.storageProblem = null
    if (changes.length === 0) return
    this.core.mirror.apply(changes)
    this.options.surroundings.tellTabs('changed')
  }

  private live(): Parameters<ViewBuilder['build']>[1] {
    return {
      opened: this.opened,
      online: this.options.surroundings.isOnline(),
      syncing: this.traffic.busy,
      ownsQueue: this.traffic.owns,
      lastProblem: this.storageProblem ?? this.traffic.lastProblem,
      storage: this.room.state,
      locked: this.core.vault.locked,
      sealed: this.core.vault.active,
    }
  }

  private locks(): NonNullable<EngineOptions['locks']> | null {
    if (this.options.locks !== undefined) return this.options.locks
    return 'locks' in navigator ? navigator.locks : null
  }

  private name(): string {
    return this.options.databaseName ?? DATABASE
  }
}
