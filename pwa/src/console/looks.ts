import type { CreditClass, Inspection, PartState, PlanTask, PlanTaskState } from '@/api/types'
import type { IconName } from '@/ui/icons'
import { t } from './t'

export interface Look { readonly tone: 'good' | 'attention' | 'bad' | 'info' | 'calm'; readonly icon: IconName }

/** A state as icon and colour; the word comes from the catalogue beside it. */
export const partLooks: Record<PartState, Look> = {
  issued: { tone: 'calm', icon: 'circle' },
  under_way: { tone: 'info', icon: 'half' },
  awaiting_photos: { tone: 'attention', icon: 'camera' },
  complete: { tone: 'good', icon: 'check' },
  published: { tone: 'good', icon: 'scroll' },
}

export const taskLooks: Record<PlanTaskState, Look> = {
  published: { tone: 'calm', icon: 'circle' },
  frozen: { tone: 'info', icon: 'half' },
  drawn: { tone: 'attention', icon: 'bolt' },
  issued: { tone: 'good', icon: 'check' },
}

export const partStates = Object.keys(partLooks) as PartState[]

/** The result is in: what is left to do is the system's, not the officers'. */
export const formed = (state: PartState) => state === 'complete' || state === 'published'

/** What a plan task is, in one line: how it is drawn, which items, who. */
export function kindText(task: PlanTask): string {
  return [t(`draw_kind.${task.draw_kind}`), t(`item_class.${task.item_class}`), t(`scope.${task.scope}`)].join(t('list.dot'))
}

/** Ratios by credit risk class, `A 1% · B 3%`. */
export function ratiosText(task: PlanTask): string {
  const classes: CreditClass[] = ['A', 'B', 'C', 'D']
  const given = classes.filter((each) => task.ratios[each] !== undefined)
  return given.map((each) => `${each} ${percentText(task.ratios[each] ?? 0)}`).join(t('list.dot'))
}

/** A ratio in 1/10,000 as percent, with as many decimals as it needs and at most two. */
export function percentText(ratio: number): string {
  return `${String(ratio / 100)}%`
}

/** Days from one plain date to another; negative when `to` is before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** How urgent a due date is, for an inspection with something left to do. */
export function urgency(inspection: Pick<Inspection, 'due_on' | 'late' | 'parts'>, now: string): 'late' | 'soon' | 'later' | 'done' {
  if (inspection.late) return 'late'
  if (inspection.parts.every((part) => formed(part.state))) return 'done'
  return daysBetween(now, inspection.due_on) <= SOON_DAYS ? 'soon' : 'later'
}

/** What falls due within this many days is shown as coming. */
export const SOON_DAYS = 7
