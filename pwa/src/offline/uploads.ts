/** Sends the photos one after another; one that cannot go stops no other. */
import { backoff, isDue } from './backoff'
import { hex, sha256 } from './bytes'
import type { Core } from './core'
import { isPassing, isSignedOut } from './http'
import { ProblemError, localProblem } from './problems'
import type { PhotoRow, PlainPhoto, UploadRecord } from './rows'
import { sendPhoto } from './tus'
import { nextUpload, type UploadEvent } from './uploadState'

/** Tries each photo that is due once. Throws the last failure at the end; being signed out at once. */
export async function sendUploads(core: Core): Promise<void> {
  let failure: unknown = null
  const due = [...core.mirror.all('uploads').values()].filter(({ state }) => isDue(state, core.now()))
  for (const upload of due) {
    try {
      await sendOne(core, upload)
    } catch (error) {
      failure = error
      await note(core, upload.id, eventOf(core, upload, error))
      if (isSignedOut(error)) throw error
    }
  }
  if (failure) throw failure
}

async function sendOne(core: Core, upload: UploadRecord): Promise<void> {
  await note(core, upload.id, { is: 'sent' })
  const photo = await core.db.read(['photos'], (tx) => tx.get('photos', upload.id))
  const sendable = { ...upload, ...(await whole(core, upload, photo)) }
  await sendPhoto(core, sendable, upload.begun)
  await note(core, upload.id, { is: 'stored' })
}

/** The photo as it was signed; a photo that is missing or damaged is a visible error, not a wait. */
async function whole(core: Core, upload: UploadRecord, photo: PhotoRow | undefined): Promise<PlainPhoto> {
  if (!photo) throw new ProblemError({ ...localProblem('offline.photo_missing', upload.id), status: 410 })
  // A photo that no longer opens is damaged as well; while the phone is locked the upload's key opens it.
  const bytes = await core.vault.photoBytes(photo, upload.queueKey).catch((error: unknown) => {
    if (error instanceof ProblemError) throw error // locked: it waits
    return null
  })
  if (bytes && hex(await sha256(core.crypto, bytes)) === upload.sha256) return { ...photo, bytes }
  throw new ProblemError({ ...localProblem('offline.photo_damaged', upload.id), status: 410 })
}

function eventOf(core: Core, { state }: UploadRecord, error: unknown): UploadEvent {
  if (isSignedOut(error)) return { is: 'put_back' }
  if (error instanceof ProblemError && !isPassing(error) && error.problem.code !== 'offline.locked') return { is: 'failed', problem: error.problem }
  const tries = state.at === 'waiting' ? state.tries + 1 : 1
  return { is: 'unknown', until: core.now() + backoff(tries, core.random()) }
}

/** A row that was taken away meanwhile (photo removed in a correction) stays away. */
async function note(core: Core, id: string, event: UploadEvent): Promise<void> {
  await core.db.write(['uploads'], async (tx) => {
    const upload = await tx.get('uploads', id)
    if (upload) await tx.put('uploads', { ...upload, begun: true, state: nextUpload(upload.state, event) })
  })
}
