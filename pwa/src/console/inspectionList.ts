import type { InspectionQuery } from '@/api'
import type { Standing } from '@/api/visits'
import { partStates } from './looks'

/** The filters of the list, in the order in which they are offered: the same words as the overview's. */
export const standings = ['late', 'due', 'moving', 'undated', 'disputed', 'mine'] as const satisfies readonly Standing[]

/** What the address asks the list for: each number of the overview is such an address. */
export interface Wanted { readonly q: string; readonly state: string; readonly standing: Standing | ''; readonly department: string; readonly task: string; readonly place: string }

const text = (value: unknown) => typeof value === 'string' ? value : ''

/** Reads the address; what makes no sense there is left out. */
export function readWanted(query: Readonly<Record<string, unknown>>): Wanted {
  const state = text(query['state'])
  return {
    q: text(query['q']),
    state: (partStates as string[]).includes(state) ? state : '',
    standing: standings.find((each) => each === query['standing']) ?? '',
    department: text(query['department']),
    task: text(query['task']),
    place: text(query['place']),
  }
}

/** The address of a list, without what is not asked for. */
export function queryOf(wanted: Partial<Wanted>): Record<string, string> {
  return Object.fromEntries(Object.entries(wanted).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

/** What the server is asked. */
export function askedOf({ q, state, standing, department, task, place }: Wanted, cursor: string | null = null): InspectionQuery {
  return { q, state, standing, department_id: department, plan_task_id: task, jurisdiction_id: place, cursor }
}
