import { allOf } from '@/api'
import type { InspectionQuery } from '@/api'
import type { Inspection, Page } from '@/api/types'
import { formed, partStates, urgency } from './looks'

/** Filters that the server does not have: they look at whole lists, so these lists are read to their end. */
export const onlys = ['late', 'soon', 'mine'] as const
export type Only = (typeof onlys)[number]

/** What the address asks the list for. */
export interface Wanted { readonly q: string; readonly state: string; readonly only: Only | null; readonly task: string }

const text = (value: unknown) => typeof value === 'string' ? value : ''

/** Reads the address; what makes no sense there is left out. */
export function readWanted(query: Readonly<Record<string, unknown>>): Wanted {
  const state = text(query['state'])
  return {
    q: text(query['q']),
    state: (partStates as string[]).includes(state) ? state : '',
    only: onlys.find((each) => each === query['only']) ?? null,
    task: text(query['task']),
  }
}

/** The address of a list, without what is not asked for. */
export function queryOf(wanted: Wanted): Record<string, string> {
  return Object.fromEntries(Object.entries(wanted).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

export const needsWhole = (wanted: Wanted) => wanted.only !== null || wanted.task !== ''

/** The inspections that still have something to do: a year's finished ones are not read for what is late or due. */
export async function openInspections(list: (query: InspectionQuery) => Promise<Page<Inspection>>, q = ''): Promise<{ items: Inspection[]; more: boolean }> {
  const lists = await Promise.all(partStates.filter((state) => !formed(state)).map((state) => allOf((cursor) => list({ q, state, cursor }))))
  const items = [...new Map(lists.flatMap((each) => each.items).map((each) => [each.id, each])).values()]
  return { items: items.sort((a, b) => a.due_on.localeCompare(b.due_on)), more: lists.some((each) => each.more) }
}

/** Whether a row belongs to the list, on the day `now`. */
export function belongs(inspection: Inspection, wanted: Wanted, now: string): boolean {
  if (wanted.task && inspection.plan_task.id !== wanted.task) return false
  if (wanted.only === 'mine') return inspection.parts.some((part) => part.may_enter && !formed(part.state))
  return wanted.only === null || urgency(inspection, now) === wanted.only
}
