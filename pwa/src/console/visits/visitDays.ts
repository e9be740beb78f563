import type { Inspection } from '@/api/types'
import type { DaysBefore } from '@/api/visits'
import type { Days } from '../admin/calendar/days'
import { formed } from '../looks'

/** What speaks against a day; all of it is the lead's to judge, and none of it is refused. */
export type DayWarning = 'rest_day' | 'past' | 'after_organise' | 'after_due'
export type Dated = Pick<Inspection, 'id' | 'due_on' | 'organise_by' | 'visit_on' | 'parts' | 'may_organise'>

/** The warnings of one day for some visits, gravest first. A day that no calendar has is said to be nothing. */
export function warningsOf(day: string, visits: readonly Dated[], calendar: Days, now: string): DayWarning[] {
  const found: DayWarning[] = []
  if (day < now) found.push('past')
  if (visits.some((each) => day > each.due_on)) found.push('after_due')
  if (visits.some((each) => each.organise_by !== null && day > each.organise_by)) found.push('after_organise')
  if (calendar.get(day) === false) found.push('rest_day')
  return found
}

/** What it takes to undo: for each earlier day the visits that had it. */
export function wayBack(changed: DaysBefore): { day: string | null; ids: string[] }[] {
  const by = new Map<string | null, string[]>()
  for (const [id, day] of Object.entries(changed)) by.set(day, [...by.get(day) ?? [], id])
  return [...by].map(([day, ids]) => ({ day, ids }))
}

/** Whether the day of a visit can still be set: by its lead, until every department has its result. */
export const isOpen = (visit: Dated) => visit.may_organise && visit.parts.some((part) => !formed(part.state) && !part.formed_at)

/** How an unset day stands against the last day to organise: `none` where there is nothing to say. */
export function organising(visit: Dated, now: string): 'late' | 'waits' | 'none' {
  if (visit.visit_on !== null || visit.organise_by === null || !visit.parts.some((part) => part.state === 'issued')) return 'none'
  return visit.organise_by < now ? 'late' : 'waits'
}
