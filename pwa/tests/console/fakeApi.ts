import type { FigureDetail, Reason } from '@/api/figures'
import type { DeskEntry, Draw, Inspection, InspectionDetail, Me, PlanTask } from '@/api/types'
import type { Standing, VisitCounts, VisitMessage } from '@/api/visits'
import { accounts, drawn, frozen, health, id, inspections, market, notifications, planTasks } from './fakeData'

const PAGE = 8

class Refusal extends Error {
  constructor(readonly status: number, readonly code: string, readonly detail: string, readonly more: Record<string, unknown> = {}) { super(code) }
}

export interface Asked { readonly method: string; readonly path: string; readonly body: unknown; readonly language: string | null }

/**
 * The API in memory, with the contract's answers and a few of its refusals. `loseNextAnswer`: the server takes the
 * next write, but its answer never arrives.
 */
export function createFakeApi({ now = () => new Date(), signedIn = null as string | null } = {}) {
  const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now())
  const stamp = () => now().toISOString()
  const tasks = planTasks(today())
  const visits = inspections(today())
  const draws = new Map<string, Draw>()
  const entered = new Map<string, string>()
  const asked: Asked[] = []
  const said = new Map<string, VisitMessage[]>()
  const county = id(1)
  const inbox = notifications(stamp())
  let me: Me | null = accounts.find((each) => each.username === signedIn) ?? null
  let lost = false
  for (const task of tasks.filter((each) => each.draw_id)) {
    draws.set(task.draw_id ?? '', { ...drawn(frozen(task.draw_id ?? '', task, stamp()), stamp()), state: 'issued', issued_at: stamp() })
  }

  function signIn({ username, password }: { username: string; password: string }): Me {
    const found = accounts.find((each) => each.username === username)
    if (!found || password !== 'linjiang-2026') throw new Refusal(401, 'accounts.credentials_invalid', '账号或密码不正确，请核对后再试。')
    return (me = found)
  }

  function freeze(drawId: string, taskId: string): Draw {
    const known = draws.get(drawId)
    if (known) return known
    const task = tasks.find((each) => each.id === taskId)
    if (!task) throw new Refusal(404, 'not_found', '没有这条内容，或者您无权查看。')
    if (task.draw_id) throw new Refusal(409, 'planning.task_taken', '该任务已被处理，不能重复抽取。')
    return keep(frozen(drawId, task, stamp()), task)
  }

  function keep(draw: Draw, task: PlanTask | undefined): Draw {
    draws.set(draw.id, draw)
    if (task) Object.assign(task, { draw_id: draw.id, state: ({ prepared: 'frozen', drawn: 'drawn', issued: 'issued' } as const)[draw.state] })
    return draw
  }

  function step(drawId: string, action: string): Draw {
    const draw = draws.get(drawId)
    if (!draw) throw new Refusal(409, 'draws.not_frozen_yet', '请先冻结名单，再进行抽取。')
    const task = tasks.find((each) => each.id === draw.plan_task.id)
    if (action === 'run' && draw.state === 'prepared') return keep(drawn(draw, stamp()), task)
    if (action === 'issue' && draw.state === 'drawn') return keep({ ...draw, state: 'issued', issued_at: stamp() }, task)
    return draw
  }

  /** Officers may enter their own open parts. */
  function seen(detail: InspectionDetail): InspectionDetail {
    const parts = detail.parts.map((each) => ({ ...each, part: { ...each.part, may_enter: !each.submission && each.part.officers.some((one) => one.inspector_id === me?.inspector_id) } }))
    return { inspection: { ...detail.inspection, parts: parts.map((each) => each.part) }, parts }
  }

  function stands(each: Inspection, standing: Standing, department: string | null): boolean {
    const parts = each.parts.filter((part) => !department || part.department.id === department)
    const open = parts.filter((part) => !part.formed_at)
    const days = (Date.parse(each.due_on) - Date.parse(today())) / 86_400_000
    return { late: open.length > 0 && days < 0, due: open.length > 0 && days >= 0 && days <= 7, moving: parts.some((part) => part.state === 'under_way' || part.state === 'awaiting_photos'),
      undated: each.visit_on === null && parts.some((part) => part.state === 'issued'), disputed: false, mine: open.some((part) => part.may_enter) }[standing]
  }

  function overview() {
    const all = visits.map((each) => seen(each).inspection)
    const counts = (department: string | null): VisitCounts => {
      const of = (standing: Standing) => all.filter((each) => stands(each, standing, department)).length
      return { late: of('late'), due: of('due'), moving: of('moving'), undated: of('undated'), disputed: of('disputed'), mine: of('mine') }
    }
    const share = (id: string, name: string, department: string | null) => ({ id, name, jurisdiction_id: county, counts: counts(department) })
    return { as_of: stamp(), whole: counts(null), places: [share(county, '临江县', null)], departments: [health, market].map((each) => share(each.id, each.name, each.id)), tasks: [share(id(101), '餐饮服务食品安全部门联合抽查', null)], calendar_missing: [2027] }
  }

  function setDays({ inspection_ids, visit_on }: { inspection_ids: string[]; visit_on: string | null }) {
    const changing = visits.filter((each) => inspection_ids.includes(each.inspection.id) && each.inspection.visit_on !== visit_on)
    const changed = Object.fromEntries(changing.map((each) => [each.inspection.id, each.inspection.visit_on]))
    for (const each of changing) each.inspection.visit_on = visit_on
    return { changed }
  }

  function say(messageId: string, { words, inspection_ids, inspector_ids }: { words: string; inspection_ids: string[]; inspector_ids: string[] | null }): VisitMessage {
    const going = new Set(visits.filter((each) => inspection_ids.includes(each.inspection.id)).flatMap((each) => each.parts.flatMap((one) => one.part.officers.map((officer) => officer.inspector_id))))
    const count = inspector_ids?.length ?? going.size
    const message = { id: messageId, words, sent_by: me?.display_name ?? '', sent_at: stamp(), officers: count, reached: count }
    for (const each of inspection_ids) said.set(each, [message, ...said.get(each) ?? []])
    return message
  }

  function list(query: URLSearchParams) {
    const [q, state, from] = [query.get('q') ?? '', query.get('state'), Number(query.get('cursor') ?? 0)]
    const [standing, department, task] = [query.get('standing') as Standing | null, query.get('department_id'), query.get('plan_task_id')]
    const found = visits.map((each) => seen(each).inspection).sort((a, b) => a.due_on.localeCompare(b.due_on))
      .filter((each) => (each.target.name + (each.target.credit_code ?? '')).includes(q) && (!state || each.parts.some((part) => part.state === state)))
      .filter((each) => (!standing || stands(each, standing, department)) && (!task || each.plan_task.id === task))
    return { items: found.slice(from, from + PAGE), next: from + PAGE < found.length ? String(from + PAGE) : null }
  }

  function enter(partId: string, entry: DeskEntry) {
    const detail = visits.flatMap((each) => each.parts).find((each) => each.part.id === partId)
    if (!detail) throw new Refusal(404, 'not_found', '没有这条内容，或者您无权查看。')
    const sent = JSON.stringify(entry)
    const before = entered.get(entry.submission_id)
    if (before !== undefined && before !== sent) throw new Refusal(409, 'id_reuse', '同一编号已提交过不同的内容，请刷新后重新操作。', { field: 'submission_id' })
    if (before === undefined && detail.submission) throw new Refusal(409, 'inspections.already_entered', '该部门检查已有结果，不能再次录入。')
    entered.set(entry.submission_id, sent)
    Object.assign(detail.part, { state: 'complete', entry: 'desk', formed_at: entry.left_at, result_code: entry.result_code })
    detail.submission = { id: entry.submission_id, entry: 'desk', device_signed: false, received_at: stamp(), body: entry, photos_arrived: [], state: 'accepted', result_code: entry.result_code, decided_because: null, correction_id: null }
    return detail.part
  }

  function rate(quarter: string): FigureDetail {
    const counted = (department: string | null) => visits.flatMap(({ inspection, parts }) => parts.flatMap(({ part }): Reason[] => {
      const reason = part.entry ?? (inspection.due_on < today() ? 'overdue' : null)
      return !reason || (department && part.department.id !== department) ? [] : [reason]
    }))
    const numbers = (reasons: readonly Reason[]) => {
      const numerator = reasons.filter((each) => each === 'mobile').length
      const count = (reason: Reason) => reasons.filter((each) => each === reason).length
      return { numerator, denominator: reasons.length, rate: reasons.length ? Math.floor(numerator * 10_000 / reasons.length) : null, reasons: [{ reason: 'mobile', counts_as: 'numerator', count: count('mobile') }, { reason: 'desk', counts_as: 'denominator', count: count('desk') }, { reason: 'overdue', counts_as: 'denominator', count: count('overdue') }] satisfies FigureDetail['whole']['reasons'] }
    }
    const place = { id: id(1), name: '临江县' }
    return {
      figure: 'palm_rate', unit: 'part', as_of: stamp(), quarter, place, threshold: 9000, source: 'S0 二(二)3', rule: null, whole: numbers(counted(null)), kinds: [],
      rows: [{ scope: 'whole', ...place, ...numbers(counted(null)) }, ...[health, market].map((each) => ({ scope: 'department' as const, id: each.id, name: each.name, ...numbers(counted(each.id)) }))],
    }
  }

  function answer(method: string, path: string, query: URLSearchParams, body: unknown): unknown {
    const at = path.split('/').slice(2)
    if (method === 'POST' && path === '/api/accounts/sessions') return signIn(body as { username: string; password: string })
    if (!me) throw new Refusal(401, 'accounts.signed_out', '登录已失效，请重新登录。')
    if (path === '/api/accounts/me') return me
    if (method === 'DELETE') { me = null; return undefined }
    if (at[0] === 'planning') return { items: tasks, next: null }
    if (at[0] === 'draws' && method === 'PUT') return freeze(at[1] ?? '', (body as { plan_task_id: string }).plan_task_id)
    if (at[0] === 'draws' && method === 'POST') return step(at[1] ?? '', at[2] ?? '')
    if (at[0] === 'draws') return draws.get(at[1] ?? '') ?? missing()
    if (at[0] === 'follow-ups') return []
    if (at[0] === 'inspections' && at[1] === 'overview') return overview()
    if (at[0] === 'inspections' && at[1] === 'visit-days') return setDays(body as { inspection_ids: string[]; visit_on: string | null })
    if (at[0] === 'inbox') return inboxAnswer(method, at[1], query, body as { ids: string[]; newest_id: string })
    if (at[0] === 'messages') return method === 'PUT' ? say(at[1] ?? '', body as { words: string; inspection_ids: string[]; inspector_ids: string[] | null }) : said.get(at[2] ?? '') ?? []
    if (at[0] === 'jurisdictions' && at[1] === 'departments') return { items: [market, health], next: null }
    if (at[0] === 'inspections' && method === 'PUT') return enter(at[2] ?? '', body as DeskEntry)
    if (at[0] === 'inspections' && at[1]) return seen(visits.find((each) => each.inspection.id === at[1]) ?? missing())
    if (at[0] === 'inspections') return list(query)
    if (path === '/api/metrics/figures/palm_rate') return rate(query.get('quarter') ?? '')
    return missing()
  }
  function inboxAnswer(method: string, what: string | undefined, query: URLSearchParams, body: { ids: string[]; newest_id: string }): unknown {
    if (what === 'unread-count') return { unread: inbox.filter((each) => each.read_at === null).length }
    if (method === 'GET') return { items: inbox.filter((each) => query.get('unread') !== 'true' || each.read_at === null), next: null }
    const which = inbox.filter((each) => what === 'all-read' ? each.read_at === null : body.ids.includes(each.id) && (each.read_at === null) === (what === 'read'))
    for (const each of which) each.read_at = what === 'unread' ? null : stamp()
    return { ids: which.map((each) => each.id) }
  }
  function missing(): never { throw new Refusal(404, 'not_found', '没有这条内容，或者您无权查看。') }

  async function fake(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(String(input), 'http://fake.invalid')
    const method = init.method ?? 'GET'
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    asked.push({ method, path: url.pathname, body, language: new Headers(init.headers).get('accept-language') })
    try {
      const given = answer(method, url.pathname, url.searchParams, body)
      if (lost && method !== 'GET') { lost = false; throw new TypeError('connection cut') }
      return given === undefined ? new Response(null, { status: 204 }) : Response.json(structuredClone(given))
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      const document = { type: `https://palmcheck.invalid/problems/${fault.code}`, title: fault.detail, detail: fault.detail, status: fault.status, code: fault.code, ...fault.more }
      return new Response(JSON.stringify(document), { status: fault.status, headers: { 'content-type': 'application/problem+json' } })
    }
  }

  return {
    fetch: fake as typeof fetch, asked, tasks, visits, market, inbox,
    loseNextAnswer() { lost = true },
    endSession() { me = null },
  }
}

export type FakeApi = ReturnType<typeof createFakeApi>
