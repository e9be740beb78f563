/** How long to wait before the next try. Pure. */

const FIRST_MS = 2_000
const LONGEST_MS = 5 * 60_000

/**
 * Milliseconds to wait after `tries` failed tries (1 or more): doubling from 2 s to 5 min,
 * the upper half spread by `random` (0 <= x < 1) so that a county's phones do not return together.
 */
export function backoff(tries: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries - 1, 20))
  return Math.round(full / 2 + (full / 2) * random)
}

/**
 * May what is in this state be sent at the time `now` (device clock, ms)? A wait longer than any
 * that we set means that the clock was put back: it is over.
 */
export function isDue(state: { readonly at: string; readonly until?: number }, now: number): boolean {
  if (state.at !== 'waiting') return state.at === 'queued'
  const left = (state.until ?? 0) - now
  return left <= 0 || left > LONGEST_MS
}
