/** When the phone locks: some minutes after it was put away, and at every start (there the key is simply not taken up). */
import type { Core } from './core'
import type { Surroundings } from './types'

const MINUTE_MS = 60_000

export class Locking {
  private leftAt: number | null = null
  private stopTimer = (): void => undefined
  private readonly stops: (() => void)[]

  constructor(
    private readonly core: Core,
    private readonly surroundings: Surroundings,
    private readonly locked: () => void,
  ) {
    this.stops = [surroundings.onLeave(() => this.leave()), surroundings.onReturn(() => this.comeBack())]
  }

  /** Locks now, if there is a PIN. What was open is read anew, closed. */
  lock(): void {
    if (!this.core.vault.active || this.core.vault.locked || !this.core.mirror.vault?.pin) return
    this.core.vault.hold('drafts', null)
    this.locked()
  }

  close(): void {
    this.stopTimer()
    for (const stop of this.stops) stop()
  }

  private leave(): void {
    this.leftAt ??= this.core.now()
    this.stopTimer()
    this.stopTimer = this.surroundings.after(this.patience(), () => {
      if (this.leftAt !== null) this.lock()
    })
  }

  /** A browser that ran no timers in the background is judged by the clock. */
  private comeBack(): void {
    const away = this.leftAt === null ? 0 : this.core.now() - this.leftAt
    this.leftAt = null
    this.stopTimer()
    if (away >= this.patience()) this.lock()
  }

  private patience(): number {
    return (this.core.mirror.vault?.lockAfterMinutes ?? 0) * MINUTE_MS
  }
}
