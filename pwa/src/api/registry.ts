import type { Call } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
export type TargetRow = Schemas['TargetRow']
export type TargetDetail = Schemas['TargetDetail']
export type TargetPage = Schemas['TargetPage']
export type SaveTarget = Schemas['SaveTarget']
export type SaveFact = Schemas['SaveFact']
export type Fact = Schemas['FactView']
export type Standing = Schemas['StandingView']
export type Correction = Schemas['CorrectionView']
export type DraftCorrection = Schemas['DraftCorrection']
export type DuplicateGroup = Schemas['DuplicateGroup']
export type Tag = Schemas['TagView']
export type Tagging = Schemas['TaggingView']
export type TagMany = Schemas['TagMany']
export type Merge = Schemas['MergeView']
export type HistoryEntry = Schemas['NamedEntry']

const id = encodeURIComponent
const one = (targetId: string) => `/api/registry/targets/${id(targetId)}`
/** What an edit edits; empty for what is entered anew. */
const seen = (version: string | null): Record<string, string> => version === null ? {} : { 'if-match': version }

/** The operations of the target registry, by their operation ids. */
export const registryOperations = (call: Call) => ({
  listTargets: (query: Record<string, string>) => call<TargetPage>('GET', '/api/registry/targets', { query }),
  readTarget: (targetId: string) => call<TargetDetail>('GET', one(targetId)),
  saveTarget: (targetId: string, body: SaveTarget, version: string | null) => call<TargetDetail>('PUT', one(targetId), { body, headers: seen(version) }),
  saveTags: (targetId: string, tags: string[], version: string) => call<TargetDetail>('PUT', `${one(targetId)}/tags`, { body: { tags }, headers: seen(version) }),
  recordFact: (targetId: string, factId: string, body: SaveFact) => call<TargetDetail>('PUT', `${one(targetId)}/facts/${id(factId)}`, { body }),
  draftCorrection: (targetId: string, correctionId: string, body: DraftCorrection) => call<TargetDetail>('PUT', `${one(targetId)}/corrections/${id(correctionId)}`, { body }),
  sendCorrection: (targetId: string, correctionId: string) => call<TargetDetail>('POST', `${one(targetId)}/corrections/${id(correctionId)}/send`),
  answerCorrection: (targetId: string, correctionId: string, body: { accepted: boolean; answer: string }) => call<TargetDetail>('PUT', `${one(targetId)}/corrections/${id(correctionId)}/answer`, { body }),
  readTargetHistory: (targetId: string, cursor: string | null) => call<Page<HistoryEntry>>('GET', `${one(targetId)}/history`, { query: { cursor } }),
  listTags: () => call<Page<Tag>>('GET', '/api/registry/tags'),
  listDuplicates: (cursor: string | null) => call<Page<DuplicateGroup>>('GET', '/api/registry/targets/duplicates', { query: { cursor } }),
  mergeTargets: (mergeId: string, body: { from_target_id: string; into_target_id: string; reason: string }) => call<TargetDetail>('PUT', `/api/registry/merges/${id(mergeId)}`, { body }),
  undoMerge: (mergeId: string, reason: string) => call<TargetDetail>('POST', `/api/registry/merges/${id(mergeId)}/undo`, { body: { reason } }),
  tagMany: (taggingId: string, body: TagMany) => call<Tagging>('PUT', `/api/registry/taggings/${id(taggingId)}`, { body }),
  undoTagging: (taggingId: string) => call<Tagging>('POST', `/api/registry/taggings/${id(taggingId)}/undo`),
})
