import { describe, expect, it } from 'vitest'
import { daysBetween, heapsOf, isUnsent, partOf, standingOf } from '@/field/tasks'
import { lookOf } from '@/field/outboxLook'
import type { DraftSummary, OutboxRow } from '@/offline'
import { outboxRow, viewOf } from './fakeEngine'
import { me, part, task } from './sample'

const draft = (more: Partial<DraftSummary> = {}): DraftSummary => ({ partId: 'part-1', inspectionId: '1', state: 'open', answered: 0, photos: 0, checkedIn: false, stopped: false, outcome: null, savedAt: '', ...more })
const sent = { total: 2, sent: 2 }

describe('the list of today', () => {
  it('puts what is late first, then by due date, then by name', () => {
    const tasks = [task('9', '丙店', '2026-11-30'), task('8', '乙店', '2026-11-24'), task('7', '甲店', '2026-11-24'), task('6', '丁店', '2026-11-01'), task('5', '戊店', '2026-10-30')]
    const { late, open } = heapsOf(viewOf({ tasks }), '2026-11-23')
    expect(late.map((row) => row.task.id)).toEqual(['5', '6'])
    expect(open.map((row) => row.task.id)).toEqual(['7', '8', '9'])
  })

  it('is not late on the due day itself', () => {
    expect(heapsOf(viewOf({ tasks: [task('1', '店', '2026-11-23')] }), '2026-11-23').late).toEqual([])
    expect(daysBetween('2026-11-23', '2026-11-20')).toBe(-3)
  })

  it('never calls late what the inspector has done', () => {
    const view = viewOf({ tasks: [task('1', '店', '2026-11-01')], outbox: [outboxRow('part-1', { at: 'queued' })] })
    const { late, onItsWay } = heapsOf(view, '2026-11-23')
    expect(late).toEqual([])
    expect(onItsWay.map((row) => row.unsent)).toEqual([1])
  })

  it('takes the part that is mine, else the one I go with', () => {
    const other = part('other', { mine: false, officers: [{ inspector_id: 'x', name: '', certificate_number: '', is_lead: true }] })
    expect(partOf({ ...task('1', '店', '2026-11-01'), parts: [other, part('mine')] }, me.inspector_id)?.id).toBe('mine')
    expect(partOf({ ...task('1', '店', '2026-11-01'), parts: [other, part('partner', { mine: false })] }, me.inspector_id)?.id).toBe('partner')
  })
})

describe('the standing of a part', () => {
  const cases: [string, Parameters<typeof part>[1], readonly DraftSummary[], readonly OutboxRow[]][] = [
    ['issued', {}, [], []],
    ['arrived', {}, [draft({ checkedIn: true })], []],
    ['filling', {}, [draft({ checkedIn: true, answered: 3 })], []],
    ['unsent', {}, [draft({ answered: 3 })], [outboxRow('part-1', { at: 'queued' })]],
    ['unsent', {}, [], [outboxRow('part-1', { at: 'accepted' })]],
    ['submitted', {}, [], [outboxRow('part-1', { at: 'accepted' }, { photos: sent })]],
    ['rejected', {}, [], [outboxRow('part-1', { at: 'rejected', problem: { code: 'x' } })]],
    ['disputed', {}, [], [outboxRow('part-1', { at: 'disputed' }, { photos: sent })]],
    ['awaiting_photos', { state: 'awaiting_photos' }, [], []],
    ['complete', { state: 'complete' }, [], [outboxRow('part-1', { at: 'accepted' }, { photos: sent })]],
    ['published', { state: 'published' }, [], []],
    ['partner', { mine: false }, [], []],
  ]
  it.each(cases)('is %s', (standing, more, drafts, outbox) => {
    const mine = part('part-1', more)
    expect(standingOf({ ...task('1', '店', '2026-11-30'), parts: [mine] }, mine, { drafts, outbox })).toBe(standing)
  })

  it('forgets a rejection that was corrected', () => {
    const rejected = outboxRow('part-1', { at: 'rejected', problem: { code: 'x' } }, { supersededBy: 'new' })
    expect(standingOf(task('1', '店', '2026-11-30'), part('part-1'), { drafts: [draft({ answered: 1 })], outbox: [rejected] })).toBe('filling')
    expect(isUnsent(rejected)).toBe(false)
  })

  it('says withdrawn, and lets a rejection be seen first', () => {
    const gone = { ...task('1', '店', '2026-11-30'), gone: { because: 'withdrawn' as const, reason: '换人' } }
    expect(standingOf(gone, part('part-1'), { drafts: [], outbox: [] })).toBe('withdrawn')
    expect(standingOf(gone, part('part-1'), { drafts: [], outbox: [outboxRow('part-1', { at: 'rejected', problem: { code: 'x' } })] })).toBe('rejected')
  })
})

describe('a row of the outbox', () => {
  it('is sent only with its last photo', () => {
    expect(lookOf(outboxRow('p', { at: 'accepted' }, { photos: { total: 2, sent: 1 } })).word).toBe('photos')
    expect(lookOf(outboxRow('p', { at: 'accepted' }, { photos: sent })).word).toBe('accepted')
  })

  it('differs from every other state by word and icon, not by colour alone', () => {
    const states: OutboxRow['state'][] = [{ at: 'queued' }, { at: 'sending', tries: 0 }, { at: 'waiting', until: 0, tries: 1 }, { at: 'disputed' }, { at: 'blocked', by: 'x' }, { at: 'rejected', problem: { code: 'x' } }, { at: 'accepted' }]
    const looks = states.map((state) => lookOf(outboxRow('p', state)))
    expect(new Set(looks.map((look) => look.word)).size).toBe(states.length)
  })
})
