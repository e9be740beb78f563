import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'

/** Whose settings and calendar a screen shows: a jurisdiction below, from the address, or null for one's own. */
export function usePlace(): ComputedRef<string | null> {
  const route = useRoute()
  return computed(() => typeof route.query['place'] === 'string' ? route.query['place'] : null)
}
