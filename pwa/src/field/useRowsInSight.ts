import { onScopeDispose, ref, watch, type Ref } from 'vue'

const AT_ONCE = 24
/** Rows are added while their end is still this far below the screen. */
const AHEAD = '1200px'

/** How far the list was unrolled: whoever comes back from a task finds the place where he was. */
let unrolled = AT_ONCE

/** A thousand tasks: how many rows are drawn; the approach of the element at their end draws more. */
export function useRowsInSight(end: Readonly<Ref<HTMLElement | null>>): Ref<number> {
  const shown = ref(unrolled)
  let observer: IntersectionObserver | undefined
  watch([end, shown], ([element]) => {
    observer?.disconnect()
    if (!element) return
    observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) shown.value = unrolled += AT_ONCE
    }, { rootMargin: `0px 0px ${AHEAD} 0px` })
    observer.observe(element)
  }, { flush: 'post' })
  onScopeDispose(() => observer?.disconnect())
  return shown
}

/** The first `count` rows of heaps that follow each other; a heap of which no row is shown yet still has its title. */
export function firstRows<T>(heaps: readonly { readonly rows: readonly T[] }[], count: number): readonly (readonly T[])[] {
  let left = count
  return heaps.map(({ rows }) => {
    const taken = rows.slice(0, left)
    left -= taken.length
    return taken
  })
}
