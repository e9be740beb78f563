import { consequencesOf, photoQuestions, resultCode, validate, visibleAnswers, visibleQuestions, type Finding, type ResultCode } from '@/checklist'
import type { Draft } from '@/offline'

export interface Judgement {
  readonly visible: ReadonlySet<string>
  readonly photoAsked: ReadonlySet<string>
  readonly faults: readonly Finding[]
  readonly faultyKeys: ReadonlySet<string>
  readonly resultCode: ResultCode
  /** Keys of shown questions answered no. */
  readonly answeredNo: readonly string[]
}

/**
 * What the checklist says about a draft. Answers to questions that are hidden now are kept in the draft,
 * so that a slip of the finger costs nothing; they are judged, and submitted, as if they were not there.
 */
export function judge(draft: Pick<Draft, 'checklist' | 'answers' | 'photos' | 'outcome' | 'problems'>, targetKind: string): Judgement {
  const { content } = draft.checklist
  const target = { kind: targetKind }
  const answers = visibleAnswers(content, draft.answers, target)
  const faults = draft.outcome ? [] : validate(content, answers, countByQuestion(draft.photos), target)
  const consequences = consequencesOf(content, answers, target)
  return {
    visible: visibleQuestions(content, answers, target),
    photoAsked: photoQuestions(content, answers, target),
    faults,
    faultyKeys: new Set(faults.map((fault) => fault.question_key)),
    resultCode: resultCode(draft.outcome, consequences, draft.problems),
    answeredNo: Object.keys(consequences),
  }
}

/** The patch that lets go of hidden answers, for the moment of submission. */
export function withoutHidden(draft: Pick<Draft, 'answers'>, visible: ReadonlySet<string>): Record<string, null> {
  return Object.fromEntries(Object.keys(draft.answers).filter((key) => !visible.has(key)).map((key) => [key, null]))
}

function countByQuestion(photos: Draft['photos']): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { question_key: key } of photos) if (key !== null) counts[key] = (counts[key] ?? 0) + 1
  return counts
}
