/** What travels between phone and server, as the API has it (snake_case, ids UUIDv7, times RFC 3339 UTC). */

/** A refusal, RFC 9457. Texts live in the message catalogues under `code`; `detail` is only a fallback. */
export interface Problem {
  type?: string
  title?: string
  status?: number
  detail?: string
  code: string
  field?: string
  rule?: string
  params?: Record<string, unknown>
}

/** A text in both languages of the app. */
export type BothLanguages = Record<'zh-CN' | 'en', string>

export type ConditionValue = string | number
export type Condition =
  | { question: string; is: ConditionValue }
  | { target: 'kind'; is: string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

export type QuestionKind = 'yes_no' | 'choice' | 'number' | 'text' | 'date' | 'photo'

export interface Question {
  key: string
  text: BothLanguages
  kind: QuestionKind
  required: boolean
  not_applicable: boolean
  show_when?: Condition | null
  photo_when?: Condition | null
  options?: { value: string; label: BothLanguages }[]
  unit?: string | null
  minimum?: number | null
  maximum?: number | null
  decimals?: number | null
  max_length?: number | null
  law?: { title: string; article: string; excerpt?: string | null }[]
  standards?: string[]
  when_no?: 'on_the_spot' | 'order_to_correct' | 'case' | null
}

export interface Checklist {
  schema: 'palmcheck/checklist/v1'
  code: string
  version: number
  title: BothLanguages
  sections: { key: string; title: BothLanguages; questions: Question[] }[]
}

/** One published version of a checklist; never changes under its id. */
export interface ChecklistVersion {
  id: string
  code: string
  version: number
  content: Checklist
}

export type PartState = 'issued' | 'under_way' | 'awaiting_photos' | 'complete' | 'published'

export interface Target {
  id: string
  name: string
  kind: 'enterprise' | 'individual_business' | 'cooperative' | 'product' | 'project' | 'behaviour'
  credit_code: string | null
  address: string
  /** WGS-84 degrees. */
  position: { latitude: number; longitude: number } | null
  industry: { code: string; name: string }
  credit_risk_class: 'A' | 'B' | 'C' | 'D'
}

export interface Officer {
  inspector_id: string
  name: string
  certificate_number: string
  is_lead: boolean
}

export interface Part {
  id: string
  department: { id: string; name: string; code: string }
  /** Id of the checklist version. */
  checklist_id: string
  items: { id: string; code: string; name: string }[]
  officers: Officer[]
  /** This inspector is the lead officer: his device owns the part. */
  mine: boolean
  state: PartState
  record_url: string | null
}

export interface InspectionTask {
  id: string
  plan_task: {
    id: string
    number: string
    name: string
    draw_kind: 'directed' | 'undirected'
    item_class: 'general' | 'key'
  }
  target: Target
  method: string
  issued_on: string
  due_on: string
  draw_id: string
  drawn_because: { stratum_label: string; drawn_at: string }
  /** What the enterprise scans to see who comes (R25): the end of the address /s/CODE. */
  show_code: string
  parts: Part[]
}

export type Change =
  | { kind: 'inspection'; number: number; inspection: InspectionTask }
  | { kind: 'checklist'; number: number; checklist: ChecklistVersion }
  | { kind: 'withdrawn'; number: number; inspection_id: string; reason: string }
  | {
      kind: 'part_state'
      number: number
      inspection_id: string
      part_id: string
      state: PartState
      record_url: string | null
    }

/** The jurisdiction's settings that a phone works by while it is alone. */
export interface FieldRules {
  contact_attempts: number
  party_page_days: number
  /** Most pixels on the longer side of a kept photo, and its JPEG quality in per cent. */
  photo_long_side: number
  photo_quality: number
  /** For a visit on this day, the last day proposed for an order to correct; YYYY-MM-DD. */
  correct_by: Record<string, string>
}

/** One page of the feed. */
export interface Changes {
  epoch: string
  cursor: string
  more: boolean
  resync: boolean
  server_time: string
  nonce: { value: string; issued_at: string }
  rules: FieldRules
  changes: Change[]
}

export type Answer =
  | { value: string | number }
  | { not_applicable: string }

/** Pen strokes in a box 1000 wide and up to 400 high: one flat list x,y,x,y,... of integers a stroke. */
export type Strokes = number[][]

export interface OfficerSignature {
  inspector_id: string
  strokes: Strokes
  signed_at: string
}

/** Somebody who saw it and signs for that; `role`: what he is there. */
export interface Witness {
  name: string
  role: string
  strokes: Strokes
  signed_at: string
}

export type Party =
  | { kind: 'signed'; name: string; strokes: Strokes; signed_at: string }
  | { kind: 'refused'; reason: string; refused_at: string; witness?: Witness | null; photo_ids?: string[] }

export interface ContactAttempt {
  at: string
  way: 'phone' | 'letter' | 'visit' | 'message' | 'other'
  note: string
}

export interface MeasuredPosition { latitude: number; longitude: number; accuracy_m: number }
export type NoPosition = 'denied' | 'unavailable' | 'timeout'

/** A result of its own: the checklist is not asked for; src/checklist/onSite.ts says what each kind needs. */
export interface Outcome {
  kind: 'closed' | 'not_found' | 'refused' | 'unreachable'
  note: string | null
  photo_ids: string[]
  position: MeasuredPosition | null
  no_position_because: NoPosition | null
  witness: Witness | null
  attempts: ContactAttempt[]
  /** The registry's facts look wrong: a request to correct them is opened. */
  registry_doubt: boolean
}

export type Handling = 'on_the_spot' | 'order_to_correct' | 'case'

/** A problem found, at a question answered no or anywhere (question_key null). */
export interface FoundProblem {
  id: string
  question_key: string | null
  what: string
  handling: Handling
  /** Last day of an order to correct, YYYY-MM-DD. */
  due_on: string | null
  photo_ids: string[]
}

export interface CertificateShown { inspector_id: string; certificate_number: string }

/** What an expert found; the department answers for it. */
export interface ExpertFinding {
  id: string
  expert_id: string | null
  expert_name: string
  question_key: string | null
  text: string
  photo_ids: string[]
}

/** The enterprise asks that officers withdraw; the visit goes on or stops. */
export interface RecusalBody {
  part_id: string
  asked_by: string
  inspector_ids: string[]
  reason: string
  asked_at: string
  goes_on: boolean
}

/** An officer signs his colleague's submission on his own phone: by the hash of what that phone signed. */
export interface CountersignBody {
  part_id: string
  /** SHA-256 in hex as scanned, or its first 20 digits as typed. */
  submission_sha256: string
  signed_at: string
}

export interface PhotoRef {
  /** Also the id of the upload. */
  id: string
  question_key: string | null
  /** Of the bytes that are uploaded. */
  sha256: string
  /** Of the camera's file, before it was shrunk. */
  original_sha256: string
  media_type: 'image/jpeg'
  bytes: number
  width: number
  height: number
  captured_at: string
  /** The photo of the same submission that this is a copy of, with marks. */
  annotates?: string | null
}

export interface CheckInBody {
  part_id: string
  entered_at: string
  position: MeasuredPosition | null
  no_position_because: NoPosition | null
  distance_note: string | null
}

export interface SubmitBody {
  part_id: string
  checklist_id: string
  answers: Record<string, Answer>
  photos: PhotoRef[]
  officer_signatures: OfficerSignature[]
  party: Party | null
  statement: string | null
  rights_read_at: string | null
  entered_at: string
  left_at: string
  result_code: string
  outcome?: Outcome | null
  problems?: FoundProblem[]
  certificates_shown?: CertificateShown[]
  expert_findings?: ExpertFinding[]
  /** SHA-256 of the code of the party's page, lower-case hex. */
  page_code_sha256?: string | null
  /** Officers who sign on their own phones instead of on this screen. */
  countersigners?: string[]
}

/** The body of an operation under its kind. */
export type OperationBody =
  | { kind: 'part.check_in'; body: CheckInBody }
  | { kind: 'part.countersign'; body: CountersignBody }
  | { kind: 'part.recusal'; body: RecusalBody }
  | { kind: 'part.submit'; body: SubmitBody }

export type OperationKind = OperationBody['kind']

export type Operation = OperationBody & {
  schema: 'palmcheck/operation/v1'
  id: string
  device_id: string
  account_id: string
  /** From 1, without gaps, per device. */
  sequence: number
  /** SHA-256 of the canonical bytes of the operation before; 64 zeros for the first. */
  previous_sha256: string
  nonce: string
  captured_at: string
  /** Device clock minus server clock at the last pull, milliseconds. */
  clock_offset_ms: number
  depends_on: string[]
  supersedes: string | null
  alg: 'ES256'
}

export interface Signed {
  operation: Operation
  /** ES256 over the canonical bytes of `operation`, raw r||s, base64url; empty from an unsigned device. */
  signature: string
}

export type VerdictKind =
  | 'accepted'
  | 'already_accepted'
  | 'accepted_into_dispute'
  | 'blocked_by'
  | 'rejected'
  | 'retry_later'

export interface Verdict {
  /** null: the server could not read it; verdicts are in the order of the operations. */
  operation_id: string | null
  verdict: VerdictKind
  problem?: Problem | null
  blocked_by?: string | null
  server_time: string
}

/** A row of the inbox. `kind` and `values` make its text; `about` and `subject_id` say where it leads. */
export interface Notification {
  id: string
  kind: string
  values: Record<string, string | number>
  about: 'inspection' | 'inspections' | 'plan_task' | 'nothing'
  subject_id: string
  created_at: string
  read_at: string | null
}

/** The newest rows of the inbox; `items` is null when the phone has this version. */
export interface NewestOfInbox {
  version: string
  unread: number
  items: Notification[] | null
}

/** The server's public key that things are sealed to. */
export interface SealingKey { key_id: string; x: string; y: string }

/** Bytes that only the server opens. */
export interface SealedBox {
  schema: 'palmcheck/sealed/v1'
  alg: 'ECDH-P256+HKDF-SHA256+A256GCM'
  key_id: string
  ephemeral: { x: string; y: string }
  iv: string
  ciphertext: string
}

/** Who is signed in. */
export interface Me {
  account_id: string
  username: string
  display_name: string
  roles: string[]
  permissions: string[]
  jurisdiction: { id: string; name: string }
  department: { id: string; name: string; code: string } | null
  inspector_id: string | null
  device_id: string | null
  must_change_password?: boolean
}

export interface SignIn {
  username: string
  password: string
  /** Binds the session to the enrolled device. */
  device_id?: string
}

export interface Enrolment {
  code: string
  device_id: string
  name: string
  public_key: { kty: 'EC'; crv: 'P-256'; x: string; y: string }
  alg: 'ES256'
  /** ES256 over the canonical bytes of purpose, device_id and code; raw r||s, base64url. */
  proof: string
}

/** Takes up the session that the server has for a device. */
export interface Resumption {
  device_id: string
  challenge: string
  /** ES256 over the canonical bytes of purpose, device_id and challenge; raw r||s, base64url. */
  signature: string
}

/** The answer to an enrolment. */
export interface Enrolled {
  device_id: string
  account_id: string
  username: string
  display_name: string
  department_name: string | null
  jurisdiction_name: string
}
