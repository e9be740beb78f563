/** Drafts: every keystroke is kept, photos are written once. */
import { hex, sha256 } from './bytes'
import { timestamp } from './clock'
import type { Core } from './core'
import type { Writing } from './database'
import { uuidv7 } from './ids'
import { ProblemError, localProblem } from './problems'
import type { Draft, DraftChange, NewPhoto, PhotoMeta } from './types'
import type { Answer, ChecklistVersion } from './wire'

/** The kept draft of a part, or a new one with the checklist version that the part names now. */
export async function openDraft(core: Core, partId: string): Promise<Draft> {
  return core.db.write(['drafts', 'tasks', 'checklists'], async (tx) => {
    const kept = await tx.get('drafts', partId)
    if (kept) return { ...NEWER, ...kept }
    const draft = emptyDraft(partId, await whatPartAsks(tx, partId), timestamp(core.now()))
    await tx.put('drafts', draft)
    return structuredClone(draft) // the screen's own, whatever it does with it
  })
}

/** Applies the change to an open draft; answers are a patch, `null` takes one away. */
export async function saveDraft(core: Core, partId: string, change: DraftChange): Promise<void> {
  // A plain copy: screens hand over reactive objects, which IndexedDB cannot store.
  const { answers, ...rest } = JSON.parse(JSON.stringify(change)) as DraftChange
  await core.db.write(
    ['drafts'],
    async (tx) => {
      const draft = await openOne(tx, partId)
      await tx.put('drafts', edited(core, draft, { ...rest, answers: patched(draft.answers, answers ?? {}) }))
    },
    'relaxed',
  )
}

/** Writes the bytes once and names the photo in the draft, in one transaction. */
export async function addPhoto(core: Core, partId: string, photo: NewPhoto): Promise<PhotoMeta> {
  const meta: PhotoMeta = {
    id: uuidv7(core.crypto, core.now()),
    question_key: photo.questionKey,
    sha256: hex(await sha256(core.crypto, photo.bytes)),
    original_sha256: photo.originalSha256,
    media_type: 'image/jpeg',
    bytes: photo.bytes.byteLength,
    width: photo.width,
    height: photo.height,
    captured_at: photo.capturedAt,
    ...(photo.annotates && { annotates: photo.annotates }),
  }
  const row = await core.vault.sealPhoto({ id: meta.id, partId, mediaType: meta.media_type, bytes: photo.bytes })
  await core.db.write(['drafts', 'photos'], async (tx) => {
    const draft = await openOne(tx, partId)
    await tx.put('photos', row)
    await tx.put('drafts', edited(core, draft, { photos: [...draft.photos, meta] }))
  })
  return meta
}

/** Takes a photo out of an open draft, with its bytes and its copies; one that is unknown is as good as removed. */
export async function removePhoto(core: Core, partId: string, photoId: string): Promise<void> {
  await core.db.write(['drafts', 'photos', 'uploads'], async (tx) => {
    const draft = await openOne(tx, partId)
    if (!draft.photos.some((photo) => photo.id === photoId)) return
    const goes = ({ id, annotates }: PhotoMeta) => id === photoId || annotates === photoId
    await tx.put('drafts', edited(core, draft, { photos: draft.photos.filter((photo) => !goes(photo)) }))
    for (const { id } of draft.photos.filter(goes)) {
      await tx.remove('photos', id)
      await tx.remove('uploads', id)
    }
  })
}

/** Throws ProblemError `offline.photo_missing`. */
export async function photoBytes(core: Core, photoId: string): Promise<ArrayBuffer> {
  const row = await core.db.read(['photos'], (tx) => tx.get('photos', photoId))
  if (!row) throw new ProblemError(localProblem('offline.photo_missing', photoId))
  return core.vault.photoBytes(row)
}

/** The draft after a change: a new revision, saved now. */
export function edited(core: Pick<Core, 'now'>, draft: Draft, change: Partial<Draft>): Draft {
  return { ...draft, ...change, revision: draft.revision + 1, savedAt: timestamp(core.now()) }
}

async function openOne(tx: Writing, partId: string): Promise<Draft> {
  const draft = await tx.get('drafts', partId)
  if (!draft) throw new ProblemError(localProblem('offline.draft_missing'))
  if (draft.state !== 'open') throw new ProblemError(localProblem('offline.already_submitted'))
  return draft
}

async function whatPartAsks(
  tx: Writing,
  partId: string,
): Promise<{ inspectionId: string; checklist: ChecklistVersion }> {
  for (const task of await tx.getAll('tasks')) {
    const part = task.parts.find(({ id }) => id === partId)
    if (!part) continue
    const checklist = await tx.get('checklists', part.checklist_id)
    if (!checklist) throw new ProblemError(localProblem('offline.checklist_missing'))
    return { inspectionId: task.id, checklist }
  }
  throw new ProblemError(localProblem('offline.part_unknown'))
}

/** Fields that a draft of an older app lacks. */
const NEWER = { countersigners: [], certificatesShown: [], outcome: null, problems: [], expertFindings: [], recusal: null, page: null } as const

function emptyDraft(
  partId: string,
  asked: { inspectionId: string; checklist: ChecklistVersion },
  savedAt: string,
): Draft {
  return {
    partId,
    ...asked,
    answers: {},
    photos: [],
    officerSignatures: [],
    party: null,
    statement: null,
    rightsReadAt: null,
    enteredAt: null,
    leftAt: null,
    resultCode: null,
    checkIn: null,
    ...NEWER,
    state: 'open',
    checkInOperationId: null,
    submitOperationId: null,
    partState: null,
    revision: 0,
    savedAt,
  }
}

function patched(
  answers: Readonly<Record<string, Answer>>,
  patch: Readonly<Record<string, Answer | null>>,
): Record<string, Answer> {
  const merged: Record<string, Answer | null> = { ...answers, ...patch }
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, Answer] => entry[1] !== null))
}
