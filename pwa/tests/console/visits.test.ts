import { createSSRApp, h, type Component } from 'vue'
import { createMemoryHistory } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { describe, expect, it, vi } from 'vitest'
import { createApi } from '@/api'
import { createClient } from '@/api/client'
import { daysOf } from '@/console/admin/calendar/days'
import { differences } from '@/console/inspection/differences'
import ShareTable from '@/console/overview/ShareTable.vue'
import { consoleRouter } from '@/console/router'
import { createDesk, DESK } from '@/console/session'
import { isOpen, organising, warningsOf, wayBack } from '@/console/visits/visitDays'
import { useVisitDays } from '@/console/visits/useVisitDays'
import { createFakeApi } from './fakeApi'
import { checklist, id, inspections } from './fakeData'
import { atDesk } from './withDesk'

const TODAY = '2026-11-24'
const all = inspections(TODAY).map((each) => each.inspection)
const [first] = all
if (!first) throw new Error('no visit')
const visit = { ...first, due_on: '2026-12-10', organise_by: '2026-12-01', visit_on: null }
const calendar = daysOf([{ day: '2026-11-28', is_working: false }, { day: '2026-11-27', is_working: true }])

async function render(screen: Component, props: Record<string, unknown>): Promise<string> {
  const desk = createDesk(createApi(createClient({ fetch: createFakeApi({ signedIn: 'lead' }).fetch, language: () => 'zh-CN' })))
  await desk.known()
  const router = consoleRouter(desk, createMemoryHistory('/console/'))
  return renderToString(createSSRApp({ render: () => h(screen, props) }).use(router).provide(DESK, desk))
}

describe('a day for visits', () => {
  it.each([
    ['2026-11-27', []], ['2026-11-28', ['rest_day']], ['2026-11-20', ['past']], ['2026-12-02', ['after_organise']], ['2026-12-11', ['after_due', 'after_organise']],
  ])('on %s is warned of by %o', (day, expected) => {
    expect(warningsOf(day, [visit], calendar, TODAY)).toEqual(expected)
  })
  it('warns of nothing that the calendar does not know', () => {
    expect(warningsOf('2026-12-12', [{ ...visit, due_on: '2027-01-01', organise_by: null }], calendar, TODAY)).toEqual([])
  })
  it('is undone group by group, each with what it had', () => {
    expect(wayBack({ a: null, b: '2026-11-27', c: null })).toEqual([{ day: null, ids: ['a', 'c'] }, { day: '2026-11-27', ids: ['b'] }])
  })
  it('is set by the lead while a result is out, and asked for until then', () => {
    expect(all.filter(isOpen).length).toBeGreaterThan(0)
    expect(isOpen({ ...visit, may_organise: false })).toBe(false)
    const done = all.find((each) => each.parts.every((part) => part.formed_at))
    expect(done && isOpen(done)).toBe(false)
    expect([organising(visit, TODAY), organising({ ...visit, organise_by: '2026-11-20' }, TODAY), organising({ ...visit, visit_on: TODAY }, TODAY)]).toEqual(['waits', 'late', 'none'])
  })
  it('reaches the server, and is taken back', async () => {
    const changed = vi.fn()
    const { value, fake } = await atDesk('lead', () => useVisitDays(changed))
    const ids = [id(300), id(301)]
    expect(await value.set(ids, '2026-11-27')).toBe(true)
    expect(value.said.value).toEqual({ day: '2026-11-27', count: 2 })
    await value.undo()
    expect(fake.visits.slice(0, 2).map((each) => each.inspection.visit_on)).toEqual([null, inspections(new Date().toISOString().slice(0, 10))[1]?.inspection.visit_on])
    expect(changed).toHaveBeenCalledTimes(2)
  })
})

it('numbers of the overview lead to their rows, and a zero leads nowhere', async () => {
  const html = await render(ShareTable, { by: 'department', standings: ['late', 'due'], rows: [{ id: id(11), name: '市场监督管理局', jurisdiction_id: id(1), counts: { late: 3, due: 0, moving: 0, undated: 0, disputed: 0, mine: 0 } }] })
  expect(html).toContain(`href="/console/inspections?standing=late&amp;department=${id(11)}"`)
  expect(html).not.toContain('standing=due')
  expect(html).toContain('市场监督管理局：已逾期 3 项')
})

it('two results are compared by what they answer differently', () => {
  const one = inspections(TODAY).flatMap((each) => each.parts).find((each) => each.submission)?.submission
  if (!one) throw new Error('no result')
  const other = { ...one, body: { ...one.body, answers: { ...one.body.answers, premises_clean: { value: 'no' }, chill_temp: { not_applicable: '无' } } } }
  expect(differences(checklist, [one, other]).map((each) => each.question.key)).toEqual(expect.arrayContaining(['premises_clean']))
  expect(differences(checklist, [one, one])).toEqual([])
})
