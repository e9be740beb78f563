import { computed, ref, shallowRef } from 'vue'
import { problemOf, type Problem } from '@/api/problem'
import type { Answer, Inspection, PartDetail } from '@/api/types'
import { uuidv7 } from '@/offline/ids'
import { theDesk } from '../session'
import { isEmpty, keepDraft, openDraft, placeOf, type DeskDraft } from './deskDraft'
import { judgeDesk } from './judgeDesk'
import { instantOf } from './times'

const mint = () => uuidv7(crypto, Date.now())

/** The draft of one desk entry: kept with every change, judged by the rules, sent under the same id until it is answered. */
export function useDeskEntry(inspection: Inspection, detail: PartDetail) {
  const { api, me } = theDesk()
  const checklist = detail.checklist
  const place = placeOf(me.value?.account_id ?? '', detail.part.id)
  const draft = shallowRef<DeskDraft>(openDraft(localStorage, place, checklist.id, mint))
  const kept = ref<'rest' | 'kept' | 'failed'>(isEmpty(draft.value) ? 'rest' : 'kept')
  const dropped = shallowRef<DeskDraft | null>(null)
  const tried = ref(false)
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const judgement = computed(() => judgeDesk(checklist.content, draft.value, inspection.target.kind, Date.now(), inspection.method))

  function put(next: DeskDraft): void {
    draft.value = next
    kept.value = keepDraft(localStorage, place, next) ? 'kept' : 'failed'
  }
  const change = (made: Partial<DeskDraft>) => put({ ...draft.value, ...made })

  function answer(key: string, given: Answer | null): void {
    const answers = { ...draft.value.answers }
    if (given) answers[key] = given
    else Reflect.deleteProperty(answers, key)
    change({ answers })
  }

  /** Empties the form; what was there can be brought back until the page is left. */
  function clear(): void {
    dropped.value = draft.value
    tried.value = false
    put({ ...draft.value, answers: {}, entered: '', left: '', reason: '' })
  }
  function bringBack(): void {
    if (dropped.value) put(dropped.value)
    dropped.value = null
  }

  /** Sends the entry. True when the server has it. */
  async function submit(): Promise<boolean> {
    tried.value = true
    problem.value = null
    const judged = judgement.value
    const [entered, left] = [instantOf(draft.value.entered), instantOf(draft.value.left)]
    if (busy.value || !entered || !left || judged.faults.length > 0) return false
    busy.value = true
    try {
      await api.enterAtDesk(detail.part.id, {
        submission_id: draft.value.submission_id, checklist_id: checklist.id, answers: judged.answers, result_code: judged.resultCode,
        entered_at: entered, left_at: left, desk_reason: inspection.method === 'on_site' ? draft.value.reason.trim() : null,
      })
      localStorage.removeItem(place)
      return true
    } catch (fault) {
      problem.value = problemOf(fault)
      return false
    } finally {
      busy.value = false
    }
  }

  return { draft, judgement, kept, dropped, tried, busy, problem, change, answer, clear, bringBack, submit }
}
