/** Where the inspector was when the camera opened: the system may end the page meanwhile, and start the app anew. */
const KEPT_UNDER = 'palmcheck.camera'
const FRESH_MS = 30 * 60_000

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Keep the way back before the camera opens. */
export function cameraOpens(path: string, shelf: Shelf = localStorage, now: number = Date.now()): void {
  shelf.setItem(KEPT_UNDER, JSON.stringify({ path, at: now }))
}

/** The camera came back to a living page: no way back is needed. */
export function cameraReturned(shelf: Shelf = localStorage): void {
  shelf.removeItem(KEPT_UNDER)
}

/** The path to return to after an end in the camera, once; null when there was none, or it is long ago. */
export function takeWayBack(shelf: Shelf = localStorage, now: number = Date.now()): string | null {
  const kept = shelf.getItem(KEPT_UNDER)
  shelf.removeItem(KEPT_UNDER)
  if (!kept) return null
  try {
    const { path, at } = JSON.parse(kept) as { path?: unknown; at?: unknown }
    return typeof path === 'string' && path.startsWith('/') && typeof at === 'number' && now - at < FRESH_MS ? path : null
  } catch {
    return null
  }
}
