/** The snapshot for the screens, made of the mirror; parts that did not change stay the same objects. */
import { inboxView } from './inbox'
import type { Mirror } from './mirror'
import { isTaken } from './opState'
import type { OutboxRecord, UploadRecord } from './rows'
import { isClosed } from './vault'
import type { DraftSummary, EngineView, LocalTask, OutboxRow, Phase } from './types'
import { isStored } from './uploadState'
import type { Problem } from './wire'

/** What the view shows beside the database. */
export interface Live {
  readonly opened: boolean
  readonly online: boolean
  readonly syncing: boolean
  readonly ownsQueue: boolean
  readonly lastProblem: Problem | null
  readonly storage: EngineView['storage']
  readonly locked: boolean
  readonly sealed: boolean
}

export class ViewBuilder {
  private readonly tasks = remembered((mirror) => [mirror.all('tasks')], listTasks)
  private readonly drafts = remembered((mirror) => [mirror.all('drafts'), mirror.all('outbox')], listDrafts)
  private readonly outbox = remembered((mirror) => [mirror.all('outbox'), mirror.all('uploads')], listOutbox)
  private readonly unsent = remembered((mirror) => [mirror.all('outbox'), mirror.all('uploads')], countUnsent)
  private readonly inbox = remembered((mirror) => [mirror.inbox], (mirror) => inboxView(mirror.inbox))
  private readonly device = remembered((mirror) => [mirror.device], showDevice)

  build(mirror: Mirror, live: Live): EngineView {
    return Object.freeze({
      phase: phaseOf(mirror, live.opened),
      me: mirror.session?.me ?? null,
      device: this.device(mirror),
      online: live.online,
      syncing: live.syncing,
      lastPulledAt: mirror.feed?.pulledAt ?? null,
      rules: mirror.feed?.rules ?? null,
      lastProblem: live.lastProblem,
      tasks: this.tasks(mirror),
      checklists: mirror.all('checklists'),
      drafts: this.drafts(mirror),
      outbox: this.outbox(mirror),
      unsent: this.unsent(mirror),
      inbox: this.inbox(mirror),
      storage: live.storage,
      lock: lockOf(mirror, live),
      ownsQueue: live.ownsQueue,
    })
  }
}

function lockOf({ vault, device }: Mirror, { locked, sealed }: Live): EngineView['lock'] {
  return {
    state: !sealed || !vault?.pin ? 'none' : locked ? 'locked' : 'open',
    sealed,
    fileSealed: device?.serverKey !== undefined,
    afterMinutes: vault?.lockAfterMinutes ?? 0,
    waitUntil: vault?.pin?.waitUntil ?? 0,
    wayBack: vault?.recovery != null,
  }
}

function phaseOf(mirror: Mirror, opened: boolean): Phase {
  if (!opened) return 'starting'
  if (!mirror.device?.enrolled) return 'not_enrolled'
  return mirror.session?.signedIn ? 'ready' : 'signed_out'
}

/** Computes anew only when one of the inputs is another object. */
function remembered<T>(inputs: (mirror: Mirror) => readonly unknown[], make: (mirror: Mirror) => T): (mirror: Mirror) => T {
  let last: { readonly of: readonly unknown[]; readonly value: T } | null = null
  return (mirror) => {
    const of = inputs(mirror)
    if (!last?.of.every((input, i) => input === of[i])) last = { of, value: make(mirror) }
    return last.value
  }
}

/** What is due first comes first. */
function listTasks(mirror: Mirror): readonly LocalTask[] {
  return [...mirror.all('tasks').values()].sort(
    (a, b) => compare(a.due_on, b.due_on) || compare(a.target.name, b.target.name) || compare(a.id, b.id),
  )
}

function listDrafts(mirror: Mirror): readonly DraftSummary[] {
  const outbox = mirror.all('outbox')
  return [...mirror.all('drafts').values()].filter((draft) => !isClosed(draft)).map((draft) => {
    const checkIn = draft.checkInOperationId ? outbox.get(draft.checkInOperationId) : undefined
    return {
      partId: draft.partId,
      inspectionId: draft.inspectionId,
      state: draft.state,
      answered: Object.keys(draft.answers).length,
      photos: draft.photos.length,
      checkedIn: checkIn !== undefined && checkIn.state.at !== 'rejected',
      stopped: draft.recusal != null && !draft.recusal.goes_on,
      outcome: draft.outcome?.kind ?? null,
      savedAt: draft.savedAt,
    }
  })
}

function listOutbox(mirror: Mirror): readonly OutboxRow[] {
  const uploads = mirror.all('uploads')
  return mirror.operations().map((record) => outboxRow(record, uploads))
}

function outboxRow(record: OutboxRecord, uploads: ReadonlyMap<string, UploadRecord>): OutboxRow {
  const { operation } = record
  const named = operation.kind === 'part.submit' ? operation.body.photos : []
  const states = named.map(({ id }) => uploads.get(id)?.state)
  return {
    operationId: record.id,
    kind: operation.kind,
    partId: record.partId,
    state: record.state,
    capturedAt: operation.captured_at,
    supersededBy: record.supersededBy,
    photos: { total: named.length, sent: states.filter((state) => state && isStored(state)).length },
    photoProblems: states.flatMap((state) => (state?.at === 'failed' ? [state.problem] : [])),
  }
}

function countUnsent(mirror: Mirror): number {
  const operations = mirror.operations().filter(({ state, supersededBy }) => !supersededBy && !isTaken(state))
  const photos = [...mirror.all('uploads').values()].filter(({ state }) => !isStored(state))
  return operations.length + photos.length
}

function showDevice({ device }: Mirror): EngineView['device'] {
  return device?.enrolled ? { id: device.id, name: device.name, signed: device.signed } : null
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
