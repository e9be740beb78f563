import { describe, expect, it } from 'vitest'
import { awaitedParts, followUp } from '../../src/offline/awaited'
import type { OutboxRecord } from '../../src/offline/rows'
import type { InspectionTask } from '../../src/offline/wire'

const row = (partId: string, kind: string, at: string) => ({ partId, operation: { kind }, state: { at } }) as unknown as OutboxRecord
const task = (...parts: [string, string][]) => ({ parts: parts.map(([id, state]) => ({ id, state })) }) as unknown as InspectionTask

describe('what an inspector waits to see published', () => {
  it('is a part whose submission is accepted and whose record is not out', () => {
    const rows = [row('a', 'part.submit', 'accepted'), row('b', 'part.submit', 'queued'), row('c', 'part.check_in', 'accepted'), row('d', 'part.submit', 'accepted')]
    expect(awaitedParts(rows, [task(['a', 'complete'], ['b', 'issued']), task(['c', 'under_way'], ['d', 'published'])])).toEqual(['a'])
  })
  it('is nothing when the task is gone', () => {
    expect(awaitedParts([row('a', 'part.submit', 'accepted')], [])).toEqual([])
  })
  it('is asked for at once, then ever more patiently', () => {
    expect([0, 1, 2, 5].map(followUp)).toEqual([1_000, 2_000, 4_000, 32_000])
  })
})
