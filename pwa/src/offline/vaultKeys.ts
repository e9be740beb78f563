/**
 * The vault's keys: kept under a non-extractable AES key of this browser, the drafts' key under the PIN as well.
 * The device's own key only signs, so it cannot wrap.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { KEY_BYTES, joined } from './aes'
import { utf8 } from './bytes'
import type { Core } from './core'
import { PIN_ITERATIONS, isPin, waitAfter, waitLeft } from './pinRules'
import { ProblemError, localProblem } from './problems'
import { THIS, type VaultRow } from './rows'
import { sealTo } from './sealing'

type Bytes = Uint8Array<ArrayBuffer>
const AES = 'AES-GCM'
const IV_BYTES = 12
const SALT_BYTES = 16
const LOCK_AFTER_MINUTES = 5

/**
 * Makes the keys at the first start, and takes up those that need no PIN. Where none can be made rows stay plain.
 * Throws when keys that were made cannot be taken up: what is sealed is not to be read as if it were plain.
 */
export async function openVault(core: Core): Promise<void> {
  if (core.vault.active) return
  const row = (await keptRow(core)) ?? (await newVault(core).catch(() => null))
  if (!row) return
  core.vault.hold('queue', await unwrapped(core.crypto, row.wrapping, row.queue))
  if (!row.pin) core.vault.hold('drafts', await unwrapped(core.crypto, row.wrapping, row.drafts))
  core.vault.begin(xchacha20poly1305)
}

/** The PIN is needed from now on. Throws ProblemError `offline.locked`, `offline.pin_form`. */
export async function setPin(core: Core, pin: string): Promise<void> {
  if (!isPin(pin)) throw new ProblemError(localProblem('offline.pin_form', 'pin'))
  const row = await vaultRow(core)
  const key = core.vault.key('drafts')
  const salt = core.crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const inner = await wrapped(core.crypto, await pinKey(core.crypto, pin, salt, PIN_ITERATIONS), key)
  const drafts = await wrapped(core.crypto, row.wrapping, inner)
  const recovery = await recoveryOf(core)
  await keep(core, { ...row, drafts, recovery, pin: { salt, iterations: PIN_ITERATIONS, failures: 0, waitUntil: 0 } })
}

/** No PIN any more: the key opens at the start. */
export async function removePin(core: Core): Promise<void> {
  const row = await vaultRow(core)
  await keep(core, { ...row, drafts: await wrapped(core.crypto, row.wrapping, core.vault.key('drafts')), pin: null, recovery: null })
}

/** Throws ProblemError `offline.pin_wrong`, `offline.pin_wait`. A try is counted before it is judged. */
export async function unlock(core: Core, pin: string): Promise<void> {
  const row = await vaultRow(core)
  if (!row.pin) return core.vault.hold('drafts', await unwrapped(core.crypto, row.wrapping, row.drafts))
  if (waitLeft(row.pin.waitUntil, core.now()) > 0) throw new ProblemError(localProblem('offline.pin_wait', 'pin'))
  const failures = row.pin.failures + 1
  const tried = { ...row, pin: { ...row.pin, failures, waitUntil: core.now() + waitAfter(failures) } }
  await keep(core, tried)
  const key = await opened(core.crypto, row, pin)
  if (!key) throw new ProblemError(localProblem('offline.pin_wrong', 'pin'))
  core.vault.hold('drafts', key)
  await keep(core, { ...tried, pin: { ...tried.pin, failures: 0, waitUntil: 0 } })
}

/** The drafts' key as the server gave it back: the PIN that was forgotten is no more. */
export async function takeRecovered(core: Core, key: Bytes): Promise<void> {
  if (key.length !== KEY_BYTES) throw new ProblemError(localProblem('offline.pin_no_way_back'))
  core.vault.hold('drafts', key)
  await removePin(core)
}

/** A PIN that was set before the server's key was known gets its way back now, while the phone is unlocked. */
export async function secureWayBack(core: Core): Promise<void> {
  const row = core.mirror.vault
  if (!row?.pin || row.recovery || core.vault.locked) return
  const recovery = await recoveryOf(core)
  if (recovery) await keep(core, { ...row, recovery })
}

export async function lockAfter(core: Core, minutes: number): Promise<void> {
  await keep(core, { ...(await vaultRow(core)), lockAfterMinutes: minutes })
}

/** What the server needs to open the drafts' key for its owner again. */
export function vaultContext(accountId: string, deviceId: string): string {
  return `palmcheck/vault/v1/${accountId}/${deviceId}`
}

async function recoveryOf(core: Core): Promise<VaultRow['recovery']> {
  const device = core.mirror.device
  if (!device?.enrolled || !device.serverKey) return null
  const context = vaultContext(device.enrolled.account_id, device.id)
  return sealTo(core.crypto, device.serverKey, context, core.vault.key('drafts'))
}

async function newVault(core: Core): Promise<VaultRow> {
  const { crypto } = core
  const wrapping = await crypto.subtle.generateKey({ name: AES, length: 256 }, false, ['encrypt', 'decrypt'])
  const made = () => crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const [queue, drafts] = [await wrapped(crypto, wrapping, made()), await wrapped(crypto, wrapping, made())]
  const row: VaultRow = { key: THIS, wrapping, queue, drafts, pin: null, recovery: null, lockAfterMinutes: LOCK_AFTER_MINUTES }
  await core.db.write(['vault'], async (tx) => {
    if (!(await tx.has('vault', THIS))) await tx.put('vault', row) // another tab may have been first
  })
  try {
    const kept = await vaultRow(core)
    await unwrapped(crypto, kept.wrapping, kept.queue)
    return kept
  } catch (lost) {
    await core.db.write(['vault'], (tx) => tx.remove('vault', THIS)) // a key that does not work once kept seals nothing
    throw lost
  }
}

function keptRow(core: Core): Promise<VaultRow | undefined> {
  return core.db.read(['vault'], (tx) => tx.get('vault', THIS))
}

async function vaultRow(core: Core): Promise<VaultRow> {
  const row = await keptRow(core)
  if (!row) throw new ProblemError(localProblem('offline.key_unavailable'))
  return row
}

function keep(core: Core, row: VaultRow): Promise<void> {
  return core.db.write(['vault'], (tx) => tx.put('vault', row))
}

async function opened(crypto: Crypto, row: VaultRow, pin: string): Promise<Bytes | null> {
  if (!row.pin) return null
  const inner = await unwrapped(crypto, row.wrapping, row.drafts)
  try {
    return await unwrapped(crypto, await pinKey(crypto, pin, row.pin.salt, row.pin.iterations), inner)
  } catch {
    return null
  }
}

async function pinKey(crypto: Crypto, pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return crypto.subtle.deriveKey(how, typed, { name: AES, length: 256 }, false, ['encrypt', 'decrypt'])
}

async function wrapped(crypto: Crypto, by: CryptoKey, bytes: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt({ name: AES, iv }, by, bytes)))
}

async function unwrapped(crypto: Crypto, by: CryptoKey, sealed: Bytes): Promise<Bytes> {
  const iv = sealed.slice(0, IV_BYTES)
  return new Uint8Array(await crypto.subtle.decrypt({ name: AES, iv }, by, sealed.slice(IV_BYTES)))
}
