import type { Call } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
export type PublicationRow = Schemas['PublicationRow']
export type PublicationDetail = Schemas['PublicationDetail']
export type WithholdingView = Schemas['WithholdingView']
export type GroundView = Schemas['GroundView']
export type OverdueReport = Schemas['OverdueReport']
export type Ground = GroundView['key']
export type Stage = PublicationRow['stage']

const base = '/api/publication'
const id = encodeURIComponent

/** Results on their way to the public. */
export function publicationApi(call: Call) {
  return {
    listPublications: (query: Readonly<Record<string, string>>) => call<Page<PublicationRow>>('GET', `${base}/records`, { query }),
    readOverduePublications: () => call<OverdueReport>('GET', `${base}/overdue`),
    listGrounds: () => call<GroundView[]>('GET', `${base}/grounds`),
    readPublication: (partId: string) => call<PublicationDetail>('GET', `${base}/records/${id(partId)}`),
    giveReview: (partId: string, verdict: 'passed' | 'returned', note: string) => call<PublicationDetail>('PUT', `${base}/records/${id(partId)}/review`, { body: { verdict, note } }),
    proposeWithholding: (proposalId: string, partId: string, ground: Ground, note: string) => call<WithholdingView>('PUT', `${base}/withholdings/${id(proposalId)}`, { body: { part_id: partId, ground, note } }),
    decideWithholding: (proposalId: string, verdict: 'confirmed' | 'refused', because: string) => call<WithholdingView>('PUT', `${base}/withholdings/${id(proposalId)}/decision`, { body: { verdict, because } }),
    takeBackWithholding: (proposalId: string) => call<WithholdingView>('PUT', `${base}/withholdings/${id(proposalId)}/taken-back`),
  }
}
