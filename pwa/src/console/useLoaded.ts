import { onScopeDispose, shallowRef, watch, type ShallowRef, type WatchSource } from 'vue'
import { problemOf, type Problem } from '@/api/problem'
import type { Topic } from './live/live'
import { useLive } from './live/useLive'

export type Loaded<T> =
  | { readonly at: 'loading' }
  | { readonly at: 'loaded'; readonly value: T }
  | { readonly at: 'failed'; readonly problem: Problem }

export interface Loading<T> { readonly state: ShallowRef<Loaded<T>>; reload(): Promise<void>; put(value: T): void }

/**
 * What a screen shows of the server. Loads at once and again whenever `on` changes; an answer that was overtaken
 * by a later question is dropped. A reload keeps the old rows until the new ones are there.
 * `topics`: it also loads again when the server says that something of these changed; should that fail, what is shown
 * stays, for nobody asked for it.
 */
export function useLoaded<T>(load: () => Promise<T>, on?: WatchSource, topics: readonly Topic[] = []): Loading<T> {
  const state: ShallowRef<Loaded<T>> = shallowRef<Loaded<T>>({ at: 'loading' })
  let turn = 0
  async function ask(quietly: boolean): Promise<void> {
    const mine = ++turn
    const settle = (next: Loaded<T>) => { if (mine === turn && !(quietly && next.at === 'failed')) state.value = next }
    if (state.value.at === 'failed') state.value = { at: 'loading' }
    await load().then((value) => settle({ at: 'loaded', value }), (fault: unknown) => settle({ at: 'failed', problem: problemOf(fault) }))
  }
  const reload = () => ask(false)
  function put(value: T): void {
    turn += 1
    state.value = { at: 'loaded', value }
  }
  if (on) watch(on, () => void reload())
  useLive(topics, () => { if (state.value.at !== 'loading') void ask(state.value.at === 'loaded') })
  onScopeDispose(() => { turn += 1 })
  void reload()
  return { state, reload, put }
}
