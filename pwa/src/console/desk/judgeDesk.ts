import type { Checklist, Inspection, Question } from '@/api/types'
import { partResultCode, validate, visibleAnswers, visibleQuestions, type ResultCode, type Rule } from '@/checklist'
import type { DeskDraft } from './deskDraft'
import { instantOf } from './times'

type Method = Inspection['method']

/** What is wrong with one place of the form; `at` is the place's id on the page. */
export interface DeskFault { readonly at: string; readonly key: string; readonly rule: Rule | 'time' | 'order' | 'future' | 'reason' }

export interface DeskJudgement {
  readonly visible: ReadonlySet<string>
  readonly answers: DeskDraft['answers']
  readonly faults: readonly DeskFault[]
  readonly resultCode: ResultCode
  readonly answered: number
  readonly asked: number
}

/** What the rules of the checklist, which the phone and the server share, say about a desk entry. A desk has no photos. */
export function judgeDesk(checklist: Checklist, draft: DeskDraft, kind: string, now: number, method: Method = 'on_site'): DeskJudgement {
  const target = { kind }
  const visible = visibleQuestions(checklist, draft.answers, target)
  const answers = visibleAnswers(checklist, draft.answers, target)
  const found = validate(checklist, answers, {}, target).filter((finding) => finding.rule !== 'photo')
  const faults = found.map(({ question_key, rule }): DeskFault => ({ at: `q-${question_key}`, key: question_key, rule }))
  const asked = checklist.sections.flatMap((section) => section.questions).filter((question) => visible.has(question.key) && asks(question))
  return {
    visible, answers, resultCode: partResultCode(checklist, answers, target),
    faults: [...timeFaults(draft, now, method), ...faults],
    answered: asked.filter((question) => question.key in answers).length, asked: asked.length,
  }
}

const asks = (question: Question) => question.required && question.kind !== 'photo'

function timeFaults(draft: DeskDraft, now: number, method: Method): DeskFault[] {
  const [entered, left] = [instantOf(draft.entered), instantOf(draft.left)]
  const faults: DeskFault[] = []
  if (!entered) faults.push({ at: 'desk-entered', key: 'entered', rule: 'time' })
  if (!left) faults.push({ at: 'desk-left', key: 'left', rule: 'time' })
  if (entered && left && left < entered) faults.push({ at: 'desk-left', key: 'left', rule: 'order' })
  else if (left && Date.parse(left) > now) faults.push({ at: 'desk-left', key: 'left', rule: 'future' })
  if (method === 'on_site' && draft.reason.trim() === '') faults.push({ at: 'desk-reason', key: 'reason', rule: 'reason' })
  return faults
}
