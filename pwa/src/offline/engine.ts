/** The engine: what is kept, what is sent, and when. */
import type { Engine, EngineOptions } from './types'

/** Starts at once; `view().phase` is `starting` until the database is open. */
export function createEngine(options: EngineOptions): Engine {
  throw new Error(`the engine is being built (${typeof options})`)
}
