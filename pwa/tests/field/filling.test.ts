import { describe, expect, it } from 'vitest'
import { flipped, readNumber } from '@/field/numberInput'
import { numbersOf } from '@/field/numbering'
import { allNormal, problemsFound, progressOf, undone } from '@/field/progress'
import { judge, withoutHidden } from '@/field/rules'
import { withChange } from '@/field/useDraft'
import type { Answer, Draft } from '@/offline'
import { checklist, content } from './sample'

type Answers = Record<string, Answer>
const judged = (answers: Answers) => judge({ checklist, answers, photos: [], outcome: null, problems: [] }, 'enterprise')
const [people] = content.sections
const questions = people?.questions ?? []

describe('numbers', () => {
  it('follow the parent for follow-ups, and stay whatever is answered', () => {
    expect(Object.fromEntries(numbersOf(content))).toEqual({
      permit_valid: '1', permit_expiry: '1.1', manager_assigned: '2', health_certs: '3', no_cert_count: '3.1',
      premises_clean: '4', pest_control: '5', chill_temp: '6', tableware_mode: '7', remarks: '8',
    })
  })

  it('find the parent inside all, any and not', () => {
    const wrapped = structuredClone(content)
    const follow = wrapped.sections[0]?.questions[1]
    if (follow) follow.show_when = { all: [{ target: 'kind', is: 'enterprise' }, { not: { any: [{ question: 'permit_valid', is: 'no' }] } }] }
    expect(numbersOf(wrapped).get('permit_expiry')).toBe('1.1')
  })
})

describe('all normal', () => {
  it('answers only what is open, shown, and a problem when no', () => {
    const answers: Answers = { health_certs: { value: 'no' } }
    expect(allNormal(questions, answers, judged(answers).visible)).toEqual({ permit_valid: { value: 'yes' }, manager_assigned: { value: 'yes' } })
  })

  it('leaves a question alone whose no is no problem: yes is not the normal answer there', () => {
    const plain = questions.map((question) => question.key === 'manager_assigned' ? { ...question, when_no: null } : question)
    expect(allNormal(plain, {}, judged({}).visible)).not.toHaveProperty('manager_assigned')
  })

  it('is taken back whole, but for what was changed since', () => {
    const given: Answers = { permit_valid: { value: 'yes' }, manager_assigned: { value: 'yes' } }
    expect(undone(given, { ...given, manager_assigned: { value: 'no' }, health_certs: { value: 'yes' } })).toEqual({ permit_valid: null })
  })
})

describe('progress', () => {
  it('counts what is shown, and what lacks', () => {
    const answers: Answers = { permit_valid: { value: 'yes' } }
    const { visible, faultyKeys } = judged(answers)
    expect(progressOf(content, answers, visible, faultyKeys)[0]).toEqual({ key: 'people', answered: 1, visible: 4, missing: 3 })
  })

  it('names the problems that were found', () => {
    const answers: Answers = { permit_valid: { value: 'no' }, tableware_mode: { value: 'no' } }
    expect(problemsFound(content.sections.flatMap((section) => section.questions), answers).map((question) => question.key)).toEqual(['permit_valid'])
  })
})

describe('the rules, as the screens ask them', () => {
  it('show a follow-up, ask a photo and form the result', () => {
    const { visible, photoAsked, faults, resultCode } = judged({ permit_valid: { value: 'yes' }, health_certs: { value: 'no' } })
    expect(visible.has('permit_expiry') && visible.has('no_cert_count')).toBe(true)
    expect([...photoAsked]).toEqual(['health_certs'])
    expect(faults).toContainEqual({ question_key: 'health_certs', rule: 'photo' })
    expect(resultCode).toBe('ordered_to_correct')
  })
})

describe('an answer to a question that closed again', () => {
  const answers: Answers = { permit_valid: { value: 'no' }, permit_expiry: { value: '2028-01-01' } }

  it('is no fault, is not counted, and goes only with the submission', () => {
    const { faults, visible } = judged(answers)
    expect(faults.filter((fault) => fault.question_key === 'permit_expiry')).toEqual([])
    expect(withoutHidden({ answers }, visible)).toEqual({ permit_expiry: null })
  })
})

describe('a typed number', () => {
  it.each([['12', 12], ['-3.5', -3.5], ['１２。５', 12.5], ['−4', -4], [' 7 ', 7], ['4,2', 4.2]])('%s is %d', (text, value) => {
    expect(readNumber(text)).toEqual({ is: 'number', value })
  })
  it.each(['a', '1.2.3', '--2', '1e5'])('%s is unclear', (text) => { expect(readNumber(text)).toEqual({ is: 'unclear' }) })
  it('may be empty, and change its sign', () => {
    expect(readNumber('  ')).toEqual({ is: 'empty' })
    expect(flipped(flipped('4'))).toBe('4')
  })
})

it('a change patches the answers and keeps all the rest', () => {
  const draft = { answers: { a: { value: 'yes' }, b: { value: 1 } }, statement: 's' } as unknown as Draft
  const changed = withChange(draft, { answers: { a: null, c: { not_applicable: 'r' } } })
  expect(changed.answers).toEqual({ b: { value: 1 }, c: { not_applicable: 'r' } })
  expect(changed.statement).toBe('s')
  expect(draft.answers).toHaveProperty('a')
})
