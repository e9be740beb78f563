/** Frees the phone's storage, and only of what the server has for good. */
import type { Core } from './core'
import { isTaken } from './opState'
import { isThrough } from './pull'
import { nextUpload } from './uploadState'

/**
 * Deletes the bytes of photos that the server has whole, whose submission is accepted and whose
 * part is complete; forgets withdrawn tasks once our work on them is through.
 */
export async function releaseWhatIsThrough(core: Core): Promise<void> {
  const through = [...core.mirror.all('drafts').values()].filter(({ partState }) => isThrough(partState))
  for (const draft of through) await releasePhotos(core, draft.partId)
  const done = new Set(through.map(({ partId }) => partId))
  const drafted = core.mirror.all('drafts')
  for (const task of core.mirror.all('tasks').values()) {
    const waits = task.parts.some(({ id }) => drafted.has(id) && !done.has(id))
    if (task.gone && !waits) await core.db.write(['tasks'], (tx) => tx.remove('tasks', task.id))
  }
}

async function releasePhotos(core: Core, partId: string): Promise<void> {
  const stored = [...core.mirror.all('uploads').values()].filter(
    (upload) => upload.partId === partId && upload.state.at === 'stored',
  )
  for (const { id } of stored) {
    await core.db.write(['uploads', 'outbox', 'photos'], async (tx) => {
      const upload = await tx.get('uploads', id)
      const operation = upload && (await tx.get('outbox', upload.operationId))
      if (!upload || !operation || !isTaken(operation.state)) return
      await tx.put('uploads', { ...upload, state: nextUpload(upload.state, { is: 'released' }) })
      await tx.remove('photos', id)
    })
  }
}
