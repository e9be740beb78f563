import { computed, ref, shallowRef } from 'vue'
import { problemOf, type Problem } from '@/api/problem'
import { problemText } from '../problemText'

/** Saving a form: whether it is under way, the refusal, and the refusal's words at the field that it names. */
export function useSaving() {
  const busy = ref(false)
  const refusal = shallowRef<Problem | null>(null)
  const shown = new Set<string>()
  /** The words for a field; asking says that the form shows this field, so that the notice need not. */
  function faultOf(field: string): string | undefined {
    shown.add(field)
    return refusal.value?.field === field || refusal.value?.field?.startsWith(`${field}.`) ? problemText(refusal.value).what : undefined
  }
  /** What no field shows. */
  const problem = computed(() => refusal.value?.field && [...shown].some((field) => refusal.value?.field === field || refusal.value?.field?.startsWith(`${field}.`)) ? null : refusal.value)
  async function save(write: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    refusal.value = null
    try {
      await write()
      return true
    } catch (fault) {
      refusal.value = problemOf(fault)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, faultOf, save }
}
