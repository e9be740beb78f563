/** What the phone needs the server for at rest: its sealing key, and the way back from a forgotten PIN. */
import { fromBase64url } from './bytes'
import type { Core } from './core'
import { jsonIn } from './http'
import { ProblemError, localProblem } from './problems'
import { THIS } from './rows'
import { signIn } from './session'
import { secureWayBack, takeRecovered } from './vaultKeys'
import type { SealingKey } from './wire'

/** Asks for the server's key once; a phone that is being replaced may ask as well. Throws ProblemError or NetworkError. */
export async function learnServerKey(core: Core): Promise<void> {
  if (!core.mirror.device?.enrolled) return
  if (!core.mirror.device.serverKey) {
    const serverKey = (await core.inSession.json('GET', '/api/field/sealing-key')) as SealingKey
    await core.db.write(['device'], async (tx) => {
      const device = await tx.get('device', THIS)
      if (device) await tx.put('device', { ...device, serverKey })
    })
  }
  await secureWayBack(core)
}

/** Throws ProblemError `offline.pin_no_way_back`, `accounts.credentials_invalid` and others, or NetworkError. */
export async function recoverPin(core: Core, password: string): Promise<void> {
  const sealed = core.mirror.vault?.recovery
  if (!sealed) throw new ProblemError(localProblem('offline.pin_no_way_back'))
  const { session } = core.mirror
  if (!session?.signedIn) await signIn(core, { username: session?.me?.username ?? core.mirror.device?.enrolled?.username ?? '', password })
  const body = JSON.stringify({ password, sealed })
  const headers = { 'content-type': 'application/json' }
  const answer = await core.inSession.send({ method: 'POST', path: '/api/field/vault-openings', headers, body })
  const { key } = jsonIn(answer) as { key: string }
  await takeRecovered(core, fromBase64url(key))
}
