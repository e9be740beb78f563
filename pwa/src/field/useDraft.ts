import { onScopeDispose, ref, shallowRef } from 'vue'
import { ProblemError, type Answer, type Draft, type DraftChange, type Problem } from '@/offline'
import { theEngine } from './useEngine'

/** All saves of this page in order; a screen that opens waits for those of the one before. */
let lastSave: Promise<unknown> = Promise.resolve()

/** When everything typed so far is kept. Never rejects: a failed save is shown where it happened. */
export function saved(): Promise<unknown> {
  return lastSave
}

/** The draft as it will be after the change, so that the screen need not wait for the disk. */
export function withChange(draft: Draft, { answers, ...rest }: DraftChange): Draft {
  const kept: Record<string, Answer> = { ...draft.answers }
  for (const [key, answer] of Object.entries(answers ?? {})) {
    if (answer === null) Reflect.deleteProperty(kept, key)
    else kept[key] = answer
  }
  return { ...draft, ...rest, answers: kept }
}

/** What went wrong, as a problem that has a text. */
export function problemOf(fault: unknown): Problem {
  if (fault instanceof Error && 'problem' in fault) return (fault as ProblemError).problem
  return { code: 'offline.unexpected', params: { reason: String(fault) } }
}

export type Saving = 'rest' | 'saving' | 'saved'

/** One part's draft: shown at once, saved with every change, and never silently lost. */
export function useDraft(partId: string) {
  const engine = theEngine()
  const draft = shallowRef<Draft>()
  const problem = shallowRef<Problem | null>(null)
  const saving = ref<Saving>('rest')
  let alive = true
  let running = 0
  onScopeDispose(() => { alive = false })

  async function load(): Promise<void> {
    try {
      await lastSave
      const opened = await engine.openDraft(partId)
      if (alive) draft.value = opened
    } catch (fault) {
      problem.value = problemOf(fault)
    }
  }

  function change(made: DraftChange): Promise<unknown> {
    if (draft.value) draft.value = withChange(draft.value, made)
    saving.value = 'saving'
    running += 1
    const save = lastSave.then(() => engine.saveDraft(partId, made)).then(
      () => { problem.value = null },
      (fault: unknown) => { problem.value = problemOf(fault) },
    ).finally(() => {
      running -= 1
      if (running === 0) saving.value = problem.value ? 'rest' : 'saved'
    })
    lastSave = save
    return save
  }

  return { draft, problem, saving, load, change, ready: load() }
}
