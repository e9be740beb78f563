import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { InspectionDetail } from '@/api/types'
import { keepDraft, openDraft, placeOf, type DeskDraft } from '@/console/desk/deskDraft'
import { judgeDesk } from '@/console/desk/judgeDesk'
import { instantOf } from '@/console/desk/times'
import { useDeskEntry } from '@/console/desk/useDeskEntry'
import { checklist, id } from './fakeData'
import { createFakeApi } from './fakeApi'
import { atDesk, memoryStorage } from './withDesk'

const NOW = Date.parse('2026-11-24T04:00:00Z')
const draft = (more: Partial<DeskDraft> = {}): DeskDraft => ({ submission_id: id(1), checklist_id: id(80), answers: {}, entered: '2026-11-23T09:30', left: '2026-11-23T10:20', reason: '手机故障', ...more })
const good: DeskDraft['answers'] = { permit_valid: { value: 'yes' }, permit_expiry: { value: '2028-06-30' }, manager_assigned: { value: 'yes' }, health_certs: { value: 'yes' }, premises_clean: { value: 'yes' }, chill_temp: { not_applicable: '无冷藏设备' }, tableware_mode: { value: 'own' } }
const judge = (more: Partial<DeskDraft>, kind = 'enterprise') => judgeDesk(checklist, draft(more), kind, NOW)
const faults = (more: Partial<DeskDraft>, kind?: string) => judge(more, kind).faults.map((fault) => `${fault.key}: ${fault.rule}`)
beforeEach(() => { vi.stubGlobal('localStorage', memoryStorage()) })

describe('a desk entry is judged by the same rules as the phone', () => {
  it('has nothing wrong when all is answered, though a photo is required: a desk has none', () => {
    expect(faults({ answers: good })).toEqual([])
    expect(judge({ answers: good })).toMatchObject({ resultCode: 'no_problem_found', answered: 7, asked: 7 })
  })

  it('asks only what is shown for this kind of target', () => {
    const others = Object.fromEntries(Object.entries(good).filter(([key]) => key !== 'manager_assigned'))
    expect(faults({ answers: others })).toEqual(['manager_assigned: required'])
    expect(faults({ answers: others }, 'individual_business')).toEqual([])
  })

  it('sends no answer of a question that was hidden again, and keeps it in the draft', () => {
    const answers = { ...good, no_cert_count: { value: 3 } }
    expect(Object.keys(judge({ answers }).answers)).not.toContain('no_cert_count')
    expect(judge({ answers: { ...answers, health_certs: { value: 'no' } } })).toMatchObject({ resultCode: 'ordered_to_correct', answers: { no_cert_count: { value: 3 } } })
  })

  it('marks what does not fit, at its place', () => {
    const { faults: found } = judge({ answers: { ...good, chill_temp: { value: 99 }, health_certs: { value: 'no' }, no_cert_count: { value: 1.5 } } })
    expect(found).toEqual([{ at: 'q-no_cert_count', key: 'no_cert_count', rule: 'decimals' }, { at: 'q-chill_temp', key: 'chill_temp', rule: 'range' }])
  })

  it.each([
    [{ entered: '' }, ['entered: time']], [{ left: '2026-11-23T' }, ['left: time']], [{ left: '2026-11-23T09:29' }, ['left: order']],
    [{ left: '2026-11-24T12:01' }, ['left: future']], [{ reason: '  ' }, ['reason: reason']],
  ])('asks for times in order and for the reason: %o', (more, expected) => {
    expect(faults({ answers: good, ...more })).toEqual(expected)
  })
})

describe('times', () => {
  it('reads the input by the county’s clock', () => {
    expect(instantOf('2026-11-24T07:05')).toBe('2026-11-23T23:05:00.000Z')
    expect(instantOf('2026-02-31')).toBeNull()
  })
})

describe('the draft', () => {
  const place = placeOf('account', 'part')
  it('comes back as it was, with the id it was begun with', () => {
    const kept = memoryStorage()
    keepDraft(kept, place, draft({ answers: good }))
    expect(openDraft(kept, place, id(80), () => 'new')).toEqual(draft({ answers: good }))
  })
  it('is not opened into another version of the form, nor from bytes that are no draft', () => {
    const kept = memoryStorage()
    keepDraft(kept, place, draft({ answers: good }))
    expect(openDraft(kept, place, id(81), () => 'new').answers).toEqual({})
    kept.setItem(place, '{oops')
    expect(openDraft(kept, place, id(80), () => 'new').submission_id).toBe('new')
  })
  it('belongs to one account', () => {
    expect(placeOf('a', 'part')).not.toBe(placeOf('b', 'part'))
  })
  it('says when the browser would not keep it', () => {
    expect(keepDraft(memoryStorage({ full: true }), place, draft())).toBe(false)
  })
})

/** The first part that this officer may enter. */
async function openPart(detail: InspectionDetail) {
  const found = detail.parts.find((each) => each.part.may_enter)
  if (!found) throw new Error('no part to enter')
  const opened = await atDesk('zhoumin', () => useDeskEntry(detail.inspection, found))
  const writes = () => opened.fake.asked.filter((each) => each.method === 'PUT')
  return { ...opened, entry: opened.value, writes, part: found.part }
}
async function firstOpen(): Promise<InspectionDetail> {
  const answer = await createFakeApi({ signedIn: 'zhoumin' }).fetch(`/api/inspections/${id(300)}`)
  return await answer.json() as InspectionDetail
}
const visit = { entered: '2026-01-05T09:30', left: '2026-01-05T10:20', reason: '手机故障' }

describe('submitting', () => {
  it('sends nothing while something is wrong', async () => {
    const { entry, writes } = await openPart(await firstOpen())
    expect(await entry.submit()).toBe(false)
    expect(writes()).toHaveLength(0)
    expect(entry.tried.value).toBe(true)
  })

  it('sends the entry once and forgets the draft', async () => {
    const { entry, writes, part } = await openPart(await firstOpen())
    entry.change({ ...visit, answers: good })
    expect(localStorage.length).toBe(1)
    expect(await entry.submit()).toBe(true)
    expect(writes()[0]).toMatchObject({ path: `/api/inspections/parts/${part.id}/desk-entry`, body: { result_code: 'no_problem_found', entered_at: '2026-01-05T01:30:00.000Z', desk_reason: '手机故障' } })
    expect(localStorage.length).toBe(0)
  })

  it('repeats with the same id and bytes after a lost answer', async () => {
    const { entry, fake, writes } = await openPart(await firstOpen())
    entry.change({ ...visit, answers: good })
    fake.loseNextAnswer()
    expect(await entry.submit()).toBe(false)
    expect(entry.problem.value?.code).toBe('console.no_connection')
    expect(localStorage.length).toBe(1)
    expect(await entry.submit()).toBe(true)
    expect(writes()[0]?.body).toEqual(writes()[1]?.body)
  })

  it('says so when something else was sent before under this id', async () => {
    const { entry, fake } = await openPart(await firstOpen())
    entry.change({ ...visit, answers: good })
    fake.loseNextAnswer()
    await entry.submit()
    entry.answer('premises_clean', { value: 'no' })
    expect(await entry.submit()).toBe(false)
    expect(entry.problem.value?.code).toBe('id_reuse')
  })

  it('brings back what was cleared', async () => {
    const { entry } = await openPart(await firstOpen())
    entry.change({ ...visit, answers: good })
    entry.clear()
    expect(entry.draft.value).toMatchObject({ answers: {}, reason: '' })
    entry.bringBack()
    expect(entry.draft.value).toMatchObject({ ...visit, answers: good })
  })

  it('takes an answer back', async () => {
    const { entry } = await openPart(await firstOpen())
    entry.answer('permit_valid', { value: 'yes' })
    entry.answer('permit_valid', null)
    expect(entry.draft.value.answers).toEqual({})
  })
})
