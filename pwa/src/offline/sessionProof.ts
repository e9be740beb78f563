/** Proving by the device's key that the session on the server is this phone's: the answer is a fresh cookie. */
import { base64url } from './bytes'
import type { Core } from './core'
import { signerFrom } from './deviceKey'
import { canonicalBytes } from './envelope'
import { isPassing } from './http'
import { NetworkError } from './problems'
import type { Resumption } from './wire'

const PURPOSE = 'palmcheck/session-resumption/v1'
const CHALLENGES = '/api/accounts/sessions/challenges'
const RESUMPTIONS = '/api/accounts/sessions/resumptions'
/** The server takes a challenge for two minutes; one older than this may have been refused for its age. */
const CHALLENGE_LASTS_MS = 90_000

/**
 * True: there is a fresh cookie. False: this phone cannot sign, or `still` says no before the proof goes out.
 * Throws ProblemError when the server refuses (`accounts.session_over`), NetworkError when it is not known.
 */
export async function takeUpSession(core: Core, deviceId: string, still: () => Promise<boolean>): Promise<boolean> {
  const askedAt = core.now()
  const challenge = challengeIn(await post(core, CHALLENGES, { device_id: deviceId }))
  const signed = canonicalBytes({ purpose: PURPOSE, device_id: deviceId, challenge })
  const signature = await signerFrom(core.db, core.crypto)(signed)
  if (!signature || !(await still())) return false
  try {
    const proven: Resumption = { device_id: deviceId, challenge, signature: base64url(signature) }
    await post(core, RESUMPTIONS, proven)
    return true
  } catch (error) {
    const stale = core.now() - askedAt > CHALLENGE_LASTS_MS // the phone slept in between, or the line is slow
    throw stale && !isPassing(error) ? new NetworkError('the challenge grew old', { cause: error }) : error
  }
}

function post(core: Core, path: string, body: unknown): Promise<unknown> {
  return core.http.json('POST', path, JSON.stringify(body))
}

function challengeIn(body: unknown): string {
  const { challenge } = (body ?? {}) as { challenge?: unknown }
  if (typeof challenge !== 'string') throw new NetworkError('no challenge')
  return challenge
}
