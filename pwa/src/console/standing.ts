import type { Inspection, PartView, PlanTask } from '@/api/types'
import { daysBetween, formed, SOON_DAYS, urgency } from './looks'

/** One line of the overview: how many, the first few to go to, and the filter of the list that has them all. */
export interface Standing<T> { readonly count: number; readonly first: readonly T[] }

export interface Overview {
  readonly lateInspections: Standing<Inspection>
  readonly lateTasks: Standing<PlanTask>
  readonly dueInspections: Standing<Inspection>
  readonly dueTasks: Standing<PlanTask>
  readonly halfDrawn: Standing<PlanTask>
  readonly underWay: Standing<Inspection>
  readonly awaitingPhotos: Standing<Inspection>
  readonly mine: Standing<Inspection>
}

const SHOWN = 4

function standing<T>(rows: readonly T[], order: (row: T) => string): Standing<T> {
  const sorted = [...rows].sort((a, b) => order(a).localeCompare(order(b)))
  return { count: rows.length, first: sorted.slice(0, SHOWN) }
}

const due = (inspection: Inspection) => inspection.due_on
const has = (holds: (part: PartView) => boolean) => (inspection: Inspection) => inspection.parts.some(holds)

/** What is late, what is due and what moves, on the day `now` (plain date). */
export function overviewOf(tasks: readonly PlanTask[], inspections: readonly Inspection[], now: string): Overview {
  const toDraw = tasks.filter((task) => task.state === 'published')
  const until = (task: PlanTask) => daysBetween(now, task.planned_draw_on)
  const open = inspections.filter((inspection) => inspection.parts.some((part) => !formed(part.state)))
  return {
    lateInspections: standing(inspections.filter((each) => urgency(each, now) === 'late'), due),
    lateTasks: standing(toDraw.filter((task) => until(task) < 0), (task) => task.planned_draw_on),
    dueInspections: standing(open.filter((each) => urgency(each, now) === 'soon'), due),
    dueTasks: standing(toDraw.filter((task) => until(task) >= 0 && until(task) <= SOON_DAYS), (task) => task.planned_draw_on),
    halfDrawn: standing(tasks.filter((task) => task.state === 'frozen' || task.state === 'drawn'), (task) => task.planned_draw_on),
    underWay: standing(inspections.filter(has((part) => part.state === 'under_way')), due),
    awaitingPhotos: standing(inspections.filter(has((part) => part.state === 'awaiting_photos')), due),
    mine: standing(open.filter(has((part) => part.may_enter && !formed(part.state))), due),
  }
}
