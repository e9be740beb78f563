/**
 * Check-in, submission, correction: what the inspector finishes becomes a signed operation.
 *
 * Signing awaits WebCrypto, and an IndexedDB transaction ends when something else is awaited.
 * So: read the head of the chain and the draft, sign, then in ONE transaction look whether both
 * are still the same and write everything; if not, begin again.
 */
import { base64url, hex, sha256, utf8 } from './bytes'
import { timestamp } from './clock'
import type { Core } from './core'
import type { Reading, Writing } from './database'
import { signerFrom } from './deviceKey'
import { edited, openDraft } from './drafts'
import { canonicalBytes, mint, type Circumstances, type Wanted } from './envelope'
import { uuidv7 } from './ids'
import { isTaken } from './opState'
import { ProblemError, localProblem } from './problems'
import { THIS, type DeviceRow, type OutboxRecord } from './rows'
import type { CheckIn, Draft, Recusal } from './types'
import type { FoundProblem, OperationKind, Signed, SubmitBody } from './wire'

const MINTING = ['device', 'feed', 'drafts', 'outbox', 'uploads', 'photos'] as const

/** Where a minting starts from; if it moved meanwhile, the minting begins again. */
interface Basis {
  readonly device: DeviceRow
  readonly around: Circumstances
  readonly draft: Draft
  /** The check-in is yet to be minted, or was rejected. */
  readonly checkInOpen: boolean
}

interface Plan {
  readonly wanted: Wanted[]
  readonly draft: Draft
}

/** Mints the check-in. The first one stands, unless it was rejected. */
export async function checkIn(core: Core, partId: string, entered: CheckIn): Promise<void> {
  const plain = JSON.parse(JSON.stringify(entered)) as CheckIn
  await openDraft(core, partId)
  await mintFor(core, partId, (basis) => {
    if (!basis.checkInOpen) return null
    const wanted = wantedCheckIn(core, basis, plain)
    return { wanted: [wanted], draft: edited(core, basis.draft, { checkIn: plain, checkInOperationId: wanted.id }) }
  })
}

/**
 * Mints the submission of an open draft, with the check-in if there is none yet.
 * Throws ProblemError `offline.draft_incomplete` (field), `offline.photo_missing`.
 */
export async function submit(core: Core, partId: string): Promise<void> {
  const fresh = await newPage(core)
  await mintFor(core, partId, (basis) => {
    if (basis.draft.state === 'submitted') return null
    const page = basis.draft.page ?? fresh
    const wanted: Wanted[] = []
    if (basis.checkInOpen) wanted.push(wantedCheckIn(core, basis, needed(basis.draft.checkIn, 'check_in')))
    const checkInId = wanted[0]?.id ?? needed(basis.draft.checkInOperationId, 'check_in')
    const submission: Wanted = {
      kind: 'part.submit',
      id: uuidv7(core.crypto, core.now()),
      body: submissionOf(basis.draft, page.sha256),
      depends_on: [checkInId],
      supersedes: basis.draft.submitOperationId,
    }
    const links = { checkInOperationId: checkInId, submitOperationId: submission.id }
    return { wanted: [...wanted, submission], draft: edited(core, basis.draft, { ...links, page, state: 'submitted' }) }
  })
}

/** Mints what the enterprise asked about recusal; it supersedes one that the server refused. */
export async function askRecusal(core: Core, partId: string, asked: Recusal): Promise<void> {
  const recusal = JSON.parse(JSON.stringify(asked)) as Recusal
  await openDraft(core, partId)
  const refused = refusedOf(core, partId, 'part.recusal')
  await mintFor(core, partId, (basis) => ({
    wanted: [{ kind: 'part.recusal', id: uuidv7(core.crypto, core.now()), body: { part_id: partId, ...recusal }, depends_on: [], supersedes: refused }],
    draft: edited(core, basis.draft, { recusal }),
  }))
}

/** Mints the signature under a colleague's submission; it supersedes one that the server refused. */
export async function countersign(core: Core, partId: string, submissionSha256: string): Promise<void> {
  await openDraft(core, partId)
  const refused = refusedOf(core, partId, 'part.countersign')
  const body = { part_id: partId, submission_sha256: submissionSha256, signed_at: timestamp(core.now()) }
  await mintFor(core, partId, (basis) => ({
    wanted: [{ kind: 'part.countersign', id: uuidv7(core.crypto, core.now()), body, depends_on: [], supersedes: refused }],
    draft: edited(core, basis.draft, {}),
  }))
}

/** SHA-256 of the part's standing submission as it was signed; null: none was minted here. */
export async function submissionHash(core: Core, partId: string): Promise<string | null> {
  const record = core.mirror.operations().find((each) => each.partId === partId && each.operation.kind === 'part.submit' && !each.supersededBy)
  return record ? hex(await sha256(core.crypto, canonicalBytes(record.operation))) : null
}

/** The operation of this kind that the server refused and nothing stands for yet. */
function refusedOf(core: Core, partId: string, kind: OperationKind): string | null {
  const refused = core.mirror.operations().find((each) => each.partId === partId && each.operation.kind === kind && each.state.at === 'rejected' && !each.supersededBy)
  return refused?.id ?? null
}

/** Who signed on this screen after all need not sign again. */
function countersignersOf(draft: Draft): string[] {
  const signed = new Set(draft.officerSignatures.map((each) => each.inspector_id))
  return (draft.countersigners ?? []).filter((id) => !signed.has(id))
}

const PAGE_CODE_BYTES = 16

/** A code that nobody can guess, for the party's page; only its hash is signed and sent. */
async function newPage(core: Core): Promise<NonNullable<Draft['page']>> {
  const code = base64url(core.crypto.getRandomValues(new Uint8Array(PAGE_CODE_BYTES)))
  return { code, sha256: hex(await sha256(core.crypto, utf8(code))) }
}

/**
 * Opens the draft of a rejected operation again and answers its part. What was rejected stays
 * until a new operation supersedes it; a submission that hangs on a rejected check-in opens too.
 * Throws ProblemError `offline.not_correctable`.
 */
export async function correct(core: Core, operationId: string): Promise<string> {
  return core.db.write(['drafts', 'outbox'], async (tx) => {
    const record = await tx.get('outbox', operationId)
    const draft = record && (await tx.get('drafts', record.partId))
    if (!record || !draft || record.supersededBy || record.state.at !== 'rejected') {
      throw new ProblemError(localProblem('offline.not_correctable'))
    }
    const submission = draft.submitOperationId ? await tx.get('outbox', draft.submitOperationId) : undefined
    if (draft.state === 'submitted' && submission && !isTaken(submission.state)) {
      await tx.put('drafts', edited(core, draft, { state: 'open' }))
    }
    return record.partId
  })
}

async function mintFor(core: Core, partId: string, plan: (basis: Basis) => Plan | null): Promise<void> {
  for (;;) {
    const basis = await core.db.read([...MINTING], (tx) => readBasis(core, tx, partId))
    const planned = plan(basis)
    if (!planned) return
    const sign = basis.device.signed ? signerFrom(core.db, core.crypto) : async () => null
    const minted = await mint(planned.wanted, basis.around, basis.device.head, core.crypto, sign)
    const device = { ...basis.device, head: minted.head, signed: minted.signed.every(({ signature }) => signature !== '') }
    const written = await core.db.write([...MINTING], async (tx) => {
      if (!(await isStill(tx, basis))) return false
      await tx.put('device', device)
      await tx.put('drafts', planned.draft)
      for (const signed of minted.signed) await writeOperation(tx, signed, planned.draft)
      return true
    })
    if (written) return
  }
}

async function readBasis(core: Core, tx: Reading, partId: string): Promise<Basis> {
  const device = await tx.get('device', THIS)
  const draft = await tx.get('drafts', partId)
  const feed = await tx.get('feed', THIS)
  if (!device?.enrolled) throw new ProblemError(localProblem('offline.not_enrolled'))
  if (!draft) throw new ProblemError(localProblem('offline.draft_missing'))
  const before = draft.checkInOperationId ? await tx.get('outbox', draft.checkInOperationId) : undefined
  return {
    device,
    draft,
    checkInOpen: !before || before.state.at === 'rejected',
    around: {
      device_id: device.id,
      account_id: device.enrolled.account_id,
      nonce: feed?.nonce ?? '',
      captured_at: timestamp(core.now()),
      clock_offset_ms: feed?.clockOffsetMs ?? 0,
    },
  }
}

async function isStill(tx: Writing, basis: Basis): Promise<boolean> {
  const device = await tx.get('device', THIS)
  const draft = await tx.get('drafts', basis.draft.partId)
  return device?.head.sha256 === basis.device.head.sha256 && draft?.revision === basis.draft.revision
}

async function writeOperation(tx: Writing, { operation, signature }: Signed, draft: Draft): Promise<void> {
  const { id, supersedes } = operation
  const record: OutboxRecord = {
    id,
    partId: draft.partId,
    operation,
    signature,
    state: { at: 'queued' },
    supersededBy: null,
  }
  await tx.put('outbox', record)
  const old = supersedes ? await tx.get('outbox', supersedes) : undefined
  if (old) await tx.put('outbox', { ...old, supersededBy: id })
  if (operation.kind !== 'part.submit') return
  for (const photo of operation.body.photos) await queuePhoto(tx, id, draft.partId, photo)
}

/** A photo that is on its way already, from before a correction, goes on where it is. */
async function queuePhoto(
  tx: Writing,
  operationId: string,
  partId: string,
  { id, sha256 }: { id: string; sha256: string },
): Promise<void> {
  const begun = await tx.get('uploads', id)
  if (begun?.state.at !== 'stored' && !(await tx.has('photos', id))) {
    throw new ProblemError(localProblem('offline.photo_missing', id))
  }
  const fresh = { id, partId, operationId, sha256, begun: false, state: { at: 'queued' }, queueKey: await tx.queueKey(id) } as const
  await tx.put('uploads', begun ? { ...begun, operationId } : fresh)
}

function wantedCheckIn(core: Core, basis: Basis, entered: CheckIn): Wanted {
  return {
    kind: 'part.check_in',
    id: uuidv7(core.crypto, core.now()),
    body: { part_id: basis.draft.partId, ...entered },
    depends_on: [],
    supersedes: basis.draft.checkInOperationId,
  }
}

function submissionOf(draft: Draft, pageSha256: string): SubmitBody {
  return {
    part_id: draft.partId,
    checklist_id: draft.checklist.id,
    answers: { ...draft.answers },
    photos: draft.photos.map((photo) => ({ ...photo })),
    officer_signatures: [...draft.officerSignatures],
    countersigners: countersignersOf(draft),
    party: draft.outcome ? draft.party : needed(draft.party, 'party'),
    statement: draft.statement,
    rights_read_at: draft.outcome ? draft.rightsReadAt : needed(draft.rightsReadAt, 'rights_read_at'),
    entered_at: needed(draft.enteredAt, 'entered_at'),
    left_at: needed(draft.leftAt, 'left_at'),
    result_code: needed(draft.resultCode, 'result_code'),
    outcome: draft.outcome ?? null,
    problems: (draft.problems ?? []).map((each) => ({ ...each, photo_ids: photosOf(draft, each) })),
    certificates_shown: [...(draft.certificatesShown ?? [])],
    expert_findings: [...(draft.expertFindings ?? [])],
    page_code_sha256: pageSha256,
  }
}

/** A problem at a question has the question's photos as well. */
function photosOf(draft: Draft, problem: FoundProblem): string[] {
  const own = draft.photos.filter((photo) => photo.question_key !== null && photo.question_key === problem.question_key)
  return [...new Set([...problem.photo_ids, ...own.map((photo) => photo.id)])]
}

function needed<T>(value: T | null, field: string): T {
  if (value === null) throw new ProblemError(localProblem('offline.draft_incomplete', field))
  return value
}
