/** One tab sends. The others write; when the owner closes or dies, the next one takes over. */
import type { Locks } from './types'

/** Waits for the lock named `name` and keeps it until the answered function is called. */
export function ownQueue(locks: Locks | null, name: string, gained: () => void): () => void {
  if (!locks) {
    gained()
    return () => undefined
  }
  const waiting = new AbortController()
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const whileHeld = (): Promise<void> => {
    if (!waiting.signal.aborted) gained()
    return held
  }
  locks.request(name, { signal: waiting.signal }, whileHeld).catch(() => undefined) // aborted: closed while waiting
  return () => {
    waiting.abort()
    release()
  }
}
