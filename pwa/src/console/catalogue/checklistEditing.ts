import { questionsOf, type BothLanguages, type Checklist, type Condition, type Question, type QuestionKind, type Section } from '@/checklist'

/** Changes to a checklist in the editor: each answers a new one, so that undoing is keeping the old one. Pure. */
export const KINDS: readonly QuestionKind[] = ['yes_no', 'choice', 'number', 'text', 'date', 'photo']

const blank: BothLanguages = { 'zh-CN': '', en: '' }

/** A key that nobody has to think of; it never changes, so that moving and rewording break no condition. */
export function freeKey(stem: string, taken: readonly string[]): string {
  let number = taken.length + 1
  while (taken.includes(`${stem}_${number}`)) number += 1
  return `${stem}_${number}`
}

const keysOf = (form: Checklist) => questionsOf(form).map((question) => question.key)

export function emptyChecklist(code: string): Checklist {
  return { schema: 'palmcheck/checklist/v1', code, version: 1, title: blank, sections: [{ key: 'section_1', title: blank, questions: [newQuestion('question_1')] }] }
}

function newQuestion(key: string): Question {
  return { kind: 'yes_no', key, text: blank, required: true, not_applicable: false, law: [], standards: [] }
}

export function addSection(form: Checklist): Checklist {
  const key = freeKey('section', form.sections.map((section) => section.key))
  return { ...form, sections: [...form.sections, { key, title: blank, questions: [newQuestion(freeKey('question', keysOf(form)))] }] }
}

/** A new question behind another one, or at the end of a section. Answers the form and the new key. */
export function addQuestion(form: Checklist, sectionKey: string, after?: string): { form: Checklist; key: string } {
  const key = freeKey('question', keysOf(form))
  const added = inSection(form, sectionKey, (questions) => {
    const at = after === undefined ? questions.length : questions.findIndex((each) => each.key === after) + 1
    return [...questions.slice(0, at), newQuestion(key), ...questions.slice(at)]
  })
  return { form: added, key }
}

export function changeQuestion(form: Checklist, key: string, change: (question: Question) => Question): Checklist {
  return { ...form, sections: form.sections.map((section) => ({ ...section, questions: section.questions.map((each) => each.key === key ? change(each) : each) })) }
}

export function removeQuestion(form: Checklist, key: string): Checklist {
  return { ...form, sections: form.sections.map((section) => ({ ...section, questions: section.questions.filter((each) => each.key !== key) })) }
}

export function changeSection(form: Checklist, key: string, change: Partial<Section>): Checklist {
  return { ...form, sections: form.sections.map((section) => section.key === key ? { ...section, ...change } : section) }
}

export function removeSection(form: Checklist, key: string): Checklist {
  return { ...form, sections: form.sections.filter((section) => section.key !== key) }
}

export function moveSection(form: Checklist, key: string, by: 1 | -1): Checklist {
  return { ...form, sections: moved(form.sections, form.sections.findIndex((section) => section.key === key), by) }
}

/** One place up or down; at the edge of its section it goes over into the next one. */
export function moveQuestion(form: Checklist, key: string, by: 1 | -1): Checklist {
  const at = form.sections.findIndex((section) => section.questions.some((each) => each.key === key))
  const section = form.sections[at]
  const question = section?.questions.find((each) => each.key === key)
  if (!section || !question) return form
  const place = section.questions.indexOf(question)
  if (section.questions[place + by]) return changeSection(form, section.key, { questions: moved(section.questions, place, by) })
  const neighbour = form.sections[at + by]
  if (!neighbour) return form
  const without = removeQuestion(form, key)
  return changeSection(without, neighbour.key, { questions: by === 1 ? [question, ...neighbour.questions] : [...neighbour.questions, question] })
}

function moved<T>(list: readonly T[], at: number, by: 1 | -1): readonly T[] {
  const there = list[at + by]
  const here = list[at]
  if (here === undefined || there === undefined) return list
  return list.map((each, index) => index === at ? there : index === at + by ? here : each)
}

function inSection(form: Checklist, key: string, change: (questions: readonly Question[]) => readonly Question[]): Checklist {
  return { ...form, sections: form.sections.map((section) => section.key === key ? { ...section, questions: change(section.questions) } : section) }
}

/** Another kind keeps what every kind has, and begins anew with what only its own kind knows. */
export function ofKind(question: Question, kind: QuestionKind): Question {
  const { key, text, required, not_applicable, show_when, law, standards } = question
  const kept: Question = { kind, key, text, required, not_applicable, show_when: show_when ?? null, law: law ?? [], standards: standards ?? [] }
  if (kind !== 'choice') return kept
  return { ...kept, options: [{ value: 'option_1', label: blank }, { value: 'option_2', label: blank }] }
}

export type SimpleCondition = Extract<Condition, { question: string }> | Extract<Condition, { target: 'kind' }>
export interface ConditionRows { readonly join: 'any' | 'all'; readonly rows: readonly SimpleCondition[] }

const isSimple = (condition: Condition): condition is SimpleCondition => 'question' in condition || 'target' in condition

/** A condition as rows to fill in; null where it is one that the editor only keeps. */
export function rowsOf(condition: Condition | null | undefined): ConditionRows | null {
  if (!condition) return { join: 'any', rows: [] }
  if (isSimple(condition)) return { join: 'any', rows: [condition] }
  const join = 'any' in condition ? 'any' : 'all'
  const inner = 'any' in condition ? condition.any : 'all' in condition ? condition.all : null
  return inner && inner.length > 0 && inner.every(isSimple) ? { join, rows: inner } : null
}

export function conditionOf({ join, rows }: ConditionRows): Condition | null {
  const [first, ...others] = rows
  if (!first) return null
  if (others.length === 0) return first
  return join === 'any' ? { any: rows } : { all: rows }
}

export type PhotoWish = 'never' | 'no' | 'always' | 'condition'

/** When a photo is asked for, in the words of the editor. */
export function photoWishOf({ key, photo_when: condition }: Question): PhotoWish {
  if (!condition) return 'never'
  if ('all' in condition && condition.all.length === 0) return 'always'
  return 'question' in condition && condition.question === key && condition.is === 'no' ? 'no' : 'condition'
}

export function photoWhen(question: Question, wish: PhotoWish): Condition | null {
  if (wish === 'never') return null
  if (wish === 'always') return { all: [] }
  return wish === 'no' ? { question: question.key, is: 'no' } : question.photo_when ?? null
}

/** Questions before this one whose answer a condition may hang on; `own`: its own answer too, for a photo. */
export function askedBefore(form: Checklist, key: string, own = false): Question[] {
  const all = questionsOf(form)
  const at = all.findIndex((each) => each.key === key)
  return all.slice(0, own ? at + 1 : at).filter((each) => each.kind !== 'text' && each.kind !== 'photo')
}

/** The same question once more behind the first, under a key of its own; what it asks of itself it asks of itself again. */
export function duplicateQuestion(form: Checklist, key: string): { form: Checklist; key: string } {
  const fresh = freeKey('question', keysOf(form))
  const again = (condition: Condition | null | undefined) => condition && renamed(condition, key, fresh)
  const copy = (question: Question): Question => ({ ...question, key: fresh, ...question.photo_when ? { photo_when: again(question.photo_when) ?? null } : {} })
  const sections = form.sections.map((section) => ({ ...section, questions: section.questions.flatMap((each) => each.key === key ? [each, copy(each)] : [each]) }))
  return { form: { ...form, sections }, key: fresh }
}

function renamed(condition: Condition, from: string, to: string): Condition {
  if ('question' in condition) return condition.question === from ? { ...condition, question: to } : condition
  if ('all' in condition) return { all: condition.all.map((each) => renamed(each, from, to)) }
  if ('any' in condition) return { any: condition.any.map((each) => renamed(each, from, to)) }
  return 'not' in condition ? { not: renamed(condition.not, from, to) } : condition
}

/** English where there is none: the Chinese words stand in, until somebody translates them. */
export function fillEnglish(form: Checklist): Checklist {
  const both = (words: BothLanguages): BothLanguages => words.en.trim() ? words : { ...words, en: words['zh-CN'] }
  return {
    ...form,
    title: both(form.title),
    sections: form.sections.map((section) => ({
      ...section,
      title: both(section.title),
      questions: section.questions.map((each) => ({ ...each, text: both(each.text), ...each.options ? { options: each.options.map((option) => ({ ...option, label: both(option.label) })) } : {} })),
    })),
  }
}

/** A file's JSON as a draft: a checklist, or an answer of ours that holds one. Null for anything else. */
export function formOfJson(text: string): Checklist | null {
  try {
    const found = JSON.parse(text) as { sections?: unknown; content?: { sections?: unknown } } | null
    const form = found && Array.isArray(found.sections) ? found : found?.content
    return form && Array.isArray(form.sections) ? form as Checklist : null
  } catch {
    return null
  }
}
