import { describe, expect, it } from 'vitest'
import type { Inspection } from '@/api/types'
import { belongs, needsWhole, openInspections, queryOf, readWanted } from '@/console/inspectionList'
import { daysBetween, formed, kindText, percentText, ratiosText, urgency } from '@/console/looks'
import { overviewOf } from '@/console/standing'
import { id, inspections, planTasks } from './fakeData'

const TODAY = '2026-11-24'
const all = inspections(TODAY).map((each) => each.inspection)
const first = (holds: (each: Inspection) => boolean) => {
  const found = all.find(holds)
  if (!found) throw new Error('no such inspection')
  return found
}

describe('a due date', () => {
  it('counts days over months and years', () => {
    expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3)
    expect(daysBetween('2026-11-24', '2026-11-20')).toBe(-4)
  })
  it('is late when the server says so, done when all is in, soon within seven days', () => {
    const open = first((each) => each.parts.every((part) => part.state === 'issued'))
    expect(urgency({ ...open, late: true }, TODAY)).toBe('late')
    expect(urgency({ ...open, late: false, due_on: '2026-12-01' }, TODAY)).toBe('soon')
    expect(urgency({ ...open, late: false, due_on: '2026-12-02' }, TODAY)).toBe('later')
    const done = first((each) => each.parts.every((part) => part.state === 'published'))
    expect(urgency({ ...done, due_on: TODAY }, TODAY)).toBe('done')
  })
})

describe('the overview', () => {
  const seen = overviewOf(planTasks(TODAY), all, TODAY)
  it('counts what its lists show', () => {
    for (const only of ['late', 'soon'] as const) {
      const listed = all.filter((each) => belongs(each, { q: '', state: '', only, task: '' }, TODAY))
      expect(only === 'late' ? seen.lateInspections.count : seen.dueInspections.count).toBe(listed.length)
    }
    expect(seen.lateInspections.count).toBeGreaterThan(0)
    expect(seen.underWay.count).toBe(all.filter((each) => each.parts.some((part) => part.state === 'under_way')).length)
  })
  it('knows tasks whose draw is late, near, half done', () => {
    expect(seen.lateTasks.first.map((task) => task.number)).toEqual(['LJ-2026-02'])
    expect(seen.dueTasks.first.map((task) => task.number)).toEqual(['LJ-2026-03'])
    expect(overviewOf(planTasks(TODAY).map((task) => ({ ...task, state: 'drawn' })), [], TODAY)).toMatchObject({ halfDrawn: { count: 4 }, lateTasks: { count: 0 } })
  })
  it('shows the most urgent first, and only a few', () => {
    const dates = seen.underWay.first.map((each) => each.due_on)
    expect(dates).toEqual([...dates].sort())
    expect(overviewOf([], Array.from({ length: 9 }, () => ({ ...first((each) => !each.late), late: true })), TODAY).lateInspections).toMatchObject({ count: 9, first: { length: 4 } })
  })
})

describe('the list’s address', () => {
  it('is read and written back the same, without what makes no sense', () => {
    expect(readWanted({ q: '面馆', state: 'flying', only: 'late', task: ['x'] })).toEqual({ q: '面馆', state: '', only: 'late', task: '' })
    expect(queryOf(readWanted({ q: '面馆', state: 'issued' }))).toEqual({ q: '面馆', state: 'issued' })
    expect(queryOf(readWanted({}))).toEqual({})
  })
  it('reads whole lists only for filters that the server lacks', () => {
    expect([readWanted({ q: 'x', state: 'issued' }), readWanted({ only: 'mine' }), readWanted({ task: id(1) })].map(needsWhole)).toEqual([false, true, true])
  })
  it('keeps to one task, and to what waits for me', () => {
    const open = first((each) => each.parts.some((part) => part.state === 'issued'))
    const mine = { ...open, parts: open.parts.map((part) => ({ ...part, may_enter: true })) }
    expect(belongs(open, readWanted({ task: id(101) }), TODAY)).toBe(true)
    expect(belongs(open, readWanted({ task: id(102) }), TODAY)).toBe(false)
    expect([open, mine].map((each) => belongs(each, readWanted({ only: 'mine' }), TODAY))).toEqual([false, true])
  })
})

it('reads what is open by its states, each once, and none of what is long done', async () => {
  const asked: (string | undefined)[] = []
  const found = await openInspections(async (query) => {
    asked.push(query.state)
    return { items: all.filter((each) => each.parts.some((part) => part.state === query.state)), next: null }
  })
  expect(asked).not.toContain('published')
  expect(found.items.map((each) => each.id).sort()).toEqual(all.filter((each) => each.parts.some((part) => !formed(part.state))).map((each) => each.id).sort())
})

it('writes a task’s kind and ratios', () => {
  const task = planTasks(TODAY).find((each) => each.number === 'LJ-2026-04')
  if (!task) throw new Error('no task')
  expect(kindText(task)).toBe('定向 · 一般事项 · 部门联合')
  expect(ratiosText(task)).toBe('C 15% · D 20%')
  expect([25, 5, 10_000].map(percentText)).toEqual(['0.25%', '0.05%', '100%'])
})
