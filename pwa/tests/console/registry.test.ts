import { describe, expect, it } from 'vitest'
import { createClient } from '@/api/client'
import { ProblemError } from '@/api/problem'
import { registryOperations, type TargetDetail } from '@/api/registry'
import { formOf, needsReason, sentOf, tagsOf } from '@/console/registry/looks'
import { useSaving } from '@/console/registry/useSaving'

const detail = {
  target: { id: '1', name: '临江面馆', kind: 'enterprise', credit_code: null, registration_number: null, address: '人民路1号', industry: { code: '6220', name: '快餐服务' }, status: 'operating', credit_risk_class: 'B', tags: [] },
  version: '"7"', legal_representative: null, position: null, responsible: null, answers_for: [], merged_into: null, facts: [],
  fact_count: { penalties: 0, penalties_since: '2023-11-24', upheld_complaints: 0, upheld_complaints_since: '2023-11-24' }, standing: [], merges: [], taggings: [], corrections: [], may_edit: true,
} satisfies TargetDetail

describe('the form of a target', () => {
  it('sends back unchanged what nobody changed', () => {
    const sent = sentOf(formOf(detail))
    expect(sent).toMatchObject({ name: '临江面馆', credit_code: null, registration_number: null, responsible_id: null, reason: null })
  })
  it('names a responsible entity only where one is needed', () => {
    const form = { ...formOf(detail), responsible_id: '9' }
    expect(sentOf(form).responsible_id).toBeNull()
    expect(sentOf({ ...form, kind: 'product' }).responsible_id).toBe('9')
  })
  it('asks for a reason when status or class change, and not of a new target', () => {
    expect(needsReason(formOf(detail), detail)).toBe(false)
    expect(needsReason({ ...formOf(detail), credit_risk_class: 'D' }, detail)).toBe(true)
    expect(needsReason({ ...formOf(detail), status: 'revoked' }, detail)).toBe(true)
    expect(needsReason({ ...formOf(null), status: 'revoked' }, null)).toBe(false)
  })
})

it('reads tags as people type them', () => {
  expect(tagsOf(' 学校食堂、重点,网红店  重点，')).toEqual(['学校食堂', '重点', '网红店'])
  expect(tagsOf(' ')).toEqual([])
})

describe('saving', () => {
  it('tells a refusal at its field, and what belongs to no field above', async () => {
    const { problem, faultOf, save, busy } = useSaving()
    faultOf('credit_code')
    expect(await save(() => Promise.reject(new ProblemError({ code: 'registry.code_taken', field: 'credit_code', detail: '已登记此代码' })))).toBe(false)
    expect([faultOf('credit_code'), faultOf('name'), problem.value, busy.value]).toEqual(['已登记此代码', undefined, null, false])
    await save(() => Promise.reject(new ProblemError({ code: 'registry.edited_meanwhile', detail: '已被修改' })))
    expect([faultOf('credit_code'), problem.value?.code]).toEqual([undefined, 'registry.edited_meanwhile'])
    await save(() => Promise.reject(new ProblemError({ code: 'x', field: 'hidden', detail: '看不见的栏' })))
    expect(problem.value?.field).toBe('hidden')
    expect(await save(() => Promise.resolve())).toBe(true)
    expect(problem.value).toBeNull()
  })
  it('does not send twice while it is under way', async () => {
    const { save } = useSaving()
    let times = 0
    let settle = () => {}
    const first = save(() => new Promise<void>((done) => { times += 1; settle = done }))
    expect(await save(() => { times += 1; return Promise.resolve() })).toBe(false)
    settle()
    expect([await first, times]).toEqual([true, 1])
  })
})

it('an edit names what it edits, an entry does not', async () => {
  const sent: (string | null)[] = []
  const fetch = (_: unknown, init?: RequestInit) => { sent.push(new Headers(init?.headers).get('if-match')); return Promise.resolve(Response.json(detail)) }
  const api = registryOperations(createClient({ fetch: fetch as typeof globalThis.fetch, language: () => 'zh-CN' }))
  await api.saveTarget('1', sentOf(formOf(detail)), '"7"')
  await api.saveTarget('2', sentOf(formOf(detail)), null)
  expect(sent).toEqual(['"7"', null])
})
