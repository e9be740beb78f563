import type { Call } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
export type Inspector = Schemas['InspectorView']
export type InspectorDetail = Schemas['InspectorDetail']
export type SaveInspector = Schemas['SaveInspector']
export type Interest = Schemas['InterestView']
export type SaveInterest = Schemas['SaveInterest']
export type SaveTraining = Schemas['SaveTraining']
export type PersonVersion = Schemas['PersonVersion']
export type ReviewCase = Schemas['ReviewCase']
export type Seen = Schemas['Seen']
export type PeopleStanding = Schemas['PeopleStanding']
export type Expert = Schemas['ExpertView']
export type SaveExpert = Schemas['SaveExpert']

const inspectors = '/api/registry/inspectors'
const experts = '/api/registry/experts'
const id = encodeURIComponent

/** The operations on inspectors and experts, by their operation ids. */
export function peopleApi(call: Call) {
  return {
    listInspectors: (query: Readonly<Record<string, string>>) => call<Page<Inspector>>('GET', inspectors, { query }),
    readInspectorStanding: () => call<PeopleStanding>('GET', `${inspectors}/standing`),
    readInspector: (inspectorId: string) => call<InspectorDetail>('GET', `${inspectors}/${id(inspectorId)}`),
    saveInspector: (inspectorId: string, body: SaveInspector) => call<InspectorDetail>('PUT', `${inspectors}/${id(inspectorId)}`, { body }),
    reviewInspector: (inspectorId: string, version: number, reference: string) => call<InspectorDetail>('POST', `${inspectors}/${id(inspectorId)}/review`, { body: { version, reference } }),
    listReviews: (cursor: string | null) => call<Page<ReviewCase>>('GET', `${inspectors}/reviews`, { query: { cursor } }),
    decideReviews: (body: Schemas['DecideReviews']) => call<Schemas['ReviewsDecided']>('POST', `${inspectors}/reviews`, { body }),
    undoReviews: (body: Schemas['UndoReviews']) => call<null>('POST', `${inspectors}/reviews/undo`, { body }),
    endService: (inspectorId: string, how: 'transfer' | 'retire', reason: string) => call<InspectorDetail>('POST', `${inspectors}/${id(inspectorId)}/${how}`, { body: { reason } }),
    returnInspector: (inspectorId: string) => call<InspectorDetail>('POST', `${inspectors}/${id(inspectorId)}/return`),
    declareInterest: (inspectorId: string, interestId: string, body: SaveInterest) => call<InspectorDetail>('PUT', `${inspectors}/${id(inspectorId)}/interests/${id(interestId)}`, { body }),
    recordTraining: (inspectorId: string, trainingId: string, body: SaveTraining) => call<InspectorDetail>('PUT', `${inspectors}/${id(inspectorId)}/trainings/${id(trainingId)}`, { body }),
    listInspectorVersions: (inspectorId: string, cursor: string | null = null) => call<Page<PersonVersion>>('GET', `${inspectors}/${id(inspectorId)}/versions`, { query: { cursor } }),
    listExperts: (query: Readonly<Record<string, string>>) => call<Page<Expert>>('GET', experts, { query }),
    readExpert: (expertId: string) => call<Expert>('GET', `${experts}/${id(expertId)}`),
    listExpertVersions: (expertId: string, cursor: string | null = null) => call<Page<PersonVersion>>('GET', `${experts}/${id(expertId)}/versions`, { query: { cursor } }),
    saveExpert: (expertId: string, body: SaveExpert) => call<Expert>('PUT', `${experts}/${id(expertId)}`, { body }),
  }
}
