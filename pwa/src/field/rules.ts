import type { Answer, Condition, Draft, Question } from '@/offline'

export interface Judgement {
  readonly visible: ReadonlySet<string>
  readonly photoAsked: ReadonlySet<string>
  readonly faults: readonly { readonly question_key: string; readonly rule: Rule }[]
  readonly faultyKeys: ReadonlySet<string>
  readonly resultCode: 'no_problem_found' | 'ordered_to_correct' | 'awaiting_follow_up'
}
export type Rule = 'required' | 'kind' | 'option' | 'range' | 'decimals' | 'length' | 'date' | 'photo' | 'unknown_question' | 'hidden' | 'not_applicable_reason' | 'not_applicable_not_allowed'

function holds(c: Condition, a: Readonly<Record<string, Answer>>, kind: string): boolean {
  if ('question' in c) { const x = a[c.question]; return !!x && 'value' in x && x.value === c.is }
  if ('target' in c) return kind === c.is
  if ('all' in c) return c.all.every((x) => holds(x, a, kind))
  if ('any' in c) return c.any.some((x) => holds(x, a, kind))
  return !holds(c.not, a, kind)
}

export function judge(draft: Pick<Draft, 'checklist' | 'answers' | 'photos'>, targetKind: string): Judgement {
  const all: Question[] = draft.checklist.content.sections.flatMap((s) => s.questions)
  const shown = all.filter((q) => !q.show_when || holds(q.show_when, draft.answers, targetKind))
  const asked = shown.filter((q) => q.photo_when && holds(q.photo_when, draft.answers, targetKind))
  const faults: { question_key: string; rule: Rule }[] = []
  for (const q of shown) {
    const photo = draft.photos.some((p) => p.question_key === q.key)
    if (q.required && q.kind !== 'photo' && !(q.key in draft.answers)) faults.push({ question_key: q.key, rule: 'required' })
    if ((asked.includes(q) || (q.kind === 'photo' && q.required)) && !photo) faults.push({ question_key: q.key, rule: 'photo' })
  }
  const noes = shown.filter((q) => { const x = draft.answers[q.key]; return q.when_no && x && 'value' in x && x.value === 'no' })
  const resultCode = noes.length === 0 ? 'no_problem_found' : noes.some((q) => q.when_no === 'case') ? 'awaiting_follow_up' : 'ordered_to_correct'
  return { visible: new Set(shown.map((q) => q.key)), photoAsked: new Set(asked.map((q) => q.key)), faults, faultyKeys: new Set(faults.map((f) => f.question_key)), resultCode }
}
