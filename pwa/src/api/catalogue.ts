import type { Checklist, Mistake } from '@/checklist'
import type { Call, Query } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
export type CheckItemRow = Schemas['ItemRow']
export type SaveItem = Schemas['SaveItem']
export type ItemFileReport = Schemas['ItemFileReport']
export type Implementation = Schemas['ImplementationView']
export type DrawUp = Schemas['DrawUp']
export type ClaimBoard = Schemas['ClaimBoard']
export type ClaimStanding = 'to_claim' | 'claimed' | 'not_drawn_up' | 'drawn_up' | 'not_broken_down' | 'broken_down' | 'not_compliant' | 'compliant'
export type UpperItem = Schemas['UpperItemView']
export type MissingItem = Schemas['MissingItemView']
export type ChecklistRow = Schemas['ChecklistRow']
export type DraftRow = Schemas['DraftRow']
export interface ItemDetail { row: CheckItemRow; item: SaveItem; versions: { version: number; since: string; reason: string; author_name: string | null; content: SaveItem }[]; implementations: Implementation[]; may_edit: boolean; may_reinstate: boolean }
export interface DraftView { row: DraftRow; content: Checklist; mistakes: Mistake[]; next_version: number }
export interface PublishedChecklist { id: string; code: string; version: number; content: Checklist }

const base = '/api/catalogue'
const id = encodeURIComponent

/** Items, claims, implementation items, checklists. A change names the `version` that it was made from. */
export function catalogueApi(call: Call) {
  return {
    listCheckItems: (query: Query) => call<Page<CheckItemRow>>('GET', `${base}/items`, { query }),
    readCheckItem: (itemId: string) => call<ItemDetail>('GET', `${base}/items/${id(itemId)}`),
    listCheckItem: (itemId: string, item: SaveItem) => call<ItemDetail>('PUT', `${base}/items/${id(itemId)}`, { body: item }),
    amendCheckItem: (itemId: string, version: number, item: SaveItem, reason: string) => call<ItemDetail>('POST', `${base}/items/${id(itemId)}/versions`, { version, body: { item, reason } }),
    retireCheckItem: (itemId: string, reason: string) => call<ItemDetail>('POST', `${base}/items/${id(itemId)}/retirement`, { body: { reason } }),
    reinstateCheckItem: (itemId: string, reason: string) => call<ItemDetail>('POST', `${base}/items/${id(itemId)}/reinstatement`, { body: { reason } }),
    importCheckItems: (file: Blob, filename: string) => call<ItemFileReport>('POST', `${base}/items/files`, { query: { filename }, file }),
    listUpperItems: (query: Query) => call<ClaimBoard>('GET', `${base}/upper-items`, { query }),
    claimCheckItem: (upperId: string, itemId: string, departmentId: string) => call<ItemDetail>('PUT', `${base}/upper-items/${id(upperId)}/claim`, { body: { id: itemId, department_id: departmentId } }),
    listMissingItems: () => call<Page<MissingItem>>('GET', `${base}/missing-items`),
    reportMissingItem: (reportId: string, report: Schemas['ReportMissing']) => call<MissingItem>('PUT', `${base}/missing-items/${id(reportId)}`, { body: report }),
    answerMissingItem: (reportId: string, answer: Schemas['AnswerMissing']) => call<MissingItem>('PUT', `${base}/missing-items/${id(reportId)}/answer`, { body: answer }),
    drawUpImplementation: (implementationId: string, said: DrawUp, version?: number) => call<Implementation>('PUT', `${base}/implementation-items/${id(implementationId)}`, { body: said, ...(version === undefined ? {} : { version }) }),
    breakDownImplementation: (implementationId: string, unit: string) => call<Implementation>('PUT', `${base}/implementation-items/${id(implementationId)}/unit`, { body: { unit } }),
    markCompliant: (implementationId: string) => call<Implementation>('PUT', `${base}/implementation-items/${id(implementationId)}/compliance`),
    listDepartments: () => call<Page<Schemas['DepartmentRef']>>('GET', '/api/jurisdictions/departments'),
    listChecklists: (query: Query) => call<Page<ChecklistRow>>('GET', `${base}/checklists`, { query }),
    readChecklist: (checklistId: string) => call<PublishedChecklist>('GET', `${base}/checklists/${id(checklistId)}`),
    listDrafts: () => call<Page<DraftRow>>('GET', `${base}/checklist-drafts`),
    readDraft: (draftId: string) => call<DraftView>('GET', `${base}/checklist-drafts/${id(draftId)}`),
    saveDraft: (draftId: string, code: string, content: Checklist, version?: number) => call<DraftView>('PUT', `${base}/checklist-drafts/${id(draftId)}`, { body: { code, content }, ...(version === undefined ? {} : { version }) }),
    discardDraft: (draftId: string, version: number) => call<undefined>('DELETE', `${base}/checklist-drafts/${id(draftId)}`, { version }),
    listDraftHistory: (draftId: string, cursor: string | null = null) => call<Page<Schemas['NamedEntry']>>('GET', `${base}/checklist-drafts/${id(draftId)}/history`, { query: { cursor } }),
    listItemHistory: (itemId: string, cursor: string | null) => call<Page<Schemas['NamedEntry']>>('GET', `${base}/items/${id(itemId)}/history`, { query: { cursor } }),
    readChecklistFile: (file: Blob) => call<{ content: Pick<Checklist, 'sections'>; faults: ItemFileReport['faults'] }>('POST', `${base}/checklist-files`, { file }),
    publishDraft: (draftId: string, version: number) => call<PublishedChecklist>('POST', `${base}/checklist-drafts/${id(draftId)}/publication`, { version }),
  }
}
