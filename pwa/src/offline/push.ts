/** Sends the outbox in batches and takes the verdicts. No verdict stops another operation. */
import { utf8 } from './bytes'
import { backoff, isDue } from './backoff'
import type { Core } from './core'
import type { Writing } from './database'
import { canonicalText } from './envelope'
import { isSignedOut, refusal, type Answer } from './http'
import { isTaken, nextOp, type OpEvent } from './opState'
import { NetworkError, localProblem } from './problems'
import type { OutboxRecord } from './rows'
import type { Problem, Verdict } from './wire'

const MOST_OPERATIONS = 50
const MOST_BYTES = 900_000
/** Statuses that judge the content of the request: with one operation in it, that one. */
const ABOUT_CONTENT = [400, 413, 422]

interface Batch {
  readonly records: readonly OutboxRecord[]
  readonly body: string
}

export class Push {
  /** Operations in a batch; halved when a batch is too large or times out. */
  private most = MOST_OPERATIONS

  constructor(private readonly core: Core) {}

  /** Sends what is due. Throws the last failure once all was tried; being signed out at once. */
  async run(): Promise<void> {
    let failure: unknown = null
    for (let batch = this.nextBatch(); batch; batch = this.nextBatch()) {
      await this.apply(batch, () => ({ is: 'sent' }))
      try {
        await this.judge(batch, await this.send(batch))
      } catch (error) {
        failure = error
        await this.settle(batch, error)
        if (isSignedOut(error)) throw error
      }
    }
    if (failure) throw failure
  }

  private nextBatch(): Batch | null {
    const records: OutboxRecord[] = []
    const texts: string[] = []
    let bytes = 0
    for (const record of this.core.mirror.operations()) {
      if (record.supersededBy || !isDue(record.state, this.core.now())) continue
      const text = canonicalText({ operation: record.operation, signature: record.signature })
      bytes += utf8(text).length + 1
      if (records.length > 0 && (records.length >= this.most || bytes > MOST_BYTES)) break
      records.push(record)
      texts.push(text)
    }
    return records.length > 0 ? { records, body: `{"operations":[${texts.join(',')}]}` } : null
  }

  private send(batch: Batch): Promise<Answer> {
    const headers = { 'content-type': 'application/json' }
    return this.core.inSession.send({ method: 'POST', path: '/api/field/operations', headers, body: batch.body })
  }

  private async judge(batch: Batch, answer: Answer): Promise<void> {
    if (ABOUT_CONTENT.includes(answer.status)) return this.divide(batch, answer)
    if (answer.status !== 200) throw refusal(answer)
    const verdicts = verdictsIn(answer.json(), batch)
    if (batch.records.length === this.most) this.most = Math.min(MOST_OPERATIONS, this.most * 2)
    await this.core.db.write(['outbox'], async (tx) => {
      for (const { id } of batch.records) await this.judgeOne(tx, id, verdicts.get(id))
    })
  }

  private async judgeOne(tx: Writing, id: string, verdict: Verdict | undefined): Promise<void> {
    const record = await tx.get('outbox', id)
    if (!record) return
    const state = nextOp(record.state, await this.eventOf(tx, record, verdict))
    await tx.put('outbox', { ...record, state })
    if (isTaken(state)) await unblock(tx, [id, record.operation.supersedes])
  }

  private async eventOf(tx: Writing, record: OutboxRecord, verdict: Verdict | undefined): Promise<OpEvent> {
    switch (verdict?.verdict) {
      case 'accepted':
      case 'already_accepted':
        return { is: 'accepted' }
      case 'accepted_into_dispute':
        return { is: 'disputed' }
      case 'rejected':
        return verdict.problem ? { is: 'rejected', problem: verdict.problem } : this.later(record)
      case 'blocked_by': {
        // Blocked by something that is done or unknown here: nothing would ever wake it, so it asks again.
        const by = verdict.blocked_by ? await tx.get('outbox', verdict.blocked_by) : undefined
        return by && !isTaken(by.state) ? { is: 'blocked', by: by.id } : this.later(record)
      }
      default:
        return this.later(record)
    }
  }

  /** The request as a whole was refused for its content: smaller batches find the one that is meant. */
  private async divide(batch: Batch, answer: Answer): Promise<void> {
    if (batch.records.length > 1) {
      this.most = Math.ceil(batch.records.length / 2)
      await this.apply(batch, () => ({ is: 'put_back' }))
      return
    }
    const problem = answer.problem ?? contentProblem(answer.status)
    if (!problem) throw refusal(answer)
    await this.apply(batch, () => ({ is: 'rejected', problem }))
  }

  /** No verdicts: whether the server has the batch is unknown, so the same bytes go again. */
  private async settle(batch: Batch, error: unknown): Promise<void> {
    if (error instanceof NetworkError && error.timedOut) this.most = Math.ceil(batch.records.length / 2)
    const putBack = isSignedOut(error)
    await this.apply(batch, (record) => (putBack ? { is: 'put_back' } : this.later(record)))
  }

  private later({ state }: OutboxRecord): OpEvent {
    const tries = state.at === 'sending' ? state.tries + 1 : 1
    return { is: 'unknown', until: this.core.now() + backoff(tries, this.core.random()) }
  }

  private async apply(batch: Batch, eventFor: (record: OutboxRecord) => OpEvent): Promise<void> {
    await this.core.db.write(['outbox'], async (tx) => {
      for (const { id } of batch.records) {
        const record = await tx.get('outbox', id)
        if (record) await tx.put('outbox', { ...record, state: nextOp(record.state, eventFor(record)) })
      }
    })
  }
}

async function unblock(tx: Writing, by: readonly (string | null)[]): Promise<void> {
  for (const record of await tx.getAll('outbox')) {
    if (record.state.at !== 'blocked' || !by.includes(record.state.by)) continue
    await tx.put('outbox', { ...record, state: nextOp(record.state, { is: 'unblocked' }) })
  }
}

function contentProblem(status: number): Problem | null {
  return status === 413 ? localProblem('offline.operation_too_large') : null
}

/** By operation; a verdict whose operation the server could not name is known by its place. */
function verdictsIn(body: unknown, { records }: Batch): Map<string | undefined, Verdict> {
  const { verdicts } = (body ?? {}) as { verdicts?: Verdict[] }
  if (!Array.isArray(verdicts)) throw new NetworkError('no verdicts')
  return new Map(verdicts.map((verdict, i) => [verdict.operation_id ?? records[i]?.id, verdict]))
}

