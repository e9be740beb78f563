import { inject, onScopeDispose, type InjectionKey } from 'vue'
import type { Live, Topic } from './live'

export const LIVE: InjectionKey<Live> = Symbol('live')

const SOON_MS = 250
/** However much happens, a screen asks again at most so often. */
const APART_MS = 3000

/** Runs `run` soon after something of these topics changed, once for many changes; never after the screen is gone. */
export function useLive(topics: readonly Topic[], run: () => void): void {
  const live = inject(LIVE, null)
  if (!live || topics.length === 0) return
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = 0
  const stop = live.listen(topics, () => {
    if (timer) return
    timer = setTimeout(() => {
      timer = undefined
      last = Date.now()
      run()
    }, Math.max(SOON_MS, last + APART_MS - Date.now()))
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
}
