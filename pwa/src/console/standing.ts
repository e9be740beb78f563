import type { PlanTask } from '@/api/types'
import { daysBetween, SOON_DAYS } from './looks'

/** One line of the overview: how many, and the first few to go to. */
export interface Line<T> { readonly count: number; readonly first: readonly T[] }

export interface DrawsAhead {
  readonly late: Line<PlanTask>
  readonly due: Line<PlanTask>
  readonly half: Line<PlanTask>
}

export const SHOWN = 4

function line(tasks: readonly PlanTask[]): Line<PlanTask> {
  const sorted = [...tasks].sort((a, b) => a.planned_draw_on.localeCompare(b.planned_draw_on))
  return { count: sorted.length, first: sorted.slice(0, SHOWN) }
}

/** Which tasks are late to be drawn, due, or left half drawn, on the day `now` (plain date). */
export function drawsAhead(tasks: readonly PlanTask[], now: string): DrawsAhead {
  const toDraw = tasks.filter((task) => task.state === 'published')
  const until = (task: PlanTask) => daysBetween(now, task.planned_draw_on)
  return {
    late: line(toDraw.filter((task) => until(task) < 0)),
    due: line(toDraw.filter((task) => until(task) >= 0 && until(task) <= SOON_DAYS)),
    half: line(tasks.filter((task) => task.state === 'frozen' || task.state === 'drawn')),
  }
}
