/** What lies in a phone's database, as it is stored: past the engine. */
export type Stored = Record<string, unknown[]>

function opened(factory: IDBFactory, version?: number, upgrade: (db: IDBDatabase) => void = () => undefined): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open('palmcheck', version)
    request.onupgradeneeded = () => upgrade(request.result)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('not opened'))
  })
}

/** All rows of the stores, or of every store. */
export async function rowsAtRest(factory: IDBFactory, ...stores: string[]): Promise<Stored> {
  const db = await opened(factory)
  const names = stores.length > 0 ? stores : [...db.objectStoreNames]
  const pairs = await Promise.all(names.map((store) => new Promise<[string, unknown[]]>((resolve) => {
    const request = db.transaction(store).objectStore(store).getAll()
    request.onsuccess = () => resolve([store, request.result])
  })))
  db.close()
  return Object.fromEntries(pairs)
}

/** The rows as text: bytes one character each. */
export async function textAtRest(factory: IDBFactory, ...stores: string[]): Promise<string> {
  return JSON.stringify(await rowsAtRest(factory, ...stores), (_key, value: unknown) => {
    if (value instanceof ArrayBuffer) return Buffer.from(value).toString('latin1')
    return ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1') : value
  })
}

/** Writes the rows into a new database of that version, a store for each name; keys lie at `partId`, `key` or `id`. */
export async function putAtRest(factory: IDBFactory, version: number, stored: Stored): Promise<void> {
  const keyPathOf = (store: string) => store === 'drafts' ? 'partId' : ['keys', 'device', 'session', 'feed', 'inbox'].includes(store) ? 'key' : 'id'
  const db = await opened(factory, version, (fresh) => Object.keys(stored).forEach((store) => fresh.createObjectStore(store, { keyPath: keyPathOf(store) })))
  const tx = db.transaction(Object.keys(stored), 'readwrite')
  for (const [store, rows] of Object.entries(stored)) rows.forEach((row) => tx.objectStore(store).put(row))
  await new Promise<void>((resolve) => { tx.oncomplete = () => resolve() })
  db.close()
}
