import type { Call } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type VisitOverview = Schemas['VisitOverview']
export type VisitCounts = Schemas['VisitCounts']
export type VisitShare = Schemas['VisitShare']
export type VisitMessage = Schemas['MessageView']
/** How a visit stands, as the overview counts and the list filters. */
export type Standing = keyof VisitCounts
/** Visit -> the day that it had before; none where it had no day. */
export type DaysBefore = Readonly<Record<string, string | null>>

const id = encodeURIComponent

/** A lead's day: how visits stand, on which day they are, what those who go are told. */
export function visitOperations(call: Call) {
  return {
    readVisitOverview: () => call<VisitOverview>('GET', '/api/inspections/overview'),
    setVisitDays: (inspectionIds: readonly string[], day: string | null) => call<{ changed: DaysBefore }>('PUT', '/api/inspections/visit-days', { body: { inspection_ids: inspectionIds, visit_on: day } }),
    listMessages: (inspectionId: string) => call<VisitMessage[]>('GET', `/api/messages/of-inspection/${id(inspectionId)}`),
    /** To all who go on the visits, or to those of them who are named. */
    sendMessage: (messageId: string, words: string, inspectionIds: readonly string[], inspectorIds: readonly string[] | null = null) =>
      call<VisitMessage>('PUT', `/api/messages/${id(messageId)}`, { body: { words, inspection_ids: inspectionIds, inspector_ids: inspectorIds } }),
  }
}
