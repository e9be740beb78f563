import type { Answer, Checklist, Question, Submission } from '@/api/types'
import { answerText } from './answerText'

/** One question that the results answer differently; `given` in the order of the results, empty where one has no answer. */
export interface Difference { readonly question: Question; readonly given: readonly string[] }

const textOf = (question: Question, answer: Answer | undefined) => answer === undefined ? '' : answerText(question, answer)

/** The questions whose answers are not the same in all results, in the order of the form. */
export function differences(checklist: Checklist, results: readonly Submission[]): Difference[] {
  return checklist.sections.flatMap((section) => section.questions).flatMap((question): Difference[] => {
    const given = results.map((each) => textOf(question, each.body.answers[question.key]))
    return new Set(given).size > 1 ? [{ question, given }] : []
  })
}
