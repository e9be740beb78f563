import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { draftMistakes, type Checklist } from '@/checklist'

interface Case { name: string; content: Checklist; mistakes: { key: string; rule: string }[] }

const vectors = JSON.parse(readFileSync(new URL('../../../schemas/vectors/checklist_mistakes.json', import.meta.url), 'utf8')) as { cases: Case[] }

describe('a draft has the mistakes that the shared vectors name', () => {
  it.each(vectors.cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
    expect(draftMistakes(each.content).map(({ key, rule }) => ({ key, rule }))).toEqual(each.mistakes)
  })
  it('meets every rule', () => {
    expect(new Set(vectors.cases.flatMap((each) => each.mistakes.map(({ rule }) => rule))).size).toBe(23)
  })
})
