import { createSSRApp, h, type Component } from 'vue'
import { createMemoryHistory } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { describe, expect, it } from 'vitest'
import { createApi } from '@/api'
import { createClient } from '@/api/client'
import type { PartDetail } from '@/api/types'
import DrawnList from '@/console/draw/DrawnList.vue'
import { byStratum, departmentsOf, vacancies } from '@/console/draw/drawnRows'
import { answersBySection } from '@/console/inspection/answerText'
import PartPanel from '@/console/inspection/PartPanel.vue'
import { consoleRouter } from '@/console/router'
import { createDesk, DESK } from '@/console/session'
import { createFakeApi } from './fakeApi'
import { checklist, drawn, frozen, id, inspections, planTasks } from './fakeData'

const TODAY = '2026-11-24'
const deskOf = (username: string | null) => createDesk(createApi(createClient({ fetch: createFakeApi({ signedIn: username }).fetch, language: () => 'zh-CN' })))

async function render(screen: Component, props: Record<string, unknown>): Promise<string> {
  const desk = deskOf('lead')
  await desk.known()
  const router = consoleRouter(desk, createMemoryHistory('/console/'))
  return renderToString(createSSRApp({ render: () => h(screen, props) }).use(router).provide(DESK, desk))
}
const count = (html: string, mark: string) => html.split(mark).length - 1

describe('the drawn list', () => {
  const task = planTasks(TODAY).find((each) => each.id === id(103))
  if (!task) throw new Error('no task')
  const draw = drawn(frozen(id(900), task, `${TODAY}T01:00:00.000Z`), `${TODAY}T01:01:00.000Z`)
  it('names each drawn target once and shows every vacancy', async () => {
    const html = await render(DrawnList, { draw })
    expect(count(html, 'data-testid="drawn-row"')).toBe(draw.drawn.length)
    expect(count(html, 'data-testid="seat"')).toBe(draw.drawn.length * 4)
    expect(count(html, 'data-vacant="yes"')).toBe(vacancies(draw.drawn))
    expect(vacancies(draw.drawn)).toBeGreaterThan(0)
  })
  it('is grouped by stratum and has a column a department', () => {
    expect(byStratum(draw.drawn).map((group) => [group.label, group.rows.length])).toEqual(draw.strata.map((stratum) => [stratum.label, stratum.drawn]))
    expect(departmentsOf(draw.drawn).map((department) => department.name)).toEqual(['市场监督管理局', '卫生健康局'])
  })
})

describe('a part', () => {
  const parts = inspections(TODAY).flatMap((each) => each.parts)
  const show = (holds: (detail: PartDetail) => boolean, change: Partial<PartDetail['part']> = {}) => {
    const found = parts.find(holds)
    if (!found) throw new Error('no such part')
    return render(PartPanel, { inspectionId: id(300), detail: { ...found, part: { ...found.part, ...change } } })
  }
  it('entered on the phone shows signatures, and which photos are missing', async () => {
    const html = await show((each) => each.submission?.body.party?.kind === 'signed' && each.submission.photos_arrived.length === 1)
    expect(count(html, 'data-testid="officer-signature"')).toBe(2)
    expect(html).toContain('data-testid="party-signed"')
    expect([count(html, 'data-arrived="yes"'), count(html, 'data-arrived="no"')]).toEqual([1, 1])
  })
  it('shows why the party refused', async () => {
    expect(await show((each) => each.submission?.body.party?.kind === 'refused')).toContain('店员不愿代签')
  })
  it('with two results shows both, for the lead to choose; what was asked about recusal comes first', async () => {
    const mobile = parts.find((each) => each.part.entry === 'mobile')
    if (!mobile?.submission) throw new Error('no such part')
    const other = { ...mobile.submission, id: id(999), state: 'disputed' as const, result_code: 'refused_to_cooperate' }
    const recusal = { id: id(998), asked_by: '赵守业', inspector_ids: [], reason: '有亲属关系', asked_at: mobile.submission.received_at, goes_on: false }
    const html = await render(PartPanel, { inspectionId: id(300), detail: { ...mobile, others: [other], recusals: [recusal] } })
    expect(html).toContain('data-testid="result-accepted"')
    expect(html).toContain('data-testid="result-disputed"')
    expect(html).toContain('有亲属关系')
  })
  it('entered at a desk says that it does not count, and why', async () => {
    const html = await show((each) => each.part.entry === 'desk')
    expect(html).toContain('不计入掌上执法')
    expect(html).toContain('手机故障')
  })
  it('offers desk entry to those who may, and not once a result is in', async () => {
    const open = (each: PartDetail) => each.part.state === 'issued'
    expect(await show(open, { may_enter: true })).toContain('data-testid="desk-entry"')
    expect(await show(open)).not.toContain('data-testid="desk-entry"')
    expect(await show((each) => each.part.entry === 'mobile', { may_enter: true })).not.toContain('data-testid="desk-entry"')
  })
  it('links to its public record', async () => {
    expect(await show((each) => each.part.state === 'published')).toMatch(/href="\/records\/[^"]+" data-testid="record-link"/)
  })
})

it('words answers as the form has them', () => {
  const rows = answersBySection(checklist, { health_certs: { value: 'no' }, no_cert_count: { value: 2 }, chill_temp: { not_applicable: '无冷藏设备' }, tableware_mode: { value: 'gone' }, manager_assigned: { value: 'yes' } }).flatMap((section) => section.rows)
  expect(rows.map((row) => [row.question.key, row.text, row.problem])).toEqual([
    ['manager_assigned', '是', false], ['health_certs', '否', true], ['no_cert_count', '2 人', false], ['chill_temp', '不适用：无冷藏设备', false], ['tableware_mode', 'gone', false],
  ])
})

describe('addresses', () => {
  const land = async (username: string | null, to: string) => {
    const router = consoleRouter(deskOf(username), createMemoryHistory('/console/'))
    await router.push(to)
    return router.currentRoute.value
  }
  it('lead through the door and back', async () => {
    expect(await land(null, '/figures?quarter=2026Q3')).toMatchObject({ name: 'sign-in', query: { next: '/figures?quarter=2026Q3' } })
    expect((await land('lead', '/sign-in')).name).toBe('overview')
  })
  it('open by permission', async () => {
    expect((await land('lead', '/draws')).name).toBe('draws')
    expect((await land('zhoumin', '/draws')).name).toBe('overview')
    expect((await land('lead', `/inspections/${id(300)}/parts/${id(601)}/desk`)).name).toBe('overview')
  })
  it('that are nothing lead to the overview', async () => {
    expect((await land('auditor', '/nonsense/here')).name).toBe('overview')
  })
})
