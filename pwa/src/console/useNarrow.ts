import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether the window is as narrow as a phone, for drawings that are laid out anew then. */
export function useNarrow(): Ref<boolean> {
  const query = window.matchMedia('(max-width: 48rem)')
  const narrow = ref(query.matches)
  const look = () => { narrow.value = query.matches }
  query.addEventListener('change', look)
  onScopeDispose(() => query.removeEventListener('change', look))
  return narrow
}
