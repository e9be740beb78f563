import { describe, expect, it } from 'vitest'
import { backoff, isDue } from '../../src/offline/backoff'
import { isTaken, nextOp, type OpEvent, type OpState } from '../../src/offline/opState'
import { nextUpload, type UploadEvent, type UploadState } from '../../src/offline/uploadState'

const problem = { code: 'field.part_not_yours' }
const OP_STATES: OpState[] = [
  { at: 'queued' },
  { at: 'sending', tries: 2 },
  { at: 'waiting', until: 5_000, tries: 2 },
  { at: 'accepted' },
  { at: 'disputed' },
  { at: 'blocked', by: 'x' },
  { at: 'rejected', problem },
]
const OP_EVENTS: OpEvent[] = [
  { is: 'sent' },
  { is: 'accepted' },
  { is: 'disputed' },
  { is: 'rejected', problem },
  { is: 'blocked', by: 'y' },
  { is: 'unblocked' },
  { is: 'unknown', until: 9_000 },
  { is: 'put_back' },
  { is: 'hurried' },
  { is: 'restarted' },
]

describe('an operation', () => {
  it.each<[string, OpState, OpEvent, OpState]>([
    ['goes out', { at: 'queued' }, { is: 'sent' }, { at: 'sending', tries: 0 }],
    ['goes out again and remembers its tries', { at: 'waiting', until: 1, tries: 3 }, { is: 'sent' }, { at: 'sending', tries: 3 }],
    ['waits when no answer came', { at: 'sending', tries: 3 }, { is: 'unknown', until: 9 }, { at: 'waiting', until: 9, tries: 4 }],
    ['is queued again after a crash', { at: 'sending', tries: 3 }, { is: 'restarted' }, { at: 'queued' }],
    ['is queued again when the request did not count', { at: 'sending', tries: 0 }, { is: 'put_back' }, { at: 'queued' }],
    ['waits for another', { at: 'sending', tries: 0 }, { is: 'blocked', by: 'a' }, { at: 'blocked', by: 'a' }],
    ['goes on when the other is through', { at: 'blocked', by: 'a' }, { is: 'unblocked' }, { at: 'queued' }],
    ['stays rejected whatever is hurried', { at: 'rejected', problem }, { is: 'hurried' }, { at: 'rejected', problem }],
    ['stays rejected at a restart', { at: 'rejected', problem }, { is: 'restarted' }, { at: 'rejected', problem }],
    ['stops waiting when hurried', { at: 'waiting', until: 9, tries: 4 }, { is: 'hurried' }, { at: 'queued' }],
  ])('%s', (_what, state, event, expected) => {
    expect(nextOp(state, event)).toEqual(expected)
  })

  it('never leaves accepted or disputed', () => {
    for (const state of OP_STATES.filter(isTaken)) {
      for (const event of OP_EVENTS) expect(nextOp(state, event)).toBe(state)
    }
  })

  it('never loses a try: no event but an answer or a wish takes it from the queue', () => {
    const ways = OP_EVENTS.filter((event) => nextOp({ at: 'queued' }, event).at !== 'queued').map(({ is }) => is)
    expect(ways).toEqual(['sent', 'accepted', 'disputed', 'rejected'])
  })
})

describe('an upload', () => {
  const states: UploadState[] = [
    { at: 'queued' },
    { at: 'sending', tries: 0 },
    { at: 'waiting', until: 1, tries: 1 },
    { at: 'failed', problem },
  ]

  it('is released only after it was stored', () => {
    for (const state of states) expect(nextUpload(state, { is: 'released' })).toBe(state)
    expect(nextUpload({ at: 'stored' }, { is: 'released' })).toEqual({ at: 'released' })
  })

  it('stays stored whatever comes', () => {
    const events: UploadEvent[] = [{ is: 'sent' }, { is: 'failed', problem }, { is: 'restarted' }, { is: 'hurried' }]
    for (const event of events) expect(nextUpload({ at: 'stored' }, event)).toEqual({ at: 'stored' })
  })

  it('that failed is tried again on request only', () => {
    const failed: UploadState = { at: 'failed', problem }
    expect(nextUpload(failed, { is: 'sent' })).toBe(failed)
    expect(nextUpload(failed, { is: 'hurried' })).toEqual({ at: 'queued' })
  })

  it('is queued again after a crash, and remembers its tries otherwise', () => {
    expect(nextUpload({ at: 'sending', tries: 4 }, { is: 'restarted' })).toEqual({ at: 'queued' })
    expect(nextUpload({ at: 'sending', tries: 4 }, { is: 'unknown', until: 3 })).toEqual({ at: 'waiting', until: 3, tries: 5 })
  })
})

describe('waiting', () => {
  it('doubles, is spread over its upper half, and never exceeds five minutes', () => {
    expect([1, 2, 3].map((tries) => backoff(tries, 0))).toEqual([1_000, 2_000, 4_000])
    expect(backoff(1, 0.999)).toBeLessThanOrEqual(2_000)
    expect(backoff(10_000, 0.999)).toBeLessThanOrEqual(300_000)
  })

  it('is over at its time, not before', () => {
    expect(isDue({ at: 'waiting', until: 10 }, 9)).toBe(false)
    expect(isDue({ at: 'waiting', until: 10 }, 10)).toBe(true)
    expect(isDue({ at: 'queued' }, 0)).toBe(true)
    expect(isDue({ at: 'rejected' }, 10)).toBe(false)
    expect(isDue({ at: 'sending' }, 10)).toBe(false)
  })

  it('is over when the clock was put back further than anything waits', () => {
    expect(isDue({ at: 'waiting', until: 3_600_000 }, 0)).toBe(true)
    expect(isDue({ at: 'waiting', until: 300_000 }, 0)).toBe(false)
  })
})
