import { describe, expect, it } from 'vitest'
import type { Inspection } from '@/api/types'
import { askedOf, queryOf, readWanted } from '@/console/inspectionList'
import { daysBetween, kindText, percentText, ratiosText, urgency } from '@/console/looks'
import { drawsAhead } from '@/console/standing'
import { inspections, planTasks } from './fakeData'

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

describe('the draws ahead', () => {
  const seen = drawsAhead(planTasks(TODAY), TODAY)
  it('are late, near or half done', () => {
    expect(seen.late.first.map((task) => task.number)).toEqual(['LJ-2026-02'])
    expect(seen.due.first.map((task) => task.number)).toEqual(['LJ-2026-03'])
    expect(drawsAhead(planTasks(TODAY).map((task) => ({ ...task, state: 'drawn' })), TODAY)).toMatchObject({ half: { count: 4 }, late: { count: 0 } })
  })
  it('show the most urgent first, and only a few', () => {
    const many = Array.from({ length: 9 }, (_, at) => planTasks(TODAY).slice(1, 2).map((task) => ({ ...task, planned_draw_on: `2026-10-2${9 - at}` }))).flat()
    expect(drawsAhead(many, TODAY).late).toMatchObject({ count: 9, first: { length: 4 } })
    expect(drawsAhead(many, TODAY).late.first[0]?.planned_draw_on).toBe('2026-10-21')
  })
})

describe('the list’s address', () => {
  it('is read and written back the same, without what makes no sense', () => {
    expect(queryOf(readWanted({ q: '面馆', state: 'flying', standing: 'late', task: ['x'] }))).toEqual({ q: '面馆', standing: 'late' })
    expect(queryOf(readWanted({ q: '面馆', state: 'issued', department: 'd' }))).toEqual({ q: '面馆', state: 'issued', department: 'd' })
    expect(queryOf(readWanted({}))).toEqual({})
  })
  it('asks the server for exactly that', () => {
    expect(askedOf(readWanted({ standing: 'due', department: 'd', task: 't', place: 'p' }), 'next')).toEqual({ q: '', state: '', standing: 'due', department_id: 'd', plan_task_id: 't', jurisdiction_id: 'p', cursor: 'next' })
  })
})

it('writes a task’s kind and ratios', () => {
  const task = planTasks(TODAY).find((each) => each.number === 'LJ-2026-04')
  if (!task) throw new Error('no task')
  expect(kindText(task)).toBe('定向 · 一般事项 · 部门联合')
  expect(ratiosText(task)).toBe('C 15% · D 20%')
  expect([25, 5, 10_000].map(percentText)).toEqual(['0.25%', '0.05%', '100%'])
})
