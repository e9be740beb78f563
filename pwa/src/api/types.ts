/** The API as the console reads it: generated from the OpenAPI document, with shorter names and the few bodies that it leaves open. */
import type { Checklist } from '@/checklist'
import type { Answer, CertificateShown, ExpertFinding, FoundProblem, Outcome, Party, PhotoRef, Strokes } from '@/offline/wire'
import type { components } from './schema'

export type { Checklist, Question } from '@/checklist'
export type { Answer, PhotoRef, Strokes } from '@/offline/wire'

type Schemas = components['schemas']

export interface Page<T> { items: T[]; next: string | null }
export type Named = Schemas['NamedRef']
export type Me = Schemas['Me']
export type Officer = Schemas['OfficerView']

export type CreditClass = 'A' | 'B' | 'C' | 'D'
export type PlanTask = Schemas['PlanTaskView']
export type PlanTaskState = PlanTask['state']

export type Draw = Schemas['DrawView']
/** `ratio` in 1/10,000; `label` is internal, `code` is what the public sees. */
export type Stratum = Schemas['StratumView']
/** `inspector` null is a vacancy. */
export type Seat = Schemas['SeatView']
export type DrawnRow = Schemas['DrawnRow']
export type ReserveRow = Schemas['ReserveRow']
export type Shortage = Schemas['ShortageView']

export type PartView = Schemas['PartView']
export type PartState = PartView['state']
export type Inspection = Schemas['InspectionView']
export type InspectionTarget = Schemas['TargetRef']

/** What was sent as the result: by the phone with signatures and photos, at a desk with the reason why. */
export interface SubmissionBody {
  answers: Record<string, Answer>
  entered_at: string
  left_at: string
  result_code: string
  desk_reason?: string | null
  photos?: PhotoRef[]
  officer_signatures?: { inspector_id: string; strokes: Strokes; signed_at: string }[]
  party?: Party | null
  statement?: string | null
  rights_read_at?: string | null
  outcome?: Outcome | null
  problems?: FoundProblem[]
  certificates_shown?: CertificateShown[]
  expert_findings?: ExpertFinding[]
}

export type Submission = Omit<Schemas['SubmissionView'], 'body'> & { body: SubmissionBody }
export type FollowUp = Schemas['FollowUpView']
export type Recusal = Schemas['RecusalView']
export type PartDetail = Omit<Schemas['PartDetail'], 'checklist' | 'submission' | 'others'> & {
  checklist: Omit<Schemas['ChecklistVersionView'], 'content'> & { content: Checklist }
  submission: Submission | null
  /** Results beside it: disputed, or set aside by the lead. */
  others: Submission[]
}
export interface InspectionDetail { inspection: Inspection; parts: PartDetail[] }
export type DeskEntry = Omit<Schemas['DeskEntry'], 'answers'> & { answers: Record<string, Answer> }
