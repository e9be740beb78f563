import { computed, inject, onScopeDispose, shallowRef, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Engine, EngineView, LocalTask, Part } from '@/offline'

export const ENGINE: InjectionKey<Engine> = Symbol('engine')

/** The engine of this page; main.ts provides it. */
export function theEngine(): Engine {
  const engine = inject(ENGINE)
  if (!engine) throw new Error('no engine was provided')
  return engine
}

/** The engine and its view; the screen is drawn again when the view changes. */
export function useEngine(): { engine: Engine; view: Readonly<ShallowRef<EngineView>> } {
  const engine = theEngine()
  const view = shallowRef(engine.view())
  onScopeDispose(engine.subscribe((changed) => { view.value = changed }))
  return { engine, view }
}

/** The task and part behind a part's id; undefined while nothing of it is on this phone. */
export function usePart(partId: string): ComputedRef<{ task: LocalTask; part: Part } | undefined> {
  const { view } = useEngine()
  return computed(() => {
    for (const task of view.value.tasks) {
      const part = task.parts.find((each) => each.id === partId)
      if (part) return { task, part }
    }
    return undefined
  })
}

/** Resolves when the engine has read what is kept on this phone. */
export function started(engine: Engine): Promise<EngineView> {
  return new Promise((resolve) => {
    if (engine.view().phase !== 'starting') { resolve(engine.view()); return }
    const stop = engine.subscribe((view) => {
      if (view.phase === 'starting') return
      stop()
      resolve(view)
    })
  })
}
