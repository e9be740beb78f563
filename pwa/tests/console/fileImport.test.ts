import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { SendFile, TargetImport } from '@/api/imports'
import { NetworkError, ProblemError } from '@/api/problem'
import { ended, useFileImport } from '@/console/import/useFileImport'

const view = (state: TargetImport['state'], more: Partial<TargetImport> = {}): TargetImport => ({
  id: 'i', file_name: 'list.csv', file_bytes: 9, mode: 'merge', state, rows_read: 0, progress: 0, new: 0, changed: 0, unchanged: 0, gone: 0, bad: 0, redirected: 0, stopping: false,
  refusal: null, notes: [], received_at: '2026-11-24T00:00:00.000Z', finished_at: null, ...more,
})
const file = new File(['x'], 'list.csv')

/** An import before a server that answers, turn by turn, what is given. */
function before(answers: (TargetImport | Error)[], sent: (TargetImport | Error)[] = [view('received')]) {
  const asked: string[] = []
  const ids: string[] = []
  const take = (from: (TargetImport | Error)[]) => {
    const next = from.length > 1 ? from.shift() : from[0]
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as TargetImport)
  }
  const send: SendFile<TargetImport> = (importId, _file, _mode, _language, tell) => { ids.push(importId); tell(0.5); return take(sent) }
  const scope = effectScope()
  const used = scope.run(() => useFileImport<TargetImport>({ read: (importId) => { asked.push(importId); return take(answers) }, send, mostBytes: 300_000_000 }))
  if (!used) throw new Error('no scope')
  return { ...used, asked, ids, scope }
}

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

describe('an import of a file', () => {
  it('is asked after every second until it has ended', async () => {
    const { standing, busy, start, asked } = before([view('reading', { rows_read: 5 }), view('merging'), view('done', { new: 7 })])
    await start(file, 'merge')
    expect(busy.value).toBe(true)
    await vi.advanceTimersByTimeAsync(1000)
    await vi.advanceTimersByTimeAsync(1000)
    expect(standing.value).toMatchObject({ at: 'followed', view: { state: 'done', new: 7 } })
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked.length).toBe(3)
    expect(busy.value).toBe(false)
  })
  it('survives a lost connection: it says so and asks on', async () => {
    const { problem, standing, start } = before([view('reading'), new NetworkError('gone'), view('done')])
    await start(file, 'merge')
    await vi.advanceTimersByTimeAsync(1000)
    expect(problem.value?.code).toBe('console.no_connection')
    await vi.advanceTimersByTimeAsync(1000)
    expect(problem.value).toBeNull()
    expect(standing.value).toMatchObject({ view: { state: 'done' } })
  })
  it('is sent again under the same id after an upload that was cut off', async () => {
    const { problem, again, start, ids } = before([view('done')], [new NetworkError('cut'), view('received')])
    await start(file, 'replace')
    expect(problem.value?.code).toBe('console.no_connection')
    await again()
    expect(ids.length).toBe(2)
    expect(ids[0]).toBe(ids[1])
    expect(problem.value).toBeNull()
  })
  it('tells a refusal at the door and stays where it was', async () => {
    const { problem, standing, start } = before([], [new ProblemError({ code: 'accounts.not_allowed' })])
    await start(file, 'merge')
    expect(problem.value?.code).toBe('accounts.not_allowed')
    expect(standing.value.at).toBe('idle')
  })
  it('does not send what the server would not take', async () => {
    const { problem, start, ids } = before([])
    await start({ name: 'huge.csv', size: 300_000_001 } as File, 'merge')
    expect([problem.value?.code, ids.length]).toEqual(['registry.import_too_large', 0])
  })
  it('asks no more once the screen is left', async () => {
    const { scope, start, asked } = before([view('reading')])
    await start(file, 'merge')
    scope.stop()
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked.length).toBe(1)
  })
})

it('has ended when it is done or refused', () => {
  expect((['received', 'reading', 'merging', 'done', 'refused'] as const).filter((state) => ended(view(state)))).toEqual(['done', 'refused'])
})
