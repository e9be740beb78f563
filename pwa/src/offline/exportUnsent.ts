/** What the server does not have, as a file: the last resort when a phone will not connect again. */
import { base64 } from './bytes'
import { timestamp } from './clock'
import type { Core } from './core'
import { isTaken } from './opState'
import { isStored } from './uploadState'

/** JSON: operations with their signatures, open drafts, photos in base64. Deletes nothing. */
export async function exportUnsent(core: Core): Promise<Blob> {
  const { mirror } = core
  const device = mirror.device
  const operations = mirror.operations().filter((record) => !isTaken(record.state))
  const drafts = [...mirror.all('drafts').values()].filter(({ state }) => state === 'open')
  const photoIds = new Set([
    ...drafts.flatMap(({ photos }) => photos.map(({ id }) => id)),
    ...[...mirror.all('uploads').values()].filter(({ state }) => !isStored(state)).map(({ id }) => id),
  ])
  const head = JSON.stringify({
    schema: 'palmcheck/unsent/v1',
    exported_at: timestamp(core.now()),
    device_id: device?.id ?? null,
    account_id: device?.enrolled?.account_id ?? null,
    operations: operations.map(({ operation, signature, state }) => ({ operation, signature, state })),
    drafts,
  })
  const photos = await photoTexts(core, photoIds)
  return new Blob([head.slice(0, -1), ',"photos":[', photos.join(','), ']}'], { type: 'application/json' })
}

/** One photo in memory at a time; the texts are joined by the Blob. */
async function photoTexts(core: Core, ids: ReadonlySet<string>): Promise<string[]> {
  const texts: string[] = []
  for (const id of ids) {
    const photo = await core.db.read(['photos'], (tx) => tx.get('photos', id))
    if (!photo) continue
    const { partId: part_id, mediaType: media_type } = photo
    const bytes = await core.vault.photoBytes(photo)
    texts.push(JSON.stringify({ id, part_id, media_type, base64: base64(new Uint8Array(bytes)) }))
  }
  return texts
}
