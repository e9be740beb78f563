/**
 * At rest: rows of drafts, photos and the outbox are sealed as they are written and opened as they are read.
 *
 * An IndexedDB transaction ends when anything else is awaited, WebCrypto as well; so the rows' cipher is a synchronous
 * one (XChaCha20-Poly1305 of @noble/ciphers, in script a half to a third of the time of AES). WebCrypto keeps the keys (vaultKeys.ts) and seals the photos.
 */
import { KEY_BYTES, aesOpen, aesSeal, joined } from './aes'
import { utf8 } from './bytes'
import { ProblemError, localProblem } from './problems'
import type { PhotoRow, PlainPhoto, StoreName } from './rows'

/** `drafts`: only while the phone is unlocked. `queue`: always, for what is submitted goes out while it is locked. */
export type KeyName = 'drafts' | 'queue'
type Bytes = Uint8Array<ArrayBuffer>
type Row = Readonly<Record<string, unknown>>

const NONCE_BYTES = 24

/** How a store's rows are sealed; photos seal themselves (sealPhoto), before they are put. */
interface How {
  readonly by: KeyName
  /** What stays readable: the row's key, and of a draft what the feed needs while the phone is locked. */
  readonly head: readonly string[]
  /** What changes while the rest stays as it was minted: sealed apart, so that the rest is not sealed at every change. */
  readonly often: readonly string[]
}
const HOW: Partial<Record<StoreName, How>> = {
  drafts: { by: 'drafts', head: ['partId', 'inspectionId', 'state', 'partState', 'revision', 'checkInOperationId', 'submitOperationId'], often: [] },
  outbox: { by: 'queue', head: ['id', 'partId'], often: ['state', 'supersededBy'] },
}

/** A cipher that waits for nothing: `xchacha20poly1305` of @noble/ciphers, handed in when it is first needed. */
export type Cipher = (key: Uint8Array, iv: Uint8Array, about: Uint8Array) => {
  encrypt(bytes: Uint8Array): Uint8Array
  decrypt(bytes: Uint8Array): Uint8Array
}

export class Vault {
  /** False: this browser keeps no key that could seal; rows stay as they are. */
  active = false
  private readonly keys = new Map<KeyName, Bytes>()
  private cipher: Cipher | null = null
  private readonly waiting: (() => void)[] = []
  /** The sealed bytes of what never changes, by the object that it was. */
  private readonly sealedOnce = new WeakMap<object, Bytes>()

  constructor(private readonly crypto: Crypto) {}

  /** Rows are sealed from now on. */
  begin(cipher: Cipher): void {
    this.cipher = cipher
    this.active = true
  }

  /** Takes a key, or lets it go. */
  hold(name: KeyName, key: Bytes | null): void {
    this.keys.get(name)?.fill(0)
    if (key) this.keys.set(name, key.slice())
    else this.keys.delete(name)
    if (this.locked) return
    for (const go of this.waiting.splice(0)) go()
  }

  /** When drafts can be written: at once, or after the unlocking. */
  async whenOpen(): Promise<void> {
    while (this.locked) await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  /** The key itself, to be wrapped anew. Throws ProblemError `offline.locked`. */
  key(name: KeyName): Bytes {
    const key = this.keys.get(name)
    if (!key) throw new ProblemError(localProblem('offline.locked'))
    return key
  }

  get locked(): boolean {
    return this.active && !this.keys.has('drafts')
  }

  /** The row as it is stored. Throws ProblemError `offline.locked` for the content of a draft while locked. */
  toStore(store: StoreName, row: Row): Row {
    const how = this.active ? HOW[store] : undefined
    if (!how) return row
    const head = only(row, how.head)
    if (isClosed(row)) return { ...head, by: row['by'], sealed: row['sealed'] }
    const place = placeOf(store, row)
    const often = how.often.length > 0 && { often: this.sealText(how.by, only(row, how.often), `${place}/often`) }
    return { ...head, by: how.by, sealed: this.sealRest(how, row, place), ...often }
  }

  /** The row as it was put; one whose key is away stays closed, with its head readable. */
  fromStore(store: StoreName, row: Row): Row {
    const how = HOW[store]
    if (!how || !isClosed(row) || !this.keys.has(row['by'] as KeyName)) return row
    const by = row['by'] as KeyName
    const place = placeOf(store, row)
    const rest = this.openText(by, row['sealed'] as Bytes, place)
    const often = row['often'] ? this.openText(by, row['often'] as Bytes, `${place}/often`) : {}
    const minted = rest['operation']
    if (minted) this.sealedOnce.set(minted, row['sealed'] as Bytes)
    return { ...rest, ...often, ...only(row, how.head) }
  }

  /** The photo as it is stored: its bytes by a key of its own, by WebCrypto, which works beside the page. */
  async sealPhoto(photo: PlainPhoto): Promise<PhotoRow> {
    if (!this.active) return photo
    const { bytes, ...head } = photo
    const place = placeOf('photos', photo)
    const key = this.crypto.getRandomValues(new Uint8Array(KEY_BYTES))
    const sealed = await aesSeal(this.crypto, key, bytes, place)
    return { ...head, key: this.seal('drafts', key, place), sealed }
  }

  /** A photo's bytes, by the drafts' key or by the one that its upload keeps. Throws ProblemError `offline.locked`. */
  async photoBytes(photo: PhotoRow, queued?: Bytes | null): Promise<ArrayBuffer> {
    if (!('sealed' in photo)) return photo.bytes
    const place = placeOf('photos', photo)
    const key = queued ? this.unseal('queue', queued, place) : this.unseal('drafts', photo.key, place)
    return aesOpen(this.crypto, key, photo.sealed, place)
  }

  /** The key of a stored photo under the queue's lock, for the upload's row; the photo itself is not written again. */
  queueKey(photo: PhotoRow): Bytes | null {
    if (!('sealed' in photo)) return null
    const place = placeOf('photos', photo)
    return this.seal('queue', this.unseal('drafts', photo.key, place), place)
  }

  private sealRest({ by, head, often }: How, row: Row, place: string): Bytes {
    const minted = row['operation'] as object | undefined
    const before = minted && this.sealedOnce.get(minted)
    if (before) return before
    const sealed = this.sealText(by, without(row, [...head, ...often]), place)
    if (minted) this.sealedOnce.set(minted, sealed)
    return sealed
  }

  private sealText(by: KeyName, value: Row, place: string): Bytes {
    return this.seal(by, utf8(JSON.stringify(value)), place)
  }

  private openText(by: KeyName, sealed: Bytes, place: string): Record<string, object> {
    return JSON.parse(new TextDecoder().decode(this.unseal(by, sealed, place))) as Record<string, object>
  }

  private seal(by: KeyName, bytes: Bytes, place: string): Bytes {
    return this.sealBy(this.key(by), bytes, place)
  }

  private unseal(by: KeyName, bytes: Bytes, place: string): Bytes {
    return this.openBy(this.key(by), bytes, place)
  }

  /** Nonce, ciphertext and tag; `place` says where it belongs, so that no row can stand in another's place. */
  private sealBy(key: Bytes, bytes: Bytes, place: string): Bytes {
    const nonce = this.crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
    return joined(nonce, this.working()(key, nonce, utf8(place)).encrypt(bytes))
  }

  private openBy(key: Bytes, bytes: Bytes, place: string): Bytes {
    return this.working()(key, bytes.subarray(0, NONCE_BYTES), utf8(place)).decrypt(bytes.subarray(NONCE_BYTES)).slice()
  }

  private working(): Cipher {
    if (!this.cipher) throw new ProblemError(localProblem('offline.key_unavailable'))
    return this.cipher
  }
}

/** A row whose content cannot be read now. */
export function isClosed(row: object): boolean {
  return 'sealed' in row
}

function placeOf(store: StoreName, row: object): string {
  return `${store}/${String((row as Row)[store === 'drafts' ? 'partId' : 'id'])}`
}

function only(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]))
}

function without(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
}
