import type { Question } from '@/checklist'
import type { Answer, FieldRules, FoundProblem } from '@/offline'

/** The last day that is proposed for an order given today; null when this phone was alone for too long to know. */
export function proposedDay(rules: FieldRules | null, today: string): string | null {
  return rules?.correct_by[today] ?? null
}

/** Problems after an answer: a no where that is a problem opens one with what the form suggests, any other answer lets it go. */
export function withAnswer(problems: readonly FoundProblem[], question: Question, answer: Answer | null, words: string, due: string | null, id: string): readonly FoundProblem[] {
  const isNo = answer !== null && 'value' in answer && answer.value === 'no' && Boolean(question.when_no)
  const known = problems.some((each) => each.question_key === question.key)
  if (!isNo) return known ? problems.filter((each) => each.question_key !== question.key) : problems
  if (known) return problems
  const handling = question.when_no ?? 'order_to_correct'
  return [...problems, { id, question_key: question.key, what: words, handling, due_on: handling === 'order_to_correct' ? due : null, photo_ids: [] }]
}

/** The problems with this one changed, or added. */
export function withProblem(problems: readonly FoundProblem[], changed: FoundProblem): readonly FoundProblem[] {
  return problems.some((each) => each.id === changed.id) ? problems.map((each) => each.id === changed.id ? changed : each) : [...problems, changed]
}
