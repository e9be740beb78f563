/** One kind of work that never runs twice at once. */

export class Lane {
  private running: Promise<void> | null = null
  private following: Promise<void> | null = null

  /** `pass` does the work once and never throws; `changed` hears when `busy` is another. */
  constructor(
    private readonly pass: () => Promise<void>,
    private readonly changed: () => void,
  ) {}

  /** Resolves after a pass that began now or later. */
  run(): Promise<void> {
    if (!this.running) {
      this.running = this.pass().finally(() => {
        this.running = null
        this.changed()
      })
      this.changed()
      return this.running
    }
    this.following ??= this.running.then(() => {
      this.following = null
      return this.run()
    })
    return this.following
  }

  get busy(): boolean {
    return this.running !== null
  }
}
