/** Takes the feed page by page; a page and its cursor are written in one transaction. */
import { clockOffset, timestamp } from './clock'
import type { Core } from './core'
import type { Writing } from './database'
import { NetworkError } from './problems'
import { THIS } from './rows'
import type { Draft, LocalTask } from './types'
import type { Change, Changes, PartState } from './wire'

/** Pulls until nothing more is there. Throws ProblemError or NetworkError; what came before is kept. */
export async function pull(core: Core): Promise<void> {
  for (let more = true; more; ) {
    const before = core.mirror.feed?.cursor ?? null
    const sentAt = core.now()
    const query = before === null ? '' : `?cursor=${encodeURIComponent(before)}`
    const page = pageIn(await core.inSession.json('GET', `/api/field/changes${query}`))
    const receivedAt = core.now()
    await core.db.write(['tasks', 'checklists', 'drafts', 'feed'], async (tx) => {
      if (page.resync) await forgetTasks(tx)
      for (const change of page.changes) await apply(tx, change)
      await tx.put('feed', {
        key: THIS,
        cursor: page.cursor,
        nonce: page.nonce.value,
        clockOffsetMs: clockOffset(sentAt, receivedAt, page.server_time),
        pulledAt: timestamp(receivedAt),
        rules: page.rules,
      })
    })
    more = page.more && page.cursor !== before // a server that does not move on is asked again later
  }
}

/** The part is through on the server: nothing of it is needed here any more. */
export function isThrough(state: PartState | null): boolean {
  return state === 'complete' || state === 'published'
}

async function apply(tx: Writing, change: Change): Promise<void> {
  switch (change.kind) {
    case 'checklist':
      return tx.put('checklists', change.checklist)
    case 'inspection':
      await tx.put('tasks', { ...change.inspection, gone: null })
      for (const part of change.inspection.parts) await noteState(tx, part.id, part.state)
      return
    case 'withdrawn': {
      const task = await tx.get('tasks', change.inspection_id)
      if (task) await leave(tx, task, { because: 'withdrawn', reason: change.reason })
      return
    }
    case 'part_state': {
      await noteState(tx, change.part_id, change.state)
      const task = await tx.get('tasks', change.inspection_id)
      const { state, record_url } = change
      const parts = task?.parts.map((part) => (part.id === change.part_id ? { ...part, state, record_url } : part))
      if (task && parts) await tx.put('tasks', { ...task, parts })
      return
    }
    default: // a kind of a newer server: the rest of the page still counts
  }
}

/** Another epoch: the feed tells everything anew. Drafts and outbox are not the feed's. */
async function forgetTasks(tx: Writing): Promise<void> {
  for (const task of await tx.getAll('tasks')) await leave(tx, task, { because: 'not_listed' })
}

/** A task with work of ours on it stays readable until that work is through. */
async function leave(tx: Writing, task: LocalTask, gone: NonNullable<LocalTask['gone']>): Promise<void> {
  const drafts = await Promise.all(task.parts.map((part) => tx.get('drafts', part.id)))
  if (drafts.some((draft) => draft && !isThrough(draft.partState))) await tx.put('tasks', { ...task, gone })
  else await tx.remove('tasks', task.id)
}

async function noteState(tx: Writing, partId: string, partState: PartState): Promise<void> {
  const draft: Draft | undefined = await tx.get('drafts', partId)
  if (!draft || draft.partState === partState) return
  await tx.put('drafts', { ...draft, partState, revision: draft.revision + 1 })
}

function pageIn(body: unknown): Changes {
  const page = body as Partial<Changes> | null
  if (typeof page?.cursor !== 'string' || !Array.isArray(page.changes) || typeof page.nonce?.value !== 'string') {
    throw new NetworkError('no page of the feed')
  }
  return page as Changes
}
