/** The API as the console reads it. Written by hand until the types are generated from the OpenAPI document. */
import type { Answer, CheckInBody, Checklist, Officer, PartState, Party, PhotoRef, Strokes } from '@/offline/wire'

export type { Answer, Checklist, ChecklistVersion, Me, Officer, PartState, PhotoRef, Question, Strokes } from '@/offline/wire'

export interface Page<T> { items: T[]; next: string | null }
export interface Named { id: string; name: string }
export interface DepartmentRef extends Named { code: string }
export interface PlanTaskRef extends Named { number: string }
export type CreditClass = 'A' | 'B' | 'C' | 'D'
export type PlanTaskState = 'published' | 'frozen' | 'drawn' | 'issued'
export type Entry = 'mobile' | 'desk'

export interface PlanTask extends PlanTaskRef {
  scope: 'joint' | 'internal'
  draw_kind: 'directed' | 'undirected'
  item_class: 'general' | 'key'
  lead_department: DepartmentRef
  participants: DepartmentRef[]
  target_range: string
  /** In 1/10,000. */
  ratios: Partial<Record<CreditClass, number>>
  planned_draw_on: string
  deadline: string
  state: PlanTaskState
  draw_id: string | null
}

/** `ratio` in 1/10,000; `label` is internal, `code` is what the public sees. */
export interface Stratum { code: string; label: string; pool: number; ratio: number; quota: number; drawn: number }
export interface DrawTargetRef extends Named { credit_code: string | null }
/** `inspector` null is a vacancy. */
export interface Seat { department: Named; seat: number; inspector: Named | null }
export interface DrawnRow { target: DrawTargetRef; stratum_label: string; rank: string; seats: Seat[] }
export interface ReserveRow { target: DrawTargetRef; stratum_label: string; position: number }
export interface Shortage { department_id: string; department_name: string; needed: number; available: number }

export interface Draw {
  id: string
  plan_task: PlanTaskRef
  state: 'prepared' | 'drawn' | 'issued'
  algorithm: string
  k1_sha256: string
  frozen_at: string
  drawn_at: string | null
  issued_at: string | null
  target_pool_root: string
  target_pool_size: number
  inspector_pool_root: string
  inspector_pool_size: number
  strata: Stratum[]
  reserve_size: number
  receipt_root: string | null
  verified: boolean
  fairness: 'server_only'
  shortages: Shortage[]
  drawn: DrawnRow[]
  reserve: ReserveRow[]
}

export interface PartView {
  id: string
  department: DepartmentRef
  state: PartState
  entry: Entry | null
  officers: Officer[]
  formed_at: string | null
  result_code: string | null
  record_url: string | null
  may_enter: boolean
}

export interface InspectionTarget extends DrawTargetRef { address: string; kind?: string }

export interface Inspection {
  id: string
  plan_task: PlanTaskRef
  target: InspectionTarget
  issued_on: string
  due_on: string
  late: boolean
  parts: PartView[]
}

export type CheckIn = Omit<CheckInBody, 'part_id'>

/** What was sent as the result: by the phone with signatures and photos, at a desk with the reason why. */
export interface SubmissionBody {
  answers: Record<string, Answer>
  entered_at: string
  left_at: string
  result_code: string
  desk_reason?: string
  photos?: PhotoRef[]
  officer_signatures?: { inspector_id: string; strokes: Strokes; signed_at: string }[]
  party?: Party
  statement?: string | null
  rights_read_at?: string
}

export interface Submission {
  id: string
  entry: Entry
  device_signed: boolean
  received_at: string
  body: SubmissionBody
  /** Ids of those photos whose bytes are in. */
  photos_arrived: string[]
}

export interface PartDetail {
  part: PartView
  items: { id: string; code: string; name: string }[]
  checklist: { id: string; code: string; version: number; content: Checklist } | null
  check_in: CheckIn | null
  submission: Submission | null
}

export interface InspectionDetail { inspection: Inspection; parts: PartDetail[] }

export interface DeskEntry {
  submission_id: string
  checklist_id: string
  answers: Record<string, Answer>
  result_code: string
  entered_at: string
  left_at: string
  desk_reason: string
}

export interface RateRow { scope: 'jurisdiction' | 'department'; id: string; name: string; numerator: number; denominator: number; rate: number | null }

/** Rates and the threshold in 1/10,000. */
export interface PalmRate {
  figure: 'palm_rate'
  variant: 'nominal'
  as_of: string
  quarter: string
  threshold: number
  definition: string
  source: string
  rows: RateRow[]
}

export interface PalmRatePart {
  part_id: string
  inspection_id: string
  target_name: string
  department_name: string
  counted_on: string
  state: PartState
  entry: Entry | null
  in_numerator: boolean
  because: 'mobile' | 'desk' | 'overdue'
}
