import { computed, type ComputedRef } from 'vue'
import { today } from '@/messages/dates'
import { daysOf, type Days } from '../admin/calendar/days'
import { theDesk } from '../session'
import { useLoaded } from '../useLoaded'

/** The working days of this year and the next; empty where the reader may not see them or there is no table. */
export function useCalendar(): ComputedRef<Days> {
  const { api, may } = theDesk()
  const year = Number(today().slice(0, 4))
  const { state } = useLoaded(async () => {
    if (!may('setting.read')) return []
    const years = await Promise.all([year, year + 1].map((each) => api.readWorkingDays(each).then((found) => found.days, () => [])))
    return years.flat()
  })
  return computed(() => daysOf(state.value.at === 'loaded' ? state.value.value : []))
}
