import type { CheckIn } from '@/offline'

export interface Place { readonly latitude: number; readonly longitude: number }
export type Position = NonNullable<CheckIn['position']>
export type NoPosition = NonNullable<CheckIn['no_position_because']>

/** From here on, metres, the distance to the registered address asks for a reason. Evidence, not a lock. */
export const FAR_M = 500

const EARTH_M = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Great-circle distance of two WGS-84 places, in whole metres. */
export function distanceM(a: Place, b: Place): number {
  const half = (x: number, y: number) => Math.sin(radians(y - x) / 2) ** 2
  const h = half(a.latitude, b.latitude) + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude)
  return Math.round(2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h))))
}

/** Far even when the whole inaccuracy is granted to the inspector. */
export function isFar(distance: number, accuracy: number): boolean {
  return distance - accuracy > FAR_M
}

/** The arrival with the position measured now; the time of the first measurement stands. */
export async function measureArrival(before: CheckIn | null, note: string | null): Promise<CheckIn> {
  const place = await findPosition(navigator.geolocation)
  const known = typeof place !== 'string'
  return { entered_at: before?.entered_at ?? new Date().toISOString(), position: known ? place : null, no_position_because: known ? null : place, distance_note: note }
}

const BECAUSE: Readonly<Record<number, NoPosition>> = { 1: 'denied', 2: 'unavailable', 3: 'timeout' }

/** Where the phone is, or why that is not known. Never rejects: the inspection goes on either way. */
export function findPosition(geolocation: Geolocation | undefined, timeoutMs = 15_000): Promise<Position | NoPosition> {
  return new Promise((resolve) => {
    if (!geolocation) { resolve('unavailable'); return }
    // The browser's own limit does not run while it asks for permission; the second clock is ours.
    const late = setTimeout(() => resolve('timeout'), timeoutMs * 2)
    const settle = (found: Position | NoPosition) => { clearTimeout(late); resolve(found) }
    geolocation.getCurrentPosition(
      ({ coords }) => settle({ latitude: coords.latitude, longitude: coords.longitude, accuracy_m: Math.round(coords.accuracy) }),
      (fault) => settle(BECAUSE[fault.code] ?? 'unavailable'),
      { enableHighAccuracy: true, timeout: timeoutMs, maximumAge: 30_000 },
    )
  })
}
