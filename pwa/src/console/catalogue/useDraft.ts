import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import type { DraftView } from '@/api/catalogue'
import { problemOf, type Problem } from '@/api/problem'
import type { Checklist } from '@/checklist'
import type { Api } from '@/api'

const REST = 800
const MOST_UNDONE = 50

/** A draft in hand: every change is kept by itself after a short rest, and can be undone; two editors do not overwrite each other. */
export function useDraft(api: Pick<Api, 'saveDraft' | 'readDraft'>, draftId: () => string) {
  const form = shallowRef<Checklist | null>(null)
  const kept = shallowRef<Checklist | null>(null)
  const code = ref('')
  const version = ref(0)
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  const past = shallowRef<readonly Checklist[]>([])
  let rest: ReturnType<typeof setTimeout> | undefined

  function take(view: DraftView) {
    form.value = kept.value = view.content
    code.value = view.row.code
    version.value = view.row.version
    problem.value = null
    past.value = []
  }
  function soon() {
    clearTimeout(rest)
    rest = setTimeout(() => void save(), REST)
  }
  function change(next: Checklist) {
    if (form.value) past.value = [...past.value.slice(1 - MOST_UNDONE), form.value]
    form.value = next
    soon()
  }
  function undo() {
    form.value = past.value.at(-1) ?? form.value
    past.value = past.value.slice(0, -1)
    soon()
  }
  /** Saves what is not saved yet; waits for a save that is under way. Answers whether all is kept. */
  async function save(): Promise<boolean> {
    clearTimeout(rest)
    const sent = form.value
    if (!sent || sent === kept.value) return true
    if (busy.value) { soon(); return false }
    busy.value = true
    problem.value = null
    try {
      const view = await api.saveDraft(draftId(), code.value, sent, version.value)
      version.value = view.row.version
      kept.value = sent
      if (form.value !== sent) soon()
      return form.value === sent
    } catch (fault) {
      problem.value = problemOf(fault)
      return false
    } finally {
      busy.value = false
    }
  }
  /** Somebody else saved meanwhile: what is written here goes on top of it, or gives way to it. */
  const clash = computed(() => problem.value?.code === 'jurisdictions.changed_meanwhile')
  async function insist() {
    version.value = (await api.readDraft(draftId())).row.version
    await save()
  }
  onBeforeUnmount(() => clearTimeout(rest))
  const unsaved = computed(() => form.value !== kept.value || busy.value)
  return { form, code, version, problem, past, unsaved, clash, take, change, undo, save, insist }
}
