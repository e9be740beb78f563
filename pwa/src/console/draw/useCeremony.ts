import { computed, ref, shallowRef } from 'vue'
import { ProblemError, problemOf, type Problem } from '@/api/problem'
import type { Draw, PlanTask } from '@/api/types'
import { forgetId, mintedId } from '../mintedId'
import { theDesk } from '../session'
import { useLoaded } from '../useLoaded'

export const steps = ['freeze', 'run', 'issue'] as const
export type Step = (typeof steps)[number]

/** The step that comes next; null when the list is issued. */
export function stepAfter(draw: Pick<Draw, 'state'> | null): Step | null {
  if (!draw) return 'freeze'
  return draw.state === 'prepared' ? 'run' : draw.state === 'drawn' ? 'issue' : null
}

/** The draw of one task: what there is, and the one thing that may be done next. */
export function useCeremony(taskId: string) {
  const { api, may, me } = theDesk()
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const purpose = `draw.${taskId}`

  async function load(): Promise<{ task: PlanTask; draw: Draw | null }> {
    const task = (await api.listPlanTasks()).items.find((each) => each.id === taskId)
    if (!task) throw new ProblemError({ code: 'console.task_unknown' })
    return { task, draw: task.draw_id && may('draw.read') ? await api.readDraw(task.draw_id) : null }
  }
  const { state, reload, put } = useLoaded(load)

  const task = computed(() => state.value.at === 'loaded' ? state.value.value.task : null)
  const draw = computed(() => state.value.at === 'loaded' ? state.value.value.draw : null)
  const next = computed(() => task.value?.draw_id && !draw.value ? null : stepAfter(draw.value))
  const leads = computed(() => may('draw.run') && me.value?.department?.id === task.value?.lead_department.id)

  function ask(step: Step): Promise<Draw> {
    if (step === 'freeze') return api.freezeDraw(mintedId(purpose), taskId)
    const id = draw.value?.id ?? ''
    return step === 'run' ? api.runDraw(id) : api.issueDraw(id)
  }

  /** Takes the next step. A lost answer leaves the minted id in place, so that pressing again repeats the request. */
  async function act(): Promise<void> {
    const step = next.value
    const before = task.value
    if (!step || !before || busy.value) return
    busy.value = true
    problem.value = null
    try {
      const drawn = await ask(step)
      forgetId(purpose)
      put({ task: { ...before, draw_id: drawn.id, state: ({ prepared: 'frozen', drawn: 'drawn', issued: 'issued' } as const)[drawn.state] }, draw: drawn })
    } catch (fault) {
      problem.value = problemOf(fault)
      if (fault instanceof ProblemError) forgetId(purpose)
      if (problem.value.code === 'planning.task_taken') await reload()
    } finally {
      busy.value = false
    }
  }

  return { state, reload, next, leads, busy, problem, act }
}
