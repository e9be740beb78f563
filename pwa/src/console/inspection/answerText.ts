import type { Answer, Checklist, Question } from '@/api/types'
import { inLanguage } from '@/messages/t'
import { t } from '../t'

/** A question with its answer as it was given; questions that were hidden have none and are left out. */
export interface Answered { readonly question: Question; readonly text: string; readonly problem: boolean; readonly notApplicable: boolean }

/** An answer in words. An option that the checklist lost is shown as it was sent. */
export function answerText(question: Question, answer: Answer): string {
  if ('not_applicable' in answer) return t('answer.not_applicable', { reason: answer.not_applicable })
  if (question.kind === 'yes_no') return t(answer.value === 'yes' ? 'answer.yes' : 'answer.no')
  const option = (question.options ?? []).find((each) => each.value === answer.value)
  if (option) return inLanguage(option.label)
  return question.unit ? `${answer.value} ${question.unit}` : String(answer.value)
}

function answered(question: Question, answer: Answer | undefined): Answered[] {
  if (!answer) return []
  const problem = 'value' in answer && answer.value === 'no' && Boolean(question.when_no)
  return [{ question, text: answerText(question, answer), problem, notApplicable: 'not_applicable' in answer }]
}

/** The answers in the order of the form, by section; sections without any are left out. */
export function answersBySection(checklist: Checklist, answers: Readonly<Record<string, Answer>>): { key: string; title: string; rows: Answered[] }[] {
  return checklist.sections
    .map((section) => ({ key: section.key, title: inLanguage(section.title), rows: section.questions.flatMap((question) => answered(question, answers[question.key])) }))
    .filter((section) => section.rows.length > 0)
}
