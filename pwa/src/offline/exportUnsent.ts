/** What the server does not have, as a file: for a phone that will not connect again. Sealed to the server. */
import { KEY_BYTES } from './aes'
import { timestamp } from './clock'
import type { Core } from './core'
import { isTaken } from './opState'
import { sealTo } from './sealing'
import { fileContext, workBytes, written, type FileWork } from './unsentFile'
import { isStored } from './uploadState'

/** JSON (unsentFile.ts): operations with their signatures, drafts, photos. Deletes nothing. */
export async function exportUnsent(core: Core): Promise<Blob> {
  const device = core.mirror.device
  const head = { exported_at: timestamp(core.now()), device_id: device?.id ?? '', account_id: device?.enrolled?.account_id ?? '' }
  const { work, photoIds } = whatIsUnsent(core)
  if (!device?.serverKey) {
    const text = JSON.stringify({ schema: 'palmcheck/unsent/v1', ...head, ...work })
    return joinedFile(text, await photoTexts(core, null, photoIds))
  }
  const key = core.crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const sealedKey = await sealTo(core.crypto, device.serverKey, fileContext(head), key)
  const sealedWork = await written(core.crypto, key, workBytes(work), 'work')
  const text = JSON.stringify({ schema: 'palmcheck/unsent/v2', ...head, key: sealedKey, work: sealedWork })
  return joinedFile(text, await photoTexts(core, key, photoIds))
}

/** Operations that are not taken or wait for a photo, their drafts, drafts that are open, photos of all of these. */
function whatIsUnsent({ mirror }: Core): { work: FileWork; photoIds: ReadonlySet<string> } {
  const uploads = [...mirror.all('uploads').values()].filter(({ state }) => !isStored(state))
  const waiting = new Set(uploads.map(({ operationId }) => operationId))
  const operations = mirror.operations().filter(({ id, state }) => !isTaken(state) || waiting.has(id))
  const ids = new Set(operations.map(({ id }) => id))
  const drafts = [...mirror.all('drafts').values()].filter((draft) => draft.state === 'open' || ids.has(draft.submitOperationId ?? ''))
  const ofOpen = drafts.filter(({ state }) => state === 'open').flatMap(({ photos }) => photos.map(({ id }) => id))
  return {
    work: { operations: operations.map(({ operation, signature, state }) => ({ operation, signature, state })), drafts },
    photoIds: new Set([...ofOpen, ...uploads.map(({ id }) => id)]),
  }
}

function joinedFile(head: string, photos: readonly string[]): Blob {
  return new Blob([head.slice(0, -1), ',"photos":[', photos.join(','), ']}'], { type: 'application/json' })
}

/** One photo in memory at a time; the texts are joined by the Blob. */
async function photoTexts(core: Core, key: Uint8Array<ArrayBuffer> | null, ids: ReadonlySet<string>): Promise<string[]> {
  const texts: string[] = []
  for (const id of ids) {
    const photo = await core.db.read(['photos'], (tx) => tx.get('photos', id))
    if (!photo) continue
    const { partId: part_id, mediaType: media_type } = photo
    const text = await written(core.crypto, key, new Uint8Array(await core.vault.photoBytes(photo)), `photos/${id}`)
    texts.push(JSON.stringify({ id, part_id, media_type, [key ? 'sealed' : 'base64']: text }))
  }
  return texts
}
