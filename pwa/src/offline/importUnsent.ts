/** Takes in a file of unsent work of the same account: what another phone, or this one before, could not send. */
import { fromBase64url } from './bytes'
import type { Core } from './core'
import type { Writing } from './database'
import { jsonIn } from './http'
import { isTaken } from './opState'
import { ProblemError, localProblem } from './problems'
import type { OutboxRecord } from './rows'
import type { Draft, Imported } from './types'
import { fileOf, readBack, workOf, type FileWork, type UnsentFile } from './unsentFile'

type Key = Uint8Array<ArrayBuffer> | null
const TAKING = ['drafts', 'outbox', 'uploads', 'photos'] as const

/**
 * What is here already stays as it is; a repeat takes nothing twice. Photos first, each by itself, then the rest at once:
 * stopped anywhere, the same file goes on. Throws ProblemError `offline.file_unreadable`, `offline.file_foreign` and
 * others, or NetworkError: the server opens the file's key.
 */
export async function importUnsent(core: Core, chosen: Blob): Promise<Imported> {
  const file = fileOf(await chosen.text())
  if (file.account_id !== core.mirror.device?.enrolled?.account_id) throw new ProblemError(localProblem('offline.file_foreign'))
  const key = await keyOf(core, file)
  const work = await workOf(core.crypto, file, key).catch(() => unreadable())
  const photos = await takePhotos(core, file, key)
  const taken = await core.db.write([...TAKING], (tx) => takeWork(tx, work, new Set(file.photos.map(({ id }) => id))))
  return { photos, ...taken }
}

async function keyOf(core: Core, file: UnsentFile): Promise<Key> {
  if (file.schema === 'palmcheck/unsent/v1') return null
  const body = JSON.stringify({ device_id: file.device_id, sealed: file.key })
  const headers = { 'content-type': 'application/json' }
  const answer = await core.inSession.send({ method: 'POST', path: '/api/field/unsent-openings', headers, body })
  const { key } = jsonIn(answer) as { key: string }
  return fromBase64url(key)
}

/** Answers how many were new here; one whose upload was through already is not wanted again. */
async function takePhotos(core: Core, file: UnsentFile, key: Key): Promise<number> {
  let taken = 0
  for (const photo of file.photos) {
    const known = await core.db.read(['photos', 'uploads'], async (tx) => (await tx.has('photos', photo.id)) || (await tx.has('uploads', photo.id)))
    if (known) continue
    const text = 'sealed' in photo ? photo.sealed : photo.base64
    const bytes = await readBack(core.crypto, key, text, `photos/${photo.id}`).catch(() => unreadable())
    const row = await core.vault.sealPhoto({ id: photo.id, partId: photo.part_id, mediaType: photo.media_type, bytes })
    await core.db.write(['photos'], (tx) => tx.put('photos', row))
    taken += 1
  }
  return taken
}

async function takeWork(tx: Writing, { operations, drafts }: FileWork, photoIds: ReadonlySet<string>): Promise<Omit<Imported, 'photos'>> {
  let [takenOperations, takenDrafts] = [0, 0]
  const replaced = new Map(operations.map(({ operation }) => [operation.supersedes, operation.id]))
  for (const { operation, signature, state } of operations) {
    if (await tx.has('outbox', operation.id)) continue
    const stays = isTaken(state) || state.at === 'rejected'
    const { id, body: { part_id: partId } } = operation
    const record: OutboxRecord = { id, partId, operation, signature, state: stays ? state : { at: 'queued' }, supersededBy: replaced.get(id) ?? null }
    await tx.put('outbox', record)
    if (!record.supersededBy) await takeUploads(tx, record, photoIds)
    takenOperations += 1
  }
  for (const draft of drafts) takenDrafts += Number(await takeDraft(tx, draft))
  return { operations: takenOperations, drafts: takenDrafts }
}

/** Its photos go on from where the server stands. */
async function takeUploads(tx: Writing, { operation, partId }: OutboxRecord, photoIds: ReadonlySet<string>): Promise<void> {
  if (operation.kind !== 'part.submit') return
  for (const { id, sha256 } of operation.body.photos) {
    if (!photoIds.has(id) || (await tx.has('uploads', id))) continue
    await tx.put('uploads', { id, partId, operationId: operation.id, sha256, begun: true, state: { at: 'queued' }, queueKey: await tx.queueKey(id) })
  }
}

/** A draft that was begun here is the one that counts; one that was only looked at gives way. */
async function takeDraft(tx: Writing, draft: Draft): Promise<boolean> {
  const here = await tx.get('drafts', draft.partId)
  if (here && (here.revision > 0 || here.revision >= draft.revision)) return false
  await tx.put('drafts', draft)
  return true
}

function unreadable(): never {
  throw new ProblemError(localProblem('offline.file_unreadable'))
}
