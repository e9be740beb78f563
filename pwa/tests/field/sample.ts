import type { Checklist, ChecklistVersion, LocalTask, Me, Part, Question } from '@/offline'

/** A small checklist with every kind of question, modelled on CL-01. */
const zh = (text: string, en: string) => ({ 'zh-CN': text, en })
const LAW = [{ title: '《食品安全法》', article: '第三十五条第一款', excerpt: '国家对食品生产经营实行许可制度。从事食品生产、食品销售、餐饮服务，应当依法取得许可。' }]

export function yesNo(key: string, text: string, when_no: NonNullable<Question['when_no']>, more: Partial<Question> = {}): Question {
  return { key, text: zh(text, key), kind: 'yes_no', required: true, not_applicable: false, show_when: null, photo_when: { question: key, is: 'no' }, law: LAW, standards: [], when_no, ...more }
}

export const content: Checklist = {
  schema: 'palmcheck/checklist/v1', code: 'CL-01', version: 1, title: zh('餐饮服务食品安全检查结果表', 'Catering food safety'),
  sections: [
    { key: 'people', title: zh('资质与人员', 'Permits and people'), questions: [
      yesNo('permit_valid', '是否取得食品经营许可且在有效期内？', 'case', { standards: ['食品经营许可和备案管理办法'] }),
      { key: 'permit_expiry', text: zh('许可证有效期至', 'Permit expires on'), kind: 'date', required: true, not_applicable: false, show_when: { question: 'permit_valid', is: 'yes' } },
      yesNo('manager_assigned', '是否配备食品安全管理人员？', 'order_to_correct', { show_when: { target: 'kind', is: 'enterprise' }, photo_when: null }),
      yesNo('health_certs', '接触直接入口食品的人员是否均持有效健康证明？', 'order_to_correct', { not_applicable: true }),
      { key: 'no_cert_count', text: zh('无有效健康证明的人数', 'Staff without certificate'), kind: 'number', unit: '人', minimum: 0, maximum: 500, decimals: 0, required: true, not_applicable: false, show_when: { question: 'health_certs', is: 'no' } },
    ] },
    { key: 'rooms', title: zh('场所与设施', 'Rooms and equipment'), questions: [
      yesNo('premises_clean', '加工场所是否整洁？', 'on_the_spot'),
      yesNo('pest_control', '防蝇、防鼠、防虫设施是否齐全？', 'order_to_correct'),
      { key: 'chill_temp', text: zh('冷藏设备实测温度', 'Measured temperature'), kind: 'number', unit: '℃', minimum: -5, maximum: 30, decimals: 1, required: true, not_applicable: true, photo_when: null, standards: ['GB 31654'], law: LAW },
    ] },
    { key: 'dishes', title: zh('加工与餐具', 'Cooking and dishes'), questions: [
      { key: 'tableware_mode', text: zh('餐饮具消毒方式', 'How dishes are disinfected'), kind: 'choice', required: true, not_applicable: false, options: [
        { value: 'own', label: zh('自行消毒', 'On site') }, { value: 'contracted', label: zh('委托集中消毒', 'By a contractor') }, { value: 'disposable', label: zh('一次性', 'Disposable') } ] },
      { key: 'remarks', text: zh('其他情况', 'Remarks'), kind: 'text', required: false, not_applicable: false, max_length: 500 },
    ] },
  ],
}

export const checklist: ChecklistVersion = { id: 'checklist-1', code: 'CL-01', version: 1, content }

export const me: Me = {
  account_id: 'account-1', username: 'chenxj', display_name: '陈小江', roles: ['inspector'], permissions: [],
  jurisdiction: { id: 'j', name: '临江县' }, department: { id: 'd1', name: '市场监督管理局', code: 'market_regulation' },
  inspector_id: 'inspector-1', device_id: 'device-1',
}

export function part(id: string, more: Partial<Part> = {}): Part {
  return {
    id, department: { id: 'd1', name: '市场监督管理局', code: 'market_regulation' }, checklist_id: checklist.id,
    items: [{ id: 'i1', code: 'SP-01', name: '餐饮服务食品安全检查' }], mine: true, state: 'issued', record_url: null,
    officers: [
      { inspector_id: 'inspector-1', name: '陈小江', certificate_number: '51192300017', is_lead: true },
      { inspector_id: 'inspector-2', name: '李文静', certificate_number: '51192300023', is_lead: false },
    ], ...more,
  }
}

const health = (id: string, more: Partial<Part> = {}) => part(id, {
  department: { id: 'd2', name: '卫生健康局', code: 'health' }, mine: false, items: [{ id: 'i2', code: 'WS-04', name: '公共场所卫生检查' }],
  officers: [
    { inspector_id: 'inspector-7', name: '赵明', certificate_number: '51192300061', is_lead: true },
    { inspector_id: 'inspector-8', name: '周慧', certificate_number: '51192300064', is_lead: false },
  ], ...more,
})

export function task(id: string, name: string, due: string, more: Partial<LocalTask> = {}): LocalTask {
  return {
    id, plan_task: { id: 'p1', number: '临江双随机〔2026〕07号', name: '餐饮服务单位部门联合抽查', draw_kind: 'undirected', item_class: 'key' },
    target: { id: `target-${id}`, name, kind: 'enterprise', credit_code: '91511923MA6B4T7X2K', address: '临江县滨河路 18 号', position: { latitude: 31.5601, longitude: 107.0934 }, industry: { code: '6210', name: '正餐服务' }, credit_risk_class: 'B' },
    method: 'on_site', issued_on: '2026-11-18', due_on: due, draw_id: 'draw-1', drawn_because: { stratum_label: 'B 类', drawn_at: '2026-11-17T02:00:00.000Z' }, show_code: 'c2hvdy1jb2Rl',
    parts: [part(`part-${id}`), health(`health-${id}`)], gone: null, ...more,
  }
}
