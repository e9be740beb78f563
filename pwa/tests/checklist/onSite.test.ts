import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { OUTCOME_CODES, lacking, lawDay, resultCode, type OnSiteRecord } from '@/checklist'
import type { Consequence } from '@/checklist'

interface Case { name: string; change: Partial<OnSiteRecord>; consequences: Record<string, Consequence | null>; attempts: number; lacks: [string, string][]; result_code: string }
const vectors = JSON.parse(readFileSync(new URL('../../../schemas/vectors/on_site.json', import.meta.url), 'utf8')) as {
  officers: string[]
  outcome_codes: unknown
  base: OnSiteRecord
  cases: Case[]
}

describe('the on-site record, by the vectors that the server is held to as well', () => {
  it.each(vectors.cases.map((each) => [each.name, each] as const))('%s', (_, { change, consequences, attempts, lacks, result_code }) => {
    const record = { ...vectors.base, ...change }
    expect(lacking(record, vectors.officers, Object.keys(consequences), attempts).map(({ field, rule }) => [field, rule])).toEqual(lacks)
    expect(resultCode(record.outcome, consequences, record.problems)).toBe(result_code)
  })

  it('has the same codes', () => { expect(OUTCOME_CODES).toEqual(vectors.outcome_codes) })
})

it('the day of an instant is the county\'s', () => {
  expect(lawDay('2026-11-23T15:59:59.999Z')).toBe('2026-11-23')
  expect(lawDay('2026-11-23T16:00:00.000Z')).toBe('2026-11-24')
})
