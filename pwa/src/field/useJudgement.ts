import { computed, type ComputedRef, type ShallowRef } from 'vue'
import type { Draft } from '@/offline'
import { judge, type Judgement } from './rules'

const NOTHING: Judgement = { visible: new Set(), photoAsked: new Set(), faults: [], faultyKeys: new Set(), resultCode: 'no_problem_found', answeredNo: [] }

/** What the checklist's rules say about the draft as it stands, judged again with every answer. */
export function useJudgement(draft: Readonly<ShallowRef<Draft | undefined>>, targetKind: () => string | undefined): ComputedRef<Judgement> {
  return computed(() => draft.value ? judge(draft.value, targetKind() ?? 'enterprise') : NOTHING)
}
