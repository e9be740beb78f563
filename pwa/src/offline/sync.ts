/**
 * When what is sent: pull, push and uploads run side by side, and none waits for another.
 * Only the tab that owns the queue works; the others ask it to.
 */
import { awaitedParts, followUp } from './awaited'
import { backoff } from './backoff'
import type { Core } from './core'
import { syncInbox } from './inbox'
import { Lane } from './lane'
import { nextOp, type OpState } from './opState'
import { isDue } from './backoff'
import { NetworkError, ProblemError, localProblem } from './problems'
import { pull } from './pull'
import { Push } from './push'
import { releaseWhatIsThrough } from './release'
import { noteSignedOut, settleSignOut } from './session'
import type { Surroundings } from './types'
import { nextUpload, type UploadState } from './uploadState'
import { sendUploads } from './uploads'
import { vaultWork } from './vaultLoading'
import type { Problem } from './wire'

/** How often the feed is asked when all is well. */
const PULL_EVERY_MS = 2 * 60_000

type LaneName = 'pull' | 'push' | 'uploads' | 'inbox' | 'release'

export class Sync {
  /** This tab holds the queue's lock. */
  owns = false
  private readonly problems = new Map<LaneName, Problem>()
  private readonly lanes: Readonly<Record<LaneName, Lane>>
  /** Failures in a row. */
  private readonly failures: Record<LaneName, number> = { pull: 0, push: 0, uploads: 0, inbox: 0, release: 0 }
  /** What the inspector waits to see published, and how often the feed was asked for it. */
  private following = { parts: '', asked: 0 }
  private stopTimer = (): void => undefined
  private closed = false

  constructor(
    private readonly core: Core,
    private readonly surroundings: Surroundings,
    private readonly changed: () => void,
  ) {
    const push = new Push(core)
    this.lanes = {
      pull: this.lane('pull', () => pull(core)),
      push: this.lane('push', () => push.run()),
      uploads: this.lane('uploads', () => sendUploads(core)),
      inbox: this.lane('inbox', () => syncInbox(core)),
      release: this.lane('release', () => releaseWhatIsThrough(core)),
    }
  }

  get busy(): boolean {
    return Object.values(this.lanes).some((lane) => lane.busy)
  }

  get lastProblem(): Problem | null {
    return [...this.problems.values()].at(-1) ?? null
  }

  /** One pass of everything. Never throws. */
  async run(): Promise<void> {
    if (this.closed) return
    if (!this.owns) return this.surroundings.tellTabs('sync')
    this.stopTimer()
    if (this.core.mirror.session?.signedIn) {
      await Promise.all([this.lanes.pull.run(), this.lanes.push.run(), this.lanes.uploads.run(), this.lanes.inbox.run()])
      await this.lanes.release.run()
      void vaultWork().then((work) => work.learnServerKey(this.core)).catch(() => undefined) // asked again in the next round
    } else {
      await settleSignOut(this.core).catch(() => undefined)
    }
    this.setTimer()
  }

  /** Forgets all waiting times, then one pass. Never throws. */
  async hurry(): Promise<void> {
    if (this.closed) return
    if (!this.owns) return this.surroundings.tellTabs('retry')
    this.failures.pull = 0
    await this.move({ is: 'hurried' })
    await this.run()
  }

  /** The lock is ours. What a dead owner left as "sending" goes again, the same bytes. */
  async takeOver(): Promise<void> {
    this.owns = true
    this.changed()
    await this.move({ is: 'restarted' })
    await this.run()
  }

  /** Something was queued here or in another tab. */
  async wake(): Promise<void> {
    const now = this.core.now()
    if (this.moving().some((state) => isDue(state, now))) await this.run()
  }

  /** Tells the server what was read here, if this tab may. */
  async tellInbox(): Promise<void> {
    if (!this.closed && this.owns && this.core.mirror.session?.signedIn) await this.lanes.inbox.run()
  }

  close(): void {
    this.closed = true
    this.stopTimer()
  }

  private lane(name: LaneName, work: () => Promise<void>): Lane {
    const pass = async (): Promise<void> => {
      const session = this.core.mirror.session
      try {
        await work()
        this.problems.delete(name)
        this.failures[name] = 0
      } catch (error) {
        this.failures[name] += 1
        await noteSignedOut(this.core, session, error).catch(() => undefined)
        this.problems.delete(name) // set anew, so that it is the last
        this.problems.set(name, problemOf(error))
      }
    }
    return new Lane(pass, this.changed)
  }

  private async move(event: { is: 'hurried' } | { is: 'restarted' }): Promise<void> {
    await this.core.db
      .write(['outbox', 'uploads'], async (tx) => {
        for (const row of await tx.getAll('outbox')) {
          const state = nextOp(row.state, event)
          if (state !== row.state) await tx.put('outbox', { ...row, state })
        }
        for (const row of await tx.getAll('uploads')) {
          const state = nextUpload(row.state, event)
          if (state !== row.state) await tx.put('uploads', { ...row, state })
        }
      })
      .catch(() => undefined) // a full disk: the rows keep their waiting times
  }

  private setTimer(): void {
    this.stopTimer()
    if (this.closed) return
    // One second at least keeps the phone from spinning, whatever the clock does.
    const wait = Math.min(PULL_EVERY_MS, Math.max(1_000, this.nextWish()))
    this.stopTimer = this.surroundings.after(wait, () => void this.run())
  }

  /** In how many milliseconds something may be done again. */
  private nextWish(): number {
    if (!this.core.mirror.session?.signedIn) return PULL_EVERY_MS
    const now = this.core.now()
    const patience = this.patience(Math.max(this.failures.push, this.failures.uploads), 0)
    const wishes = this.moving().map((state) => {
      if (isDue(state, now)) return patience // it was tried just now, and is still due
      return state.at === 'waiting' ? state.until - now : PULL_EVERY_MS
    })
    return Math.min(this.patience(this.failures.pull, this.nextPull()), ...wishes)
  }

  /** The usual round, or sooner while a part that is in is not public yet. */
  private nextPull(): number {
    const parts = awaitedParts(this.core.mirror.all('outbox').values(), this.core.mirror.all('tasks').values()).join()
    const asked = parts === this.following.parts ? this.following.asked + 1 : 0
    this.following = { parts, asked }
    return parts === '' ? PULL_EVERY_MS : Math.min(PULL_EVERY_MS, followUp(asked))
  }

  private patience(failures: number, otherwise: number): number {
    return failures > 0 ? backoff(failures, this.core.random()) : otherwise
  }

  /** States of all that may still go out. */
  private moving(): (OpState | UploadState)[] {
    const operations = [...this.core.mirror.all('outbox').values()].filter(({ supersededBy }) => !supersededBy)
    return [...operations, ...this.core.mirror.all('uploads').values()].map(({ state }) => state)
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError || error instanceof NetworkError) return error.problem
  return localProblem('offline.storage_unavailable')
}

