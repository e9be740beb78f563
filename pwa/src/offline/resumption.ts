/** Taking up the session that the server still has for this device, by the device's key. No secret is kept. */
import { base64url } from './bytes'
import type { Core } from './core'
import { signerFrom } from './deviceKey'
import { canonicalBytes } from './envelope'
import { isPassing } from './http'
import { NetworkError } from './problems'
import { THIS } from './rows'
import { signOut } from './session'
import type { Resumption } from './wire'

const PURPOSE = 'palmcheck/session-resumption/v1'
const CHALLENGES = '/api/accounts/sessions/challenges'
const RESUMPTIONS = '/api/accounts/sessions/resumptions'
/** The server takes a challenge for two minutes; one older than this may have been refused for its age. */
const CHALLENGE_LASTS_MS = 90_000

/**
 * True: there is a fresh cookie. False: this phone may not or cannot resume.
 * Throws ProblemError when the server refuses (`accounts.session_over`), NetworkError when it is not known.
 */
export async function resume(core: Core): Promise<boolean> {
  const deviceId = await resumableDevice(core)
  if (deviceId === null) return false
  const askedAt = core.now()
  const challenge = challengeIn(await post(core, CHALLENGES, { device_id: deviceId }))
  const signed = canonicalBytes({ purpose: PURPOSE, device_id: deviceId, challenge })
  const signature = await signerFrom(core.db, core.crypto)(signed)
  if (!signature || (await resumableDevice(core)) === null) return false
  try {
    const proven: Resumption = { device_id: deviceId, challenge, signature: base64url(signature) }
    await post(core, RESUMPTIONS, proven)
  } catch (error) {
    const stale = core.now() - askedAt > CHALLENGE_LASTS_MS // the phone slept in between, or the line is slow
    throw stale && !isPassing(error) ? new NetworkError('the challenge grew old', { cause: error }) : error
  }
  if ((await resumableDevice(core)) !== null) return true
  await signOut(core) // signed out meanwhile: the fresh cookie must not outlive it
  return false
}

/**
 * Read from the database, where a sign-out in another tab shows at once.
 * null: unsigned, not enrolled, or signed out.
 */
function resumableDevice(core: Core): Promise<string | null> {
  return core.db.read(['device', 'session'], async (tx) => {
    const device = await tx.get('device', THIS)
    const session = await tx.get('session', THIS)
    const may = device?.enrolled && device.signed && session?.signedIn
    return may ? device.id : null
  })
}

function post(core: Core, path: string, body: unknown): Promise<unknown> {
  return core.http.json('POST', path, JSON.stringify(body))
}

function challengeIn(body: unknown): string {
  const { challenge } = (body ?? {}) as { challenge?: unknown }
  if (typeof challenge !== 'string') throw new NetworkError('no challenge')
  return challenge
}
