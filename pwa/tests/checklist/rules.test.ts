import { readFileSync } from 'node:fs'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  itemResultCodes,
  questionsOf,
  resultSentence,
  validate,
  visibleAnswers,
  visibleQuestions,
  type Answers,
  type Checklist,
  type Question,
} from '@/checklist'
import type { Answer as WireAnswer, Checklist as WireChecklist } from '@/offline'

const path = new URL('../../../backend/palmcheck/catalogue/checklists/CL-01.json', import.meta.url)
const form = JSON.parse(readFileSync(path, 'utf8')) as Checklist
const enterprise = { kind: 'enterprise' }
const text = { 'zh-CN': '问', en: 'Ask' }
const ask = (key: string, more: Partial<Question> = {}): Question => ({
  key, text, kind: 'yes_no', required: false, not_applicable: false, ...more,
})
const formOf = (...questions: Question[]): Checklist => ({
  schema: 'palmcheck/checklist/v1', code: 'X', version: 1, title: text, sections: [{ key: 's', title: text, questions }],
})

/** A small generator with a seed: the same answers in every run. */
function* draftsOf(seed: number, count: number): Generator<Answers> {
  let state = seed
  const next = (below: number) => (state = (state * 48271) % 2147483647) % below
  const values: unknown[] = ['yes', 'no', 'self', 'outsourced', 4.5, 3, '2026-11-23', '', null, [], { value: 1 }, true]
  for (let made = 0; made < count; made += 1) {
    const chosen = questionsOf(form).filter(() => next(3) > 0)
    yield Object.fromEntries(chosen.map(({ key }) => {
      const value = values[next(values.length)]
      return [key, next(8) === 0 ? { not_applicable: value } : { value }]
    }))
  }
}

describe('what always holds', () => {
  it('a hidden question is never missed and never asks for a photo', () => {
    for (const answers of draftsOf(7, 500)) {
      const shown = visibleQuestions(form, answers, enterprise)
      const hidden = validate(form, answers, {}, enterprise).filter((each) => !shown.has(each.question_key))
      expect(hidden.every((each) => each.rule === 'hidden')).toBe(true)
    }
  })

  it('the order of the answers does not matter', () => {
    for (const answers of draftsOf(11, 200)) {
      const turned = Object.fromEntries(Object.entries(answers).reverse())
      expect(validate(form, turned, {}, enterprise)).toEqual(validate(form, answers, {}, enterprise))
    }
  })

  it('what a submission carries has no hidden answer, and shows the same questions', () => {
    for (const answers of draftsOf(13, 500)) {
      const kept = visibleAnswers(form, answers, enterprise)
      expect(visibleQuestions(form, kept, enterprise)).toEqual(visibleQuestions(form, answers, enterprise))
      expect(validate(form, kept, {}, enterprise).map((each) => each.rule)).not.toContain('hidden')
    }
  })
})

describe('answers that JSON cannot carry', () => {
  it.each([Number.NaN, undefined, () => 'yes', 4n, new Date(0)])('%s is no number', (value) => {
    expect(validate(formOf(ask('n', { kind: 'number' })), { n: { value } }, {}, enterprise)).toEqual([
      { question_key: 'n', rule: 'kind' },
    ])
  })

  it.each([Number.POSITIVE_INFINITY, Number.MIN_SAFE_INTEGER - 1])('%s is out of range', (value) => {
    expect(validate(formOf(ask('n', { kind: 'number' })), { n: { value } }, {}, enterprise)).toEqual([
      { question_key: 'n', rule: 'range' },
    ])
  })
})

it('inherited properties are no answers', () => {
  const built = formOf(ask('constructor', { required: true }), ask('b', { show_when: { question: 'constructor', is: 'yes' } }))
  expect(validate(built, {}, {}, enterprise)).toEqual([{ question_key: 'constructor', rule: 'required' }])
  expect(visibleAnswers(built, {}, enterprise)).toEqual({})
})

it('limits that are null mean the same as absent ones', () => {
  const open = formOf(ask('n', { kind: 'number', minimum: null, maximum: null, decimals: null, show_when: null }))
  expect(validate(open, { n: { value: -7 } }, {}, enterprise)).toEqual([])
  expect(validate(open, { n: { value: 0.5 } }, {}, enterprise)).toEqual([{ question_key: 'n', rule: 'decimals' }])
})

it('takes what the engine keeps', () => {
  expectTypeOf<WireChecklist>().toExtend<Checklist>()
  expectTypeOf<Readonly<Record<string, WireAnswer>>>().toExtend<Answers>()
})

it('result codes have sentences, and each item has that of its part', () => {
  expect(resultSentence('no_problem_found', 'zh-CN')).toBe('未发现问题')
  expect(resultSentence('no_problem_found', 'en')).toBe('No problem found')
  expect(itemResultCodes(['JC-01'], 'other')).toEqual({ 'JC-01': 'other' })
})
