import type { Checklist, Question } from '@/checklist'
import type { Answer } from '@/offline'

type Answers = Readonly<Record<string, Answer>>

export interface SectionProgress { readonly key: string; readonly answered: number; readonly visible: number; readonly missing: number }

/** How far each section is. `missing` counts questions with a fault, so a section without any is complete. */
export function progressOf(checklist: Checklist, answers: Answers, visible: ReadonlySet<string>, faulty: ReadonlySet<string>): SectionProgress[] {
  return checklist.sections.map(({ key, questions }) => {
    const shown = questions.filter((question) => visible.has(question.key))
    return {
      key,
      answered: shown.filter((question) => question.key in answers).length,
      visible: shown.length,
      missing: shown.filter((question) => faulty.has(question.key)).length,
    }
  })
}

/** What "all normal" answers: yes to each open yes-no question of the section where a no would be a problem. */
export function allNormal(questions: readonly Question[], answers: Answers, visible: ReadonlySet<string>): Record<string, Answer> {
  const open = questions.filter((question) => question.kind === 'yes_no' && question.when_no && visible.has(question.key) && !(question.key in answers))
  return Object.fromEntries(open.map((question) => [question.key, { value: 'yes' }]))
}

/** Takes back exactly what "all normal" gave and nobody changed since. */
export function undone(given: Answers, answers: Answers): Record<string, null> {
  const untouched = Object.keys(given).filter((key) => {
    const now = answers[key]
    return now && 'value' in now && now.value === 'yes'
  })
  return Object.fromEntries(untouched.map((key) => [key, null]))
}

/** Questions answered no where a no is a problem, in order. */
export function problemsFound(questions: readonly Question[], answers: Answers): readonly Question[] {
  return questions.filter((question) => {
    const answer = answers[question.key]
    return question.when_no && answer && 'value' in answer && answer.value === 'no'
  })
}
