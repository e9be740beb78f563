/** Who this phone belongs to and whether he is signed in. Local work never depends on it. */
import { base64url } from './bytes'
import type { Core } from './core'
import { NO_OPERATION, canonicalBytes } from './envelope'
import { createKey, keepKey, publicJwk, signBy } from './deviceKey'
import { isPassing, isSignedOut, jsonIn } from './http'
import { uuidv7 } from './ids'
import { NetworkError, ProblemError, localProblem } from './problems'
import { THIS, type DeviceRow, type SessionRow } from './rows'
import { takeUpSession } from './sessionProof'
import type { Enrolled, Enrolment, Me, SignIn } from './wire'

const PURPOSE = 'palmcheck/device-enrolment/v1'

/**
 * Enrols this browser profile. If the answer is lost, a repeat with the same code sends the same
 * bytes, so it is the same device. Throws ProblemError or NetworkError.
 */
export async function enrol(core: Core, input: { code: string; deviceName: string }): Promise<Enrolled> {
  const kept = core.mirror.device
  if (kept?.enrolled) throw new ProblemError(localProblem('offline.already_enrolled'))
  const device = kept?.pending?.code === input.code ? kept : await newDevice(core, input)
  try {
    const answer = await core.http.json('POST', '/api/accounts/devices', device.pending?.request)
    const enrolled = enrolledIn(answer)
    await core.db.write(['device'], (tx) => tx.put('device', { ...device, pending: null, enrolled }))
    return enrolled
  } catch (error) {
    // A clear refusal: nothing was enrolled, the next try is a new device.
    if (!isPassing(error)) await core.db.write(['device'], (tx) => tx.remove('device', THIS))
    throw error
  }
}

/** Signs in. Throws ProblemError or NetworkError; another account's is `accounts.device_not_yours`. */
export async function signIn(core: Core, input: { username: string; password: string }): Promise<void> {
  const enrolled = core.mirror.device?.enrolled
  const body: SignIn = { ...input, ...(enrolled ? { device_id: enrolled.device_id } : {}) }
  const me = meIn(await core.http.json('POST', '/api/accounts/sessions', JSON.stringify(body)))
  if (enrolled && me.account_id !== enrolled.account_id) {
    throw new ProblemError({ code: 'accounts.device_not_yours', status: 403 })
  }
  await keepSession(core, { key: THIS, signedIn: true, me, signOutOwed: false })
}

/** Signs out here at once; without a connection the server is told later. */
export async function signOut(core: Core): Promise<void> {
  const session = core.mirror.session
  if (session) await keepSession(core, { ...session, signedIn: false, signOutOwed: true })
  await settleSignOut(core)
}

/**
 * Tells the server of a sign-out that it has not heard of. Never throws.
 * Without the cookie the server's session would go on unseen: the key takes it up once more, to end it.
 */
export async function settleSignOut(core: Core): Promise<void> {
  const session = core.mirror.session
  if (!session?.signOutOwed) return
  try {
    let status = await endSession(core)
    if (status === 401 && (await takenUpToLeave(core, session))) status = await endSession(core)
    if (status !== 204 && status !== 401) return
  } catch {
    return // no connection: still owed
  }
  if (core.mirror.session === session) await keepSession(core, { ...session, signOutOwed: false })
}

async function endSession(core: Core): Promise<number> {
  return (await core.http.send({ method: 'DELETE', path: '/api/accounts/sessions/current' })).status
}

/** False: there is no session to end, or somebody has signed in here meanwhile. Throws when it is not known. */
async function takenUpToLeave(core: Core, session: SessionRow): Promise<boolean> {
  const device = core.mirror.device
  if (!device?.enrolled || !device.signed) return false
  try {
    return await takeUpSession(core, device.id, () => Promise.resolve(core.mirror.session === session))
  } catch (error) {
    if (isPassing(error)) throw error
    return false
  }
}

/** Chooses a new password; what a one-time password kept waiting may go on. Throws ProblemError or NetworkError. */
export async function changePassword(core: Core, input: { current: string; next: string }): Promise<void> {
  const body = JSON.stringify({ current: input.current, new: input.next })
  const headers = { 'content-type': 'application/json' }
  const answer = await core.inSession.send({ method: 'POST', path: '/api/accounts/me/password', headers, body })
  if (answer.status !== 204) jsonIn(answer)
  const session = core.mirror.session
  if (session?.me) await keepSession(core, { ...session, me: { ...session.me, must_change_password: false } })
}

/** The server says that the session is over: work goes on, sending waits. */
export async function noteSignedOut(core: Core, during: SessionRow | null, error: unknown): Promise<void> {
  // An answer to a request of an earlier session says nothing about this one.
  if (!isSignedOut(error) || !during || core.mirror.session !== during) return
  await keepSession(core, { ...during, signedIn: false })
}

function keepSession(core: Core, session: SessionRow): Promise<void> {
  return core.db.write(['session'], (tx) => tx.put('session', session))
}

async function newDevice(core: Core, input: { code: string; deviceName: string }): Promise<DeviceRow> {
  const pair = await createKey(core.crypto)
  const id = uuidv7(core.crypto, core.now())
  const proof = await signBy(core.crypto, pair, canonicalBytes({ purpose: PURPOSE, device_id: id, code: input.code }))
  const request: Enrolment = {
    code: input.code,
    device_id: id,
    name: input.deviceName,
    public_key: await publicJwk(core.crypto, pair),
    alg: 'ES256',
    proof: base64url(proof),
  }
  const device: DeviceRow = {
    key: THIS,
    id,
    name: input.deviceName,
    signed: await keepKey(core.db, core.crypto, pair),
    pending: { code: input.code, request: JSON.stringify(request) },
    enrolled: null,
    head: NO_OPERATION,
  }
  await core.db.write(['device'], (tx) => tx.put('device', device))
  return device
}

function enrolledIn(body: unknown): Enrolled {
  const enrolled = body as Partial<Enrolled> | null
  if (typeof enrolled?.account_id !== 'string') throw new NetworkError('no enrolment')
  return enrolled as Enrolled
}

function meIn(body: unknown): Me {
  const me = body as Partial<Me> | null
  if (typeof me?.account_id !== 'string') throw new NetworkError('no account')
  return me as Me
}
