/** What is kept in IndexedDB. Rows are never changed in place: a new row is put over the old one. */
import type { Draft, LocalTask, OpState, UploadState } from './types'
import type { ChecklistVersion, Enrolled, FieldRules, Me, Notification, Operation, SealedBox, SealingKey } from './wire'

interface PhotoHead {
  readonly id: string
  readonly partId: string
  readonly mediaType: 'image/jpeg'
}

export interface PlainPhoto extends PhotoHead {
  /** Not a Blob: WebKit loses those. */
  readonly bytes: ArrayBuffer
}

/** A photo's bytes: written once, deleted when the server has them and the part is complete; plain where there is no vault. */
export type PhotoRow = PlainPhoto | (PhotoHead & {
  /** The photo's own key, by the drafts' key. */
  readonly key: Uint8Array<ArrayBuffer>
  readonly sealed: Uint8Array<ArrayBuffer>
})

/** An operation as it was minted, and what became of it. */
export interface OutboxRecord {
  readonly id: string
  readonly partId: string
  readonly operation: Operation
  readonly signature: string
  readonly state: OpState
  readonly supersededBy: string | null
}

/** A photo on its way to the server. */
export interface UploadRecord {
  readonly id: string
  readonly partId: string
  /** The submission that names it (the latest one). */
  readonly operationId: string
  readonly sha256: string
  /** The server may know of it: ask where it stands before anything is sent. */
  readonly begun: boolean
  readonly state: UploadState
  /** The photo's key under the queue's lock, so that it goes out while the phone is locked. */
  readonly queueKey?: Uint8Array<ArrayBuffer> | null
}

/** End of the device's chain of operations. */
export interface ChainHead {
  /** Of the last operation; 0: none yet. */
  readonly sequence: number
  /** Of its canonical bytes; 64 zeros: none yet. */
  readonly sha256: string
}

export interface DeviceRow {
  readonly key: 'this'
  readonly id: string
  readonly name: string
  readonly signed: boolean
  /** The code and the exact bytes sent, kept while the answer is unknown. */
  readonly pending: { readonly code: string; readonly request: string } | null
  /** null: not enrolled yet. */
  readonly enrolled: Enrolled | null
  readonly head: ChainHead
  /** What is for the server alone is sealed to it; absent until it was asked for. */
  readonly serverKey?: SealingKey
}

/** The keys that rows are sealed by, themselves wrapped; src/offline/vaultKeys.ts. */
export interface VaultRow {
  readonly key: 'this'
  /** AES-GCM, non-extractable: of this browser profile. */
  readonly wrapping: CryptoKey
  readonly queue: Uint8Array<ArrayBuffer>
  /** Wrapped by the PIN's key inside, where there is a PIN. */
  readonly drafts: Uint8Array<ArrayBuffer>
  readonly pin: {
    readonly salt: Uint8Array<ArrayBuffer>
    readonly iterations: number
    /** Wrong tries in a row, the one under way among them. */
    readonly failures: number
    /** Device clock, milliseconds since 1970. */
    readonly waitUntil: number
  } | null
  /** The drafts' key sealed to the server, for a forgotten PIN; null while the server's key is not known. */
  readonly recovery: SealedBox | null
  readonly lockAfterMinutes: number
}

export interface KeyRow {
  readonly key: 'this'
  readonly pair: CryptoKeyPair
}

export interface SessionRow {
  readonly key: 'this'
  readonly signedIn: boolean
  readonly me: Me | null
  /** Signed out without a connection: the server is to be told. */
  readonly signOutOwed: boolean
}

export interface FeedRow {
  readonly key: 'this'
  readonly cursor: string
  readonly nonce: string
  readonly clockOffsetMs: number
  /** Device clock, RFC 3339 UTC. */
  readonly pulledAt: string
  /** Absent in what an older app kept. */
  readonly rules?: FieldRules
}

/** The newest of the inbox, readable without a connection. */
export interface InboxRow {
  readonly key: 'this'
  /** What the server calls this state of the inbox. */
  readonly version: string
  /** All unread rows on the server, also those that are not kept here. */
  readonly unread: number
  readonly items: readonly Notification[]
  /** By id: read here, or taken back, and the server does not know yet. */
  readonly marks: Readonly<Record<string, boolean>>
}

export interface Rows {
  tasks: LocalTask
  checklists: ChecklistVersion
  drafts: Draft
  photos: PhotoRow
  outbox: OutboxRecord
  uploads: UploadRecord
  keys: KeyRow
  device: DeviceRow
  session: SessionRow
  feed: FeedRow
  inbox: InboxRow
  vault: VaultRow
}

export type StoreName = keyof Rows

/** Key of the stores that hold one row. */
export const THIS = 'this'
