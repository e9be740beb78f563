import { openDB, type IDBPDatabase } from 'idb'

/**
 * Where the inspector was when the camera opened: the system may end the page meanwhile, and start the app anew.
 * In a database and not in localStorage, which a browser writes to disk seconds later: measured, a killed browser had lost it.
 */
const SHELF = 'way_back'
const FRESH_MS = 30 * 60_000

interface Kept { readonly path: string; readonly at: number }

async function onShelf<T>(use: (db: IDBPDatabase) => Promise<T>): Promise<T> {
  const db = await openDB('palmcheck-way-back', 1, { upgrade: (fresh) => { fresh.createObjectStore(SHELF) } })
  try {
    return await use(db)
  } finally {
    db.close()
  }
}

function write(kept: Kept | null): Promise<void> {
  return onShelf(async (db) => {
    const tx = db.transaction(SHELF, 'readwrite', { durability: 'strict' })
    if (kept) await tx.store.put(kept, 'here')
    else await tx.store.delete('here')
    await tx.done
  })
}

/** Keep the way back before the camera opens. `now`: milliseconds on the device's clock. */
export function cameraOpens(path: string, now: number = Date.now()): Promise<void> {
  return write({ path, at: now })
}

/** The camera came back to a living page: no way back is needed. */
export function cameraReturned(): Promise<void> {
  return write(null)
}

/** The path to return to after an end in the camera, once; null when there was none, or it is long ago. */
export async function takeWayBack(now: number = Date.now()): Promise<string | null> {
  const kept = await onShelf((db) => db.get(SHELF, 'here')) as Kept | undefined
  if (!kept) return null
  await write(null)
  return kept.path.startsWith('/') && now - kept.at < FRESH_MS ? kept.path : null
}
