/** How much room the browser gives, and whether it promised to keep what is there. */
import type { DeviceStorage, EngineView } from './types'

export class StorageRoom {
  state: EngineView['storage'] = { persisted: false, usageBytes: null, quotaBytes: null }

  constructor(
    private readonly storage: DeviceStorage | null,
    private readonly changed: () => void,
  ) {}

  /** Asks the browser to keep our data; it may say no. Never throws. */
  async askToPersist(): Promise<void> {
    await this.storage?.persist().catch(() => false)
    await this.measure()
  }

  /** Never throws; unknown stays null. */
  async measure(): Promise<void> {
    if (!this.storage) return
    try {
      const [persisted, { usage, quota }] = await Promise.all([this.storage.persisted(), this.storage.estimate()])
      this.state = { persisted, usageBytes: usage ?? null, quotaBytes: quota ?? null }
      this.changed()
    } catch {
      // old browsers know no estimate
    }
  }
}
