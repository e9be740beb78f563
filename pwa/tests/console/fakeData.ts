import type { Notification } from '@/api/inbox'
import type { Checklist, Draw, DrawnRow, Inspection, InspectionDetail, Me, Officer, PartState, PartView, PlanTask, Stratum, Submission } from '@/api/types'

/** Invented data of an invented county, shaped as the server sends it. Dates are days from `today`. */
export const id = (n: number) => `019ab0c4-0000-7000-8000-${String(n).padStart(12, '0')}`
export const dayAfter = (today: string, days: number) => new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const hash = (seed: number) => Array.from({ length: 64 }, (_, at) => ((seed * 31 + at * 7 + (at * at * seed) % 13) % 16).toString(16)).join('')

export const market = { id: id(11), name: '市场监督管理局', code: 'market_regulation' }
export const health = { id: id(12), name: '卫生健康局', code: 'health' }
const county = { id: id(1), name: '临江县' }

export const officers: Record<'market_regulation' | 'health', Officer[]> = {
  market_regulation: ['周敏', '陈立新', '吴桂芳'].map((name, at) => ({ inspector_id: id(30 + at), name, certificate_number: `川LJ-01-00${at + 1}`, is_lead: false })),
  health: ['刘建国', '何秀英', '郑海涛'].map((name, at) => ({ inspector_id: id(40 + at), name, certificate_number: `川LJ-02-00${at + 1}`, is_lead: false })),
}

const reads = ['self.read', 'plan.read', 'draw.read', 'inspection.read', 'figures.read']
const account = (n: number, username: string, display_name: string, role: string, permissions: string[], more: Partial<Me> = {}): Me => ({ account_id: id(n), username, display_name, roles: [role], permissions, jurisdiction: county, department: market, inspector_id: null, device_id: null, ...more })
export const accounts: readonly Me[] = [
  account(21, 'lead', '孙牵头', 'team_lead', [...reads, 'draw.run']),
  account(22, 'auditor', '钱审计', 'auditor', reads, { department: null }),
  account(23, 'zhoumin', '周敏', 'inspector', ['self.read', 'field.sync', 'inspection.read', 'inspection.enter', 'figures.read'], { inspector_id: id(30) }),
]

export function planTasks(today: string): PlanTask[] {
  const task = (n: number, number: string, name: string, range: string, drawIn: number, state: PlanTask['state'], more: Partial<PlanTask> = {}): PlanTask => ({
    id: id(n), number, name, scope: 'joint', kind: 'planned', method: 'on_site', target_industry: 'H62', draw_kind: 'undirected', item_class: 'key', lead_department: market, participants: [market, health], target_range: range,
    ratios: { A: 500, B: 1000, C: 1500, D: 2000 }, planned_draw_on: dayAfter(today, drawIn), deadline: dayAfter(today, drawIn + 45), state, draw_id: null, ...more,
  })
  return [
    task(101, 'LJ-2026-01', '餐饮服务食品安全部门联合抽查', '全县餐饮服务经营者', -30, 'issued', { draw_id: id(201) }),
    task(102, 'LJ-2026-02', '药品零售部门联合抽查', '全县零售药店、连锁门店', -3, 'published'),
    task(103, 'LJ-2026-03', '住宿场所卫生部门联合抽查', '旅馆、民宿、洗浴住宿场所', 4, 'published', { item_class: 'general', ratios: { A: 100, B: 300, C: 1000, D: 3000 } }),
    task(104, 'LJ-2026-04', '校外培训收费与广告抽查', '校外培训机构', 20, 'published', { draw_kind: 'directed', item_class: 'general', ratios: { C: 1500, D: 2000 } }),
  ]
}

const names = ['老码头鱼庄', '江畔人家食府', '蜀味轩火锅店', '滨江路豆花饭店', '望江楼餐饮有限公司', '好又来快餐店', '城关镇阿婆面馆', '绿野农家乐', '金福楼酒店管理有限公司', '百姓厨房中餐馆', '渡口烤鱼店', '春来早点铺', '临江第一饭店', '福满堂餐饮服务有限公司', '小城故事咖啡馆', '三江口海鲜大排档', '五谷香粥铺', '新世纪自助餐厅']
const kinds = ['enterprise', 'individual_business', 'cooperative'] as const
const target = (n: number) => ({ id: id(500 + n), kind: kinds[n % 3] ?? 'enterprise', name: `临江县${names[n % names.length] ?? ''}`, credit_code: n % 9 === 5 ? null : `9${(n % 3) + 1}511299MA6${String(2000 + n * 37).padStart(5, '0')}${'ABCDEFGHJK'[n % 10] ?? 'X'}${n % 10}`.slice(0, 18) })
export const targets = names.map((_, n) => ({ ...target(n), address: `临江县城关镇滨江路 ${18 + n * 4} 号` }))

export const checklist: Checklist = {
  schema: 'palmcheck/checklist/v1', code: 'CL-01', version: 1, title: { 'zh-CN': '餐饮服务食品安全检查结果表', en: 'Catering food safety' },
  sections: [
    { key: 'permits', title: { 'zh-CN': '资质与人员', en: 'Permits and people' }, questions: [
      { key: 'permit_valid', text: { 'zh-CN': '是否取得食品经营许可且在有效期内？', en: 'Is the food business permit valid?' }, kind: 'yes_no', required: true, not_applicable: false, when_no: 'case', photo_when: { question: 'permit_valid', is: 'no' } },
      { key: 'permit_expiry', text: { 'zh-CN': '许可证有效期至', en: 'Permit valid until' }, kind: 'date', required: true, not_applicable: false, show_when: { question: 'permit_valid', is: 'yes' } },
      { key: 'manager_assigned', text: { 'zh-CN': '是否配备食品安全管理人员？', en: 'Is there a food safety manager?' }, kind: 'yes_no', required: true, not_applicable: false, show_when: { target: 'kind', is: 'enterprise' }, when_no: 'order_to_correct' },
      { key: 'health_certs', text: { 'zh-CN': '接触直接入口食品的人员是否均持有效健康证明？', en: 'Do all who touch ready-to-eat food hold health certificates?' }, kind: 'yes_no', required: true, not_applicable: false, when_no: 'order_to_correct' },
      { key: 'no_cert_count', text: { 'zh-CN': '无有效健康证明的人数', en: 'People without a certificate' }, kind: 'number', required: true, not_applicable: false, show_when: { question: 'health_certs', is: 'no' }, unit: '人', minimum: 1, maximum: 500, decimals: 0 },
    ] },
    { key: 'premises', title: { 'zh-CN': '场所与餐具', en: 'Premises and tableware' }, questions: [
      { key: 'premises_clean', text: { 'zh-CN': '加工场所是否整洁？', en: 'Is the kitchen clean?' }, kind: 'yes_no', required: true, not_applicable: false, when_no: 'on_the_spot' },
      { key: 'chill_temp', text: { 'zh-CN': '冷藏设备实测温度', en: 'Measured chill temperature' }, kind: 'number', required: true, not_applicable: true, unit: '℃', minimum: -5, maximum: 30, decimals: 1 },
      { key: 'tableware_mode', text: { 'zh-CN': '餐饮具消毒方式', en: 'How is tableware disinfected?' }, kind: 'choice', required: true, not_applicable: false, options: [{ value: 'own', label: { 'zh-CN': '自行消毒', en: 'Own' } }, { value: 'central', label: { 'zh-CN': '集中消毒', en: 'Central' } }, { value: 'disposable', label: { 'zh-CN': '一次性', en: 'Disposable' } }] },
      { key: 'kitchen_photo', text: { 'zh-CN': '后厨全景照片', en: 'Kitchen overview' }, kind: 'photo', required: true, not_applicable: false },
      { key: 'remarks', text: { 'zh-CN': '其他情况', en: 'Remarks' }, kind: 'text', required: false, not_applicable: false, max_length: 500 },
    ] },
  ],
}

const signature = [[80, 240, 180, 120, 240, 260, 330, 130, 400, 250], [460, 160, 620, 150], [540, 90, 530, 300, 600, 270], [700, 200, 760, 110, 820, 260, 900, 140]]

export function submission(n: number, entry: 'mobile' | 'desk', people: readonly Officer[], when: string, waits: boolean): Submission {
  const answers = { permit_valid: { value: 'yes' }, permit_expiry: { value: '2028-06-30' }, manager_assigned: { value: 'yes' }, health_certs: { value: n % 2 ? 'no' : 'yes' }, ...(n % 2 ? { no_cert_count: { value: 2 } } : {}), premises_clean: { value: 'yes' }, chill_temp: n % 2 ? { value: 3.5 } : { not_applicable: '无冷藏设备' }, tableware_mode: { value: 'own' } }
  const visit = { answers, entered_at: `${when}T01:32:00.000Z`, left_at: `${when}T02:20:00.000Z`, result_code: n % 2 ? 'ordered_to_correct' : 'no_problem_found' }
  const standing = { state: 'accepted' as const, result_code: visit.result_code, decided_because: null, correction_id: null }
  if (entry === 'desk') return { ...standing, id: id(800 + n), entry, device_signed: false, received_at: `${when}T09:00:00.000Z`, body: { ...visit, desk_reason: '手机故障，现场无法使用' }, photos_arrived: [] }
  const photo = (at: number, question_key: string | null) => ({ id: id(900 + n * 10 + at), question_key, sha256: hash(n + at), original_sha256: hash(n + at + 1), media_type: 'image/jpeg' as const, bytes: 214_300 + at * 1_000, width: 1600, height: 1200, captured_at: `${when}T01:${40 + at}:00.000Z` })
  return {
    ...standing, id: id(800 + n), entry, device_signed: true, received_at: `${when}T02:25:00.000Z`, photos_arrived: waits ? [id(900 + n * 10)] : [id(900 + n * 10), id(901 + n * 10)],
    body: {
      ...visit, photos: [photo(0, 'health_certs'), photo(1, 'kitchen_photo')], rights_read_at: `${when}T01:35:00.000Z`, statement: n % 2 ? '两名新员工的健康证正在办理，一周内补齐。' : null,
      officer_signatures: people.map((each) => ({ inspector_id: each.inspector_id, strokes: signature, signed_at: `${when}T02:15:00.000Z` })),
      party: n % 4 === 1 ? { kind: 'refused', reason: '负责人外出，店员不愿代签；由社区干部见证。', refused_at: `${when}T02:18:00.000Z` } : { kind: 'signed', name: '黄老板', strokes: signature, signed_at: `${when}T02:18:00.000Z` },
    },
  }
}

const shapes: readonly [PartState, PartState, 'mobile' | 'desk'][] = [['issued', 'issued', 'mobile'], ['under_way', 'issued', 'mobile'], ['published', 'published', 'mobile'], ['awaiting_photos', 'complete', 'mobile'], ['published', 'complete', 'desk']]

/** All inspections of the issued task: some late, some due, in every state. */
export function inspections(today: string): InspectionDetail[] {
  return targets.map((each, n) => {
    const shape = shapes[n % shapes.length] ?? shapes[0]
    const dueIn = n < 3 ? n - 6 : n < 7 ? n : 14 + n
    const due_on = dayAfter(today, n === 2 ? 5 : dueIn)
    const when = dayAfter(today, -2 - (n % 5))
    const part = (department: typeof market, state: PartState, at: number): PartView => {
      const pool = officers[department.code as 'health']
      const entry = state === 'issued' || state === 'under_way' ? null : department === health && n % 5 === 4 ? 'desk' : (shape?.[2] ?? 'mobile')
      const people = (n % 7 === 6 && department === health ? [pool[0]] : [pool[n % 3], pool[(n + 1) % 3]]).flatMap((one, seat) => one ? [{ ...one, is_lead: seat === 0 }] : [])
      return { id: id(600 + n * 10 + at), department, state, entry, officers: people, formed_at: entry ? `${when}T02:20:00.000Z` : null, result_code: entry ? (n % 2 ? 'ordered_to_correct' : 'no_problem_found') : null, record_url: state === 'published' ? `/records/${id(700 + n)}` : null, may_enter: false }
    }
    const parts = [part(health, shape?.[1] ?? 'issued', 2), part(market, shape?.[0] ?? 'issued', 1)]
    const inspection: Inspection = { id: id(300 + n), plan_task: { id: id(101), number: 'LJ-2026-01', name: '餐饮服务食品安全部门联合抽查' }, target: each, method: 'on_site', issued_on: dayAfter(today, -28), due_on, late: due_on < today && parts.some((one) => !one.formed_at), parts, visit_on: n % 4 === 1 ? dayAfter(today, 2) : null, organise_by: dayAfter(today, n % 2 ? 3 : -1), may_organise: true }
    return {
      inspection,
      parts: parts.map((one) => ({
        part: one, items: [{ id: id(70), code: 'JC-01', name: one.department === market ? '餐饮服务食品安全' : '从业人员健康管理' }], checklist: { id: id(80), code: 'CL-01', version: 1, content: checklist },
        others: [], recusals: [], countersignatures: [], awaited_countersigners: [], waivers: [],
        check_in: one.state === 'issued' || one.entry === 'desk' ? null : { entered_at: `${when}T01:30:00.000Z`, position: { latitude: 30.1, longitude: 105.2, accuracy_m: 18 }, no_position_because: null, distance_note: null },
        submission: one.entry ? submission(n, one.entry, one.officers, when, one.state === 'awaiting_photos') : null,
      })),
    }
  })
}

/** A draw as it stands right after freezing. */
export function frozen(drawId: string, task: PlanTask, now: string): Draw {
  const pools: Record<string, number> = { A: 203, B: 387, C: 96, D: 28 }
  const strata = Object.entries(task.ratios).map(([code, ratio], at): Stratum => ({ code: hash(at + 3).slice(0, 8), label: `${code} 类`, pool: pools[code] ?? 0, ratio, quota: Math.max(1, Math.round((pools[code] ?? 0) * ratio / 10_000)), drawn: 0 }))
  return {
    id: drawId, plan_task: { id: task.id, number: task.number, name: task.name }, state: 'prepared', algorithm: 'palmcheck/draw/v1', k1_sha256: hash(5), frozen_at: now, drawn_at: null, issued_at: null,
    target_pool_root: hash(8), target_pool_size: strata.reduce((sum, each) => sum + each.pool, 0), inspector_pool_root: hash(9), inspector_pool_size: 6, strata, reserve_size: 5, receipt_root: null,
    verified: false, fairness: 'server_only', shortages: task.id === id(103) ? [{ department_id: health.id, department_name: health.name, needed: 2, available: 1 }] : [], drawn: [], reserve: [],
  }
}

/** The same draw after drawing. Where there is a shortage the second seat stays empty. */
export function drawn(draw: Draw, now: string): Draw {
  let n = 0
  const row = (stratum: Stratum): DrawnRow => {
    const each = { ...target(n), id: id(5000 + n) }
    const seats = [market, health].flatMap((department) => [1, 2].map((seat) => {
      const who = officers[department.code as 'health'][(n + seat) % 3]
      const vacant = draw.shortages.some((one) => one.department_id === department.id) && seat === 2
      return { department, seat, inspector: who && !vacant ? { id: who.inspector_id, name: who.name } : null }
    }))
    n += 1
    return { target: each, stratum_label: stratum.label, rank: hash(n), seats }
  }
  const rows = draw.strata.flatMap((stratum) => Array.from({ length: stratum.quota }, () => row(stratum)))
  return {
    ...draw, state: 'drawn', drawn_at: now, receipt_root: hash(12), drawn: rows,
    strata: draw.strata.map((stratum) => ({ ...stratum, drawn: stratum.quota })),
    reserve: draw.strata.flatMap((stratum) => [1, 2].map((position) => ({ target: { ...target(n + position), id: id(6000 + n++) }, stratum_label: stratum.label, position }))),
  }
}

/** An inbox with a message and two reminders, the newest first; the last is read. */
export function notifications(now: string): Notification[] {
  const row = (at: number, kind: Notification['kind'], about: Notification['about'], values: Notification['values'], read: string | null = null): Notification => ({ id: id(900 - at), kind, about, values, subject_id: about === 'inspections' ? id(101) : id(300), created_at: now, read_at: read })
  return [
    row(0, 'message', 'inspection', { from: '周敏', words: '请带执法记录仪。', count: 1, target: '临江面馆' }),
    row(1, 'visit_due', 'inspections', { task: '餐饮服务食品安全部门联合抽查', target: '临江面馆', count: 3, visits: 3, day: '2026-12-01' }),
    row(2, 'visits_dated', 'inspection', { task: '餐饮服务食品安全部门联合抽查', target: '临江面馆', count: 1, day: '2026-11-27' }, now),
  ]
}
