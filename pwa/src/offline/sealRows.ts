/** What an older app kept plain is sealed, one row at a time: stopped anywhere, it goes on at the next start. */
import type { Core } from './core'
import { isThrough } from './pull'

/** Never throws: a full disk leaves the rows as they are, readable, for the next start. */
export async function sealWhatIsPlain(core: Core): Promise<void> {
  if (!core.vault.active || core.vault.locked) return
  try {
    for (const partId of core.mirror.all('drafts').keys()) await again(core, 'drafts', partId)
    for (const id of core.mirror.all('outbox').keys()) await again(core, 'outbox', id)
    for (const draft of core.mirror.all('drafts').values()) {
      if (isThrough(draft.partState)) continue
      for (const { id } of draft.photos) await sealPhoto(core, id)
    }
  } catch {
    // the next start goes on
  }
}

/** Read and written again in one transaction: it is sealed as it is written. */
async function again(core: Core, store: 'drafts' | 'outbox', key: string): Promise<void> {
  if (await core.db.read([store], (tx) => tx.isSealed(store, key))) return
  await core.db.write([store], async (tx) => {
    const row = await tx.get(store, key)
    if (row) await tx.put(store, row)
  })
}

/** The upload's row gets its key in the same transaction: a photo on its way goes on while the phone is locked. */
async function sealPhoto(core: Core, id: string): Promise<void> {
  const plain = await core.db.read(['photos'], (tx) => tx.get('photos', id))
  if (!plain || 'sealed' in plain) return
  const row = await core.vault.sealPhoto(plain)
  await core.db.write(['photos', 'uploads'], async (tx) => {
    if (!(await tx.has('photos', id))) return // sent and let go meanwhile
    await tx.put('photos', row)
    const upload = await tx.get('uploads', id)
    if (upload) await tx.put('uploads', { ...upload, queueKey: await tx.queueKey(id) })
  })
}
