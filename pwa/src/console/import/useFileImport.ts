import { computed, onScopeDispose, shallowRef } from 'vue'
import type { FileImport, ImportDoor, ImportMode } from '@/api/imports'
import { problemOf, type Problem } from '@/api/problem'
import { language } from '@/messages/t'
import { uuidv7 } from '@/offline/ids'

/** Where the screen stands: nothing chosen, bytes on their way, or an import that the server works on or has ended. */
export type Standing<View extends FileImport> =
  | { readonly at: 'idle' }
  | { readonly at: 'sending'; readonly fileName: string; readonly part: number }
  | { readonly at: 'followed'; readonly view: View }

export const ended = (view: FileImport) => ['done', 'refused', 'cancelled', 'failed'].includes(view.state)

type Asked<View extends FileImport> = Pick<ImportDoor<View>, 'read' | 'send' | 'mostBytes'>

/**
 * Sends a file and asks every second how far it is. A lost connection stops nothing: the question is asked again,
 * and `problem` says so meanwhile. `again` sends the same file under the same id, so that nothing is imported twice.
 */
export function useFileImport<View extends FileImport>({ read, send, mostBytes }: Asked<View>, pause = 1000) {
  const standing = shallowRef<Standing<View>>({ at: 'idle' })
  const problem = shallowRef<Problem | null>(null)
  let last: { id: string; file: File; mode: ImportMode } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let alive = true

  async function follow(importId: string): Promise<void> {
    clearTimeout(timer)
    try {
      const view = await read(importId)
      if (!alive) return
      standing.value = { at: 'followed', view }
      problem.value = null
      if (ended(view)) return
    } catch (fault) {
      problem.value = problemOf(fault)
      if (problem.value.code !== 'console.no_connection') return
    }
    if (alive) timer = setTimeout(() => void follow(importId), pause)
  }

  async function start(file: File, mode: ImportMode, id = uuidv7(crypto, Date.now())): Promise<void> {
    clearTimeout(timer)
    last = { id, file, mode }
    problem.value = file.size > mostBytes ? { code: 'registry.import_too_large', params: { megabytes: String(mostBytes / 1_000_000) } } : null
    if (problem.value) return
    standing.value = { at: 'sending', fileName: file.name, part: 0 }
    try {
      const view = await send(id, file, mode, language.value, (part) => { standing.value = { at: 'sending', fileName: file.name, part } })
      standing.value = { at: 'followed', view }
      await follow(id)
    } catch (fault) {
      problem.value = problemOf(fault)
      standing.value = { at: 'idle' }
    }
  }

  const again = () => last ? start(last.file, last.mode, last.id) : Promise.resolve()
  function reset(): void {
    clearTimeout(timer)
    standing.value = { at: 'idle' }
    problem.value = null
    last = null
  }
  onScopeDispose(() => { alive = false; clearTimeout(timer) })
  return { standing, problem, busy: computed(() => standing.value.at === 'sending' || (standing.value.at === 'followed' && !ended(standing.value.view))), canRepeat: () => last !== null, start, again, follow, reset }
}
