/** The engine as the screens see it. */
import type { OpState } from './opState'
import type { UploadState } from './uploadState'
import type {
  Answer,
  CertificateShown,
  CheckInBody,
  ChecklistVersion,
  Enrolled,
  ExpertFinding,
  FieldRules,
  FoundProblem,
  InspectionTask,
  Me,
  Notification,
  OfficerSignature,
  OperationKind,
  Outcome,
  PartState,
  Party,
  PhotoRef,
  Problem,
  RecusalBody,
} from './wire'

export type Phase = 'starting' | 'not_enrolled' | 'signed_out' | 'ready'

/** What the inspector enters on arrival; the engine adds the part. */
export type CheckIn = Omit<CheckInBody, 'part_id'>

/** What the enterprise asks; the engine adds the part. */
export type Recusal = Omit<RecusalBody, 'part_id'>

export type PhotoMeta = Readonly<PhotoRef>

/** A photo as the camera page hands it over: shrunk JPEG bytes and what is known of the original. */
export interface NewPhoto {
  readonly bytes: ArrayBuffer
  /** SHA-256 of the camera's file before it was shrunk, lower-case hex. */
  readonly originalSha256: string
  readonly width: number
  readonly height: number
  readonly questionKey: string | null
  /** RFC 3339 UTC. */
  readonly capturedAt: string
  /** The photo that this is a copy of, with marks. */
  readonly annotates?: string
}

/** What the inspector edits. All of it may be absent until the submission. */
export interface DraftContent {
  readonly answers: Readonly<Record<string, Answer>>
  readonly officerSignatures: readonly OfficerSignature[]
  /** Officers who sign on their own phones instead of on this screen. */
  readonly countersigners: readonly string[]
  readonly party: Party | null
  readonly statement: string | null
  readonly rightsReadAt: string | null
  readonly enteredAt: string | null
  readonly leftAt: string | null
  readonly resultCode: string | null
  /** Kept here until it is minted, so that a killed page loses no position. */
  readonly checkIn: CheckIn | null
  /** Who showed his certificate on entering. */
  readonly certificatesShown: readonly CertificateShown[]
  /** A result of its own; the checklist's answers are kept, and let go at the submission. */
  readonly outcome: Outcome | null
  readonly problems: readonly FoundProblem[]
  readonly expertFindings: readonly ExpertFinding[]
}

export interface Draft extends DraftContent {
  readonly partId: string
  readonly inspectionId: string
  /** The version that the draft was begun with; it stays, whatever the feed brings. */
  readonly checklist: ChecklistVersion
  readonly photos: readonly PhotoMeta[]
  /** `open`: may be edited. `submitted`: an operation carries it; correct() opens it again. */
  readonly state: 'open' | 'submitted'
  readonly checkInOperationId: string | null
  readonly submitOperationId: string | null
  /** What was last asked about recusal here. */
  readonly recusal: Recusal | null
  /** The code of the party's page, minted with the first submission, and its SHA-256 in hex. */
  readonly page: { readonly code: string; readonly sha256: string } | null
  /** What the server last said of the part, kept although the task itself may be gone. */
  readonly partState: PartState | null
  /** Counts the saves, so that a submission never takes an older text than the one shown. */
  readonly revision: number
  /** Device clock, RFC 3339 UTC. */
  readonly savedAt: string
}

/** Only what changes. `answers` is a patch by question; `null` takes an answer away. */
export type DraftChange = Partial<Omit<DraftContent, 'answers'>> & {
  readonly answers?: Readonly<Record<string, Answer | null>>
}

export interface DraftSummary {
  readonly partId: string
  readonly inspectionId: string
  readonly state: 'open' | 'submitted'
  readonly answered: number
  readonly photos: number
  readonly checkedIn: boolean
  /** The visit stopped, for the enterprise asked that an officer withdraws. */
  readonly stopped: boolean
  /** A result of its own was begun. */
  readonly outcome: Outcome['kind'] | null
  readonly savedAt: string
}

/** A pulled task; `gone` when the server withdrew it while work of ours is on it. */
export interface LocalTask extends InspectionTask {
  readonly gone: { readonly because: 'withdrawn'; readonly reason: string } | { readonly because: 'not_listed' } | null
}

export interface OutboxRow {
  readonly operationId: string
  readonly kind: OperationKind
  readonly partId: string
  readonly state: OpState
  /** Device clock at minting, RFC 3339 UTC. */
  readonly capturedAt: string
  /** The corrected operation that stands for this one. */
  readonly supersededBy: string | null
  readonly photos: { readonly total: number; readonly sent: number }
  /** Photos that cannot be sent as they are, each with its reason. */
  readonly photoProblems: readonly Problem[]
}

/** A row of the inbox as it stands on this phone. */
export interface InboxItem extends Omit<Notification, 'read_at'> {
  readonly unread: boolean
}

/** The newest of the inbox, newest first; `unread` counts also what is not kept here. */
export interface InboxView {
  readonly items: readonly InboxItem[]
  readonly unread: number
}

/** What was new here of a file of unsent work. */
export interface Imported { readonly operations: number; readonly drafts: number; readonly photos: number }

/** How what is kept here is locked. */
export interface LockView {
  /** `none`: no PIN. `locked`: drafts cannot be read; what is submitted goes out all the same. */
  readonly state: 'none' | 'open' | 'locked'
  /** A file of unsent work would be sealed: the server's key is known. */
  readonly fileSealed: boolean
  /** Rows are sealed at rest; false: this browser keeps no key that could. */
  readonly sealed: boolean
  readonly afterMinutes: number
  /** Device clock, milliseconds since 1970: when a PIN may be tried again. */
  readonly waitUntil: number
  /** A forgotten PIN can be got over by the account's password. */
  readonly wayBack: boolean
}

export interface EngineView {
  readonly phase: Phase
  readonly me: Me | null
  /** `signed: false`: this browser cannot keep a device key, operations go without signature. */
  readonly device: { readonly id: string; readonly name: string; readonly signed: boolean } | null
  readonly online: boolean
  readonly syncing: boolean
  readonly lastPulledAt: string | null
  /** The jurisdiction's settings as of the last pull; null before the first. */
  readonly rules: FieldRules | null
  /** The last failure of pull, push or uploads; null once all three went through. */
  readonly lastProblem: Problem | null
  readonly tasks: readonly LocalTask[]
  readonly checklists: ReadonlyMap<string, ChecklistVersion>
  readonly drafts: readonly DraftSummary[]
  /** In the order of minting. */
  readonly outbox: readonly OutboxRow[]
  /** Operations and photos that the server has not taken; rejected ones count until they are corrected. */
  readonly unsent: number
  readonly inbox: InboxView
  readonly storage: {
    readonly persisted: boolean
    readonly usageBytes: number | null
    readonly quotaBytes: number | null
  }
  readonly lock: LockView
  /** This tab holds the Web Lock and sends; another tab only writes. */
  readonly ownsQueue: boolean
}

export interface Engine {
  /** An immutable snapshot; the same object until something changes. */
  view(): EngineView
  /** Tells of changes, at most once a microtask. Answers how to stop. */
  subscribe(listener: (view: EngineView) => void): () => void
  /** Binds this browser profile to an account. Throws ProblemError or NetworkError; may be repeated. */
  enrol(input: { code: string; deviceName: string }): Promise<Enrolled>
  /** Throws ProblemError or NetworkError. Another account is refused, what is kept here stays. */
  signIn(input: { username: string; password: string }): Promise<void>
  /** The own password; needs a connection. Throws ProblemError or NetworkError. */
  changePassword(input: { current: string; next: string }): Promise<void>
  /** Keeps drafts and unsent work; works without a connection. */
  signOut(): Promise<void>
  /** Pull, push and uploads once; never throws, see `lastProblem`. */
  sync(): Promise<void>
  /** Forgets all waiting times and syncs. */
  retryNow(): void
  /** The kept draft, or a new one with the checklist version at hand. Throws ProblemError. */
  openDraft(partId: string): Promise<Draft>
  /** Durable when the promise is. Throws ProblemError `offline.storage_full`, `offline.already_submitted`. */
  saveDraft(partId: string, change: DraftChange): Promise<void>
  addPhoto(partId: string, photo: NewPhoto): Promise<PhotoMeta>
  removePhoto(partId: string, photoId: string): Promise<void>
  /** Throws ProblemError `offline.photo_missing` when this phone no longer keeps them. */
  photoBytes(photoId: string): Promise<ArrayBuffer>
  /** Mints and queues the submission (and the check-in, if not yet minted) in one transaction. */
  submit(partId: string): Promise<void>
  /** Mints the check-in; a second call changes nothing: the first check-in stands. */
  checkIn(partId: string, checkIn: CheckIn): Promise<void>
  /** Mints what the enterprise asked about recusal; it goes to the lead at once. */
  askRecusal(partId: string, recusal: Recusal): Promise<void>
  /** Signs a colleague's submission by its hash, or the start of it that was typed; goes out like any operation. */
  countersign(partId: string, submissionSha256: string): Promise<void>
  /** SHA-256 in hex of the part's signed submission; null: there is none on this phone. */
  submissionHash(partId: string): Promise<string | null>
  /** Marks rows of the inbox as read, or takes that back; the server hears of it in the next round. */
  markInbox(ids: readonly string[], read: boolean): Promise<void>
  /** Reopens the draft of a rejected operation; the next submission supersedes it. Answers the part id. */
  correct(operationId: string): Promise<string>
  /** Sets a PIN of 6 digits, or another; `current` where there is one. Throws ProblemError. */
  setPin(pin: string, current?: string): Promise<void>
  removePin(current: string): Promise<void>
  /** Throws ProblemError `offline.pin_wrong`, `offline.pin_wait`. */
  unlock(pin: string): Promise<void>
  /** Locks at once, if there is a PIN. */
  lock(): void
  lockAfter(minutes: number): Promise<void>
  /** The PIN is forgotten: the account's password opens the drafts, the PIN goes. Throws ProblemError or NetworkError. */
  recoverPin(password: string): Promise<void>
  /** A JSON file with what the server has not: operations, signatures, drafts, photos; sealed to the server. */
  exportUnsent(): Promise<Blob>
  /** Takes in such a file of the same account; needs a connection. Throws ProblemError or NetworkError. */
  importUnsent(file: Blob): Promise<Imported>
  close(): void
}

/** What the engine needs of the page around it; a fake in tests, `browserSurroundings` in the app. */
export interface Surroundings {
  /** What the browser believes; only a hint. */
  isOnline(): boolean
  /** Answers how to stop. */
  onOnlineChange(listener: (online: boolean) => void): () => void
  /** The page came back to the front (focus, visibility). */
  onReturn(listener: () => void): () => void
  /** The page went to the background. */
  onLeave(listener: () => void): () => void
  /** Runs once after so many milliseconds. Answers how to stop. */
  after(milliseconds: number, run: () => void): () => void
  /** Tells the other tabs of this origin: something was written, or please sync. */
  tellTabs(message: TabMessage): void
  onTabMessage(listener: (message: TabMessage) => void): () => void
  readonly storage: DeviceStorage | null
}

/** What is used of `navigator.storage`. */
export interface DeviceStorage {
  persist(): Promise<boolean>
  persisted(): Promise<boolean>
  estimate(): Promise<{ usage?: number; quota?: number }>
}

export type TabMessage = 'changed' | 'sync' | 'retry'

/** What is used of the Web Locks API. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, whileHeld: () => Promise<void>): Promise<unknown>
}

export interface EngineOptions {
  readonly surroundings: Surroundings
  /** Of the API's origin; default: same origin. */
  readonly baseUrl?: string
  readonly fetch?: typeof fetch
  readonly indexedDB?: IDBFactory
  readonly databaseName?: string
  readonly crypto?: Crypto
  /** null: no Web Locks here, this page sends on its own. */
  readonly locks?: Locks | null
  /** Milliseconds since 1970 on the device's clock. */
  readonly now?: () => number
  /** 0 <= x < 1, for jitter. */
  readonly random?: () => number
}

export type { Enrolled, OpState, PartState, UploadState }
