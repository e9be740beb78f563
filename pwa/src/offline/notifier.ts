/** Tells listeners of changes, at most once a microtask. */

export class Notifier<T> {
  private readonly listeners = new Set<(value: T) => void>()
  private current: T | null = null
  private announced = false

  constructor(private readonly make: () => T) {}

  /** The same object until something changed. */
  value(): T {
    return (this.current ??= this.make())
  }

  changed(): void {
    this.current = null
    if (this.announced) return
    this.announced = true
    queueMicrotask(() => {
      this.announced = false
      for (const listener of [...this.listeners]) listener(this.value())
    })
  }

  subscribe(listener: (value: T) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  close(): void {
    this.listeners.clear()
  }
}
