import { describe, expect, it } from 'vitest'
import { inboxTexts, leadsTo } from '@/field/inboxTexts'
import inboxZh from '@/messages/inbox.zh-CN.json'
import type { InboxItem } from '@/offline'
import { task } from './sample'

const item = (more: Partial<InboxItem> = {}): InboxItem => ({ id: 'n', kind: 'visit_due', values: { task: '餐饮抽查', target: '老码头火锅店', count: 1, visits: 1, day: '2026-11-30' }, about: 'inspection', subject_id: '1', created_at: '2026-11-23T01:00:00Z', unread: true, ...more })

describe('a row of the inbox', () => {
  it('is said in words, with its day and what it is about', () => {
    expect(inboxTexts(item())).toEqual({ title: '检查将到期', text: '1 项检查须在11月30日前完成。', about: '老码头火锅店' })
    expect(inboxTexts(item({ about: 'inspections' })).about).toBe('餐饮抽查')
  })

  it('of a kind that this app does not know yet still says something', () => {
    expect(inboxTexts(item({ kind: 'plan_adjusted' })).title).toBe('新通知')
  })

  it('leads to the task if it is on this phone', () => {
    expect(leadsTo(item(), [task('1', '店', '2026-11-30')])).toMatchObject({ name: 'task', params: { inspectionId: '1' } })
    expect(leadsTo(item(), [])).toBeNull()
    expect(leadsTo(item({ about: 'plan_task' }), [task('1', '店', '2026-11-30')])).toBeNull()
  })

  it('has a title wherever it has a text', () => {
    const kinds = (part: string) => Object.keys(inboxZh).filter((key) => key.startsWith(`inbox.${part}_`)).map((key) => key.slice(`inbox.${part}_`.length))
    expect(kinds('title')).toEqual(kinds('text'))
  })
})
