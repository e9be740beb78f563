import { computed, ref, shallowRef } from 'vue'
import type { CalendarFile, CalendarYear } from '@/api/jurisdictions'
import { problemOf, type Problem } from '@/api/problem'
import { theDesk } from '../../session'
import { answerOf, changesOf, daysOf, draftOf, withDay, type Days } from './days'

/** What the office has turned over on the calendar and not saved yet; every step can be undone. */
export function useCalendarEdit(year: () => CalendarYear | undefined, saved: (view: CalendarYear) => void) {
  const { api } = theDesk()
  const steps = shallowRef<readonly Days[]>([])
  const pending = computed<Days>(() => steps.value.at(-1) ?? new Map())
  const standing = computed(() => daysOf(year()?.days ?? []))
  const reason = ref('')
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const file = shallowRef<CalendarFile | null>(null)
  const take = (next: Days) => { steps.value = [...steps.value, next] }

  function turn(day: string) {
    take(withDay(pending.value, standing.value, day, !(answerOf(pending.value, standing.value, day) ?? false)))
  }

  async function attempt(work: () => Promise<void>) {
    busy.value = true
    problem.value = null
    await work().catch((fault: unknown) => { problem.value = problemOf(fault) })
    busy.value = false
  }

  const save = () => attempt(async () => {
    const view = await api.changeWorkingDays(year()?.version ?? 0, changesOf(pending.value), reason.value)
    forget()
    reason.value = ''
    saved(view)
  })
  const read = (chosen: File) => attempt(async () => {
    file.value = await api.readWorkingDayFile(chosen)
    take(new Map([...pending.value, ...daysOf(file.value.changes)]))
  })
  function forget() {
    steps.value = []
    file.value = null
  }
  return {
    pending, standing, reason, busy, problem, file, turn, save, read, forget,
    draft: (of: number) => take(new Map([...pending.value, ...draftOf(of)])),
    undo: () => { steps.value = steps.value.slice(0, -1) },
  }
}
