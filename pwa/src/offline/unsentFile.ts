/** The file of unsent work: what is in it, and how it is written and read. */
import { aesOpen, aesSeal } from './aes'
import { base64, fromBase64url, utf8 } from './bytes'
import { ProblemError, localProblem } from './problems'
import type { Draft, OpState } from './types'
import type { Operation, SealedBox } from './wire'

export interface FileWork {
  readonly operations: readonly { readonly operation: Operation; readonly signature: string; readonly state: OpState }[]
  readonly drafts: readonly Draft[]
}

interface FileHead {
  readonly exported_at: string
  readonly device_id: string
  readonly account_id: string
}

interface FilePhoto { readonly id: string; readonly part_id: string; readonly media_type: 'image/jpeg' }

/** `v1`: plain, from a phone that has not heard of the server's key. `v2`: sealed under a key that the server opens. */
export type UnsentFile = FileHead & (
  | ({ readonly schema: 'palmcheck/unsent/v1'; readonly photos: readonly (FilePhoto & { readonly base64: string })[] } & FileWork)
  | {
      readonly schema: 'palmcheck/unsent/v2'
      readonly key: SealedBox
      readonly work: string
      readonly photos: readonly (FilePhoto & { readonly sealed: string })[]
    }
)

/** What the key of a file is sealed for: its account, and the phone that wrote it. */
export function fileContext({ account_id, device_id }: Pick<FileHead, 'account_id' | 'device_id'>): string {
  return `palmcheck/unsent/v2/${account_id}/${device_id}`
}

type Bytes = Uint8Array<ArrayBuffer>

/** Bytes as they stand in the file; `key` null: a plain one. */
export async function written(crypto: Crypto, key: Bytes | null, bytes: Bytes, place: string): Promise<string> {
  return base64(key ? await aesSeal(crypto, key, bytes, place) : bytes)
}

export async function readBack(crypto: Crypto, key: Bytes | null, text: string, place: string): Promise<ArrayBuffer> {
  const bytes = fromBase64url(text)
  return key ? aesOpen(crypto, key, bytes, place) : bytes.buffer
}

/** The head of a file that was chosen. Throws ProblemError `offline.file_unreadable`. */
export function fileOf(text: string): UnsentFile {
  try {
    const file = JSON.parse(text) as UnsentFile
    const known = file.schema === 'palmcheck/unsent/v1' || file.schema === 'palmcheck/unsent/v2'
    if (known && Array.isArray(file.photos) && typeof file.account_id === 'string') return file
  } catch {
    // said below
  }
  throw new ProblemError(localProblem('offline.file_unreadable'))
}

/** The operations and drafts of a file. */
export async function workOf(crypto: Crypto, file: UnsentFile, key: Bytes | null): Promise<FileWork> {
  if (file.schema === 'palmcheck/unsent/v1') return { operations: file.operations, drafts: file.drafts }
  return JSON.parse(new TextDecoder().decode(await readBack(crypto, key, file.work, 'work'))) as FileWork
}

export function workBytes(work: FileWork): Bytes {
  return utf8(JSON.stringify(work))
}
