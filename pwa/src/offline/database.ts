/** IndexedDB: which stores there are, and how they are written: one transaction, all or nothing. */
import { wrap, type IDBPDatabase, type IDBPTransaction } from 'idb'
import { ProblemError, localProblem } from './problems'
import type { PhotoRow, Rows, StoreName } from './rows'
import { isClosed, type Vault } from './vault'

/** One more with every new store. */
const VERSION = 4

const KEY_PATHS: Readonly<Record<StoreName, string>> = {
  tasks: 'id',
  checklists: 'id',
  drafts: 'partId',
  photos: 'id',
  outbox: 'id',
  uploads: 'id',
  keys: 'key',
  device: 'key',
  session: 'key',
  feed: 'key',
  inbox: 'key',
  vault: 'key',
}

type Transaction = IDBPTransaction<unknown, StoreName[], 'readwrite'>

/** One row put or taken away, or a store emptied, by a transaction that is committed. */
export type StoreChange = { readonly store: StoreName; readonly key: string; readonly row: Rows[StoreName] | null }

/** Reads within a transaction. */
export interface Reading {
  get<S extends StoreName>(store: S, key: string): Promise<Rows[S] | undefined>
  getAll<S extends StoreName>(store: S): Promise<Rows[S][]>
  has(store: StoreName, key: string): Promise<boolean>
  /** Whether the row is there and sealed, as it is stored. */
  isSealed(store: StoreName, key: string): Promise<boolean>
  /** The key of a stored photo under the queue's lock; null: it is not sealed, or not there. */
  queueKey(photoId: string): Promise<Uint8Array<ArrayBuffer> | null>
}

/** Reads and writes within a transaction; await nothing else inside, or it ends. */
export interface Writing extends Reading {
  put<S extends StoreName>(store: S, row: Rows[S]): Promise<void>
  remove(store: StoreName, key: string): Promise<void>
}

export class Database {
  private opened: Promise<IDBPDatabase> | null = null
  private live: IDBPDatabase | null = null
  private closed = false

  constructor(
    private readonly factory: IDBFactory,
    private readonly name: string,
    private readonly vault: Vault,
    private readonly committed: (changes: readonly StoreChange[]) => void,
  ) {}

  /** Runs `work` in one read-only transaction. */
  async read<T>(stores: StoreName[], work: (tx: Reading) => Promise<T>): Promise<T> {
    const tx = (await this.begin(stores, 'readonly', 'default')) as Transaction
    return work(accessTo(tx, [], this.vault))
  }

  /**
   * Runs `work` in one read-write transaction; if it throws, nothing is written.
   * Throws ProblemError `offline.storage_full`. `relaxed` may lose the last moments when the
   * power fails, but not when the page or the browser dies.
   */
  async write<T>(
    stores: StoreName[],
    work: (tx: Writing) => Promise<T>,
    durability: IDBTransactionDurability = 'strict',
  ): Promise<T> {
    const tx = (await this.begin(stores, 'readwrite', durability)) as Transaction
    const changes: StoreChange[] = []
    tx.done.catch(() => undefined) // awaited below, but a failing `work` throws first
    let result: T
    try {
      result = await work(accessTo(tx, changes, this.vault))
      await tx.done
    } catch (error) {
      abort(tx)
      throw isFull(error) || isFull(tx.error) ? new ProblemError(localProblem('offline.storage_full')) : error
    }
    this.committed(changes)
    return result
  }

  close(): void {
    this.closed = true
    const opened = this.opened
    this.opened = null
    opened?.then((db) => db.close(), () => undefined)
  }

  /** A handle that died unseen (phone woke up) is replaced once. */
  private async begin(
    stores: StoreName[],
    mode: 'readonly' | 'readwrite',
    durability: IDBTransactionDurability,
  ): Promise<IDBPTransaction<unknown, StoreName[], 'readonly' | 'readwrite'>> {
    const handle = this.handle()
    try {
      return (await handle).transaction(stores, mode, { durability })
    } catch (error) {
      if (this.closed || !(error instanceof DOMException && error.name === 'InvalidStateError')) throw error
      if (this.opened === handle) this.opened = this.live = null // else somebody else has opened it anew
      return (await this.handle()).transaction(stores, mode, { durability })
    }
  }

  private handle(): Promise<IDBPDatabase> {
    if (this.closed) return Promise.reject(new DOMException('engine closed', 'AbortError'))
    this.opened ??= this.open().catch((error: unknown) => {
      this.opened = null
      throw error
    })
    return this.opened
  }

  private async open(): Promise<IDBPDatabase> {
    const request = this.factory.open(this.name, VERSION)
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(KEY_PATHS)) {
        if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store, { keyPath })
      }
    }
    const db = await opening(request)
    this.live = db
    db.addEventListener('close', () => this.forget(db))
    db.addEventListener('versionchange', () => {
      this.forget(db)
      db.close()
    })
    return db
  }

  /** The next transaction opens anew, unless that was done already. */
  private forget(db: IDBPDatabase): void {
    if (this.live === db) this.opened = null
  }
}

function opening(request: IDBOpenDBRequest): Promise<IDBPDatabase> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(wrap(request.result))
    request.onerror = () => reject(request.error ?? new DOMException('no storage', 'UnknownError'))
  })
}

function accessTo(tx: Transaction, changes: StoreChange[], vault: Vault): Writing {
  const opened = <S extends StoreName>(store: S, row: unknown): Rows[S] =>
    vault.fromStore(store, row as Record<string, unknown>) as unknown as Rows[S]
  return {
    async get(store, key) {
      const row: unknown = await tx.objectStore(store).get(key)
      return row === undefined ? undefined : opened(store, row)
    },
    getAll: async (store) => (await tx.objectStore(store).getAll()).map((row) => opened(store, row)),
    has: async (store, key) => (await tx.objectStore(store).count(key)) > 0,
    isSealed: async (store, key) => isClosed(((await tx.objectStore(store).get(key)) as object | undefined) ?? {}),
    async queueKey(photoId) {
      const row = (await tx.objectStore('photos').get(photoId)) as PhotoRow | undefined
      return row ? vault.queueKey(row) : null
    },
    async put(store, row) {
      const key = await tx.objectStore(store).put(vault.toStore(store, row as unknown as Record<string, unknown>))
      changes.push({ store, key: String(key), row })
    },
    async remove(store, key) {
      await tx.objectStore(store).delete(key)
      changes.push({ store, key, row: null })
    },
  }
}

function abort(tx: Transaction): void {
  try {
    tx.abort()
  } catch {
    // it has ended by itself
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}
