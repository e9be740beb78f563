/** Taking up the session that the server still has for this device, by the device's key. No secret is kept. */
import type { Core } from './core'
import { THIS } from './rows'
import { signOut } from './session'
import { takeUpSession } from './sessionProof'

/**
 * True: there is a fresh cookie. False: this phone may not or cannot resume.
 * Throws ProblemError when the server refuses (`accounts.session_over`), NetworkError when it is not known.
 */
export async function resume(core: Core): Promise<boolean> {
  const deviceId = await resumableDevice(core)
  if (deviceId === null) return false
  const still = async (): Promise<boolean> => (await resumableDevice(core)) !== null
  if (!(await takeUpSession(core, deviceId, still))) return false
  if (await still()) return true
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
