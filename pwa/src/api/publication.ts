import type { Call } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
export type PublicationRow = Schemas['PublicationRow']
export type PublicationDetail = Schemas['PublicationDetail']
export type WithholdingView = Schemas['WithholdingView']
export type GroundView = Schemas['GroundView']
export type CorrectionView = Schemas['RecordCorrectionView']
export type PhotoView = Schemas['PhotoView']
export type Place = Schemas['BlurredPlace']
export type ResultCode = Schemas['ProposeCorrection']['result_code']
export type Reason = Schemas['ProposeCorrection']['reason']
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
    proposeCorrection: (correctionId: string, body: Schemas['ProposeCorrection']) => call<CorrectionView>('PUT', `${base}/corrections/${id(correctionId)}`, { body }),
    decideCorrection: (correctionId: string, verdict: 'confirmed' | 'refused', because: string) => call<CorrectionView>('PUT', `${base}/corrections/${id(correctionId)}/decision`, { body: { verdict, because } }),
    takeBackCorrection: (correctionId: string) => call<CorrectionView>('PUT', `${base}/corrections/${id(correctionId)}/taken-back`),
    proposePhoto: (publicPhotoId: string, partId: string, photoId: string, places: readonly Place[]) => call<PhotoView>('PUT', `${base}/photos/${id(publicPhotoId)}`, { body: { part_id: partId, photo_id: photoId, places } }),
    decidePhoto: (publicPhotoId: string, verdict: 'confirmed' | 'refused', because: string) => call<PhotoView>('PUT', `${base}/photos/${id(publicPhotoId)}/decision`, { body: { verdict, because } }),
    removePhoto: (publicPhotoId: string) => call<PhotoView>('PUT', `${base}/photos/${id(publicPhotoId)}/removed`),
    takeBackWithholding: (proposalId: string) => call<WithholdingView>('PUT', `${base}/withholdings/${id(proposalId)}/taken-back`),
  }
}
