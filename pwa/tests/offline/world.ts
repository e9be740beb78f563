/** Inspections and checklists of an invented county. */
import type { Change, InspectionTask, Part } from '../../src/offline'

export const PART = '01900000-0000-7000-8000-000000000p01'
export const CHECKLIST_ID = '01900000-0000-7000-8000-000000000c01'

export const CHECKLIST_CHANGE: Change = {
  kind: 'checklist',
  number: 1,
  checklist: {
    id: CHECKLIST_ID,
    code: 'CL-01',
    version: 1,
    content: {
      schema: 'palmcheck/checklist/v1',
      code: 'CL-01',
      version: 1,
      title: { 'zh-CN': '餐饮服务检查', en: 'Catering' },
      sections: [],
    },
  },
}

export function part(id = PART): Part {
  return {
    id,
    department: { id: 'd1', name: '市场监督管理局', code: 'market_regulation' },
    checklist_id: CHECKLIST_ID,
    items: [{ id: 'it1', code: 'I-01', name: '餐饮服务' }],
    officers: [{ inspector_id: 'i1', name: '李伟', certificate_number: 'C-1', is_lead: true }],
    mine: true,
    state: 'issued',
    record_url: null,
  }
}

export function task(id = 'inspection-1', parts: Part[] = [part()]): InspectionTask {
  return {
    id,
    plan_task: { id: 'pt1', number: '1', name: '学校食堂', draw_kind: 'undirected', item_class: 'key' },
    target: {
      id: 't1',
      name: '临江县第一小学食堂',
      kind: 'enterprise',
      credit_code: null,
      address: '临江县人民路 1 号',
      position: null,
      industry: { code: '6220', name: '快餐服务' },
      credit_risk_class: 'B',
    },
    method: 'on_site',
    issued_on: '2026-11-20',
    due_on: '2026-11-30',
    draw_id: 'draw-1',
    drawn_because: { stratum_label: 'B 类', drawn_at: '2026-11-19T02:00:00.000Z' },
    show_code: 'c2hvdy1jb2Rl',
    parts,
  }
}

export function inspectionChange(number = 2, inspection = task()): Change {
  return { kind: 'inspection', number, inspection }
}

/** `count` inspections of one part each: ids part-0, part-1, ... */
export function manyInspections(count: number): Change[] {
  return Array.from({ length: count }, (_, i) => inspectionChange(i + 2, task(`many-${i}`, [part(`part-${i}`)])))
}
