import { describe, expect, it } from 'vitest'
import { draftMistakes, questionsOf, type Checklist, type Question } from '@/checklist'
import { addQuestion, addSection, askedBefore, changeQuestion, conditionOf, emptyChecklist, freeKey, moveQuestion, moveSection, ofKind, photoWhen, photoWishOf, removeQuestion, rowsOf } from '@/console/catalogue/checklistEditing'

const words = { 'zh-CN': '问', en: 'Ask' }
const question = (key: string, more: Partial<Question> = {}): Question => ({ kind: 'yes_no', key, text: words, required: true, not_applicable: false, ...more })
const form: Checklist = {
  schema: 'palmcheck/checklist/v1', code: 'X-1', version: 1, title: words,
  sections: [{ key: 's', title: words, questions: [question('a'), question('b')] }, { key: 't', title: words, questions: [question('c')] }],
}
const keys = (each: Checklist) => each.sections.map((section) => section.questions.map((one) => one.key).join(''))

describe('the editor', () => {
  it('mints keys that nobody has', () => {
    expect(freeKey('question', ['question_2', 'x'])).toBe('question_3')
    const { form: longer, key } = addQuestion(form, 's', 'a')
    expect(keys(longer)).toEqual([`a${key}b`, 'c'])
    const all = questionsOf(addSection(longer)).map((each) => each.key)
    expect(new Set(all).size).toBe(all.length)
  })
  it('moves a question within its section and over its edges', () => {
    expect(keys(moveQuestion(form, 'a', 1))).toEqual(['ba', 'c'])
    expect(keys(moveQuestion(form, 'b', 1))).toEqual(['a', 'bc'])
    expect(keys(moveQuestion(form, 'c', -1))).toEqual(['abc', ''])
    expect(moveQuestion(form, 'a', -1)).toEqual(form)
    expect(moveQuestion(form, 'c', 1)).toEqual(form)
  })
  it('moves a section', () => {
    expect(keys(moveSection(form, 's', 1))).toEqual(['c', 'ab'])
    expect(moveSection(form, 's', -1)).toEqual(form)
  })
  it('leaves no part of another kind behind', () => {
    const number = { ...ofKind(question('a'), 'number'), unit: 'kg', minimum: 1 }
    expect(ofKind(number, 'text')).not.toHaveProperty('unit')
    expect(ofKind({ ...question('a'), when_no: 'case' }, 'photo')).not.toHaveProperty('when_no')
    expect(ofKind(question('a'), 'choice').options).toHaveLength(2)
  })
  it('turns rows into a condition and back', () => {
    const one = { question: 'a', is: 'no' } as const
    const kind = { target: 'kind', is: 'enterprise' } as const
    for (const condition of [null, one, kind, { any: [one, kind] }, { all: [one, kind] }]) {
      const rows = rowsOf(condition)
      expect(rows && conditionOf(rows)).toEqual(condition)
    }
    expect(rowsOf({ not: one })).toBeNull()
    expect(rowsOf({ any: [{ all: [one] }] })).toBeNull()
  })
  it('says when a photo is asked for', () => {
    for (const wish of ['never', 'no', 'always'] as const) expect(photoWishOf({ ...question('a'), photo_when: photoWhen(question('a'), wish) })).toBe(wish)
    expect(photoWishOf({ ...question('b'), photo_when: { question: 'a', is: 'no' } })).toBe('condition')
  })
  it('offers only earlier questions that can be compared', () => {
    const mixed = changeQuestion(form, 'a', (each) => ofKind(each, 'text'))
    expect(askedBefore(mixed, 'c').map((each) => each.key)).toEqual(['b'])
    expect(askedBefore(mixed, 'b', true).map((each) => each.key)).toEqual(['b'])
  })
  it('shows a mistake where a condition lost its question', () => {
    const hanging = changeQuestion(form, 'c', (each) => ({ ...each, show_when: { question: 'b', is: 'no' } }))
    expect(draftMistakes(hanging)).toEqual([])
    expect(draftMistakes(removeQuestion(hanging, 'b'))).toEqual([{ key: 'c', rule: 'condition_unknown_question', detail: 'b' }])
    expect(draftMistakes(emptyChecklist('X-2')).length).toBeGreaterThan(0)
  })
})
