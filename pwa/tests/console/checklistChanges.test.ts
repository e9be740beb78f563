import { afterEach, describe, expect, it } from 'vitest'
import { draftMistakes, questionsOf, type Checklist, type Question } from '@/checklist'
import { checklistChanges } from '@/console/catalogue/checklistChanges'
import { duplicateQuestion, fillEnglish, formOfJson, moveQuestion } from '@/console/catalogue/checklistEditing'
import { conditionText, rulesOf } from '@/console/catalogue/checklistWords'
import { claimFigures } from '@/console/catalogue/claimFigures'
import { language } from '@/messages/t'

const words = (zh: string) => ({ 'zh-CN': zh, en: zh })
const question = (key: string, more: Partial<Question> = {}): Question => ({ kind: 'yes_no', key, text: words(key), required: true, not_applicable: false, ...more })
const form = (...questions: Question[]): Checklist => ({ schema: 'palmcheck/checklist/v1', code: 'X-1', version: 1, title: words('表'), sections: [{ key: 's', title: words('部分'), questions }] })
afterEach(() => { language.value = 'zh-CN' })

describe('what a version changes', () => {
  const [a, b, c] = [question('a'), question('b'), question('c')]
  it('names what came, went, changed and moved, and nothing that stayed', () => {
    const changed = { ...b, required: false }
    const found = checklistChanges(form(a, b, c), form(c, a, changed, question('d')))
    expect(found.map((each) => [each.is, 'now' in each && 'key' in each.now ? each.now.key : ''])).toEqual([['moved', 'c'], ['changed', 'b'], ['added', 'd']])
    expect(checklistChanges(form(a, b), form(a)).map((each) => each.is)).toEqual(['removed'])
  })
  it('takes absent, null and the usual value for the same', () => {
    expect(checklistChanges(form(a), form({ ...a, law: [], standards: [], show_when: null, when_no: null }))).toEqual([])
  })
  it('tells new titles', () => {
    const renamed = { ...form(a), title: words('新'), sections: [{ key: 's', title: words('另'), questions: [a] }] }
    expect(checklistChanges(form(a), renamed).map((each) => each.is)).toEqual(['title', 'sections'])
  })
})

describe('the rules in words', () => {
  const b = question('b', { show_when: { question: 'a', is: 'no' }, photo_when: { question: 'b', is: 'no' }, not_applicable: true, when_no: 'case' })
  const both = form(question('a'), b)
  it('say when a question shows, what it asks for and what follows', () => {
    expect(rulesOf(b, both)).toEqual(['当「a」为「否」时显示', '答「否」时须拍照', '可答“不适用”，须说明理由', '答“否”：建议立案，公示结果“发现问题待后续处理”'])
    expect(conditionText({ all: [{ question: 'a', is: 'yes' }, { not: { target: 'kind', is: 'enterprise' } }] }, both)).toBe('「a」为「是」，且并非（检查对象为「企业」）')
  })
  it('speak English too', () => {
    language.value = 'en'
    expect(rulesOf(b, both)[0]).toBe('Shown when “a” is “No”')
  })
})

describe('the editor', () => {
  it('duplicates a question under a key of its own, with its own photo rule', () => {
    const { form: longer, key } = duplicateQuestion(form(question('a', { photo_when: { question: 'a', is: 'no' } })), 'a')
    expect(questionsOf(longer)[1]).toMatchObject({ key, photo_when: { question: key, is: 'no' } })
    expect(draftMistakes(longer)).toEqual([])
  })
  it('fills English where it lacks, and only there', () => {
    const lacking = form(question('a', { text: { 'zh-CN': '问', en: ' ' } }), question('b', { kind: 'choice', options: [{ value: 'x', label: { 'zh-CN': '甲', en: '' } }, { value: 'y', label: { 'zh-CN': '乙', en: 'B' } }] }))
    const filled = fillEnglish(lacking)
    expect(draftMistakes(filled)).toEqual([])
    expect(questionsOf(filled)[1]?.options?.map((each) => each.label.en)).toEqual(['甲', 'B'])
  })
  it('shows the mistake of a condition that looks ahead', () => {
    const hanging = form(question('a'), question('b', { show_when: { question: 'a', is: 'no' } }))
    expect(draftMistakes(moveQuestion(hanging, 'b', -1)).map((each) => each.rule)).toEqual(['condition_later_question'])
  })
  it('reads a checklist from JSON, bare or in an answer, and nothing else', () => {
    const bare = JSON.stringify(form(question('a')))
    expect(formOfJson(bare)?.code).toBe('X-1')
    expect(formOfJson(`{"id":"1","content":${bare}}`)?.code).toBe('X-1')
    for (const other of ['', '[]', 'null', '{"sections":1}', '{"content":{}}']) expect(formOfJson(other)).toBeNull()
  })
})

it('counts the four figures of claims, each with what it is of', () => {
  const board = { items: [], next: null, total: 10, claimed: 8, drawn_up: 6, broken_down: 5, compliant: 3 }
  expect(claimFigures(board).map((each) => [each.name, each.count, each.of])).toEqual([['claimed', 8, 10], ['broken_down', 5, 8], ['drawn_up', 6, 8], ['compliant', 3, 6]])
})
