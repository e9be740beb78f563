import { computed } from 'vue'
import type { DepartmentChoice } from '@/api/accounts'
import { theDesk } from '../../session'
import { useLoaded } from '../../useLoaded'
import { choosesDepartment } from './roles'

/** The departments that the administrator may open accounts in: all of the jurisdiction, or his own. */
export function useDepartments() {
  const { api, me } = theDesk()
  const load = async (): Promise<readonly DepartmentChoice[]> => {
    const mine = me.value?.department
    if (!choosesDepartment(me.value?.roles ?? [])) return mine ? [mine] : []
    const places = await api.readTree()
    return places.items.find((place) => place.id === me.value?.jurisdiction.id)?.departments ?? []
  }
  const { state } = useLoaded(load)
  return computed(() => state.value.at === 'loaded' ? state.value.value : [])
}
