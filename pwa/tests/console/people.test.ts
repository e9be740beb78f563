import { describe, expect, it } from 'vitest'
import type { PersonVersion } from '@/api/people'
import { certificateStands, differences, expertFormOf, formOf, wordsOf } from '@/console/people/looks'

describe('a certificate', () => {
  it('is valid through its last day and warned of sixty days before', () => {
    expect(certificateStands('2026-11-23', '2026-11-24')).toBe('expired')
    expect(certificateStands('2026-11-24', '2026-11-24')).toBe('expiring')
    expect(certificateStands('2027-01-23', '2026-11-24')).toBe('expiring')
    expect(certificateStands('2027-01-24', '2026-11-24')).toBe('valid')
  })
})

describe('a history', () => {
  const version = (number: number, row: Record<string, unknown>): PersonVersion => ({ version: number, at: '2026-11-24T00:00:00.000Z', row })
  it('shows only what changed, before and after', () => {
    const before = version(1, { name: '欧阳知秋', expertise: ['食品'], unit: '一股' })
    const now = version(2, { name: '欧阳知夏', expertise: ['食品', '餐饮'], unit: '一股' })
    expect(differences(now, before)).toEqual([
      { field: 'name', before: '欧阳知秋', after: '欧阳知夏' },
      { field: 'expertise', before: '食品', after: '食品 餐饮' },
    ])
    expect(differences(now, now)).toEqual([])
  })
})

describe('a form', () => {
  it('begins empty in the own department, without a version', () => {
    expect(formOf(null, 'd1')).toMatchObject({ department_id: 'd1', name: '', version: null, words: '' })
    expect(expertFormOf(null, 'd1')).toMatchObject({ department_id: 'd1', status: 'active', version: null })
  })
  it('parts words by blanks and commas of both kinds, each once', () => {
    expect(wordsOf(' 食品、餐饮，食品;电梯 ')).toEqual(['食品', '餐饮', '电梯'])
    expect(wordsOf('  ')).toEqual([])
  })
})
