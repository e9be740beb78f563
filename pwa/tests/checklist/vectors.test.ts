import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  RESULT_SENTENCES,
  partResultCode,
  photoQuestions,
  questionsOf,
  validate,
  visibleQuestions,
  type Answers,
  type Checklist,
  type Finding,
} from '@/checklist'

interface Case {
  name: string
  checklist: string
  target: { kind: string }
  answers: Answers
  photos: Record<string, number>
  visible?: string[]
  photo: string[]
  findings: Finding[]
  result_code: string
}

// Read as text: a bundler's JSON import would lose numbers beyond any float.
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const vectors = read('../../../schemas/vectors/checklist.json') as {
  result_sentences: unknown
  checklists: Record<string, Checklist>
  cases: Case[]
}
const shipped = read('../../../backend/palmcheck/catalogue/checklists/CL-01.json') as Checklist
const forms = new Map([...Object.entries(vectors.checklists), ['CL-01', shipped]])

function formOf(name: string): Checklist {
  const form = forms.get(name)
  if (!form) throw new Error(`no checklist ${name}`)
  return form
}

describe('the rules say what the shared vectors say', () => {
  it.each(vectors.cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const form = formOf(each.checklist)
    const inOrder = (keys: ReadonlySet<string>) =>
      questionsOf(form).map((question) => question.key).filter((key) => keys.has(key))

    if (each.visible) expect(inOrder(visibleQuestions(form, each.answers, each.target))).toEqual(each.visible)
    expect(inOrder(photoQuestions(form, each.answers, each.target))).toEqual(each.photo)
    expect(validate(form, each.answers, each.photos, each.target)).toEqual(each.findings)
    expect(partResultCode(form, each.answers, each.target)).toBe(each.result_code)
  })

  it('meets every rule', () => {
    const rules = new Set(vectors.cases.flatMap((each) => each.findings.map((finding) => finding.rule)))
    expect(rules.size).toBe(12)
  })
})

it('has the sentences of the shared vectors', () => {
  expect(RESULT_SENTENCES).toEqual(vectors.result_sentences)
})
