/** What every part of the engine stands on. */
import type { Database } from './database'
import type { Http } from './http'
import type { Mirror } from './mirror'

export interface Core {
  readonly db: Database
  readonly mirror: Mirror
  readonly http: Http
  readonly crypto: Crypto
  /** Milliseconds since 1970 on the device's clock. */
  now(): number
  /** 0 <= x < 1. */
  random(): number
}
