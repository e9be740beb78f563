import { catalogueApi } from './catalogue'
import { accountsApi } from './accounts'
import type { Call } from './client'
import { figuresApi } from './figures'
import { importOperations } from './imports'
import { inboxOperations } from './inbox'
import { publicationApi } from './publication'
import { registryOperations } from './registry'
import { jurisdictionsApi } from './jurisdictions'
import { peopleApi } from './people'
import { visitOperations } from './visits'
import type { DeskEntry, Draw, FollowUp, Inspection, InspectionDetail, Me, Page, PartView, PlanTask } from './types'

export interface InspectionQuery { q?: string; state?: string; standing?: string; department_id?: string; plan_task_id?: string; jurisdiction_id?: string; cursor?: string | null }

const id = encodeURIComponent

/** The operations that the console calls, by their operation ids. */
export function createApi(call: Call) {
  return {
    ...catalogueApi(call),
    ...peopleApi(call),
    ...registryOperations(call),
    ...importOperations(call),
    ...jurisdictionsApi(call),
    ...accountsApi(call),
    ...figuresApi(call),
    ...visitOperations(call),
    ...inboxOperations(call),
    ...publicationApi(call),
    signIn: (username: string, password: string) => call<Me>('POST', '/api/accounts/sessions', { body: { username, password } }),
    readMe: () => call<Me>('GET', '/api/accounts/me'),
    signOut: () => call<undefined>('DELETE', '/api/accounts/sessions/current'),
    listPlanTasks: () => call<Page<PlanTask>>('GET', '/api/planning/tasks'),
    freezeDraw: (drawId: string, planTaskId: string) => call<Draw>('PUT', `/api/draws/${id(drawId)}`, { body: { plan_task_id: planTaskId } }),
    runDraw: (drawId: string) => call<Draw>('POST', `/api/draws/${id(drawId)}/run`),
    issueDraw: (drawId: string) => call<Draw>('POST', `/api/draws/${id(drawId)}/issue`),
    readDraw: (drawId: string) => call<Draw>('GET', `/api/draws/${id(drawId)}`),
    listInspections: (query: InspectionQuery) => call<Page<Inspection>>('GET', '/api/inspections', { query: { ...query } }),
    readInspection: (inspectionId: string) => call<InspectionDetail>('GET', `/api/inspections/${id(inspectionId)}`),
    waiveCountersignature: (partId: string, submissionId: string, inspectorId: string, because: string) =>
      call<PartView>('PUT', `/api/inspections/parts/${id(partId)}/countersigners/${id(inspectorId)}/waiver`, { body: { submission_id: submissionId, because } }),
    decideDispute: (partId: string, submissionId: string, because: string) => call<PartView>('PUT', `/api/inspections/parts/${id(partId)}/decision`, { body: { submission_id: submissionId, because } }),
    listFollowUps: (inspectionId: string) => call<FollowUp[]>('GET', `/api/follow-ups/of-inspection/${id(inspectionId)}`),
    recordDisposal: (followUpId: string, what: string) => call<FollowUp>('PUT', `/api/follow-ups/${id(followUpId)}/disposal`, { body: { what } }),
    verifyDisposal: (followUpId: string, seen: string) => call<FollowUp>('PUT', `/api/follow-ups/${id(followUpId)}/verification`, { body: { seen } }),
    enterAtDesk: (partId: string, entry: DeskEntry) => call<PartView>('PUT', `/api/inspections/parts/${id(partId)}/desk-entry`, { body: entry }),
  }
}

export type Api = ReturnType<typeof createApi>

/** Follows a list to its end, or until `most` rows are there; `more` says that the end was not reached. */
export async function allOf<T>(list: (cursor: string | null) => Promise<Page<T>>, most = 500): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await list(cursor)
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null && items.length < most)
  return { items, more: cursor !== null }
}
