/** What every part of the engine stands on. */
import type { Database } from './database'
import type { Http } from './http'
import type { Mirror } from './mirror'
import type { SessionHttp } from './sessionHttp'
import type { Vault } from './vault'

export interface Core {
  readonly db: Database
  readonly mirror: Mirror
  /** Requests that need no session: enrolment, signing in and out. */
  readonly http: Http
  /** Requests within the session. */
  readonly inSession: SessionHttp
  readonly crypto: Crypto
  /** Seals what is kept here. */
  readonly vault: Vault
  /** Milliseconds since 1970 on the device's clock. */
  now(): number
  /** 0 <= x < 1. */
  random(): number
}
