import { ref, shallowRef } from 'vue'
import type { DaysBefore } from '@/api/visits'
import { useSaving } from '../registry/useSaving'
import { theDesk } from '../session'
import { wayBack } from './visitDays'

/** Setting the day of visits, and taking it back. `changed` runs when the server has it. */
export function useVisitDays(changed: () => void) {
  const { api } = theDesk()
  const { busy, problem, faultOf, save } = useSaving()
  const before = shallowRef<DaysBefore | null>(null)
  const said = ref<{ day: string | null; count: number } | null>(null)

  async function set(ids: readonly string[], day: string | null): Promise<boolean> {
    const done = await save(async () => {
      const { changed: answered } = await api.setVisitDays(ids, day)
      const count = Object.keys(answered).length
      before.value = count > 0 ? answered : null
      said.value = { day, count: ids.length }
    })
    if (done) changed()
    return done
  }
  async function undo(): Promise<void> {
    const changes = wayBack(before.value ?? {})
    const done = await save(async () => {
      for (const { day, ids } of changes) await api.setVisitDays(ids, day)
      before.value = null
      said.value = null
    })
    if (done) changed()
  }
  return { busy, problem, faultOf, before, said, set, undo }
}
